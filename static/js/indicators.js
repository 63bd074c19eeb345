// 常用指标: what is typed narrows the list, a change of goal or scope shows it again, and what was opened or
// added comes into view. Without scripts every button does the same by a trip to the server. A module, since
// the list brings it along each time that it is opened.

function narrow(list, text) {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of list.querySelectorAll("li")) {
    const said = item.textContent.toLowerCase();
    item.hidden = !words.every((word) => said.includes(word)) && !item.querySelector(":checked");
  }
  for (const group of list.querySelectorAll("fieldset")) {
    group.hidden = !group.querySelector("li:not([hidden])");
  }
}

function prepare(list) {
  if (list.dataset.ready !== undefined) return;
  list.dataset.ready = "";
  const show = list.querySelector("[data-common-show]");
  const search = list.querySelector("[data-common-search]");
  show.hidden = true;
  search.hidden = false;
  search.addEventListener("input", (event) => narrow(list, event.target.value));
  // Enter would press the form's own button, which saves.
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.addEventListener("change", (event) => {
    if (event.target.matches("select")) show.click();
  });
}

function arrive() {
  const list = document.querySelector("[data-common]");
  if (list) prepare(list);
  const target = (list ?? document).querySelector("[autofocus]") ?? document.querySelector("[data-row] [autofocus]");
  if (!target) return;
  requestAnimationFrame(() => {
    (list?.contains(target) ? list : target).scrollIntoView({ block: list ? "start" : "center" });
    target.focus({ preventScroll: true });
  });
}

addEventListener("htmx:afterSettle", arrive);
arrive();
