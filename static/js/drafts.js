// Keeps what is typed while it is typed: some seconds after the last change, and before the page is left, the page's
// controls go to the server as a draft. The state stands beside the buttons. Without scripts nothing is lost but the
// draft.

import { failureOf, isFailure } from "./failures.js";
import { composing, contentNow, isUnkept, markKept, post, sectionForm } from "./form.js";

const PAUSE = 2500;
/** What a browser still sends for a page that is closed, in bytes. */
const LAST_WORDS = 60_000;

let timer = 0;
let running = null;

const urlOf = (form) => form?.dataset.draft;

function state() {
  const bar = document.querySelector("#section-form .save-bar");
  if (!bar) return null;
  let line = bar.querySelector(".draft-state");
  if (!line) {
    line = document.createElement("span");
    line.className = "quiet draft-state";
    line.setAttribute("role", "status");
    bar.append(line);
  }
  return line;
}

export function sayDraft(text, isError = false) {
  const line = state();
  if (!line) return;
  line.textContent = text;
  line.classList.toggle("field-error", isError);
}

async function answerOf(response) {
  if (response.headers.get("Content-Type")?.includes("json")) return (await response.json()).message;
  const why = isFailure(response.status)
    ? failureOf(response.status, response.headers.get("X-Request-ID"))
    : "登录已过期，请在新窗口登录";
  return `草稿没有存上：${why}。填写的内容都还在本页。`;
}

async function send(form) {
  const content = contentNow(form);
  try {
    const response = await post(urlOf(form), new FormData(form), { redirect: "manual" });
    sayDraft(await answerOf(response), !response.ok);
    if (response.ok) markKept(content);
    return response.ok;
  } catch {
    sayDraft("草稿没有存上：网络不通。填写的内容都还在本页。", true);
    return false;
  }
}

/** Keeps what the page holds, if the server does not have it yet; answers whether it has it now. */
export async function keep() {
  clearTimeout(timer);
  const form = sectionForm();
  await running;
  if (!urlOf(form) || !isUnkept()) return true;
  running = send(form);
  const done = await running;
  running = null;
  return done;
}

/** When no draft is under way any more, so that none comes after the save that follows it. */
export async function quiet() {
  clearTimeout(timer);
  await running;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => (composing ? soon() : keep()), PAUSE);
}

/** A last try for a page that goes away; a page of many rows is too long for it. */
function lastWords() {
  const form = sectionForm();
  if (!urlOf(form) || !isUnkept()) return;
  const body = new URLSearchParams(new FormData(form));
  if (body.toString().length < LAST_WORDS) post(urlOf(form), body, { keepalive: true }).catch(() => {});
  else keep();
}

export function keepDrafts() {
  const form = sectionForm();
  if (!urlOf(form)) return;
  for (const name of ["input", "change", "click"]) {
    addEventListener(name, (event) => {
      if (event.target.closest?.("#section-form")) soon();
    });
  }
  addEventListener("settled", soon);
  addEventListener("visibilitychange", () => {
    if (document.hidden) lastWords();
  });
  addEventListener("pagehide", lastWords);
  addEventListener("online", keep);
}
