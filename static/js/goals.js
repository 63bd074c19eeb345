// The goals that an indicator can be of, while goals and indicators are typed. The server offers the same.
import { blankOf, bodyOf, controlsOf, nameIn, rowsOf, usualChoice } from "./table.js";

const HORIZONS = { long_term_indicators: "long_term", annual_indicators: "annual" };

// A goal that nobody has typed anything of yet is offered only where there is no other.
function goalsNow() {
  const body = bodyOf("goals");
  if (!body) return [];
  const counts = {};
  return rowsOf(body)
    .filter((row) => !row.classList.contains("is-deleted"))
    .map((row) => {
      const of = (name) => controlsOf(row).find((control) => nameIn(control) === name);
      const horizon = of("horizon");
      counts[horizon.value] = (counts[horizon.value] ?? 0) + 1;
      const label = `${horizon.selectedOptions[0].textContent}${counts[horizon.value]}`;
      const said = (of("name")?.value.trim() || of("text")?.value.trim() || "").slice(0, 16);
      if (said) row.dataset.used = "";
      const rest = said.startsWith(label) ? said.slice(label.length) : said || "（新目标）";
      return {
        key: of("key").value,
        horizon: horizon.value,
        title: `${label} ${rest}`.trim(),
        used: "used" in row.dataset,
      };
    });
}

function offerGoals() {
  const goals = goalsNow();
  for (const [region, horizon] of Object.entries(HORIZONS)) {
    const body = bodyOf(region);
    if (!body) continue;
    const blank = blankOf(body);
    const selects = [body, ...(blank ? [blank.content] : [])].flatMap((part) => [
      ...part.querySelectorAll('select[name$="-goal"]'),
    ]);
    for (const select of selects) {
      const chosen = select.value;
      const usual = usualChoice(select);
      const possible = goals.filter((goal) => goal.horizon === horizon || goal.key === chosen);
      const used = possible.filter((goal) => goal.used);
      const offered = used.length ? used : possible;
      select.replaceChildren(
        ...offered.map((goal) => new Option(goal.title, goal.key, goal.key === usual, goal.key === chosen)),
      );
      // The goal of an indicator may have been deleted: it is for the person to choose another.
      if (chosen && !offered.some((goal) => goal.key === chosen) && select.closest("[data-row]:not(.is-deleted)")) {
        select.prepend(new Option("（目标已删除，请另选）", chosen, chosen === usual, true));
      }
      if (!offered.length) select.add(new Option("先填写目标", ""));
    }
  }
}

addEventListener("input", (event) => event.target.closest?.('tbody[data-region="goals"]') && offerGoals());
addEventListener("settled", goalsNow);
goalsNow();
