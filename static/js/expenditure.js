// 人员经费 and 公用经费 while basic expenditure is typed; reading and writing of amounts are those of amounts.js.

import { grouped, read } from "./amounts.js";

const place = () => document.querySelector("[data-sums=expenditure]");

function control(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

function kindOf(row) {
  const economic = control(row, "economic").value.trim();
  if (control(row, "use").value !== "basic" || !economic) return "";
  const personnel = place()
    .dataset.personnel.split(" ")
    .some((code) => economic.startsWith(code));
  return personnel ? "personnel" : "operating";
}

function refresh() {
  const sums = place();
  if (!sums) return;
  const found = { personnel: 0n, operating: 0n, total: 0n };
  for (const row of document.querySelectorAll("tbody[data-region=expenditure] > [data-row]:not(.is-deleted)")) {
    const amount = read(control(row, "amount").value) ?? 0n;
    found.total += amount;
    const kind = kindOf(row);
    if (kind) found[kind] += amount;
  }
  for (const output of sums.querySelectorAll("output")) output.textContent = grouped(found[output.dataset.kind], 2);
}

if (place()) for (const name of ["input", "change", "settled"]) addEventListener(name, refresh);
