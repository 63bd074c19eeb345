// Ranges on the clipboard. How the server reads them back is in test_agreement.py.

import assert from "node:assert/strict";
import { test } from "node:test";

import { asRange, isRange, mergedCells } from "../../static/js/clipboard.js";
import { chance } from "./chance.mjs";

// --- copying ------------------------------------------------------------------------------------------------

test("cells are parted by tabs, every row ends its line", () => {
  assert.equal(
    asRange([
      ["甲", "1"],
      ["乙", "2"],
    ]),
    "甲\t1\r\n乙\t2\r\n",
  );
  assert.equal(asRange([["甲"]]), "甲\r\n");
  assert.equal(
    asRange([
      ["", ""],
      ["", ""],
    ]),
    "\t\r\n\t\r\n",
  );
  assert.equal(asRange([]), "");
});

test("a cell with a tab, a line end or a quote is put in quotes, its own doubled", () => {
  assert.equal(
    asRange([["一\n二", '12" 显示器', "a\tb", "c\rd", "plain"]]),
    '"一\n二"\t"12"" 显示器"\t"a\tb"\t"c\rd"\tplain\r\n',
  );
  assert.equal(asRange([['""']]), '""""""\r\n');
});

/** Cells by row of what a spreadsheet copies: quotes open a cell, double ones in it are one. */
function spread(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n"]*))(\t|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") rows.push([]);
  }
  return rows.slice(0, -1);
}

test("a spreadsheet reads every cell as it was copied", () => {
  const { below, pick, times } = chance(41);
  const cell = () => times(below(6), () => pick(["甲", "1", " ", "\t", "\n", "\r\n", '"', '""', ","])).join("");
  for (const [height, width] of times(500, () => [1 + below(4), 1 + below(4)])) {
    const rows = times(height, () => times(width, cell));
    assert.deepEqual(spread(asRange(rows)), rows);
  }
});

// --- pasting ------------------------------------------------------------------------------------------------

test("a text with a tab is a range anywhere", () => {
  for (const holdsLines of [true, false]) {
    assert.ok(isRange("甲\t1", holdsLines));
    assert.ok(isRange("\t", holdsLines));
  }
});

test("lines are a range in a cell of one line, and text in one of several", () => {
  assert.ok(isRange("一\n二", false));
  assert.ok(isRange("一\r\n二\r\n", false));
  assert.ok(!isRange("一\n二", true));
});

test("one cell is no range, with the line end that a spreadsheet adds or without", () => {
  for (const text of ["一", "一\r\n", "一\n", " 一 ", ""]) {
    assert.ok(!isRange(text, false), JSON.stringify(text));
    assert.ok(!isRange(text, true), JSON.stringify(text));
  }
});

// --- merged cells -------------------------------------------------------------------------------------------

/** Rows of cells as they stand in markup: `2` a cell of two rows, `1x3` one of three columns, `2x3` of both. */
const markup = (...rows) =>
  rows.map((row) =>
    row
      .split(" ")
      .filter(Boolean)
      .map((cell) => {
        const [rowSpan, colSpan = 1] = cell.split("x").map(Number);
        return { rowSpan, colSpan };
      }),
  );

test("where nothing is merged downwards, nothing is said", () => {
  assert.equal(mergedCells([]), "");
  assert.equal(mergedCells(markup("1 1", "1 1")), "");
  assert.equal(mergedCells(markup("1x2 1", "1 1 1")), "");
});

test("a merged cell is said with its row, its column and its height", () => {
  assert.equal(mergedCells(markup("1 1", "2 1", "1", "1 1")), "1:0:2");
  assert.equal(mergedCells(markup("1 1 3", "1 1", "1 1")), "0:2:3");
  assert.equal(mergedCells(markup("2 1", "1", "3 1", "1", "1")), "0:0:2,2:0:3");
});

test("columns are counted past what merged cells cover from above and from the left", () => {
  assert.equal(mergedCells(markup("3 1 1", "2 1", "1")), "0:0:3,1:1:2");
  assert.equal(mergedCells(markup("1x2 2", "1 1", "1 1 1")), "0:2:2");
  assert.equal(mergedCells(markup("2x2 1", "2", "1x2")), "0:0:2,1:2:2");
  assert.equal(mergedCells(markup("1 2 2 1", "1 1", "2 1 1 1")), "0:1:2,0:2:2,2:0:1");
});

test("a cell is not higher than the rows that are there", () => {
  assert.equal(mergedCells(markup("1 1", "9 1")), "1:0:1");
  assert.equal(mergedCells(markup("9 1", "1")), "0:0:2");
});

test("whatever is merged, each cell is said where it stands", () => {
  const { below, once, times } = chance(42);
  for (const [height, width] of times(300, () => [1 + below(6), 1 + below(6)])) {
    const grid = times(height, () => Array(width).fill(null));
    const rows = times(height, () => []);
    const merged = [];
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        if (grid[row][column]) continue;
        let colSpan = 1;
        while (once(3) && column + colSpan < width && !grid[row][column + colSpan]) colSpan += 1;
        const rowSpan = once(2) ? 1 + below(height - row) : 1;
        for (let down = row; down < row + rowSpan; down++) grid[down].fill("covered", column, column + colSpan);
        rows[row].push({ rowSpan, colSpan });
        if (rowSpan > 1) merged.push(`${row}:${column}:${rowSpan}`);
      }
    }
    assert.equal(mergedCells(rows), merged.join(","));
  }
});
