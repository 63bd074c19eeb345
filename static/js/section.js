// The page of a section: its form as a spreadsheet that is saved in place. What its parts need besides, editors name
// (`Editor.scripts`). Everything works without scripts.

import "./grid.js";
import "./rows.js";
import "./picker.js";
import "./sums.js";
import "./arrival.js";
import "./long_tables.js";
import "./doubts.js";
import "./paste.js";
import "./leaving.js";
import { keepDrafts } from "./drafts.js";
import { startSaving } from "./saving.js";

startSaving();
keepDrafts();

addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing && event.target.matches?.("textarea[data-single]"))
    event.preventDefault();
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
