// Saving in place: the page keeps its scroll, focus and all that is typed while the answer is under way, and
// whatever goes wrong (no network, an expired login, an error of the server) leaves everything where it is. Without
// scripts the form does the same by loading the page again.

import { keep, quiet, sayDraft } from "./drafts.js";
import { failureOf, isFailure } from "./failures.js";
import { begin, composing, isUnsaved, markKept, markSaved, newToken, post, sectionForm } from "./form.js";
import { steps } from "./history.js";
import { letGo } from "./leaving.js";
import { recorded } from "./rows.js";
import { pageOf, pictureOf, settle } from "./settle.js";

const LOST = {
  expired: "没有保存：登录已过期。请在新窗口登录，再回到这里保存，填写的内容都还在。",
  network: "没有保存：网络不通，填写的内容都还在，请稍后再试。",
};

// How many questions are asked and not answered, the last of them, and a save that is the last and has not begun.
let asked = 0;
let tail = Promise.resolve();
let waitingSave = null;
// Tries to save whose answer never came: the server may have saved them.
const lost = new Set();

// --- what is said beside the button -------------------------------------------------------------------------

const bar = () => document.querySelector("#section-form .save-bar");

/** `role` is `alert` for what went wrong, else `status`. */
export function say(text, role = "status") {
  hush();
  const line = document.createElement("span");
  line.className = role === "alert" ? "said field-error" : "said progress-done";
  line.setAttribute("role", role);
  bar()?.append(line);
  line.textContent = text;
}

// That something is not saved yet.
function warn(text) {
  say(text);
  bar()?.querySelector(".said").classList.add("unsaved");
}

function hush() {
  for (const line of bar()?.querySelectorAll(".said") ?? []) line.remove();
}

// What was said of a save is true until something is typed.
function sayUnsaved() {
  if (asked || !isUnsaved()) return;
  const said = bar()?.querySelector(".said.progress-done:not(.unsaved)");
  const note = document.querySelector("#workspace .note-success");
  if (!said && !note) return;
  note?.remove();
  warn("有改动，还没有保存");
}

// --- asking -------------------------------------------------------------------------------------------------

// The page of a report that cannot be changed any more has no controls, and takes none away.
function ofLocked(page, isSaved) {
  const why = page.querySelector("#outcome p")?.lastChild.textContent.trim();
  return isSaved ? "已保存；编报随后已报送，不能再修改" : `没有保存：${why ?? "编报现在不能修改"}`;
}

// A save is proved by the name of the try in the address that it leads to; without it, another page may have
// answered: that to which a login in the meantime has led. The server may fail after it has saved, so such a try is as
// one whose answer never came.
async function ask(body) {
  const response = await post(location.pathname, body);
  const html = await response.text();
  const page = pageOf(html);
  const isSaved = body.has("attempt") && new URL(response.url).searchParams.get("saved") === body.get("attempt");
  const isFailed = isFailure(response.status);
  const isExpired = response.status === 403 || html.includes('id="id_username"') || (response.redirected && !isSaved);
  if (isExpired && !isFailed) return { refusal: LOST.expired };
  if (isFailed || !page) return { refusal: failed(response), isUnknown: isFailed };
  return page.querySelector("#section-form [name=base]") ? { html, isSaved } : { refusal: ofLocked(page, isSaved) };
}

function failed({ status, headers }) {
  return `没有保存：${failureOf(status, headers.get("X-Request-ID"))}，填写的内容都还在，请稍后再试。`;
}

function settled(isCommand) {
  dispatchEvent(new CustomEvent("settled", { detail: { isCommand } }));
}

// Questions go one at a time, in the order in which they were asked: what is saved after a paste has the paste.
function inTurn(act) {
  waitingSave = null;
  asked += 1;
  const turn = tail.then(async () => {
    const form = sectionForm();
    form.setAttribute("aria-busy", "true");
    try {
      await quiet();
      return await act(form);
    } finally {
      asked -= 1;
      sectionForm()?.removeAttribute("aria-busy");
    }
  });
  tail = turn.catch(() => {});
  return turn;
}

