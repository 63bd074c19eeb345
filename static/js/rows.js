// Rows of sub-tables: add, duplicate, move, delete and restore without a trip to the server. The same
// buttons submit the form where scripts do not run; the server then does the same.

import { currentValue, newToken } from "./form.js";
import { setValue, steps } from "./history.js";
import { blankOf, bodiesIn, bodyOf, controlsOf, freeIndex, indexOf, isBlank, nameIn, rowsOf } from "./table.js";

const NUMBER = /第 \d+ 行/;

function newRow(body) {
  const holder = document.createElement("template");
  holder.innerHTML = blankOf(body).innerHTML.replaceAll("__index__", freeIndex(body)).replaceAll("__key__", newToken());
  return holder.content.querySelector("[data-row]");
}

function copyValues(from, to) {
  const values = new Map();
  for (const control of controlsOf(from)) {
    if (control.type === "hidden") continue;
    values.set(nameIn(control), control.type === "checkbox" ? control.checked : control.value);
  }
  for (const control of controlsOf(to)) {
    const value = values.get(nameIn(control));
    if (control.type === "hidden" || value === undefined) continue;
    if (control.type === "checkbox") control.checked = value;
    else {
      if (control.matches("select") && ![...control.options].some((option) => option.value === value)) {
        control.add(new Option(value, value));
      }
      control.value = value;
    }
  }
}

function setDeleted(body, row, deleted) {
  row.classList.toggle("is-deleted", deleted);
  const mark = controlsOf(row).find((control) => nameIn(control) === "DELETE");
  mark.value = deleted ? "on" : "";
  const tools = row.querySelector("[data-command]").parentElement;
  for (const button of tools.querySelectorAll("[data-command]")) button.remove();
  const index = indexOf(row, body.dataset.region);
  const fresh = [...blankOf(body).content.querySelectorAll("[data-row] [data-command]")].map((button) =>
    button.cloneNode(true),
  );
  for (const button of fresh) button.value = button.value.replace("__index__", index);
  if (deleted) {
    const [button] = fresh.slice(-1);
    button.dataset.command = "restore";
    button.value = button.value.replace(/delete$/, "restore");
    button.textContent = "恢复";
    button.title = "恢复";
    button.setAttribute("aria-label", "恢复第 0 行");
    tools.prepend(button);
  } else tools.prepend(...fresh);
}

// The number of a row is in its controls' names for those who listen; of long tables a part at a time.
function renumber(rows, start = 0) {
  const end = Math.min(start + 40, rows.length);
  for (let at = start; at < end; at++) {
    const number = `第 ${at + 1} 行`;
    for (const part of rows[at].querySelectorAll("[aria-label]")) {
      const label = part.getAttribute("aria-label").replace(NUMBER, number);
      if (label !== part.getAttribute("aria-label")) part.setAttribute("aria-label", label);
    }
  }
  if (end < rows.length) requestIdleCallback(() => renumber(rows, end));
}

