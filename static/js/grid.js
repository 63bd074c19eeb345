// Sheets under the keyboard, as in a spreadsheet. The cells are the form's own controls: an input method types into
// them, they say their errors, and without scripts they are the same form. When a cell is selected and when it is
// typed in: selection.js.

import { asRange } from "./clipboard.js";
import { currentValue, isText } from "./form.js";
import { changeValues, isPending, setValue, valueBefore } from "./history.js";
import { chosenBy } from "./initials.js";
import { reveal } from "./reveal.js";
import { commands } from "./rows.js";
import { leaves, neighbour, pressed, rangeOf } from "./selection.js";
import { bodyOf, nameIn, rowsOf } from "./table.js";

const CONTROL = "input:not([type=hidden]), select, textarea";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
/** The part of a list cell at its right that opens it at once, in px. */
const ARROW = 24;
/** How long letters on a list cell are taken together, in ms. */
const TOGETHER = 900;

let typing = false;

// The cell that was last clicked, until another control has the focus.
let clicked = null;
let pointed = null;
let range = null;

// --- where things are ----------------------------------------------------------------------------------

const rowOf = (element) => element.closest?.("tbody[data-region] > [data-row]");
const isControl = (element) => Boolean(element.matches?.(CONTROL));
const isCell = (element) => isControl(element) && Boolean(rowOf(element));
/** A cell of a sub-table or of a paper form. */
const isOnPaper = (element) => isControl(element) && Boolean(element.closest("#section-form .sheet .field"));
/** Text of several lines outside sub-tables: written in, not replaced. */
const isProse = (control) => control.matches("textarea:not([data-single])") && !rowOf(control);
const isOpen = (control) => control.getAttribute("aria-expanded") === "true";
const trackOf = (element) => element.dataset.command ?? nameIn(element);
const cellsOf = (row) => [...row.querySelectorAll(CONTROL)].filter((control) => !control.disabled);
const laneOf = (row) => [...cellsOf(row), ...row.querySelectorAll("button[data-command]")];
const liveRows = (body) => rowsOf(body).filter((row) => !row.classList.contains("is-deleted"));

/** Whether somebody types in the cell that has the focus, rather than having it selected. */
export const isTyping = () => typing;

/** The cell that has the focus is selected again: what comes replaces what is in it. */
export function endTyping() {
  typing = false;
}

/** The first cell of the range that begins at the control. */
export const corner = (control) => block(control)[0][0] ?? control;

function besideOnPaper(element, step) {
  const boxOf = (control) => Object.assign(control.getBoundingClientRect().toJSON(), { control });
  const others = [...element.closest(".sheet").querySelectorAll(CONTROL)].filter(
    (other) => other !== element && !other.disabled,
  );
  return neighbour(
    boxOf(element),
    others.map(boxOf).filter((box) => box.width && box.height),
    step,
  )?.control;
}

function beside(element, step) {
  const row = rowOf(element);
  if (!row) return besideOnPaper(element, step);
  const [down, right] = step;
  if (right) {
    const lane = laneOf(row);
    return lane[lane.indexOf(element) + right];
  }
  const rows = liveRows(row.parentElement);
  const next = rows[rows.indexOf(row) + down];
  return next && laneOf(next).find((other) => trackOf(other) === trackOf(element));
}

function go(element) {
  if (!element) return;
  typing = false;
  reveal(element);
  element.focus();
}

const isOneLine = (control) =>
  control.matches("input") || control.scrollHeight < 2.2 * parseFloat(getComputedStyle(control).lineHeight);

function isLeft(control, key) {
  if (!isText(control)) return true;
  const { selectionStart: start, selectionEnd: end, value } = control;
  return leaves(key, { typing, start, end, length: value.length, isOneLine: isOneLine(control) });
}

// --- a range of cells -----------------------------------------------------------------------------------

// Its controls, row by row; a single cell is a range of one.
function block(control) {
  const [from, to] = (range ?? [control, control]).map((end) => ({ row: rowOf(end), column: trackOf(end) }));
  const rows = liveRows(from.row.parentElement);
  const found = rangeOf(rows, cellsOf(from.row).map(trackOf), from, to);
  return found.rows.map((row) => found.columns.map((track) => cellsOf(row).find((other) => trackOf(other) === track)));
}

