// 自评: the note's proposals and the sums of scores while results are typed. What the server computes is the same.

import { grouped, read, rounded, SCALE } from "./amounts.js";
import { achieved, actualNumber, hundredths, pointsText } from "./scores.js";

// A cell of the layout, by its row and column.
function layoutCell(control, row, column) {
  const table = control.closest("table[data-table]");
  return table?.querySelector(`[data-key="${CSS.escape(`${table.dataset.table}/${row}/${column}`)}"]`);
}

function besideScore(score, name) {
  return score.form?.elements.namedItem(score.name.replace(/-score$/, `-${name}`));
}

function propose(score) {
  const actual = besideScore(score, "actual");
  const place = layoutCell(score, score.dataset.proposal, "proposed");
  if (!actual || !place) return;
  const weight = read(besideScore(score, "weight")?.value ?? "") ?? read(score.dataset.weight);
  const got = actualNumber(actual.value, score.dataset);
  score.dataset.points = "";
  if (!actual.value.trim()) place.textContent = "";
  else if (weight === null) place.textContent = "未填权重";
  else if (got === null) place.textContent = "保存后算出";
  else {
    const share = achieved(read(score.dataset.aim), got, score.dataset.direction);
    score.dataset.points = pointsText(hundredths(weight, share));
    const said = share[0] === share[1] ? "" : `（达成${grouped((share[0] * 100n * SCALE) / share[1], 2)}%）`;
    place.textContent = score.dataset.points + said;
  }
}

function refreshScores() {
  const sums = new Map();
  let total = 0n;
  let any = null;
  for (const score of document.querySelectorAll("#section-form [data-points]")) {
    const points = read(score.value) ?? read(score.dataset.points) ?? 0n;
    any = score;
    total += points;
    for (const row of (score.dataset.sums ?? "").split(" ").filter(Boolean)) {
      sums.set(row, { score, points: (sums.get(row)?.points ?? 0n) + points });
    }
  }
  if (!any) return;
  for (const [row, { score, points }] of sums) {
    const place = layoutCell(score, row, "score");
    if (place) place.textContent = pointsText(rounded(points, 2));
  }
  const place = layoutCell(any, "total", "score");
  if (place) place.textContent = pointsText(rounded(total, 2));
  for (const headline of document.querySelectorAll('[data-headline="total"]'))
    headline.textContent = pointsText(rounded(total, 2));
}

addEventListener("input", (event) => {
  const control = event.target;
  const stem = /^(results-.+)-(?:actual|weight|score)$/.exec(control.name ?? "")?.[1];
  const score = stem ? control.form?.elements.namedItem(`${stem}-score`) : null;
  if (score?.dataset.aim) propose(score);
  if (score || control.dataset?.points !== undefined) refreshScores();
});

// A page that is shown again with what was typed: its layout has what is stored.
function catchUp() {
  if (!document.querySelector("#section-form[data-unsaved]")) return;
  document.querySelectorAll("#section-form [data-aim]").forEach(propose);
  refreshScores();
}

addEventListener("settled", catchUp);
catchUp();
