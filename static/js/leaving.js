// Leaving a page on which something is typed and not saved: the draft is kept first. Only where that cannot be known
// does the browser ask.

import { keep, sayDraft } from "./drafts.js";
import { contentNow, currentToken, isUnkept, sectionForm } from "./form.js";

let isFree = false;

/** The page may go: what it holds is saved, or is to be given up. */
export function letGo() {
  isFree = true;
}

const staysHere = (link) => link.origin === location.origin && link.pathname === location.pathname && link.hash;
const opensElsewhere = (event, link) =>
  event.button ||
  event.ctrlKey ||
  event.metaKey ||
  event.shiftKey ||
  event.altKey ||
  link.target === "_blank" ||
  link.hasAttribute("download");

async function first(act) {
  sayDraft("正在存草稿…");
  if (!(await keep())) return;
  letGo();
  act();
}

// Whether something would be lost; not where a page has no draft and asks by itself.
const isAtStake = () => !isFree && Boolean(sectionForm()?.dataset.draft) && isUnkept();

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (event.defaultPrevented || !link || staysHere(link) || opensElsewhere(event, link) || !isAtStake()) return;
  event.preventDefault();
  first(() => link.click());
});

// Who logged in again in another window has another token: every form of the page goes with that.
addEventListener(
  "submit",
  ({ target }) => {
    const held = target.elements.csrfmiddlewaretoken;
    const token = currentToken();
    if (held && token) held.value = token;
  },
  true,
);

// Other forms of the page: the unit, logging out, giving up the draft.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form === sectionForm() || form.hasAttribute("hx-post")) return;
  if (form.hasAttribute("data-gives-up")) return letGo();
  if (!isAtStake()) return;
  event.preventDefault();
  const { submitter } = event;
  // The page comes back in the other unit with what was typed.
  if (form.matches(".unit-switch"))
    form.elements.next.value = `${location.pathname}?draft=${sectionForm().elements.page.value}`;
  first(() => form.requestSubmit(submitter));
});

addEventListener("beforeunload", (event) => {
  if (!isFree && isUnkept(contentNow())) event.preventDefault();
});

for (const name of ["pageshow", "input", "change"])
  addEventListener(name, () => {
    isFree = false;
  });
