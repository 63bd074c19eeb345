// Undo (Ctrl+Z) and redo (Ctrl+Y) of what was done to the rows of sub-tables since the page was saved: cells
// changed, filled, cleared and pasted, rows added, moved and deleted. What is being typed in a cell is undone by
// the browser; former saves are under 历次保存.
"use strict";

const DEEPEST = 200;

let done = [];
let undone = [];

// One change as a person sees it: `undo` and `redo` carry it out and return the control to go to, if any.
function record(step) {
  done.push(step);
  if (done.length > DEEPEST) done.shift();
  undone = [];
}

function travel(from, to, way) {
  const step = from.pop();
  if (!step) return;
  to.push(step);
  const control = step[way]();
  control?.dispatchEvent(new Event("reveal", { bubbles: true }));
  control?.focus();
}

const undo = () => travel(done, undone, "undo");
const redo = () => travel(undone, done, "redo");

// A saved page has other controls.
addEventListener("htmx:afterSettle", (event) => {
  if (!event.target.querySelector?.("#section-form")) return;
  done = [];
  undone = [];
});

// --- values of controls ----------------------------------------------------------------------------------

// What controls held when they were come to, or were last changed as one step.
const before = new WeakMap();

function valueOf(control) {
  return control.type === "checkbox" ? control.checked : control.value;
}

function setValue(control, value) {
  if (control.type === "checkbox") control.checked = value;
  else {
    if (control.matches("select") && ![...control.options].some((option) => option.value === value)) {
      control.add(new Option(value, value));
    }
    control.value = value;
  }
  if (before.has(control)) before.set(control, value);
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

// Changes: `{ control, from, to }` each, those that change nothing left out.
function recordValues(changes) {
  const real = changes.filter(({ from, to }) => from !== to);
  if (!real.length) return;
  const apply = (side) => () => {
    for (const change of real) setValue(change.control, change[side]);
    return real[0].control;
  };
  record({ undo: apply("from"), redo: apply("to") });
}

function changeValues(changes) {
  const found = changes.map(([control, to]) => ({ control, from: valueOf(control), to }));
  for (const { control, from, to } of found) if (from !== to) setValue(control, to);
  recordValues(found);
}

// What a person typed or chose, when the cell is left.
addEventListener("focusin", (event) => {
  if (event.target.closest?.("[data-row]") && "value" in event.target) before.set(event.target, valueOf(event.target));
});

addEventListener("change", (event) => {
  const control = event.target;
  if (!before.has(control)) return;
  const from = before.get(control);
  before.set(control, valueOf(control));
  recordValues([{ control, from, to: valueOf(control) }]);
});

// Whether something was typed into the control that its cell has not taken yet.
function isPending(control) {
  return before.has(control) && before.get(control) !== valueOf(control);
}

// --- keys --------------------------------------------------------------------------------------------------

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const key = event.key.toLowerCase();
  const way = key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : null;
  if (!way || !document.querySelector("#section-form [data-row]")) return;
  const control = event.target;
  const isText = control.matches("textarea, input:not([type=checkbox])");
  if (isText && (!control.closest("[data-row]") || isPending(control))) return;
  event.preventDefault();
  way();
});
