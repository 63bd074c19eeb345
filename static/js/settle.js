// Takes an answer of the server into the page: state, errors, sums, keys and what was stored, but never a control
// that was changed since the answer was asked for. Focus, caret and an input method's composition stay.

import { Idiomorph } from "../vendor/idiomorph/idiomorph.esm.js";
import { read } from "./amounts.js";
import { differing, planRows } from "./changes.js";
import { isBegun } from "./explanations.js";
import { composing, contentNow, everything, isText, sectionForm } from "./form.js";
import { endTyping, isTyping } from "./grid.js";
import { settleValue } from "./history.js";
import { blankOf, bodiesIn, controlsOf, freeIndex, indexOf, isBlank, nameIn, rowsOf } from "./table.js";

const keyOf = (row) => row.dataset.key;

/** The page when something is sent: what it holds, and of every sub-table the rows and which of them are blank. */
export function pictureOf(form) {
  const tables = new Map();
  for (const body of bodiesIn()) {
    const rows = rowsOf(body);
    tables.set(body.dataset.region, { keys: rows.map(keyOf), blank: new Set(rows.filter(isBlank).map(keyOf)) });
  }
  return { content: everything(form), typed: contentNow(form), tables };
}

/** The answer's page as a document; null where it is not a page of the entry site. */
export function pageOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return page.getElementById("workspace") ? page : null;
}

// --- rows ---------------------------------------------------------------------------------------------------

// Names of controls and buttons say which of the page's rows they belong to, not which of the answer's.
function renameRow(row, region, index) {
  const [from, to] = [`${region}-${indexOf(row, region)}-`, `${region}-${index}-`];
  for (const part of row.querySelectorAll("[name], [value]")) {
    for (const name of ["name", "value"]) {
      const said = part.getAttribute(name);
      if (said?.startsWith(from)) part.setAttribute(name, to + said.slice(from.length));
    }
  }
}

function plansOf(page, picture, touched) {
  const plans = new Map();
  for (const body of bodiesIn()) {
    const { region } = body.dataset;
    const fresh = bodiesIn(page).find((other) => other.dataset.region === region);
    const sent = picture.tables.get(region);
    if (!fresh || !sent || !blankOf(body) || !blankOf(fresh)) continue;
    const answered = rowsOf(fresh);
    plans.set(
      region,
      planRows({
        posted: sent.keys,
        live: rowsOf(body).map(keyOf),
        touched: new Set(rowsOf(body).filter(touched).map(keyOf)),
        answered: answered.map(keyOf),
        blank: new Set([...sent.blank, ...answered.filter(isBlank).map(keyOf)]),
      }),
    );
  }
  return plans;
}

// The name of an activity may be typed in a row of its own, above the rows of its amounts: what is stored has it in
// the first of those. Rows of the page that the answer has in another row, with that row's key.
function takenIn(page) {
  const found = new Map();
  for (const body of bodiesIn(page)) {
    const rows = rowsOf(body);
    const keys = new Set(rows.map(keyOf));
    for (const row of rows) {
      const head = controlsOf(row).find((control) => nameIn(control) === "activity")?.value;
      if (head && !keys.has(head)) found.set(head, keyOf(row));
    }
  }
  return found;
}

const byKey = (body) => new Map(rowsOf(body).map((row) => [keyOf(row), row]));

function renameRows(body, fresh) {
  const { region } = body.dataset;
  const mine = byKey(body);
  let free = freeIndex(body);
  for (const [key, row] of byKey(fresh))
    renameRow(row, region, mine.has(key) ? indexOf(mine.get(key), region) : free++);
}

// Rows are known by their keys: morphing makes a row without an id anew where others took its place, and steps back
// would bring the old one, whose controls are gone. Blank text in front of the rows would push them all aside.
function arrangeRows(body, fresh, plan) {
  const mine = byKey(body);
  const theirs = byKey(fresh);
  for (const [key, row] of [...mine, ...theirs]) row.id = `row-${body.dataset.region}-${key}`;
  for (const node of [...fresh.childNodes]) if (node instanceof Text && !node.data.trim()) node.remove();
  const wanted = plan.rows.map((key) =>
    plan.kept.has(key) ? fresh.ownerDocument.importNode(mine.get(key), true) : theirs.get(key),
  );
  for (const row of theirs.values()) row.remove();
  blankOf(fresh).before(...wanted);
}

// Whether what stands in a control is what the answer stored for it, written otherwise: 25 is 25.00. What somebody else
// stored meanwhile is not.
function meansTheSame(control, other) {
  if (!other) return true;
  const [mine, theirs] = [control.value.trim(), other.value?.trim()];
  if (mine === theirs || (mine && theirs?.startsWith(`${mine}-`))) return true;
  const number = read(mine);
  return number !== null && number === read(theirs ?? "");
}

