// Subjects by code or name: suggestions below the input while somebody types. Without scripts the server
// reads the same text.
import { failureOf } from "./failures.js";

const PICKED = "[data-picker-url]";
const list = document.createElement("ul");
list.id = "picker-list";
list.className = "picker";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "科目");
list.hidden = true;
document.body.append(list);

let owner = null;
let active = -1;
let timer = 0;
let asking = null;

function prepare(input) {
  if (input.hasAttribute("aria-expanded")) return;
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  }))
    input.setAttribute(name, value);
}

function close() {
  clearTimeout(timer);
  asking?.abort();
  owner?.setAttribute("aria-expanded", "false");
  owner?.removeAttribute("aria-activedescendant");
  owner = null;
  active = -1;
  list.hidden = true;
}

function placeUnder(input) {
  const box = input.getBoundingClientRect();
  list.style.top = `${box.bottom + scrollY}px`;
  list.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - list.offsetWidth - 8)) + scrollX}px`;
}

function option(found, index) {
  const item = document.createElement("li");
  item.id = `picker-${index}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.value = `${found.code}-${found.name}`;
  const title = document.createElement("span");
  title.textContent = `${found.code} ${found.name}`;
  const path = document.createElement("small");
  path.textContent = found.path;
  item.append(title, path);
  return item;
}

function remark(text) {
  const line = document.createElement("li");
  line.className = "picker-none";
  line.textContent = text;
  return line;
}

function show(input, items) {
  owner = input;
  active = -1;
  list.replaceChildren(...items);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  placeUnder(input);
}

async function suggestionsOf(answer) {
  if (!answer.ok) {
    const why = failureOf(answer.status, answer.headers.get("X-Request-ID"));
    return [remark(`暂时查不到科目：${why}。可以直接填写编码。`)];
  }
  const { codes } = await answer.json();
  return codes.length ? codes.map(option) : [remark("没有相符的科目，请换编码或名称再试")];
}

async function ask(input) {
  asking?.abort();
  asking = new AbortController();
  const url = new URL(input.dataset.pickerUrl, location.href);
  url.searchParams.set("q", input.value.trim());
  try {
    const answer = await fetch(url, { signal: asking.signal, headers: { Accept: "application/json" } });
    if (document.activeElement !== input) return;
    show(input, await suggestionsOf(answer));
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

function mark(index) {
  const options = [...list.querySelectorAll("[role=option]")];
  if (!options.length) return;
  active = (index + options.length) % options.length;
  for (const [at, item] of options.entries()) item.setAttribute("aria-selected", String(at === active));
  options[active].scrollIntoView({ block: "nearest" });
  owner.setAttribute("aria-activedescendant", options[active].id);
}

function pick(item) {
  const input = owner;
  input.value = item.dataset.value;
  close();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

addEventListener("focusin", (event) => {
  if (event.target.matches?.(PICKED)) prepare(event.target);
});

addEventListener("focusout", (event) => {
  if (event.target === owner) close();
});

addEventListener("input", (event) => {
  const input = event.target;
  if (!event.isTrusted || !input.matches?.(PICKED)) return;
  clearTimeout(timer);
  if (!input.value.trim()) return close();
  timer = setTimeout(ask, 150, input);
});

// In the capture phase: Enter on a suggestion picks it and does not go to the next row. In a grid the arrow alone
// goes to the next row; with Alt it opens the suggestions, as it does everywhere.
addEventListener(
  "keydown",
  (event) => {
    const input = event.target;
    if (!input.matches?.(PICKED)) return;
    if (event.key === "ArrowDown" && !owner && (event.altKey || !input.closest("[data-row]"))) {
      event.preventDefault();
      ask(input);
    } else if (owner && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? active + 1 : Math.max(active, 0) - 1);
    } else if (owner && event.key === "Enter") {
      const options = list.querySelectorAll("[role=option]");
      const chosen = options[active] ?? (options.length === 1 ? options[0] : null);
      if (!chosen) return;
      event.preventDefault();
      pick(chosen);
    } else if (owner && event.key === "Escape") {
      event.preventDefault();
      close();
    }
  },
  true,
);

list.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  const item = event.target.closest("[role=option]");
  if (item && owner) pick(item);
});

addEventListener("settled", () => {
  if (!owner) return;
  if (owner.isConnected) prepare(owner);
  else close();
});