function select(from, to) {
  for (const cell of document.querySelectorAll(".in-range")) cell.classList.remove("in-range");
  range = to && to !== from ? [from, to] : null;
  if (!range) return;
  typing = false;
  for (const control of block(from).flat()) control?.closest("td")?.classList.add("in-range");
}

/** Goes to the one control and shows the cells as far as the other as a range. */
export function show(from, to) {
  go(from);
  select(from, to);
}

function extend(control, step) {
  const to = beside(range?.[1] ?? control, step);
  if (!to || !isCell(to)) return;
  select(range?.[0] ?? control, to);
  to.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function clear(control) {
  const blanks = block(control)
    .flat()
    .filter((cell) => cell && !cell.readOnly);
  changeValues(
    blanks
      .filter((cell) => !cell.matches("select") || [...cell.options].some((option) => !option.value))
      .map((cell) => [cell, cell.type === "checkbox" ? false : ""]),
  );
}

// The first row of the range into its others; a cell from the one above it.
function fillDown(control) {
  const rows = block(control);
  const above = rows.length > 1 ? rows.shift() : rows[0].map((cell) => cell && beside(cell, [-1, 0]));
  changeValues(
    rows
      .flatMap((row) => row.map((cell, at) => [cell, above[at]]))
      .filter(([cell, source]) => cell && source && !cell.readOnly)
      .map(([cell, source]) => [cell, currentValue(source)]),
  );
}

// --- keys -------------------------------------------------------------------------------------------------

function edit(control) {
  if (control.matches("select")) control.showPicker?.();
  if (!isText(control)) return;
  typing = true;
  control.setSelectionRange(control.value.length, control.value.length);
}

function nextRow(control, back) {
  const next = beside(control, [back ? -1 : 1, 0]);
  if (next || back || !rowOf(control)) return go(next);
  const { region } = rowOf(control).parentElement.dataset;
  if (!document.querySelector(`[data-command="add"][data-region="${CSS.escape(region)}"]`)) return;
  commands.add(bodyOf(region));
  go(beside(control, [1, 0]));
}

// From a row's last cell to the next one's first, the buttons of the row left out; Tab leaves a table at its ends.
function tab(control, back) {
  const row = rowOf(control);
  const rows = liveRows(row.parentElement);
  const lane = cellsOf(row);
  const beyond = rows[rows.indexOf(row) + (back ? -1 : 1)];
  const next = lane[lane.indexOf(control) + (back ? -1 : 1)] ?? (beyond && cellsOf(beyond).at(back ? -1 : 0));
  go(next);
  return Boolean(next);
}

function cancel(control) {
  const was = valueBefore(control);
  if (typing && was !== undefined && isPending(control)) setValue(control, was);
  typing = false;
  if (isCell(control)) select(control);
  if (isText(control) && !isProse(control)) control.select();
}

let letters = "";
let lettersAt = 0;

function choose(control, letter, at) {
  letters = at - lettersAt < TOGETHER ? letters + letter : letter;
  lettersAt = at;
  const labels = [...control.options].map((option) => (option.disabled ? "" : option.textContent));
  const found = chosenBy(letters, labels, control.selectedIndex);
  if (found >= 0) changeValues([[control, control.options[found].value]]);
}

// What a key does that was meant for the grid.
function handled(act) {
  act();
  return true;
}

function pressInRow(event, control) {
  const { key, shiftKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && key.toLowerCase() === "d") return handled(() => fillDown(control));
  if (command) return false;
  if ((key === "Home" || key === "End") && !typing) {
    return handled(() => go(cellsOf(rowOf(control)).at(key === "Home" ? 0 : -1)));
  }
  if (key === "Tab") return tab(control, shiftKey);
  if ((key === "Delete" || key === "Backspace") && !typing) return handled(() => clear(control));
  return false;
}

// Whether the key was meant for the grid.
function press(event, control) {
  const { key, shiftKey, altKey } = event;
  const command = event.ctrlKey || event.metaKey;
  if (key in STEPS && !altKey && !command) {
    if (shiftKey) return !typing && isCell(control) && handled(() => extend(control, STEPS[key]));
    if (!isLeft(control, key)) return false;
    const next = beside(control, STEPS[key]);
    go(next);
    return Boolean(next || rowOf(control));
  }
  if (!isControl(control)) return false;
  if (key === "Enter" && altKey) {
    const holdsLines = control.matches("textarea:not([data-single])");
    return holdsLines && handled(() => document.execCommand("insertText", false, "\n"));
  }
  if (key === "Enter" && !command) return !isProse(control) && handled(() => nextRow(control, shiftKey));
  if (key === "F2") return handled(() => edit(control));
  if (key === "Escape") return handled(() => cancel(control));
  if (control.matches("select") && key.length === 1 && key !== " " && !command && !altKey) {
    return handled(() => choose(control, key, event.timeStamp));
  }
  return isCell(control) && pressInRow(event, control);
}

addEventListener("keydown", (event) => {
  const control = event.target;
  if (event.defaultPrevented || event.isComposing || !(control instanceof HTMLElement)) return;
  if (!rowOf(control) && !isOnPaper(control)) return;
  if (isOpen(control) && !["Tab", "Enter"].includes(event.key)) return;
  if (press(event, control)) event.preventDefault();
});

// --- typing, pointing -------------------------------------------------------------------------------------

addEventListener("focusin", ({ target }) => {
  if (target !== clicked) clicked = null;
  letters = "";
  if (target !== range?.[0]) select(target);
  if (!isOnPaper(target) || !isText(target)) return;
  typing = pointed === target && isProse(target);
  if (!typing) target.select();
});

for (const name of ["input", "compositionstart"]) {
  addEventListener(name, (event) => {
    if (!event.isTrusted || !isOnPaper(event.target)) return;
    typing = isText(event.target);
    if (isCell(event.target)) select(event.target);
  });
}

function extendsTo(control, from) {
  return (
    control !== from && isCell(control) && isCell(from) && rowOf(from).parentElement === rowOf(control).parentElement
  );
}

// Of a list cell the first click selects, and its arrow or a second one opens, as in a spreadsheet.
const opens = (event, control) => control.getBoundingClientRect().right - event.clientX < ARROW;

addEventListener("mousedown", (event) => {
  const control = event.target;
  const from = document.activeElement;
  pointed = null;
  if (event.button || !isOnPaper(control) || control.type === "checkbox" || control.type === "radio") return;
  pointed = control;
  if (event.shiftKey && extendsTo(control, from)) {
    pointed = from;
    select(from, control);
    event.preventDefault();
    return;
  }
  if (isCell(control)) select(control);
  const act = pressed({ isIn: from === control && (typing || control === clicked), isProse: isProse(control) });
  clicked = control;
  if (act === "edit") {
    typing = isText(control);
    return;
  }
  if (control.matches("select") && opens(event, control)) return;
  event.preventDefault();
  go(control);
});

// The second click of two puts the caret, and marks no word.
addEventListener("dblclick", ({ target }) => {
  if (isCell(target) && isText(target)) target.setSelectionRange(target.selectionEnd, target.selectionEnd);
});

addEventListener("pointerover", (event) => {
  const control = event.target;
  if (event.buttons !== 1 || event.pointerType !== "mouse" || !pointed || !isCell(control) || !isCell(pointed)) return;
  if (rowOf(control).parentElement !== rowOf(pointed).parentElement) return;
  if (control === pointed && !range) return;
  select(pointed, control);
});

addEventListener("pointerup", () => {
  pointed = null;
});

// An answer may have written into the selected cell: it is selected as a whole again.
addEventListener("settled", () => {
  if (range && !(range[0].isConnected && range[1].isConnected)) select(range[0]);
  const control = document.activeElement;
  if (isOnPaper(control) && isText(control) && !typing) control.select();
});

// --- copying -----------------------------------------------------------------------------------------------

function textOf(control) {
  if (!control) return "";
  if (control.type === "checkbox") return control.checked ? "是" : "否";
  if (control.matches("select")) return control.value && (control.selectedOptions[0]?.textContent ?? "");
  return control.value;
}

for (const name of ["copy", "cut"]) {
  addEventListener(name, (event) => {
    const control = document.activeElement;
    if (!control || !isCell(control) || (!range && isText(control))) return;
    event.clipboardData.setData("text/plain", asRange(block(control).map((row) => row.map(textOf))));
    event.preventDefault();
    if (name === "cut") clear(control);
  });
}
