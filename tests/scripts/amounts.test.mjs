// Amounts as they are typed: read, summed, compared, written and doubted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { doubtOf, grouped, growth, inYuan, median, read, rounded, SCALE, shareOf } from "../../static/js/amounts.js";
import { chance } from "./chance.mjs";

const sum = (...texts) => texts.reduce((total, text) => total + read(text), 0n);

// --- reading ------------------------------------------------------------------------------------------------

test("an amount is read in millionths of the unit", () => {
  for (const [text, millionths] of [
    ["25", 25_000_000n],
    ["0", 0n],
    ["62.745", 62_745_000n],
    [".5", 500_000n],
    ["0.000001", 1n],
    ["-3.5", -3_500_000n],
    ["(1,200.00)", -1_200_000_000n],
    ["（3.5）", -3_500_000n],
    ["-¥3.5", -3_500_000n],
    ["2\u200b5", 25_000_000n],
    ["+3.5", 3_500_000n],
    ["-0", 0n],
  ])
    assert.equal(read(text), millionths, text);
});

test("an amount is read as people type and paste it", () => {
  for (const text of [
    "1,250.50",
    "１，２５０．５０",
    " 1 250.5 ",
    "\u30001250.50\u3000",
    "¥1,250.50",
    "￥1250.50",
    "1250.500000000",
    "1\u00a0250.5",
  ]) {
    assert.equal(read(text), 1_250_500_000n, text);
  }
  for (const text of ["-3.5", "−3.5", "－3.5"]) assert.equal(read(text), -3_500_000n, text);
});

test("what somebody has not finished typing counts as far as it goes", () => {
  assert.equal(read("25."), read("25"));
  assert.equal(read("1,23"), read("123"));
});

test("what is no amount is none", () => {
  for (const text of [
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    "长期",
    "25万",
    "25万元",
    "25元",
    "2.5.1",
    "1e3",
    "--1",
    "1-2",
    "=A1+B1",
    "0.0000001",
    "Infinity",
  ]) {
    assert.equal(read(text), null, text);
  }
});

test("an amount of any size is read exactly", () => {
  const { big, times } = chance(1);
  for (const millionths of times(500, () => big(30))) {
    const size = millionths < 0n ? -millionths : millionths;
    const text = `${millionths < 0n ? "-" : ""}${size / SCALE}.${String(size % SCALE).padStart(6, "0")}`;
    assert.equal(read(text), millionths, text);
  }
});

// --- writing ------------------------------------------------------------------------------------------------

test("amounts are rounded half-up, away from nothing", () => {
  for (const [text, written] of [
    ["0.005", "0.01"],
    ["0.004999", "0.00"],
    ["-0.005", "-0.01"],
    ["-0.004999", "0.00"],
    ["62.745", "62.75"],
    ["-62.745", "-62.75"],
    ["0.015", "0.02"],
    ["0.025", "0.03"],
    ["9.995", "10.00"],
  ])
    assert.equal(grouped(read(text), 2), written, text);
  assert.equal(rounded(read("2.5"), 0), 3n);
  assert.equal(rounded(read("-2.5"), 0), -3n);
  assert.equal(rounded(read("62.745"), 6), 62_745_000n);
});

test("amounts are written with thousands separators", () => {
  for (const [text, places, written] of [
    ["0", 2, "0.00"],
    ["999.999", 2, "1,000.00"],
    ["1234.5", 2, "1,234.50"],
    ["-1234567", 2, "-1,234,567.00"],
    ["1234567", 0, "1,234,567"],
    ["123", 0, "123"],
    ["0.05", 1, "0.1"],
    ["9007199254740993.01", 2, "9,007,199,254,740,993.01"],
  ])
    assert.equal(grouped(read(text), places), written, text);
});

test("what is written is the nearest amount of so many places, and reads as such", () => {
  const { big, below, times } = chance(2);
  for (const value of times(1000, () => big(24))) {
    const places = below(7);
    const step = 10n ** BigInt(6 - places);
    const text = grouped(value, places);
    const back = read(text);
    const off = back - value;
    assert.equal(back % step, 0n, text);
    assert.ok(2n * (off < 0n ? -off : off) <= step, text);
    assert.equal(grouped(back, places), text);
    assert.equal(grouped(-value, places), value && back ? (text.startsWith("-") ? text.slice(1) : `-${text}`) : text);
  }
});

test("amounts are summed before they are rounded", () => {
  assert.equal(grouped(sum("0.004", "0.004", "0.004"), 2), "0.01");
  assert.equal(grouped(sum("0.1", "0.2"), 2), "0.30");
  assert.equal(grouped(sum("9999999999999999.99", "0.01", "-0.005"), 2), "10,000,000,000,000,000.00");
  const { big, times } = chance(3);
  for (const values of times(200, () => times(6, () => big(20)))) {
    const exact = values.reduce((total, value) => total + value, 0n);
    const typed = values.map((value) => grouped(value, 6));
    assert.equal(grouped(sum(...typed), 2), grouped(exact, 2));
  }
});

// --- comparing ----------------------------------------------------------------------------------------------

test("growth has its direction and one place", () => {
  assert.equal(growth(read("110"), read("100")), "↑10.0 %");
  assert.equal(growth(read("90"), read("100")), "↓10.0 %");
  assert.equal(growth(read("0"), read("100")), "↓100.0 %");
  assert.equal(growth(read("62.745"), read("65")), "↓3.5 %");
  assert.equal(growth(read("3"), read("0.01")), "↑29900.0 %");
  assert.equal(growth(read("100.05"), read("100")), "↑0.1 %");
  assert.equal(growth(read("99.95"), read("100")), "↓0.1 %");
});

