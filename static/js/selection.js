// How a cell is selected and typed in, as in a spreadsheet. Pure.
//
// A cell that was reached by a key or a first click is selected: typing replaces it, arrows go on. A second click,
// F2 or a letter begins to type in it: arrows move the caret, and leave where it cannot go further.

/**
 * What a press of the pointer does: `select` the cell, or let the browser put its caret (`edit`). `isIn`: it was
 * clicked before, or somebody types in it. A cell that a key has reached is not: the first click still selects it.
 */
export function pressed({ isIn, isProse }) {
  return isProse || isIn ? "edit" : "select";
}

/**
 * Whether an arrow leaves the cell. `typing`: somebody types in it; `start`, `end`, `length`: its caret and text;
 * `isOneLine`: whether Up and Down have nowhere to go in it.
 */
export function leaves(key, { typing, start, end, length, isOneLine }) {
  if (!typing) return true;
  if (start !== end) return false;
  if (key === "ArrowLeft") return start === 0;
  if (key === "ArrowRight") return end === length;
  return isOneLine || (key === "ArrowUp" ? start === 0 : end === length);
}

const between = (list, a, b) => {
  const [from, to] = [list.indexOf(a), list.indexOf(b)].sort((x, y) => x - y);
  return list.slice(from, to + 1);
};

/** The rows and columns of a range from one corner to the other, each `{ row, column }`. */
export function rangeOf(rows, columns, from, to) {
  return { rows: between(rows, from.row, to.row), columns: between(columns, from.column, to.column) };
}

/**
 * The control that lies next to `from` in a paper form, where cells are merged as they please: the nearest one
 * whose box begins where `from` ends and shares some of its width (or height). Boxes have left, top, right, bottom.
 */
export function neighbour(from, others, [down, right]) {
  const slack = 2;
  const along = down ? ["left", "right"] : ["top", "bottom"];
  const ahead = (box) =>
    down > 0
      ? box.top - from.bottom
      : down < 0
        ? from.top - box.bottom
        : right > 0
          ? box.left - from.right
          : from.left - box.right;
  const shared = (box) => Math.min(box[along[1]], from[along[1]]) - Math.max(box[along[0]], from[along[0]]);
  const found = others.filter((box) => ahead(box) >= -slack && shared(box) > slack);
  found.sort((a, b) => ahead(a) - ahead(b) || shared(b) - shared(a));
  return found[0];
}
