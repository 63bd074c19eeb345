// Choosing from a list by letters, and by a text that is pasted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { chosenBy, initials, namedBy } from "../../static/js/initials.js";

// --- initials -----------------------------------------------------------------------------------------------

// 资金来源 of budgets/domain/choices.py.
const FUNDS = {
  一般公共预算财政拨款: "ybggysczbk",
  政府性基金预算财政拨款: "zfxjjysczbk",
  国有资本经营预算财政拨款: "gyzbjyysczbk",
  财政专户管理资金: "czzhglzj",
  事业收入: "sysr",
  上级补助收入: "sjbzsr",
  附属单位上缴收入: "fsdwsjsr",
  事业单位经营收入: "sydwjysr",
  其他收入: "qtsr",
};

// 一级指标 and 二级指标 of performance/domain/goals.py.
const INDICATORS = {
  成本指标: "cbzb",
  经济成本指标: "jjcbzb",
  社会成本指标: "shcbzb",
  生态环境成本指标: "sthjcbzb",
  产出指标: "cczb",
  数量指标: "slzb",
  质量指标: "zlzb",
  时效指标: "sxzb",
  效益指标: "xyzb",
  经济效益指标: "jjxyzb",
  社会效益指标: "shxyzb",
  生态效益指标: "stxyzb",
  可持续影响指标: "kcxyxzb",
  满意度指标: "mydzb",
  服务对象满意度指标: "fwdxmydzb",
};

test("funds and indicators have the initials that people type", () => {
  for (const [label, letters] of Object.entries({ ...FUNDS, ...INDICATORS }))
    assert.equal(initials(label), letters, label);
});

test("so have the other lists of the entry site", () => {
  for (const [label, letters] of Object.entries({
    基本支出: "jbzc",
    项目支出: "xmzc",
    结余分配: "jyfp",
    参照公务员法管理事业单位: "czgwyfglsydw",
    员额编制: "yebz",
    货物: "hw",
    服务: "fw",
    长期绩效目标: "cqjxmb",
    年度绩效目标: "ndjxmb",
    调整预算: "tzys",
    达成年度指标: "dcndzb",
  }))
    assert.equal(initials(label), letters, label);
});

test("every letter holds from its first syllable to its last", () => {
  for (const [letter, signs] of Object.entries({
    a: "啊奥",
    b: "八不",
    c: "擦错",
    d: "搭多",
    e: "俄二",
    f: "发富",
    g: "嘎过",
    h: "哈或",
    j: "机军",
    k: "卡阔",
    l: "拉落",
    m: "妈目",
    n: "拿诺",
    o: "哦藕",
    p: "爬普",
    q: "七群",
    r: "然人日入若",
    s: "洒三所",
    t: "他它拓",
    w: "挖物",
    x: "西训",
    y: "压运",
    z: "杂做",
  })) {
    for (const sign of signs) assert.equal(initials(sign), letter, sign);
  }
});

test("letters and digits stay, signs are left out", () => {
  assert.equal(initials("A4 纸（70g）"), "a4z70g");
  assert.equal(initials("２０１-一般公共服务支出"), "201ybggfwzc");
  assert.equal(initials("其中：参照"), "qzcz");
  assert.equal(initials("—— "), "");
  assert.equal(initials(""), "");
});

// --- choosing -----------------------------------------------------------------------------------------------

const LABELS = ["", ...Object.keys(FUNDS)];
const at = (label) => LABELS.indexOf(label);

test("initials choose the label that begins with them", () => {
  assert.equal(chosenBy("y", LABELS, 0), at("一般公共预算财政拨款"));
  assert.equal(chosenBy("zf", LABELS, 0), at("政府性基金预算财政拨款"));
  assert.equal(chosenBy("sydw", LABELS, 0), at("事业单位经营收入"));
  assert.equal(chosenBy("SJ", LABELS, 0), at("上级补助收入"));
});

test("what is typed further keeps the choice while it fits, and goes on where it does not", () => {
  assert.equal(chosenBy("s", LABELS, 0), at("事业收入"));
  assert.equal(chosenBy("sy", LABELS, at("事业收入")), at("事业收入"));
  assert.equal(chosenBy("sj", LABELS, at("事业收入")), at("上级补助收入"));
  assert.equal(chosenBy("sy", LABELS, at("事业单位经营收入")), at("事业单位经营收入"));
});

test("one letter again and again goes round all that begin with it", () => {
  const round = [at("事业收入"), at("上级补助收入"), at("事业单位经营收入"), at("事业收入")];
  let current = 0;
  for (const expected of round) {
    current = chosenBy("s", LABELS, current);
    assert.equal(current, expected);
  }
  current = 0;
  for (const [presses, expected] of round.entries()) {
    current = chosenBy("s".repeat(presses + 1), LABELS, current);
    assert.equal(current, expected);
  }
});

test("the only label of a letter stays chosen, however often it is typed", () => {
  assert.equal(chosenBy("q", LABELS, at("其他收入")), at("其他收入"));
  assert.equal(chosenBy("qqq", LABELS, at("其他收入")), at("其他收入"));
});

test("a label whose initials repeat a letter is preferred to going round", () => {
  const labels = ["产品", "产出指标", "成本指标"];
  assert.equal(chosenBy("cc", labels, 0), 1);
  assert.equal(chosenBy("ccz", labels, 0), 1);
  assert.equal(chosenBy("cc", ["产品", "成本指标"], 0), 1);
});

test("characters choose as letters do", () => {
  assert.equal(chosenBy("政", LABELS, 0), at("政府性基金预算财政拨款"));
  assert.equal(chosenBy("事业单", LABELS, 0), at("事业单位经营收入"));
  assert.equal(chosenBy("201", ["", " 201 一般公共服务支出"], 0), 1);
});

test("nothing is chosen by what no label begins with, nor the blank one", () => {
  assert.equal(chosenBy("x", LABELS, 3), -1);
  assert.equal(chosenBy("ybx", LABELS, 0), -1);
  assert.equal(chosenBy("s", ["", "  "], 0), -1);
  assert.equal(chosenBy("s", [], -1), -1);
  assert.equal(chosenBy("g", ["", "公开"], -1), 1);
});

// --- naming -------------------------------------------------------------------------------------------------

test("a pasted text names the label that reads the same, blanks and width aside", () => {
  assert.equal(namedBy("事业收入", LABELS), at("事业收入"));
  assert.equal(namedBy(" 事业 收入 ", LABELS), at("事业收入"));
  assert.equal(namedBy("（一）公开", ["不予公开", "(一)公开"]), 1);
  assert.equal(namedBy("公开", ["不予公开", "公开"]), 1);
});

test("a beginning or an end names a label only where no other has it", () => {
  assert.equal(namedBy("一般公共预算", LABELS), at("一般公共预算财政拨款"));
  assert.equal(namedBy("专户管理资金", LABELS), at("财政专户管理资金"));
  assert.equal(namedBy("财政拨款", LABELS), -1);
  assert.equal(namedBy("收入", LABELS), -1);
  assert.equal(namedBy("事业", LABELS), -1);
});

test("what lies within a label, or is more than it, names none", () => {
  assert.equal(namedBy("公共预算", LABELS), -1);
  assert.equal(namedBy("事业收入合计", LABELS), -1);
});

test("an empty text names the blank label, and none where there is none", () => {
  assert.equal(namedBy("", LABELS), 0);
  assert.equal(namedBy("  ", LABELS), 0);
  assert.equal(namedBy("", Object.keys(FUNDS)), -1);
});
