// 自评: points while results are typed. Examples are those of tests/performance/analysis/test_scoring.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { read, SCALE } from "../../static/js/amounts.js";
import { achieved, actualNumber, hundredths, pointsText } from "../../static/js/scores.js";
import { chance } from "./chance.mjs";

const points = (weight, part, whole) => pointsText(hundredths(read(weight), [read(part), read(whole)]));
const floor = (measure, per = "") => ({ direction: "floor", measure, per });
const ceiling = (measure, per = "") => ({ direction: "ceiling", measure, per });

// --- what is read -------------------------------------------------------------------------------------------

test("a number is read in the target's own unit, with the unit or without", () => {
  for (const [text, target, number] of [
    ["792份", floor("份"), "792"],
    ["792", floor("份"), "792"],
    ["28.9", ceiling("万"), "28.9"],
    ["28.9万", ceiling("万"), "28.9"],
    ["26.325", ceiling("万元"), "26.325"],
    ["３", floor("次"), "3"],
    [" 3 次 ", floor("次"), "3"],
    ["100%", floor("%"), "100"],
    ["45", floor("%"), "45"],
    ["0", ceiling("起"), "0"],
    ["5", floor(""), "5"],
  ])
    assert.equal(actualNumber(text, target), read(number), text);
});

test("what is counted by the year needs no year; by anything else, its unit says so", () => {
  assert.equal(actualNumber("3次", floor("次", "年")), read("3"));
  assert.equal(actualNumber("3次/年", floor("次", "年")), read("3"));
  assert.equal(actualNumber("4次/月", floor("次", "月")), read("4"));
  assert.equal(actualNumber("4", floor("次", "月")), read("4"));
  assert.equal(actualNumber("12家/次", floor("家", "次")), read("12"));
  assert.equal(actualNumber("12次", floor("次", "月")), null);
});

test("a bound on the target's side counts as its number; one on the other side tells nothing", () => {
  for (const text of ["≥240天", ">=240天", ">240天", "＞240天"])
    assert.equal(actualNumber(text, floor("天", "年")), read("240"), text);
  for (const text of ["≤24小时", "<=24小时", "<24小时"])
    assert.equal(actualNumber(text, ceiling("小时")), read("24"), text);
  assert.equal(actualNumber("=3次", floor("次")), read("3"));
  assert.equal(actualNumber("<50家", floor("家")), null);
  assert.equal(actualNumber(">20万", ceiling("万")), null);
});

test("a bare fraction of a rate may be per cent: nothing is read", () => {
  for (const measure of ["%", "‰"]) {
    for (const text of ["0.95", "1", "0.5"]) assert.equal(actualNumber(text, floor(measure)), null, text);
  }
  assert.equal(actualNumber("0.95%", floor("%")), read("0.95"));
  assert.equal(actualNumber("0", ceiling("%")), 0n);
  assert.equal(actualNumber("1.5", ceiling("%")), read("1.5"));
  assert.equal(actualNumber("0.95", floor("吨")), read("0.95"));
});

test("a point in time is no number of years or months", () => {
  assert.equal(actualNumber("2024年", floor("年")), null);
  assert.equal(actualNumber("6月", ceiling("月")), null);
  assert.equal(actualNumber("3季度", ceiling("季度")), null);
  assert.equal(actualNumber("5年", floor("年")), read("5"));
});

test("what only the server can read is left to it", () => {
  for (const text of [
    "289000元",
    "28.9万元",
    "3天",
    "均超过 10 家",
    "已举办 12 期",
    "很多",
    "",
    "-3万",
    "1-2万",
    "1,234万",
    "99%以上",
    "28.9万/",
    "长期",
  ]) {
    assert.equal(actualNumber(text, ceiling("万")), null, text);
  }
});

// --- what is scored -----------------------------------------------------------------------------------------

test("the share of a target follows its direction and is never more than all of it", () => {
  const share = (aim, got, direction) => achieved(read(aim), read(got), direction);
  assert.deepEqual(share("500", "250", "floor"), [read("250"), read("500")]);
  assert.deepEqual(share("500", "792", "floor"), [1n, 1n]);
  assert.deepEqual(share("24", "28.9", "ceiling"), [read("24"), read("28.9")]);
  assert.deepEqual(share("20", "4.4", "ceiling"), [1n, 1n]);
  assert.deepEqual(share("5", "0", "ceiling"), [1n, 1n]);
  assert.deepEqual(share("4", "0", "floor"), [0n, read("4")]);
});

test("points are those of the printed notes", () => {
  for (const [weight, part, whole, said] of [
    ["20", "1112.14", "1438.19", "15.47"],
    ["20", "82.38", "95.5", "17.25"],
    ["20", "17.95", "20", "17.95"],
    ["20", "62.745", "65", "19.31"],
    ["20", "9.155", "30", "6.1"],
    ["20", "26.325", "36", "14.63"],
    ["20", "30", "30", "20"],
    ["20", "0", "30", "0"],
    ["12", "24", "28.9", "9.97"],
    ["10", "0.5", "1", "5"],
  ])
    assert.equal(points(weight, part, whole), said, `${weight} × ${part}/${whole}`);
});

test("exactly half a hundredth counts as a whole one, whatever the fraction", () => {
  assert.equal(points("3", "5", "24"), "0.63");
  assert.equal(points("3", "1", "120"), "0.03");
  assert.equal(points("1", "1", "200"), "0.01");
  assert.equal(points("0.01", "1", "2"), "0.01");
  assert.equal(points("7", "1", "280"), "0.03");
  assert.equal(points("1", "1", "201"), "0");
});

test("points lie between nothing and the weight, and grow with what is achieved", () => {
  const { below, times } = chance(11);
  for (const [weight, aim, one, other] of times(1000, () => [
    below(10_001),
    1 + below(10 ** 6),
    below(10 ** 6),
    below(10 ** 6),
  ])) {
    const scored = (got, direction) =>
      hundredths(BigInt(weight) * (SCALE / 100n), achieved(BigInt(aim), BigInt(got), direction));
    const [less, more] = [Math.min(one, other), Math.max(one, other)];
    assert.ok(scored(less, "floor") <= scored(more, "floor"));
    assert.ok(scored(less, "ceiling") >= scored(more, "ceiling"));
    for (const found of [scored(one, "floor"), scored(one, "ceiling")])
      assert.ok(found >= 0n && found <= BigInt(weight));
    assert.equal(scored(Math.max(aim, one), "floor"), BigInt(weight));
    assert.equal(scored(Math.min(aim, one), "ceiling"), BigInt(weight));
  }
});

test("points are written without noughts at their end", () => {
  for (const [value, said] of [
    [0n, "0"],
    [5n, "0.05"],
    [50n, "0.5"],
    [100n, "1"],
    [950n, "9.5"],
    [1000n, "10"],
    [1158n, "11.58"],
    [2000n, "20"],
    [10000n, "100"],
    [10050n, "100.5"],
  ]) {
    assert.equal(pointsText(value), said);
  }
});
