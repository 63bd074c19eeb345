// 常用指标: what is typed narrows the list, and a change of goal or scope shows it again. Without scripts every button
// does the same by a trip to the server.

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

const listOf = (element) => element.closest?.("[data-common]");
const isSearch = (element) => element.matches?.("[data-common-search] input");

function prepare(list) {
  list.querySelector("[data-common-show]").hidden = true;
  list.querySelector("[data-common-search]").hidden = false;
  const typed = list.querySelector("[data-common-search] input").value;
  if (typed) narrow(list, typed);
}

addEventListener("input", (event) => {
  if (isSearch(event.target)) narrow(listOf(event.target), event.target.value);
});

// Enter would press the form's own button, which saves.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && isSearch(event.target)) event.preventDefault();
});

addEventListener("change", (event) => {
  if (event.target.matches("[data-common] select")) listOf(event.target).querySelector("[data-common-show]").click();
});

function prepareOpen() {
  const list = document.querySelector("[data-common]");
  if (list) prepare(list);
}

addEventListener("settled", prepareOpen);
prepareOpen();
