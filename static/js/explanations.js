// Explaining a warning in place, by htmx: the finding, the contents and the tally are exchanged and nothing else, so
// that what is typed in the section stays. Whatever goes wrong is said beside the button. The browser asks before an
// explanation or an answer is left that was not sent.

import { failureOf, isFailure } from "./failures.js";

/** Whether something is typed that is not sent yet. */
export const isBegun = (area) => area.value !== area.defaultValue;

let sent = null;

addEventListener("submit", (event) => {
  sent = event.target;
});
addEventListener("input", () => {
  sent = null;
});
addEventListener("beforeunload", (event) => {
  const areas = document.querySelectorAll("main form:not(#section-form) textarea");
  if ([...areas].some((area) => area.form !== sent && isBegun(area))) event.preventDefault();
});

const formOf = (event) =>
  event.detail.requestConfig?.elt?.closest?.("form.explain") ?? event.target.closest?.("form.explain");

function say(form, text) {
  const acts = form?.querySelector(".explain-acts");
  acts?.querySelector(".said")?.remove();
  const line = document.createElement("span");
  line.className = "said field-error";
  line.setAttribute("role", "alert");
  acts?.append(line);
  line.textContent = text;
}

addEventListener("htmx:configRequest", (event) => {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  if (event.detail.formData.has("csrfmiddlewaretoken")) event.detail.formData.set("csrfmiddlewaretoken", token);
});

addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const page = xhr.responseText;
  event.detail.shouldSwap = page.includes('id="workspace"');
  event.detail.isError = false;
  if (event.detail.shouldSwap) return;
  const expired = !isFailure(xhr.status) && (xhr.status === 403 || page.includes('id="id_username"'));
  say(
    formOf(event),
    expired
      ? "没有保存：登录已过期。请在新窗口登录，再回到这里保存，填写的内容都还在。"
      : `没有保存：${failureOf(xhr.status, xhr.getResponseHeader("X-Request-ID"))}，填写的内容都还在，请稍后再试。`,
  );
});

addEventListener("htmx:sendError", (event) => say(formOf(event), "没有保存：网络不通，填写的内容都还在，请稍后再试。"));

addEventListener("htmx:afterSettle", (event) => {
  const finding = formOf(event)?.closest(".finding");
  document.getElementById(finding?.id)?.querySelector("textarea")?.focus({ preventScroll: true });
});
