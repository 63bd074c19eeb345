// Saving in place, by htmx: the page keeps its scroll and focus, and whatever goes wrong (no network, an
// expired login, an error of the server) leaves all that was typed where it is. Without scripts the form
// does the same by loading the page again.
"use strict";

const FRAME = "workspace";

function arm(form) {
  form.setAttribute("hx-post", location.pathname);
  form.setAttribute("hx-target", `#${FRAME}`);
  form.setAttribute("hx-select", `#${FRAME}`);
  form.setAttribute("hx-swap", "outerHTML show:none");
  form.setAttribute("hx-disabled-elt", "find .save-bar button");
}

const explained = (event) => event.detail.requestConfig?.elt?.closest("form.explain");

// Beside the button of whichever form was sent: the section's, or a warning's explanation.
function say(text, role, explanation) {
  const bar = (explanation ?? document).querySelector(explanation ? ".explain-acts" : "#section-form .save-bar");
  bar?.querySelector(".said")?.remove();
  const line = document.createElement("span");
  line.className = role === "alert" ? "said field-error" : "said progress-done";
  line.setAttribute("role", role);
  bar?.append(line);
  line.textContent = text;
}

// A login in another window gives a new token, which the cookie has and this page does not.
function renewToken(parameters) {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token && parameters.has("csrfmiddlewaretoken")) parameters.set("csrfmiddlewaretoken", token);
  return token;
}

addEventListener("htmx:configRequest", (event) => {
  if (event.target.id !== "section-form" && !event.target.matches("form.explain")) return;
  const token = renewToken(event.detail.formData);
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

// 保存并继续 goes to another page, which has other scripts and styles: by an ordinary submit.
addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target;
  const next = form.id === "section-form" && event.detail.requestConfig.formData.get("next");
  if (!next) return;
  event.preventDefault();
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: "next", value: next });
  form.append(hidden);
  leaving = true;
  form.submit();
});

let scrolled = 0;

addEventListener("htmx:beforeSwap", (event) => {
  const page = event.detail.xhr.responseText;
  const known = page.includes(`id="${FRAME}"`);
  event.detail.shouldSwap = known;
  event.detail.isError = false;
  scrolled = scrollY;
  if (known) return;
  leaving = false;
  const expired = event.detail.xhr.status === 403 || page.includes('id="id_username"');
  say(
    expired
      ? "没有保存：登录已过期。请在新窗口登录，再回到这里保存，填写的内容都还在。"
      : "没有保存：系统出错，填写的内容都还在，请稍后再试。",
    "alert",
    explained(event),
  );
});

addEventListener("htmx:sendError", (event) => {
  leaving = false;
  say("没有保存：网络不通，填写的内容都还在，请稍后再试。", "alert", explained(event));
});

addEventListener("htmx:afterSettle", (event) => {
  leaving = false;
  const explanation = explained(event);
  if (explanation) {
    const now = document.getElementById(explanation.closest(".finding").id);
    now?.querySelector("textarea")?.focus({ preventScroll: true });
    return;
  }
  sessionStorage.removeItem(`place:${location.pathname}`);
  const form = document.getElementById("section-form");
  if (form) {
    arm(form);
    htmx.process(form);
    watch(form);
  }
  foldContents();
  const alert = document.querySelector(`#${FRAME} [role=alert]`);
  if (alert) {
    alert.scrollIntoView({ block: "start" });
    return;
  }
  scrollTo({ top: scrolled, behavior: "instant" });
  const done = document.querySelector(`#${FRAME} .note-success`);
  if (done) say(done.textContent.trim(), "status");
});

const armed = document.getElementById("section-form");
if (armed?.querySelector(".save-bar button")) arm(armed);
