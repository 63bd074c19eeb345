// Amounts that a slip of the finger makes, typed by hand: the amount in 元 stands below, to be looked at once. What is
// pasted, filled or was there before is not asked about; nothing is held up.

import { doubtOf } from "./amounts.js";
import { nameIn, rowsOf } from "./table.js";

const asked = new WeakMap();
const byHand = new WeakSet();

function othersOf(control) {
  const row = control.closest("[data-row]");
  if (!row) return [];
  const name = nameIn(control);
  return rowsOf(row.parentElement)
    .filter((other) => other !== row && !other.classList.contains("is-deleted"))
    .flatMap((other) => [...other.querySelectorAll("[data-amount]")])
    .filter((other) => nameIn(other) === name)
    .map((other) => other.value);
}

const noteOf = (control) => control.closest(".field")?.querySelector(".amount-doubt");

function put(control, text) {
  const note = document.createElement("p");
  note.className = "amount-doubt";
  note.setAttribute("role", "status");
  note.textContent = `${text}，请核对`;
  const right = document.createElement("button");
  right.type = "button";
  right.className = "row-add";
  right.textContent = "没有错";
  right.addEventListener("click", () => {
    note.remove();
    control.focus();
  });
  note.append(" ", right);
  control.after(note);
}

addEventListener("input", (event) => {
  const control = event.target;
  if (!control.matches?.("[data-amount]")) return;
  noteOf(control)?.remove();
  if (event.isTrusted && !event.inputType?.startsWith("insertFrom")) byHand.add(control);
  else byHand.delete(control);
});

addEventListener("change", (event) => {
  const control = event.target;
  if (!event.isTrusted || !control.matches?.("[data-amount]") || !byHand.has(control)) return;
  byHand.delete(control);
  if (control.value === control.defaultValue || asked.get(control) === control.value) return;
  const doubt = doubtOf(control.value, control.dataset.amount, othersOf(control));
  if (!doubt) return;
  asked.set(control, control.value);
  put(control, doubt);
});
