// How a cell is selected and typed in, and which one lies next to it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { leaves, neighbour, pressed, rangeOf } from "../../static/js/selection.js";
import { chance } from "./chance.mjs";

// --- pressing and leaving -----------------------------------------------------------------------------------

test("a first press selects a cell, a second one types in it", () => {
  assert.equal(pressed({ isIn: false, isProse: false }), "select");
  assert.equal(pressed({ isIn: true, isProse: false }), "edit");
});

test("prose is typed in at once", () => {
  assert.equal(pressed({ isIn: false, isProse: true }), "edit");
  assert.equal(pressed({ isIn: true, isProse: true }), "edit");
});

const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
/** The arrows that leave a cell with the caret or the selection there. */
const leaving = (caret) => ARROWS.filter((key) => leaves(key, { typing: true, length: 5, isOneLine: true, ...caret }));

test("every arrow leaves a cell that is selected, wherever its caret is", () => {
  for (const caret of [
    { start: 0, end: 0 },
    { start: 2, end: 2 },
    { start: 0, end: 5 },
  ]) {
    assert.deepEqual(leaving({ ...caret, typing: false }), ARROWS);
    assert.deepEqual(leaving({ ...caret, typing: false, isOneLine: false }), ARROWS);
  }
});

test("while somebody types, an arrow leaves where the caret cannot go further", () => {
  assert.deepEqual(leaving({ start: 0, end: 0 }), ["ArrowLeft", "ArrowUp", "ArrowDown"]);
  assert.deepEqual(leaving({ start: 2, end: 2 }), ["ArrowUp", "ArrowDown"]);
  assert.deepEqual(leaving({ start: 5, end: 5 }), ["ArrowRight", "ArrowUp", "ArrowDown"]);
  assert.deepEqual(leaving({ start: 0, end: 0, length: 0 }), ARROWS);
});

test("in several lines, Up and Down leave from the very beginning and end alone", () => {
  assert.deepEqual(leaving({ start: 0, end: 0, isOneLine: false }), ["ArrowLeft", "ArrowUp"]);
  assert.deepEqual(leaving({ start: 2, end: 2, isOneLine: false }), []);
  assert.deepEqual(leaving({ start: 5, end: 5, isOneLine: false }), ["ArrowRight", "ArrowDown"]);
});

test("no arrow leaves while text is selected", () => {
  for (const isOneLine of [true, false]) {
    assert.deepEqual(leaving({ start: 0, end: 5, isOneLine }), []);
    assert.deepEqual(leaving({ start: 0, end: 2, isOneLine }), []);
    assert.deepEqual(leaving({ start: 3, end: 5, isOneLine }), []);
  }
});

// --- ranges -------------------------------------------------------------------------------------------------

test("a range is the same from whichever corner it is drawn", () => {
  const rows = ["r0", "r1", "r2", "r3"];
  const columns = ["code", "name", "amount"];
  const expected = { rows: ["r1", "r2"], columns: ["name", "amount"] };
  for (const [from, to] of [
    [
      { row: "r1", column: "name" },
      { row: "r2", column: "amount" },
    ],
    [
      { row: "r2", column: "amount" },
      { row: "r1", column: "name" },
    ],
    [
      { row: "r1", column: "amount" },
      { row: "r2", column: "name" },
    ],
  ])
    assert.deepEqual(rangeOf(rows, columns, from, to), expected);
});

test("a range of one cell is that cell", () => {
  const cell = { row: "r0", column: "name" };
  assert.deepEqual(rangeOf(["r0", "r1"], ["code", "name"], cell, cell), { rows: ["r0"], columns: ["name"] });
});

// --- the next cell in a paper form --------------------------------------------------------------------------

/** Boxes by name of a drawing in which every letter is a cell of 100 by 30 and merged cells repeat theirs. */
function drawn(...lines) {
  const boxes = new Map();
  const letters = lines.flatMap((line, row) => [...line].map((name, column) => ({ name, row, column })));
  for (const { name, row, column } of letters) {
    if (name === ".") continue;
    const box = boxes.get(name) ?? { name, left: Infinity, top: Infinity, right: 0, bottom: 0 };
    box.left = Math.min(box.left, column * 100);
    box.right = Math.max(box.right, column * 100 + 100);
    box.top = Math.min(box.top, row * 30);
    box.bottom = Math.max(box.bottom, row * 30 + 30);
    boxes.set(name, box);
  }
  return boxes;
}

