// What every page of the entry site does beyond links and forms: find the control that an address names, fold the
// contents on small screens, close menus, show help. Everything works without.

import "./explanations.js";
import "./help.js";
import { reveal } from "./reveal.js";

// --- the control named by the address's hash ---------------------------------------------------------

function focusNamed() {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id && document.getElementById(id);
  if (!target || id === "main") return;
  reveal(target);
  const control = target.matches("input, select, textarea, button, a") ? target : null;
  target.scrollIntoView({ block: control ? "center" : "start" });
  if (!control) return;
  control.focus({ preventScroll: true });
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  control.classList.add("lit");
  control.addEventListener("blur", () => control.classList.remove("lit"), { once: true });
}

addEventListener("hashchange", focusNamed);

// --- contents on small screens, menus ----------------------------------------------------------------

function foldContents() {
  const toggle = document.querySelector(".side-toggle");
  if (toggle) toggle.hidden = false;
}

addEventListener("click", (event) => {
  const toggle = event.target.closest?.(".side-toggle");
  if (!toggle) return;
  const open = document.getElementById(toggle.getAttribute("aria-controls")).classList.toggle("open");
  toggle.setAttribute("aria-expanded", String(open));
});

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
addEventListener("settled", foldContents);

foldContents();
focusNamed();
document.querySelector(".contents [aria-current=page]")?.scrollIntoView({ block: "nearest" });

// --- the way back to a page that tells what is stored: it is asked for anew ----------------------------

addEventListener("pageshow", ({ persisted }) => {
  const isBack = persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (isBack && document.querySelector("[data-stored]")) location.reload();
});
