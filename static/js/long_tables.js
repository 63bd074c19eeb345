// Long sub-tables: rows far from the screen are there, are posted and are counted, but are not laid out, so that
// five hundred rows scroll and are typed in like fifty.

import { bodiesIn, rowsOf } from "./table.js";

const LONG = 120;
const SPARE = 60;
const heights = new WeakMap();

function spacer(body, name) {
  const found = body.querySelector(`:scope > .spacer-${name}`);
  if (found) return found;
  const row = document.createElement("tr");
  row.className = `spacer spacer-${name}`;
  row.setAttribute("aria-hidden", "true");
  const cell = row.insertCell();
  cell.colSpan = [...rowsOf(body)[0].cells].reduce((sum, { colSpan }) => sum + colSpan, 0);
  return row;
}

function showAll(body) {
  for (const row of body.querySelectorAll(":scope > .spacer")) row.remove();
  for (const row of rowsOf(body)) row.hidden = false;
}

function measure(rows) {
  let sum = 0;
  let count = 0;
  for (const row of rows) {
    if (!row.hidden) heights.set(row, row.getBoundingClientRect().height);
    if (!heights.has(row)) continue;
    sum += heights.get(row);
    count += 1;
  }
  const usual = count ? sum / count : 48;
  return rows.map((row) => heights.get(row) ?? usual);
}

// The rows from one height below the first row's top to another: [first, behind the last].
function between(tall, from, to) {
  let top = 0;
  let first = -1;
  let end = 0;
  tall.forEach((height, at) => {
    if (first < 0 && top + height > from) first = at;
    if (top < to) end = at + 1;
    top += height;
  });
  return first < 0 ? [tall.length, tall.length] : [first, Math.max(end, first)];
}

const total = (tall) => tall.reduce((sum, height) => sum + height, 0);

// `wanted`: a row that must be laid out, besides those near the screen and the one that has the focus.
function layOut(body, wanted) {
  const rows = rowsOf(body);
  if (rows.length <= LONG) return showAll(body);
  const above = body.querySelector(":scope > .spacer-above");
  const top = (above ?? rows[0]).getBoundingClientRect().top;
  const shown = (row) => row && !row.hidden;
  const tall = measure(rows);
  const near = rows.slice(...between(tall, -top - innerHeight / 2, -top + innerHeight * 1.5));
  let [first, end] = between(tall, -top - innerHeight * 1.5, -top + innerHeight * 2.5);
  for (const row of [wanted, document.activeElement?.closest("[data-row]")]) {
    const at = rows.indexOf(row);
    if (at < 0) continue;
    first = first === end ? at : Math.min(first, at);
    end = Math.max(end, at + 1);
  }
  const spare = rows.filter(shown).length - (end - first);
  if (above && !wanted && near.every(shown) && spare < SPARE) return;
  rows.forEach((row, at) => {
    const far = at < first || at >= end;
    if (row.hidden !== far) row.hidden = far;
  });
  const [before, behind] = [spacer(body, "above"), spacer(body, "below")];
  before.cells[0].style.height = `${total(tall.slice(0, first))}px`;
  behind.cells[0].style.height = `${total(tall.slice(end))}px`;
  if (before.nextElementSibling !== rows[0]) rows[0].before(before);
  if (behind.previousElementSibling !== rows.at(-1)) rows.at(-1).after(behind);
}

let frame = 0;
function soon() {
  if (frame) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    for (const body of bodiesIn()) layOut(body);
  });
}

addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon);
addEventListener("settled", soon);
addEventListener("input", (event) => event.target.matches?.("tbody[data-region]") && soon());
addEventListener("reveal", (event) => {
  const row = event.target.closest("[data-row]");
  if (row?.hidden) layOut(row.parentElement, row);
});
addEventListener("beforeprint", () => bodiesIn().forEach(showAll));
addEventListener("afterprint", soon);
soon();