// --- saving -------------------------------------------------------------------------------------------------

function afterSave(stored, mark) {
  steps.forget(mark);
  lost.clear();
  history.replaceState(history.state, "", location.pathname + location.hash);
  sayDraft("");
  markSaved(stored);
  const note = document.querySelector("#workspace .note-success");
  if (!isUnsaved()) {
    say(note?.textContent.trim() ?? "已保存");
    return true;
  }
  note?.remove();
  warn("已保存；之后又有改动，还没有保存");
  return false;
}

// What was refused is kept as a draft by the server.
function afterRefusal(picture) {
  markKept(picture.typed);
  document.querySelector("#workspace [role=alert]")?.scrollIntoView({ block: "start" });
  return false;
}

/** Saves the page; answers whether all of it is saved now. */
export function save() {
  if (composing) {
    composing.addEventListener("compositionend", () => setTimeout(save), { once: true });
    return Promise.resolve(false);
  }
  if (waitingSave) return waitingSave;
  const follows = asked > 0;
  const turn = inTurn(async (form) => {
    if (waitingSave === turn) waitingSave = null;
    if (follows && !isUnsaved()) return true;
    say("正在保存…");
    const attempt = newToken();
    const picture = pictureOf(form);
    const mark = steps.mark();
    const body = new FormData(form);
    body.set("attempt", attempt);
    body.set("lost", [...lost].join(","));
    let answer;
    try {
      answer = await ask(body);
    } catch {
      lost.add(attempt);
      say(LOST.network, "alert");
      keep();
      return false;
    }
    if (answer.refusal) {
      if (answer.isUnknown) lost.add(attempt);
      say(answer.refusal, "alert");
      keep();
      return false;
    }
    hush();
    const answered = settle(answer.html, picture);
    const done = answer.isSaved ? afterSave(answered, mark) : afterRefusal(picture);
    settled(false);
    return done;
  });
  waitingSave = turn;
  return turn;
}

/** 保存并继续: to the next page, unless something was typed meanwhile. */
async function saveAndGo() {
  if (!(await save())) return;
  const next = sectionForm().querySelector(".save-bar button[name=next]")?.dataset.next;
  if (!next) return;
  letGo();
  location.assign(next);
}

// --- commands -----------------------------------------------------------------------------------------------

/**
 * Lets the server carry out a command that changes rows and saves nothing; `more` goes along. Returns the rows that
 * it filled by sub-table, null where it was not carried out.
 */
export function command(name, more = {}) {
  return inTurn(async (form) => {
    const picture = pictureOf(form);
    const body = new FormData(form);
    for (const [key, value] of Object.entries({ ...more, command: name })) body.set(key, value);
    let answer;
    try {
      answer = await ask(body);
    } catch {
      say("没有完成：网络不通，填写的内容都还在。", "alert");
      return null;
    }
    if (answer.refusal) {
      say(answer.refusal.replace("没有保存", "没有完成"), "alert");
      return null;
    }
    hush();
    const filled = recorded(() => settle(answer.html, picture));
    settled(true);
    return filled;
  });
}

// --- the form's buttons -------------------------------------------------------------------------------------

addEventListener("submit", (event) => {
  if (event.target !== sectionForm() || event.defaultPrevented) return;
  event.preventDefault();
  const { submitter } = event;
  if (submitter?.name === "command") command(submitter.value);
  else if (submitter?.name === "next") saveAndGo();
  else save();
});

// A page that comes back from the browser's store has what was typed in it.
addEventListener("pageshow", (event) => {
  if (!event.persisted || !isUnsaved()) return;
  warn("有改动，还没有保存");
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s" || !bar()?.querySelector("button")) return;
  event.preventDefault();
  save();
});

for (const name of ["input", "change", "click"]) {
  addEventListener(name, (event) => {
    if (event.target.closest?.("#section-form")) queueMicrotask(sayUnsaved);
  });
}

/** The page as it came: what of it is saved. */
export function startSaving() {
  const form = sectionForm();
  if (form) begin(form.dataset.unsaved !== undefined);
}
