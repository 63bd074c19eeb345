// Undo (Ctrl+Z) and redo (Ctrl+Y) of what was done to the rows of sub-tables since the page was saved: cells
// changed, filled, cleared and pasted, rows added, moved and deleted. What is being typed in a cell is undone by
// the browser; former saves are under 历次保存.

import { currentValue, isText } from "./form.js";
import { reveal } from "./reveal.js";
import { Undo } from "./undo.js";

export const steps = new Undo();

// What controls held when they were come to, or were last changed as one step.
const before = new WeakMap();

/** What the control said before somebody began to type in it; undefined if nobody has. */
export const valueBefore = (control) => before.get(control);

/** Whether something was typed into the control that its cell has not taken yet. */
export const isPending = (control) => before.has(control) && before.get(control) !== currentValue(control);

/** Take the control's value as it is for what its cell says. */
export function settleValue(control) {
  if (before.has(control)) before.set(control, currentValue(control));
}

/** Sets a value as if it were typed, and says so; a choice that the list does not offer is added to it. */
export function setValue(control, value) {
  if (control.type === "checkbox") control.checked = value;
  else {
    if (control.matches("select") && ![...control.options].some((option) => option.value === value)) {
      control.add(new Option(value, value));
    }
    control.value = value;
  }
  settleValue(control);
  control.removeAttribute("aria-invalid");
  for (const error of control.closest(".field")?.querySelectorAll(".field-error") ?? []) error.remove();
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Records `{ control, from, to }` each as one step, those that change nothing left out. */
export function recordValues(changes) {
  const real = changes.filter(({ from, to }) => from !== to);
  if (!real.length) return;
  const apply = (side) => () => {
    for (const change of real) setValue(change.control, change[side]);
    return real[0].control;
  };
  steps.record({ undo: apply("from"), redo: apply("to") });
}

/** Sets `[control, value]` each, as one step. */
export function changeValues(changes) {
  const found = changes.map(([control, to]) => ({ control, from: currentValue(control), to }));
  for (const { control, from, to } of found) if (from !== to) setValue(control, to);
  recordValues(found);
}

// What a person typed or chose, when the cell is left.
addEventListener("focusin", (event) => {
  if (event.target.closest?.("[data-row]") && "value" in event.target)
    before.set(event.target, currentValue(event.target));
});

addEventListener("change", (event) => {
  const control = event.target;
  if (!before.has(control)) return;
  const from = before.get(control);
  before.set(control, currentValue(control));
  recordValues([{ control, from, to: currentValue(control) }]);
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const key = event.key.toLowerCase();
  const way = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
  if (!way || !document.querySelector("#section-form [data-row]")) return;
  const control = event.target;
  if (isText(control) && (!control.closest("[data-row]") || isPending(control))) return;
  event.preventDefault();
  const about = steps[way]();
  if (!about) return;
  reveal(about);
  about.focus();
});
