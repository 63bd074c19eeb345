// What the entry site's pages do beyond links and forms: find the control an address names, warn before
// typed text is lost, fold the contents on small screens. Everything works without.
"use strict";

// --- the control named by the address's hash ---------------------------------------------------------

function reveal(element) {
  element.dispatchEvent(new Event("reveal", { bubbles: true }));
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
  }
}

function focusNamed() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target || id === "main") return;
  reveal(target);
  const control = target.matches("input, select, textarea, button, a") ? target : null;
  target.scrollIntoView({ block: control ? "center" : "start" });
  if (!control) return;
  control.focus({ preventScroll: true });
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  control.classList.add("lit");
  control.addEventListener("blur", () => control.classList.remove("lit"), { once: true });
}

addEventListener("hashchange", focusNamed);

// --- unsaved changes ---------------------------------------------------------------------------------

let leaving = false;

function contentOf(form) {
  return new URLSearchParams(new FormData(form)).toString();
}

function watch(form) {
  const saved = form.dataset.unsaved === undefined ? contentOf(form) : null;
  addEventListener("beforeunload", (event) => {
    if (!leaving && form.isConnected && contentOf(form) !== saved) event.preventDefault();
  });
  form.addEventListener("submit", () => { leaving = true; });
}

addEventListener("pageshow", () => { leaving = false; });

// --- contents on small screens, menus ----------------------------------------------------------------

function foldContents() {
  const toggle = document.querySelector(".side-toggle");
  if (!toggle) return;
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const open = document.getElementById(toggle.getAttribute("aria-controls")).classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  });
}

function closeMenus(event) {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    const away = event.type === "click" ? !menu.contains(event.target) : event.key === "Escape";
    if (!away) return;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  });
}

addEventListener("click", closeMenus);
addEventListener("keydown", closeMenus);

foldContents();
document.querySelectorAll("form[data-watch]").forEach(watch);
focusNamed();
document.querySelector(".contents [aria-current=page]")?.scrollIntoView({ block: "nearest" });
