// A range copied from Excel or WPS, pasted into a cell: the server reads it and says what becomes of the rows; they
// take their places here, unsaved, and one step back takes them away again. What does not fit says so in its cell;
// what cannot be placed at all is left in the box below the table, with the reason. One text into a list cell chooses.

import { isRange, mergedCells } from "./clipboard.js";
import { corner, endTyping, isTyping, show } from "./grid.js";
import { changeValues } from "./history.js";
import { namedBy } from "./initials.js";
import { command, say } from "./saving.js";
import { controlsOf, indexOf, nameIn } from "./table.js";

function boxOf(region) {
  return document.querySelector(`textarea[name="${CSS.escape(region)}-paste"]`);
}

function mergedIn(html) {
  const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
  return table ? mergedCells([...table.rows].map((row) => [...row.cells])) : "";
}

function refused(region) {
  const box = boxOf(region)?.closest("details");
  if (!box?.querySelector(".field-error")) return false;
  box.open = true;
  boxOf(region).focus();
  boxOf(region).scrollIntoView({ block: "center" });
  return true;
}

// How many things the server left out; it says in the box which.
function leftOut(region) {
  const box = boxOf(region)?.closest("details");
  const count = box?.querySelectorAll(".paste-said li").length ?? 0;
  if (count) box.open = true;
  return count;
}

async function paste(body, text, merged, control) {
  const { region } = body.dataset;
  const column = nameIn(control);
  const name = `${region}-paste`;
  body.setAttribute("aria-busy", "true");
  const filled = await command(name, {
    [name]: text,
    [`${name}-row`]: indexOf(control.closest("[data-row]"), region),
    [`${name}-column`]: column,
    [`${name}-merged`]: merged,
  });
  body.removeAttribute("aria-busy");
  if (!filled || refused(region)) return;
  const rows = filled.get(body) ?? [];
  const left = leftOut(region);
  const more = left ? `${left} 处没有填入，见表下的说明；` : "";
  if (!rows.length) return say(`这些内容表中都有了，没有改动${left ? `；${left} 处没有填入，见表下的说明` : ""}`);
  const cellOf = (row) => controlsOf(row).find((other) => nameIn(other) === column);
  show(cellOf(rows[0]), cellOf(rows.at(-1)));
  const wrong = rows.reduce((sum, row) => sum + row.querySelectorAll(".field-error").length, 0);
  if (wrong) say(`填入 ${rows.length} 行，${more}还没有保存；${wrong} 处要改，见红字。Ctrl+Z 可以撤销。`, "alert");
  else say(`填入 ${rows.length} 行，${more}还没有保存。Ctrl+Z 可以撤销。`);
}

function chooseBy(control, text) {
  const at = namedBy(
    text,
    [...control.options].map((option) => option.textContent),
  );
  if (at >= 0) changeValues([[control, control.options[at].value]]);
  else say(`“${text.trim().slice(0, 20)}”不在可选的内容中，没有填入`, "alert");
}

addEventListener("paste", (event) => {
  const control =
    event.target.closest?.("#section-form :is(input, select, textarea)") ??
    document.activeElement?.closest?.("#section-form select");
  if (!control) return;
  const body = control.closest("[data-row]")?.closest("tbody[data-region]");
  const text = event.clipboardData.getData("text/plain");
  // Lines go down the rows from a selected cell, and into one that is typed in.
  const holdsLines = isTyping() && control.matches("textarea:not([data-single])");
  if (body && boxOf(body.dataset.region) && isRange(text, holdsLines)) {
    event.preventDefault();
    endTyping();
    paste(body, text, mergedIn(event.clipboardData.getData("text/html")), corner(control));
  } else if (control.matches("select") && text.trim()) {
    event.preventDefault();
    chooseBy(control, text);
  }
});
