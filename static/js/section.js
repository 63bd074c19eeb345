// The form of a section: saved by Ctrl+S, its prose as high as what is typed, at the same place after saving.
"use strict";

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches?.("textarea[data-single]")) event.preventDefault();
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
  const form = document.getElementById("section-form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

// --- text that grows with what is typed, where the browser does not do it --------------------------------

if (!CSS.supports("field-sizing", "content")) {
  const fit = (area) => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  addEventListener("input", (event) => event.target.matches?.("textarea.grow") && fit(event.target));
  document.querySelectorAll("textarea.grow").forEach(fit);
}

// --- back to the same place after saving --------------------------------------------------------------------

const PLACE = `place:${location.pathname}`;
const formOfSection = document.getElementById("section-form");
formOfSection?.addEventListener("submit", () => sessionStorage.setItem(PLACE, String(scrollY)));
const place = sessionStorage.getItem(PLACE);
sessionStorage.removeItem(PLACE);
if (place !== null && formOfSection && !location.hash && !document.querySelector("[role=alert], [autofocus]")) {
  scrollTo({ top: Number(place), behavior: "instant" });
}
