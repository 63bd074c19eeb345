// Keeps what is typed while it is typed: some seconds after the last change, the page's controls go to the
// server as a draft. The state stands beside the buttons. Without scripts nothing is lost but the draft.
"use strict";

const PAUSE = 2500;

function keepDrafts(form) {
  const url = form?.dataset.draft;
  if (!url || form.dataset.kept !== undefined) return;
  form.dataset.kept = "";
  let sent = contentOf(form);
  let timer = 0;
  let latest = 0;

  const state = document.createElement("span");
  state.className = "quiet draft-state";
  state.setAttribute("role", "status");
  form.querySelector(".save-bar")?.append(state);

  async function keep() {
    const content = contentOf(form);
    if (!form.isConnected || content === sent) return;
    const turn = ++latest;
    const body = new FormData(form);
    const token = renewToken(body);
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: token ? { "X-CSRFToken": token } : {},
        redirect: "manual",
      });
      if (turn !== latest) return;
      const answers = response.headers.get("Content-Type")?.includes("json");
      state.textContent = answers
        ? (await response.json()).message
        : "草稿没有存上：登录已过期，请在新窗口登录。填写的内容都还在本页。";
      state.classList.toggle("field-error", !response.ok);
      if (response.ok) sent = content;
    } catch {
      state.textContent = "草稿没有存上：网络不通。填写的内容都还在本页。";
      state.classList.add("field-error");
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("click", soon);
  form.addEventListener("submit", () => clearTimeout(timer));
  addEventListener("visibilitychange", () => { if (document.hidden && !leaving) keep(); });
}

keepDrafts(document.getElementById("section-form"));
addEventListener("htmx:afterSettle", () => keepDrafts(document.getElementById("section-form")));