// --- the page -----------------------------------------------------------------------------------------------

// What an answer says of a control besides its value.
const SAID = ["aria-invalid", "aria-describedby"];

function sayOf(control, other) {
  for (const name of SAID) {
    if (other.hasAttribute(name)) control.setAttribute(name, other.getAttribute(name));
    else control.removeAttribute(name);
  }
}

// What scripts and the person have done to the page, which no answer knows.
const OURS = new Set([
  "role",
  "aria-autocomplete",
  "aria-expanded",
  "aria-controls",
  "aria-activedescendant",
  "tabindex",
]);

function keepsAttribute(name, element) {
  if (name === "open") return element.matches("details");
  if (name === "hidden") return element.matches("[data-row], .side-toggle");
  if (name === "value") return element.name === "page";
  if (name === "style") return true;
  if (name === "class") return element.matches(".side .contents, .in-range");
  return OURS.has(name) && element.matches("input, textarea, select, button.help");
}

/**
 * Takes the answer into the document; `picture` is the page as it was sent. Controls that differ from it now, in
 * which an input method composes or in which somebody types, keep what they say, and so do explanations and answers
 * that are not sent yet. Returns what the answer holds, under the names that its rows have in the page.
 */
export function settle(html, picture) {
  const form = sectionForm();
  const active = document.activeElement;
  const now = everything(form);
  const changed = differing(picture.content, now);
  const isHeld = (control) =>
    control === composing || (control === active && isText(control) && isTyping()) || changed.has(control.name);
  const fresh = (control) => page.getElementById("section-form").elements.namedItem(control.name);
  const isOvertaken = (control) =>
    !changed.has(control.name) && control !== composing && !meansTheSame(control, fresh(control));
  const touched = (row) =>
    !isTakenIn(row) &&
    (controlsOf(row).some(isHeld) || (row.contains(active) && !row.classList.contains("is-deleted")));
  const isMarked = (row) =>
    controlsOf(row).some((control) => nameIn(control) === "DELETE" && changed.has(control.name));

  let page = pageOf(html);
  const heads = takenIn(page);
  const isTakenIn = (row) =>
    heads.has(keyOf(row)) && !controlsOf(row).some((control) => control === composing || changed.has(control.name));
  const activeRow = active?.closest?.("[data-row]");
  const follows = activeRow && isTakenIn(activeRow) ? { key: heads.get(keyOf(activeRow)), name: nameIn(active) } : null;
  const plans = plansOf(page, picture, touched);
  const renamed = [...plans.values()].flatMap((plan) => [...plan.renamed]);
  if (renamed.length) page = pageOf(renamed.reduce((text, [from, to]) => text.replaceAll(from, to), html));
  const bodies = bodiesIn().map((body) => [
    body,
    bodiesIn(page).find((other) => other.dataset.region === body.dataset.region),
  ]);
  const planned = bodies.filter(([body]) => plans.has(body.dataset.region));
  for (const [body, fresh] of planned) renameRows(body, fresh);
  const answered = contentNow(page.getElementById("section-form"));
  for (const [body, fresh] of planned) arrangeRows(body, fresh, plans.get(body.dataset.region));

  const held = new Set(
    [...form.elements].filter(
      (control) => control.name && isHeld(control) && !isOvertaken(control) && !(follows && control === active),
    ),
  );
  if (active && isHeld(active) && !held.has(active)) endTyping();
  for (const area of document.querySelectorAll("#workspace textarea"))
    if (area.form !== form && isBegun(area)) held.add(area);
  Idiomorph.morph(document.getElementById("workspace"), page.getElementById("workspace"), {
    restoreFocus: false,
    callbacks: {
      beforeNodeMorphed(node, other) {
        if (!(node instanceof Element)) return true;
        if (held.has(node)) {
          sayOf(node, other);
          return false;
        }
        return !(node.matches("[data-row]") && isMarked(node));
      },
      beforeNodeRemoved: (node) => !(node instanceof Element && node.matches(".spacer, .amount-doubt")),
      beforeAttributeUpdated: (name, element) => !keepsAttribute(name, element),
    },
  });
  // What stands in the cell that somebody is in was saved as it reads there.
  for (const control of held) {
    if (answered.has(control.name) && !changed.has(control.name)) answered.set(control.name, now.get(control.name));
  }
  if (active?.isConnected && !held.has(active)) settleValue(active);
  if (follows) {
    const rows = bodiesIn().flatMap(rowsOf);
    const controls = rows.filter((row) => keyOf(row) === follows.key).flatMap(controlsOf);
    controls.find((control) => nameIn(control) === follows.name)?.focus();
  }
  return answered;
}
