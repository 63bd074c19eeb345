// Rows of sub-tables: add, duplicate, move, delete and restore without a trip to the server. The same
// buttons submit the form where scripts do not run; the server then does the same. Steps are kept by history.js.
"use strict";

const NUMBER = /第 \d+ 行/;

function bodyOf(region) {
  return document.querySelector(`tbody[data-region="${CSS.escape(region)}"]`);
}

function blankOf(body) {
  return body.querySelector("template[data-blank]");
}

function rowsOf(body) {
  return [...body.children].filter((row) => row.matches("[data-row]"));
}

function controlsOf(row) {
  return [...row.querySelectorAll("input, select, textarea")];
}

function nameIn(control) {
  return control.name.replace(/^.*?-\d+-/, "");
}

function newRow(body) {
  const region = body.dataset.region;
  const start = `${region}-`;
  const indexes = [...body.querySelectorAll("[name]")]
    .filter((control) => control.name.startsWith(start))
    .map((control) => parseInt(control.name.slice(start.length), 10))
    .filter(Number.isInteger);
  const index = Math.max(-1, ...indexes) + 1;
  const key = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
  const holder = document.createElement("template");
  holder.innerHTML = blankOf(body).innerHTML.replaceAll("__index__", index).replaceAll("__key__", key);
  return holder.content.querySelector("[data-row]");
}

function isBlank(row) {
  return controlsOf(row).every(
    (control) => control.type === "hidden" || control.type === "checkbox" || control.matches("select") || !control.value.trim(),
  );
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
  tools.querySelectorAll("[data-command]").forEach((button) => button.remove());
  const index = mark.name.slice(body.dataset.region.length + 1).split("-")[0];
  const fresh = [...blankOf(body).content.querySelectorAll("[data-row] [data-command]")].map((button) => button.cloneNode(true));
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

function changed(body) {
  renumber(rowsOf(body));
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

function firstControl(row) {
  return controlsOf(row).find((control) => control.type !== "hidden");
}

// The rows of `body` in the order of `wanted`, which says which there are.
function putInOrder(body, wanted) {
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

// Rows added, moved, exchanged or taken away by `act`, which answers the control to go to.
function rearranged(body, act) {
  const was = rowsOf(body);
  const focus = act();
  const is = rowsOf(body);
  changed(body);
  record({
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
  record({ undo: set(!deleted), redo: set(deleted) });
  return set(deleted)();
}

const commands = {
  add: (body) => rearranged(body, () => {
    const row = newRow(body);
    blankOf(body).before(row);
    return firstControl(row);
  }),
  duplicate: (body, row) => rearranged(body, () => {
    const copy = newRow(body);
    copyValues(row, copy);
    row.after(copy);
    return firstControl(copy);
  }),
  up: (body, row) => rearranged(body, () => {
    const rows = rowsOf(body);
    rows[rows.indexOf(row) - 1]?.before(row);
    return null;
  }),
  down: (body, row) => rearranged(body, () => {
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
