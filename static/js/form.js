// The form of a section: where it is, what it holds, and whether that is saved.

import { contentOf, isSame } from "./changes.js";
import { blankOf, bodiesIn, cameBlank, indexOf, isBlank, rowsOf, usualChoice } from "./table.js";

const EMPTY = new Map();

/** The page's form; null on pages without one. */
export function sectionForm() {
  return document.getElementById("section-form");
}

/** Every control of the form with its value. */
export function everything(form) {
  return contentOf(new FormData(form));
}

function withoutBlankRows(form, entries, isLeftOut) {
  const blank = new Set();
  for (const body of bodiesIn(form.ownerDocument)) {
    if (!blankOf(body)) continue;
    for (const row of rowsOf(body))
      if (isLeftOut(row)) blank.add(`${body.dataset.region}-${indexOf(row, body.dataset.region)}`);
  }
  return contentOf(entries.filter(([name]) => !blank.has(name.slice(0, name.lastIndexOf("-")))));
}

/** What is typed in the form: `everything` without the rows that are left blank. */
export function contentNow(form = sectionForm()) {
  return form ? withoutBlankRows(form, [...new FormData(form)], isBlank) : EMPTY;
}

function cameAs(control) {
  if (control.matches("select")) return usualChoice(control);
  return control.matches("[type=checkbox]") ? control.value : control.defaultValue;
}

/** What the form held when it came: somebody may have typed before the scripts were there. */
function contentThen(form) {
  const there = [...form.elements].filter(
    (control) =>
      control.name &&
      !control.disabled &&
      control.type !== "submit" &&
      (control.type !== "checkbox" || control.defaultChecked),
  );
  return withoutBlankRows(
    form,
    there.map((control) => [control.name, cameAs(control)]),
    cameBlank,
  );
}

/** A new name for one page or one try of saving. */
export function newToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What the server has of this page: as figures, and as a draft.
let saved = EMPTY;
let kept = EMPTY;
let isAnswer = false;

/** The page holds what is stored; or, with `unsaved`, what was typed and only kept as a draft. */
export function begin(unsaved) {
  isAnswer = unsaved;
  saved = contentThen(sectionForm());
  kept = saved;
}

export function markSaved(content) {
  isAnswer = false;
  saved = content;
  kept = content;
}

export function markKept(content) {
  kept = content;
}

/** Whether the page holds anything that is not stored. */
export function isUnsaved(content = contentNow()) {
  return isAnswer || !isSame(content, saved);
}

/** Whether the page holds anything that neither the figures nor the drafts have. */
export function isUnkept(content = contentNow()) {
  return !isSame(content, kept) && !isSame(content, saved);
}

// --- the controls -------------------------------------------------------------------------------------------

/** The session's token as it is now: a login in another window gives a new one, which this page does not have. */
export function currentToken() {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** Posts the form's `body` and answers the response. */
export function post(url, body, options = {}) {
  const token = currentToken();
  if (token) body.set("csrfmiddlewaretoken", token);
  return fetch(url, { method: "POST", body, headers: token ? { "X-CSRFToken": token } : {}, ...options });
}

export function currentValue(control) {
  return control.type === "checkbox" ? control.checked : control.value;
}

/** Whether a person types text into the control. */
export function isText(control) {
  return control.matches("textarea, input:not([type=checkbox], [type=hidden], [type=radio])");
}

/** The control in which an input method is composing. */
export let composing = null;
addEventListener(
  "compositionstart",
  (event) => {
    composing = event.target;
  },
  true,
);
addEventListener(
  "compositionend",
  () => {
    composing = null;
  },
  true,
);