const WAYS = { down: [1, 0], up: [-1, 0], right: [0, 1], left: [0, -1] };

/** Where each way leads from a cell; `-` where there is none. */
function around(boxes, name) {
  const from = boxes.get(name);
  const others = [...boxes.values()].filter((box) => box !== from);
  return Object.values(WAYS)
    .map((way) => neighbour(from, others, way)?.name ?? "-")
    .join("");
}

test("among equal cells every way leads to the next one", () => {
  const form = drawn("abc", "def", "ghi");
  assert.equal(around(form, "e"), "hbfd");
  assert.equal(around(form, "a"), "d-b-");
  assert.equal(around(form, "i"), "-f-h");
});

test("a merged cell leads to the first of those beside it, and they lead back", () => {
  const form = drawn("aab", "cde", "cfg");
  assert.equal(around(form, "a"), "c-b-");
  assert.equal(around(form, "d"), "faec");
  assert.equal(around(form, "c"), "-ad-");
  assert.equal(around(form, "f"), "-dgc");
  assert.equal(around(form, "b"), "e--a");
});

test("what nobody types in is passed over", () => {
  const form = drawn("a..b", "....", "c.dd");
  assert.equal(around(form, "a"), "c-b-");
  assert.equal(around(form, "b"), "d--a");
  assert.equal(around(form, "d"), "-b-c");
});

test("a cell in another column is not below, one in another row not beside", () => {
  const form = drawn("a..", ".b.", "..c");
  for (const name of "abc") assert.equal(around(form, name), "----");
});

test("of cells that are equally near, the one that shares most is chosen", () => {
  const boxes = new Map([
    ["wide", { name: "wide", left: 0, top: 0, right: 300, bottom: 30 }],
    ["narrow", { name: "narrow", left: 0, top: 30, right: 80, bottom: 60 }],
    ["broad", { name: "broad", left: 80, top: 30, right: 300, bottom: 60 }],
  ]);
  assert.equal(neighbour(boxes.get("wide"), [boxes.get("narrow"), boxes.get("broad")], WAYS.down).name, "broad");
});

test("borders that overlap by a pixel, or touch, make no neighbour of the wrong side", () => {
  const from = { left: 0, top: 0, right: 101, bottom: 31 };
  const below = { name: "below", left: 0, top: 30, right: 101, bottom: 60 };
  const aslant = { name: "aslant", left: 100, top: 30, right: 200, bottom: 60 };
  assert.equal(neighbour(from, [aslant, below], WAYS.down), below);
  assert.equal(neighbour(from, [aslant], WAYS.down), undefined);
  assert.equal(neighbour(below, [from], WAYS.up), from);
});

test("in any paper form, going on one way ends, and never stays in a cell", () => {
  const { below, pick, times } = chance(31);
  for (const [height, width] of times(200, () => [1 + below(5), 1 + below(5)])) {
    const grid = times(height, () => Array(width).fill("."));
    for (const name of "abcdefgh") {
      const [top, left] = [below(height), below(width)];
      const [bottom, right] = [top + below(height - top), left + below(width - left)];
      const cells = grid
        .slice(top, bottom + 1)
        .flatMap((line, row) => line.slice(left, right + 1).map((_, column) => [top + row, left + column]));
      if (cells.every(([row, column]) => grid[row][column] === "."))
        for (const [row, column] of cells) grid[row][column] = name;
    }
    const boxes = [...drawn(...grid.map((line) => line.join(""))).values()];
    if (!boxes.length) continue;
    const way = pick(Object.values(WAYS));
    let at = pick(boxes);
    for (let steps = 0; at; steps++) {
      assert.ok(steps < boxes.length, "goes round in a circle");
      const next = neighbour(
        at,
        boxes.filter((box) => box !== at),
        way,
      );
      assert.notEqual(next, at);
      at = next;
    }
  }
});
