// Rows of sub-tables: add, duplicate, move, delete and restore without a trip to the server. The same
// buttons submit the form where scripts do not run; the server then does the same.
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

function renumber(body) {
  rowsOf(body).forEach((row, index) => {
    for (const part of row.querySelectorAll("[aria-label]")) {
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(NUMBER, `第 ${index + 1} 行`));
    }
  });
}

function changed(body) {
  renumber(body);
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

function firstControl(row) {
  return controlsOf(row).find((control) => control.type !== "hidden");
}

const commands = {
  add(body) {
    const row = newRow(body);
    blankOf(body).before(row);
    return firstControl(row);
  },
  duplicate(body, row) {
    const copy = newRow(body);
    copyValues(row, copy);
    row.after(copy);
    return firstControl(copy);
  },
  up(body, row) {
    const rows = rowsOf(body);
    rows[rows.indexOf(row) - 1]?.before(row);
  },
  down(body, row) {
    const rows = rowsOf(body);
    rows[rows.indexOf(row) + 1]?.after(row);
  },
  delete(body, row) {
    if (!isBlank(row)) {
      setDeleted(body, row, true);
      return row.querySelector("[data-command]");
    }
    const rows = rowsOf(body);
    const at = rows.indexOf(row);
    row.remove();
    return firstControl(rows[at + 1] ?? rows[at - 1] ?? body) ?? null;
  },
  restore(body, row) {
    setDeleted(body, row, false);
    return firstControl(row);
  },
};

addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-command]");
  if (!button) return;
  const body = button.dataset.region ? bodyOf(button.dataset.region) : button.closest("tbody[data-region]");
  if (!body || !blankOf(body)) return;
  event.preventDefault();
  const focus = commands[button.dataset.command](body, button.closest("[data-row]")) ?? button;
  changed(body);
  focus.focus();
});

// A button takes no focus before it is clicked: the cell that lost it might fold, and the button move away
// from under the pointer.
addEventListener("mousedown", (event) => {
  if (event.target.closest?.("#section-form button")) event.preventDefault();
});

// --- a range copied from a spreadsheet ------------------------------------------------------------------

// Pasted into a cell, it fills the cells from there on: the server reads it and shows the page with it, unsaved.
addEventListener("paste", (event) => {
  const control = event.target.closest?.("[data-row] input, [data-row] textarea");
  const body = control?.closest("tbody[data-region]");
  const box = body && document.querySelector(`textarea[name="${CSS.escape(body.dataset.region)}-paste"]`);
  if (!box) return;
  const text = event.clipboardData.getData("text/plain");
  const prose = control.matches("textarea:not([data-single])");
  if (!text.includes("\t") && (prose || !/[\r\n]/.test(text.trim()))) return;
  event.preventDefault();
  const hidden = (name) => document.querySelector(`input[name="${CSS.escape(body.dataset.region)}-paste-${name}"]`);
  box.value = text;
  hidden("row").value = control.name.slice(body.dataset.region.length + 1).split("-")[0];
  hidden("column").value = nameIn(control);
  box.closest("details").querySelector("button").click();
});

// --- keys --------------------------------------------------------------------------------------------

// Enter in a single-line cell goes to the same cell of the next row, as in a spreadsheet; a last row is
// followed by a new one.
addEventListener("keydown", (event) => {
  const control = event.target;
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || !(control instanceof HTMLElement)) return;
  const row = control.closest("[data-row]");
  if (!row || !control.matches("textarea[data-single], input:not([type=checkbox])")) {
    if (control.matches("textarea[data-single]")) event.preventDefault();
    return;
  }
  event.preventDefault();
  const body = row.closest("tbody[data-region]");
  const rows = rowsOf(body);
  let next = rows[rows.indexOf(row) + (event.shiftKey ? -1 : 1)];
  const grows = document.querySelector(`[data-command="add"][data-region="${CSS.escape(body.dataset.region)}"]`);
  if (!next && !event.shiftKey && grows) {
    commands.add(body);
    changed(body);
    next = rowsOf(body).at(-1);
  }
  const same = next && controlsOf(next).find((other) => other.type !== "hidden" && nameIn(other) === nameIn(control));
  same?.focus();
  same?.select?.();
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  const form = document.getElementById("section-form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

// --- text that grows with what is typed, where the browser does not do it --------------------------------

if (!CSS.supports("field-sizing", "content")) {
  const fit = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  addEventListener("input", (event) => event.target.matches?.("textarea.grow") && fit(event.target));
  document.querySelectorAll("textarea.grow").forEach(fit);
}

// --- the goals that an indicator can be of -----------------------------------------------------------------

const HORIZONS = { long_term_indicators: "long_term", annual_indicators: "annual" };

// A goal that nobody has typed anything of yet is offered only where there is no other.
function goalsNow() {
  const body = bodyOf("goals");
  if (!body) return [];
  const counts = {};
  return rowsOf(body)
    .filter((row) => !row.classList.contains("is-deleted"))
    .map((row) => {
      const of = (name) => controlsOf(row).find((control) => nameIn(control) === name);
      const horizon = of("horizon");
      counts[horizon.value] = (counts[horizon.value] ?? 0) + 1;
      const label = `${horizon.selectedOptions[0].textContent}${counts[horizon.value]}`;
      const said = (of("name")?.value.trim() || of("text")?.value.trim() || "").slice(0, 16);
      if (said) row.dataset.used = "";
      const rest = said.startsWith(label) ? said.slice(label.length) : said || "（新目标）";
      return { key: of("key").value, horizon: horizon.value, title: `${label} ${rest}`.trim(), used: "used" in row.dataset };
    });
}

function offerGoals() {
  const goals = goalsNow();
  for (const [region, horizon] of Object.entries(HORIZONS)) {
    const body = bodyOf(region);
    if (!body) continue;
    const blank = blankOf(body);
    const selects = [body, ...(blank ? [blank.content] : [])].flatMap((part) => [...part.querySelectorAll('select[name$="-goal"]')]);
    for (const select of selects) {
      const chosen = select.value;
      const possible = goals.filter((goal) => goal.horizon === horizon || goal.key === chosen);
      const used = possible.filter((goal) => goal.used);
      const offered = used.length ? used : possible;
      select.replaceChildren(...offered.map((goal) => new Option(goal.title, goal.key, false, goal.key === chosen)));
      if (!offered.length) select.add(new Option("先填写目标", ""));
    }
  }
}

addEventListener("input", (event) => event.target.closest?.('tbody[data-region="goals"]') && offerGoals());
addEventListener("htmx:afterSettle", goalsNow);
goalsNow();

// --- back to the same place after saving --------------------------------------------------------------------

const PLACE = `place:${location.pathname}`;
const formOfSection = document.getElementById("section-form");
formOfSection?.addEventListener("submit", () => sessionStorage.setItem(PLACE, String(scrollY)));
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place !== null && formOfSection && !location.hash && !document.querySelector("[role=alert], [autofocus]")) {
  scrollTo({ top: Number(place), behavior: "instant" });
}
