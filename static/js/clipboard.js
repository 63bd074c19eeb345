// Ranges on the clipboard. Pure.

/** A cell as a spreadsheet copies it: in quotes where it holds a tab, a line end or a quote. */
const quoted = (text) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows of texts as a spreadsheet puts them on the clipboard. */
export function asRange(rows) {
  return rows.map((row) => `${row.map(quoted).join("\t")}\r\n`).join("");
}

/** Whether `text` is more than one cell; a line end alone is none where the cell itself may hold several lines. */
export function isRange(text, holdsLines) {
  return text.includes("\t") || (!holdsLines && /[\r\n]/.test(text.trim()));
}

/**
 * The cells of a table that are merged downwards, as the server reads them: `row:column:height`, each counted from
 * 0, by commas. `rows` are lists of `{ rowSpan, colSpan }` as they stand in the markup, without what a merged cell
 * covers.
 */
export function mergedCells(rows) {
  const covered = new Map();
  const merged = [];
  rows.forEach((cells, row) => {
    let column = 0;
    for (const { rowSpan, colSpan } of cells) {
      while ((covered.get(column) ?? 0) > row) column += 1;
      if (rowSpan > 1) merged.push(`${row}:${column}:${Math.min(rowSpan, rows.length - row)}`);
      for (let at = column; at < column + colSpan; at++) covered.set(at, row + rowSpan);
      column += colSpan;
    }
  });
  return merged.join(",");
}
