// Forms that may take a while (`data-waiting` says what is going on): one click sends them once, and after two
// seconds a line counts the time. Everything works without.

const PATIENCE = 2000;

// What a form has started, by the form: its timers and its line.
const waiting = new Map();

function say(form, started, said) {
  const line = document.createElement("p");
  line.className = "waiting";
  line.setAttribute("role", "status");
  const bar = document.createElement("progress");
  bar.setAttribute("aria-hidden", "true");
  const seconds = document.createElement("span");
  // A screen reader says once that it goes on, and does not count.
  seconds.setAttribute("aria-hidden", "true");
  const count = () => {
    seconds.textContent = `，已 ${Math.round((Date.now() - started) / 1000)} 秒`;
  };
  form.after(line);
  line.append(bar, said, seconds);
  count();
  const state = waiting.get(form);
  state.line = line;
  state.timer = setInterval(count, 1000);
}

function disable(form, isDisabled) {
  for (const button of form.elements) {
    if (button.type === "submit") button.disabled = isDisabled;
  }
}

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.waiting === undefined || event.defaultPrevented) return;
  if (waiting.has(form)) {
    event.preventDefault();
    return;
  }
  const started = Date.now();
  const said = event.submitter?.dataset.waiting ?? form.dataset.waiting;
  waiting.set(form, { timer: setTimeout(() => say(form, started, said), PATIENCE) });
  // A disabled button would not be sent with the form.
  setTimeout(() => waiting.has(form) && disable(form, true));
});

// A page that comes back from the browser's store waits for nothing.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const [form, { timer, line }] of waiting) {
    clearInterval(timer);
    line?.remove();
    disable(form, false);
  }
  waiting.clear();
});