export function changed(body) {
  renumber(rowsOf(body));
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

export function firstControl(row) {
  return controlsOf(row).find((control) => control.type !== "hidden");
}

/** The rows of `body` in the order of `wanted`, which says which there are. */
export function putInOrder(body, wanted) {
  const kept = new Set(wanted);
  for (const row of rowsOf(body)) if (!kept.has(row)) row.remove();
  let at = rowsOf(body)[0] ?? blankOf(body);
  for (const row of wanted) {
    if (row === at) at = at.nextElementSibling;
    else body.insertBefore(row, at);
  }
}

function arrange(body, wanted) {
  putInOrder(body, wanted);
  changed(body);
}

/** Rows added, moved or taken away by `act`, which answers the control to go to. */
export function rearranged(body, act) {
  const was = rowsOf(body);
  const focus = act();
  const is = rowsOf(body);
  changed(body);
  steps.record({
    undo() {
      arrange(body, was);
      const at = is.findIndex((row, index) => row !== was[index]);
      return firstControl(was[Math.min(Math.max(at, 0), was.length - 1)] ?? body);
    },
    redo() {
      arrange(body, is);
      return focus?.isConnected ? focus : null;
    },
  });
  return focus;
}

function marked(body, row, deleted) {
  const set = (to) => () => {
    setDeleted(body, row, to);
    changed(body);
    return to ? row.querySelector("[data-command]") : firstControl(row);
  };
  steps.record({ undo: set(!deleted), redo: set(deleted) });
  return set(deleted)();
}

export const commands = {
  add: (body) =>
    rearranged(body, () => {
      const row = newRow(body);
      blankOf(body).before(row);
      return firstControl(row);
    }),
  duplicate: (body, row) =>
    rearranged(body, () => {
      const copy = newRow(body);
      copyValues(row, copy);
      row.after(copy);
      return firstControl(copy);
    }),
  up: (body, row) =>
    rearranged(body, () => {
      const rows = rowsOf(body);
      rows[rows.indexOf(row) - 1]?.before(row);
      return null;
    }),
  down: (body, row) =>
    rearranged(body, () => {
      const rows = rowsOf(body);
      rows[rows.indexOf(row) + 1]?.after(row);
      return null;
    }),
  delete(body, row) {
    if (!isBlank(row)) return marked(body, row, true);
    return rearranged(body, () => {
      const rows = rowsOf(body);
      const at = rows.indexOf(row);
      row.remove();
      return firstControl(rows[at + 1] ?? rows[at - 1] ?? body) ?? null;
    });
  },
  restore: (body, row) => marked(body, row, false),
};

addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-command]");
  if (!button) return;
  const body = button.dataset.region ? bodyOf(button.dataset.region) : button.closest("tbody[data-region]");
  if (!body || !blankOf(body)) return;
  event.preventDefault();
  const focus = commands[button.dataset.command](body, button.closest("[data-row]")) ?? button;
  focus.focus();
});

// A button takes no focus before it is clicked: the cell that lost it might fold, and the button move away
// from under the pointer.
addEventListener("mousedown", (event) => {
  if (event.target.closest?.("#section-form button")) event.preventDefault();
});

// --- what an answer of the server does to rows, as one step -------------------------------------------------

function stateOf(body) {
  const rows = rowsOf(body);
  const values = new Map(
    rows
      .flatMap(controlsOf)
      .filter(({ type }) => type !== "hidden")
      .map((control) => [control, currentValue(control)]),
  );
  return { body, rows, values };
}

function takeBack({ body, rows, values }) {
  arrange(body, rows);
  let first = null;
  for (const [control, value] of values) {
    if (currentValue(control) === value) continue;
    first ??= control;
    setValue(control, value);
  }
  return first ?? firstControl(rows[0] ?? body);
}

function isChanged(was, is) {
  if (was.rows.length !== is.rows.length || was.rows.some((row, at) => row !== is.rows[at])) return true;
  return [...is.values].some(([control, value]) => was.values.get(control) !== value);
}

/**
 * Carries out `act`, which lets an answer into the page, and records what it did to the rows. Returns the rows that
 * it filled, by sub-table.
 */
export function recorded(act) {
  const was = new Map(bodiesIn().map((body) => [body, stateOf(body)]));
  act();
  const changes = bodiesIn()
    .map((body) => ({ before: was.get(body), now: stateOf(body) }))
    .filter(({ before, now }) => before && isChanged(before, now));
  const back = (side) => () => changes.map((change) => takeBack(change[side]))[0];
  if (changes.length) steps.record({ undo: back("before"), redo: back("now") });
  const filled = new Map();
  for (const { before, now } of changes) {
    const isFilled = (row) =>
      !isBlank(row) &&
      controlsOf(row).some(
        (control) => now.values.has(control) && before.values.get(control) !== now.values.get(control),
      );
    filled.set(now.body, now.rows.filter(isFilled));
  }
  return filled;
}

// --- on paper: what is left blank for typing is left out ---------------------------------------------

addEventListener("beforeprint", () => {
  for (const body of bodiesIn()) {
    if (!blankOf(body)) continue;
    for (const row of rowsOf(body)) row.classList.toggle("is-blank", isBlank(row));
  }
});
