// What became of the page while an answer was under way, and how its rows and the answer's go together.

import assert from "node:assert/strict";
import { test } from "node:test";

import { contentOf, differing, interleaved, isSame, planRows } from "../../static/js/changes.js";
import { chance } from "./chance.mjs";

// --- contents -----------------------------------------------------------------------------------------------

test("a content is every name with its value, in the order of the form", () => {
  const content = contentOf([
    ["basics-name", "甲"],
    ["lines-0-amount", "25"],
    ["lines-1-amount", ""],
  ]);
  assert.deepEqual(
    [...content],
    [
      ["basics-name", "甲"],
      ["lines-0-amount", "25"],
      ["lines-1-amount", ""],
    ],
  );
});

test("the controls of one name are said together", () => {
  const one = contentOf([
    ["kinds", "a"],
    ["kinds", "b"],
  ]);
  assert.equal(one.size, 1);
  for (const other of [
    [["kinds", "a"]],
    [
      ["kinds", "b"],
      ["kinds", "a"],
    ],
    [["kinds", "ab"]],
    [
      ["kinds", "a"],
      ["kinds", "b"],
      ["kinds", ""],
    ],
  ]) {
    assert.ok(!isSame(one, contentOf(other)));
  }
});

test("what stands for the page and not for what is typed is left out", () => {
  const names = [
    "csrfmiddlewaretoken",
    "base",
    "unit",
    "page",
    "continues",
    "attempt",
    "lost",
    "next",
    "focus",
    "command",
    "lines-columns",
    "activities-0-columns",
    "common-1",
    "common-indicators",
  ];
  assert.equal(contentOf(names.map((name) => [name, "1"])).size, 0);
  const typed = ["lines-0-unit", "lines-0-base", "basics-page", "pages", "command-1", "uncommon-1", "lines-columns-0"];
  assert.deepEqual([...contentOf(typed.map((name) => [name, "1"])).keys()], typed);
});

test("a file is said as a text", () => {
  assert.equal(contentOf([["upload", { toString: () => "[object File]" }]]).get("upload"), "[object File]");
});

test("contents are the same where names, values and their order are", () => {
  const content = contentOf([
    ["a", "1"],
    ["b", "2"],
  ]);
  assert.ok(
    isSame(
      content,
      contentOf([
        ["a", "1"],
        ["b", "2"],
      ]),
    ),
  );
  assert.ok(isSame(contentOf([]), new Map()));
  for (const other of [
    [["a", "1"]],
    [
      ["a", "1"],
      ["b", "3"],
    ],
    [
      ["a", "1"],
      ["c", "2"],
    ],
    [
      ["b", "2"],
      ["a", "1"],
    ],
    [
      ["a", "1"],
      ["b", "2"],
      ["c", ""],
    ],
  ]) {
    assert.ok(!isSame(content, contentOf(other)));
    assert.ok(!isSame(contentOf(other), content));
  }
});

test("names differ whose values do, and those that only one side has", () => {
  const then = contentOf([
    ["a", "1"],
    ["b", "2"],
    ["gone", ""],
  ]);
  const now = contentOf([
    ["b", "3"],
    ["a", "1"],
    ["new", ""],
  ]);
  assert.deepEqual([...differing(then, now)].sort(), ["b", "gone", "new"]);
  assert.deepEqual(differing(then, then), new Set());
  assert.deepEqual([...differing(now, then)].sort(), ["b", "gone", "new"]);
});

// --- two orders ---------------------------------------------------------------------------------------------

const keys = (text) => [...text];

test("what the one order lacks stands behind what it stands behind in the other", () => {
  assert.deepEqual(interleaved(keys("abc"), keys("axbc")), keys("axbc"));
  assert.deepEqual(interleaved(keys("abc"), keys("xabc")), keys("xabc"));
  assert.deepEqual(interleaved(keys("abc"), keys("abcxy")), keys("abcxy"));
  assert.deepEqual(interleaved(keys("cba"), keys("axbcy")), keys("cybax"));
  assert.deepEqual(interleaved(keys("ab"), []), keys("ab"));
  assert.deepEqual(interleaved([], keys("ab")), keys("ab"));
});