test("growth of nothing that shows is 持平", () => {
  assert.equal(growth(read("100"), read("100")), "持平");
  assert.equal(growth(read("100.049"), read("100")), "持平");
  assert.equal(growth(read("99.951"), read("100")), "持平");
});

test("there is no growth from nothing, or from what is not known", () => {
  assert.equal(growth(read("100"), 0n), "");
  assert.equal(growth(read("100"), null), "");
});

test("from a negative amount, more is still an increase", () => {
  assert.equal(growth(read("-50"), read("-100")), "↑50.0 %");
  assert.equal(growth(read("-150"), read("-100")), "↓50.0 %");
  assert.equal(growth(read("100"), read("-100")), "↑200.0 %");
});

test("a share has two places; of nothing there is none", () => {
  assert.equal(shareOf(read("1"), read("3")), "33.33%");
  assert.equal(shareOf(read("2"), read("3")), "66.67%");
  assert.equal(shareOf(read("198.85"), read("246.50")), "80.67%");
  assert.equal(shareOf(read("5"), read("5")), "100.00%");
  assert.equal(shareOf(read("0"), read("5")), "0.00%");
  assert.equal(shareOf(read("60"), read("5")), "1,200.00%");
  assert.equal(shareOf(read("-1"), read("8")), "-12.50%");
  assert.equal(shareOf(read("5"), 0n), "—");
  assert.equal(shareOf(read("5"), null), "—");
});

// --- slips --------------------------------------------------------------------------------------------------

test("an amount in 元 shows 分 only where there are any", () => {
  assert.equal(inYuan(read("195.002"), "wan"), "1,950,020");
  assert.equal(inYuan(read("195.00205"), "wan"), "1,950,020.50");
  assert.equal(inYuan(read("62.745"), "wan"), "627,450");
  assert.equal(inYuan(read("-0.5"), "wan"), "-5,000");
  assert.equal(inYuan(read("1234.5"), "yuan"), "1,234.50");
  assert.equal(inYuan(read("1234"), "yuan"), "1,234");
});

test("the median of an even number of amounts lies between the two in the middle, whatever their order", () => {
  assert.equal(median([3n]), 3n);
  assert.equal(median([10n, 2n, 30n]), 10n);
  assert.equal(median([40n, 2n, 30n, 10n]), 20n);
  const given = [3n, 1n, 2n];
  median(given);
  assert.deepEqual(given, [3n, 1n, 2n]);
});

test("an amount finer than 0.01 万元 is said once, in 元", () => {
  assert.equal(doubtOf("62.745", "wan", []), "＝ 627,450 元，比显示的 0.01 万元更细");
  assert.equal(doubtOf("0.0001", "wan", ["25"]), "＝ 1 元，比显示的 0.01 万元更细");
  for (const said of [doubtOf("62.745", "wan", ["0.1", "0.1", "0.1"]), doubtOf("-62.745", "wan", [])]) {
    assert.equal(said.split("627,450 元").length, 2, said);
  }
});

test("an amount of whole hundredths of 万元 is not doubted", () => {
  for (const text of ["25", "25.00", "25.5", "25.75", "25.750000", "-3.01", "0"])
    assert.equal(doubtOf(text, "wan", []), "", text);
});

test("places of an amount in 元 are never doubted", () => {
  assert.equal(doubtOf("627450.55", "yuan", []), "");
  assert.equal(doubtOf("0.01", "yuan", ["0.02", "0.03"]), "");
});

test("more than a hundred times what is usual in the column is said, in 元", () => {
  assert.equal(doubtOf("250000", "wan", ["25", "30", "20"]), "＝ 2,500,000,000 元，是本栏一般金额的 100 倍以上");
  assert.equal(doubtOf("250000.50", "yuan", ["25", "30", "20"]), "＝ 250,000.50 元，是本栏一般金额的 100 倍以上");
  assert.equal(doubtOf("-250000", "wan", ["25", "30", "20"]), "＝ -2,500,000,000 元，是本栏一般金额的 100 倍以上");
  assert.equal(doubtOf("2501", "wan", ["-25", "25"]), "＝ 25,010,000 元，是本栏一般金额的 100 倍以上");
});

test("exactly a hundred times as much is not doubted, nor is one large amount among others", () => {
  assert.equal(doubtOf("2500", "wan", ["25", "25"]), "");
  assert.equal(doubtOf("2500.01", "wan", ["25", "25"]), "＝ 25,000,100 元，是本栏一般金额的 100 倍以上");
  assert.equal(doubtOf("250000", "wan", ["250000", "240000", "20"]), "");
});

test("with fewer than two other amounts nothing is usual; blanks, noughts and words are no amounts", () => {
  assert.equal(doubtOf("250000", "wan", []), "");
  assert.equal(doubtOf("250000", "wan", ["25"]), "");
  assert.equal(doubtOf("250000", "wan", ["25", "", "0", "0.00", "长期", "25万"]), "");
  assert.notEqual(doubtOf("250000", "wan", ["25", "", "0", "25"]), "");
});

test("what is no amount is left to the server, a unit in the cell included", () => {
  for (const text of ["", "25万", "627450元", "长期", "1e9"]) assert.equal(doubtOf(text, "wan", ["1", "1"]), "", text);
});

test("digits that a space parts are no amount, unless it parts all thousands", () => {
  for (const text of ["12 5", "1 2 3.5", "1 2345", "12. 5"]) assert.equal(read(text), null, text);
  for (const text of ["1 250.5", "1 250 000"]) assert.notEqual(read(text), null, text);
});
