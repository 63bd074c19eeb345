// A range copied from Excel or WPS, pasted into a cell: the server reads it and says what becomes of the rows; they
// take their places here, unsaved, and one step back takes them away again. What does not fit says so in its cell;
// what cannot be placed at all is left in the box below the table, with the reason.
"use strict";

function boxOf(body) {
  return document.querySelector(`textarea[name="${CSS.escape(body.dataset.region)}-paste"]`);
}

function isRange(text, control) {
  const prose = control.matches("textarea:not([data-single])");
  return text.includes("\t") || (!prose && /[\r\n]/.test(text.trim()));
}

async function asPlaced(body, text, control) {
  const name = `${body.dataset.region}-paste`;
  const data = new FormData(control.form);
  const token = renewToken(data);
  data.set(name, text);
  data.set(`${name}-row`, control.name.slice(body.dataset.region.length + 1).split("-")[0]);
  data.set(`${name}-column`, nameIn(control));
  data.set("command", name);
  const answer = await fetch(location.pathname, { method: "POST", body: data, headers: token ? { "X-CSRFToken": token } : {} });
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

function differ(row, other) {
  const values = (of) => controlsOf(of).map((control) => `${control.name}=${valueOf(control)}`).join("\n");
  return values(row) !== values(other);
}

// The rows of the answer that are new or say something else, in the places of those that they stand for.
function exchange(body, fresh) {
  const mine = new Map(rowsOf(body).map((row) => [row.dataset.key, row]));
  const taken = [];
  const rows = rowsOf(fresh).map((row) => {
    const old = mine.get(row.dataset.key);
    if (old && !differ(old, row)) return old;
    taken.push(document.adoptNode(row));
    return row;
  });
  putInOrder(body, rows);
  return taken;
}

function refuse(body, box) {
  boxOf(body).closest("details").replaceWith(document.adoptNode(box));
  boxOf(body).focus();
  boxOf(body).scrollIntoView({ block: "center" });
}

async function paste(body, text, control) {
  body.setAttribute("aria-busy", "true");
  try {
    const track = nameIn(control);
    const page = await asPlaced(body, text, control);
    const fresh = page.querySelector(`tbody[data-region="${CSS.escape(body.dataset.region)}"]`);
    if (!fresh) return say("没有填入：登录已过期或系统出错，填写的内容都还在。", "alert");
    const box = page.querySelector(`textarea[name="${CSS.escape(body.dataset.region)}-paste"]`)?.closest("details");
    if (box?.querySelector(".field-error")) return refuse(body, box);
    let taken = [];
    const focus = rearranged(body, () => {
      taken = exchange(body, fresh);
      return taken.length ? controlsOf(taken[0]).find((other) => nameIn(other) === track) : control;
    });
    const filled = taken.filter((row) => !isBlank(row));
    const last = filled.length ? controlsOf(filled.at(-1)).find((other) => nameIn(other) === track) : focus;
    grid.show(focus, last);
    const wrong = taken.reduce((sum, row) => sum + row.querySelectorAll(".field-error").length, 0);
    if (wrong) say(`填入 ${filled.length} 行，还没有保存；${wrong} 处要改，见红字。Ctrl+Z 可以撤销。`, "alert");
    else say(`填入 ${filled.length} 行，还没有保存。Ctrl+Z 可以撤销。`, "status");
  } catch {
    say("没有填入：网络不通，填写的内容都还在。", "alert");
  } finally {
    body.removeAttribute("aria-busy");
  }
}

addEventListener("paste", (event) => {
  const control = event.target.closest?.("[data-row] :is(input, select, textarea)");
  const body = control?.closest("tbody[data-region]");
  if (!body || !boxOf(body)) return;
  const text = event.clipboardData.getData("text/plain");
  if (!isRange(text, control)) return;
  event.preventDefault();
  paste(body, text, grid.corner(control));
});