test("two orders put together have each key once, the first in its order", () => {
  const { some, shuffled, times } = chance(51);
  const order = (text) => shuffled(some(keys(text)));
  for (const [primary, secondary] of times(500, () => [order("abcdefgh"), order("efghijkl")])) {
    const both = interleaved(primary, secondary);
    assert.deepEqual(
      both.filter((key) => primary.includes(key)),
      primary,
    );
    assert.deepEqual([...both].sort(), [...new Set([...primary, ...secondary])].sort());
  }
});

// --- rows ---------------------------------------------------------------------------------------------------

/** The plan for rows of one letter each; blank ones are `_` and a number. */
function plan({ posted, live = posted, touched = [], answered = posted, blank = [] }) {
  const { rows, kept, renamed } = planRows({
    posted,
    live,
    touched: new Set(touched),
    answered,
    blank: new Set(blank),
  });
  return {
    rows: rows.join(""),
    kept: [...kept].join(""),
    renamed: [...renamed].map((pair) => pair.join(">")).join(" "),
  };
}

const rowsOf = (texts) =>
  plan(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, keys(text)]))).rows;

test("where nothing happened meanwhile, the rows are the answer's", () => {
  assert.deepEqual(plan({ posted: keys("abc") }), { rows: "abc", kept: "", renamed: "" });
  assert.equal(rowsOf({ posted: "abc", answered: "cab" }), "cab");
  assert.equal(rowsOf({ posted: "", answered: "" }), "");
});

test("a row added meanwhile stays where it was added", () => {
  assert.deepEqual(plan({ posted: keys("abc"), live: keys("abxc"), answered: keys("abc") }), {
    rows: "abxc",
    kept: "x",
    renamed: "",
  });
  assert.equal(rowsOf({ posted: "abc", live: "xabc" }), "xabc");
  assert.equal(rowsOf({ posted: "abc", live: "abcx" }), "abcx");
  assert.equal(rowsOf({ posted: "", live: "xy", answered: "" }), "xy");
});

test("a row taken away meanwhile stays away", () => {
  assert.equal(rowsOf({ posted: "abc", live: "ac", answered: "abc" }), "ac");
  assert.equal(rowsOf({ posted: "abc", live: "", answered: "abc" }), "");
});

test("rows moved meanwhile stay moved, and the answer's own new ones come along", () => {
  assert.equal(rowsOf({ posted: "abc", live: "cab", answered: "abc" }), "cab");
  assert.equal(rowsOf({ posted: "abc", live: "cab", answered: "abyc" }), "caby");
});

test("a row that others added comes in where the answer has it", () => {
  assert.deepEqual(plan({ posted: keys("abc"), answered: keys("aybc") }), { rows: "aybc", kept: "", renamed: "" });
  assert.equal(rowsOf({ posted: "abc", live: "abxc", answered: "abyc" }), "abxyc");
});

test("a row that the answer took away goes, unless somebody typed in it since", () => {
  assert.equal(rowsOf({ posted: "abc", answered: "ac" }), "ac");
  assert.deepEqual(plan({ posted: keys("abc"), touched: ["b"], answered: keys("ac") }), {
    rows: "abc",
    kept: "b",
    renamed: "",
  });
  assert.equal(rowsOf({ posted: "abc", live: "cab", touched: "b", answered: "ac" }), "cab");
});

test("a row that is typed in since and answered is the answer's row", () => {
  assert.deepEqual(plan({ posted: keys("abc"), touched: ["b"] }), { rows: "abc", kept: "", renamed: "" });
});

test("a blank row is the same one under another key", () => {
  assert.deepEqual(plan({ posted: ["a", "_1"], answered: ["a", "_2"], blank: ["_1", "_2"] }), {
    rows: "a_1",
    kept: "",
    renamed: "_2>_1",
  });
});

test("a blank row that somebody began to type in keeps its place, once", () => {
  const typed = { posted: ["a", "_1"], touched: ["_1"], blank: ["_1", "_2"] };
  assert.deepEqual(plan({ ...typed, answered: ["a", "_2"] }), { rows: "a_1", kept: "", renamed: "_2>_1" });
  assert.deepEqual(plan({ ...typed, answered: ["a"] }), { rows: "a_1", kept: "_1", renamed: "" });
});

test("of several blank rows, each is one of the answer's, as far as there are any", () => {
  assert.deepEqual(
    plan({ posted: ["a", "_1", "_2"], answered: ["a", "_3", "_4", "_5"], blank: ["_1", "_2", "_3", "_4", "_5"] }),
    { rows: "a_1_2_5", kept: "", renamed: "_3>_1 _4>_2" },
  );
  assert.deepEqual(plan({ posted: ["a", "_1", "_2"], answered: ["a", "_3"], blank: ["_1", "_2", "_3"] }), {
    rows: "a_1",
    kept: "",
    renamed: "_3>_1",
  });
});

