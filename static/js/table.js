// Sub-tables as they stand in the page: their rows, and the controls and names in them.

/** The sub-table of that name. */
export function bodyOf(region) {
  return document.querySelector(`tbody[data-region="${CSS.escape(region)}"]`);
}

/** The sub-tables of the page or of another `root`. */
export function bodiesIn(root = document) {
  return [...root.querySelectorAll("#section-form tbody[data-region]")];
}

/** The template of a new row; null where rows are given. */
export function blankOf(body) {
  return body.querySelector(":scope > template[data-blank]");
}

/** Its rows, without those between and below them. */
export function rowsOf(body) {
  return [...body.children].filter((row) => row.matches("[data-row]"));
}

/** All controls of a row, hidden ones too. */
export function controlsOf(row) {
  return [...row.querySelectorAll("input, select, textarea")];
}

/** The field of a control in a row: the last part of its name, behind region and index or key. */
export function nameIn(control) {
  return control.name.slice(control.name.lastIndexOf("-") + 1);
}

/** The part of a control's name that says which row it belongs to. */
export function indexOf(row, region) {
  const named = row.querySelector(`[name^="${CSS.escape(region)}-"]`);
  return named ? named.name.slice(region.length + 1, named.name.lastIndexOf("-")) : "";
}

/** An index that no row of `body` has. */
export function freeIndex(body) {
  const used = rowsOf(body).map((row) => parseInt(indexOf(row, body.dataset.region), 10));
  return Math.max(-1, ...used.filter(Number.isInteger)) + 1;
}

/** What a list offers untouched. */
export function usualChoice(select) {
  return ([...select.options].find((option) => option.defaultSelected) ?? select.options[0])?.value ?? "";
}

function isUntouched(control) {
  if (control.type === "hidden") return true;
  if (control.type === "checkbox") return control.checked === control.defaultChecked;
  if (control.matches("select")) return control.value === usualChoice(control);
  return !control.value.trim();
}

// What was refused is something: a choice that the list does not have came as if it were the usual one.
const isRefused = (row) => row.querySelector("[aria-invalid]") !== null;

/** Whether nothing is typed in a row and nothing chosen but what it offers by itself. */
export function isBlank(row) {
  return !isRefused(row) && controlsOf(row).every(isUntouched);
}

/** Whether a row came without any text. */
export function cameBlank(row) {
  const isEmpty = (control) =>
    control.matches("select, [type=hidden], [type=checkbox]") || !control.defaultValue.trim();
  return !isRefused(row) && controlsOf(row).every(isEmpty);
}