test("a blank row that was filled and saved is no blank row of the answer", () => {
  assert.deepEqual(plan({ posted: ["a", "b"], answered: ["a", "b", "_2"], blank: ["_2"] }), {
    rows: "ab_2",
    kept: "",
    renamed: "",
  });
});

test("a row added meanwhile is not taken for the blank one of the answer", () => {
  assert.deepEqual(plan({ posted: ["a"], live: ["a", "_1"], answered: ["a", "_2"], blank: ["_2"] }), {
    rows: "a_1_2",
    kept: "_1",
    renamed: "",
  });
});

/** Something that may have happened: what was sent, what the page is by now, and what the answer holds. */
function meanwhile({ below, once, some, shuffled, times }) {
  const saved = some(keys("abcdef"));
  const blanks = times(below(3), (at) => `_${at}`);
  const posted = [...saved, ...blanks];
  let live = posted.filter(() => !once(5));
  for (const key of some(keys("uvw"))) live.splice(below(live.length + 1), 0, key);
  if (once(3)) live = shuffled(live);
  const touched = live.filter((key) => !posted.includes(key) || once(4));
  let answered = saved.filter(() => !once(5));
  for (const key of some(keys("xyz"))) answered.splice(below(answered.length + 1), 0, key);
  if (once(4)) answered = shuffled(answered);
  const spare = times(below(4), (at) => `=${at}`);
  answered.push(...spare);
  if (once(5)) answered.push(...blanks);
  return { posted, live, touched: new Set(touched), answered, blank: new Set([...blanks, ...spare]) };
}

test("whatever happened meanwhile, nothing is lost and nothing is there twice", () => {
  const drawing = chance(52);
  for (const { posted, live, touched, answered, blank } of drawing.times(5000, () => meanwhile(drawing))) {
    const { rows, renamed } = planRows({ posted, live, touched, answered, blank });
    const said = JSON.stringify({ posted, live, touched: [...touched], answered, rows });
    const inRows = new Set(rows);
    assert.equal(inRows.size, rows.length, said);
    for (const key of live)
      if (!posted.includes(key) || touched.has(key)) assert.ok(inRows.has(key), `${key} was typed: ${said}`);
    for (const key of answered) {
      const isTakenAway = posted.includes(key) && !live.includes(key);
      assert.equal(inRows.has(renamed.get(key) ?? key), !isTakenAway, `${key} was answered: ${said}`);
    }
    for (const key of rows) assert.ok(live.includes(key) || answered.includes(key), said);
  }
});

test("whatever happened meanwhile, a row is kept from the page or comes from the answer, never both", () => {
  const drawing = chance(53);
  for (const { posted, live, touched, answered, blank } of drawing.times(5000, () => meanwhile(drawing))) {
    const { rows, kept, renamed } = planRows({ posted, live, touched, answered, blank });
    const theirs = new Set(answered.map((key) => renamed.get(key) ?? key));
    for (const key of rows) assert.notEqual(kept.has(key), theirs.has(key), key);
    for (const key of kept) assert.ok(live.includes(key) && rows.includes(key), key);
    for (const [from, to] of renamed) {
      assert.ok(
        blank.has(from) && blank.has(to) && answered.includes(from) && live.includes(to) && !live.includes(from),
      );
    }
    assert.equal(new Set(renamed.values()).size, renamed.size);
  }
});

test("whatever happened meanwhile, the page's order stays where rows were moved, else the answer's", () => {
  const drawing = chance(54);
  for (const { posted, live, touched, answered, blank } of drawing.times(5000, () => meanwhile(drawing))) {
    const { rows, renamed } = planRows({ posted, live, touched, answered, blank });
    const still = posted.filter((key) => live.includes(key));
    const isMoved = live.filter((key) => posted.includes(key)).some((key, at) => key !== still[at]);
    const order = isMoved ? live : answered.map((key) => renamed.get(key) ?? key);
    const inRows = new Set(rows);
    assert.deepEqual(
      rows.filter((key) => order.includes(key)),
      order.filter((key) => inRows.has(key)),
    );
  }
});
