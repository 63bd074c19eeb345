// Sub-tables under the keyboard, as in a spreadsheet. The cells are the form's own controls: an input method types
// into them, they say their errors, and without scripts they are the same form.
//
// A cell that was reached by a key is selected: typing replaces it, arrows go on. In a cell that is typed in (by a
// click, F2 or a letter) arrows move the caret first, and leave where it cannot go further.
"use strict";

const grid = (() => {
  const CONTROL = "input:not([type=hidden]), select, textarea";
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  let typing = false;
  let pressed = null;
  let range = null;

  // --- where things are ----------------------------------------------------------------------------------

  const inGrid = (element) => element.closest?.("tbody[data-region] > [data-row]");
  const isText = (control) => control.matches("textarea, input:not([type=checkbox])");
  const isCell = (element) => element.matches?.(CONTROL) && inGrid(element);
  const isOpen = (control) => control.getAttribute("aria-expanded") === "true";
  const trackOf = (element) => element.dataset.command ?? nameIn(element);
  const cellsOf = (row) => [...row.querySelectorAll(CONTROL)].filter((control) => !control.disabled);
  const laneOf = (row) => [...cellsOf(row), ...row.querySelectorAll("button[data-command]")];
  const liveRows = (body) => rowsOf(body).filter((row) => !row.classList.contains("is-deleted"));

  function beside(element, [down, right]) {
    const row = inGrid(element);
    if (right) {
      const lane = laneOf(row);
      return lane[lane.indexOf(element) + right];
    }
    const rows = liveRows(row.parentElement);
    const next = rows[rows.indexOf(row) + down];
    return next && laneOf(next).find((other) => trackOf(other) === trackOf(element));
  }

  function go(element) {
    if (!element) return;
    typing = false;
    element.dispatchEvent(new Event("reveal", { bubbles: true }));
    element.focus();
  }

  const isOneLine = (area) => area.scrollHeight < 2.2 * parseFloat(getComputedStyle(area).lineHeight);

  // Whether an arrow leaves the cell rather than moving the caret in it.
  function leaves(control, key) {
    if (!typing || !isText(control)) return true;
    const { selectionStart: start, selectionEnd: end, value } = control;
    if (start !== end) return false;
    if (key === "ArrowLeft") return start === 0;
    if (key === "ArrowRight") return end === value.length;
    if (control.matches("input") || isOneLine(control)) return true;
    return key === "ArrowUp" ? start === 0 : end === value.length;
  }

  // --- a range of cells -----------------------------------------------------------------------------------

  // Its controls, row by row; a single cell is a range of one.
  function block(control) {
    const [from, to] = range ?? [control, control];
    const rows = liveRows(inGrid(from).parentElement);
    const tracks = cellsOf(inGrid(from)).map(trackOf);
    const ends = (list, a, b) => [Math.min(list.indexOf(a), list.indexOf(b)), Math.max(list.indexOf(a), list.indexOf(b)) + 1];
    const wanted = tracks.slice(...ends(tracks, trackOf(from), trackOf(to)));
    return rows
      .slice(...ends(rows, inGrid(from), inGrid(to)))
      .map((row) => wanted.map((track) => cellsOf(row).find((other) => trackOf(other) === track)));
  }

  function select(from, to) {
    document.querySelectorAll(".in-range").forEach((cell) => cell.classList.remove("in-range"));
    range = to && to !== from ? [from, to] : null;
    if (!range) return;
    typing = false;
    for (const control of block(from).flat()) control?.closest("td")?.classList.add("in-range");
  }

  function extend(control, step) {
    const to = beside(range?.[1] ?? control, step);
    if (!to || !isCell(to)) return;
    select(range?.[0] ?? control, to);
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function clear(control) {
    const blanks = block(control).flat().filter((cell) => cell && !cell.readOnly);
    changeValues(
      blanks
        .filter((cell) => !cell.matches("select") || [...cell.options].some((option) => !option.value))
        .map((cell) => [cell, cell.type === "checkbox" ? false : ""]),
    );
  }

  // The first row of the range into its others; a cell from the one above it.
  function fillDown(control) {
    const rows = block(control);
    const above = rows.length > 1 ? rows.shift() : rows[0].map((cell) => cell && beside(cell, [-1, 0]));
    changeValues(
      rows.flatMap((row) => row.map((cell, at) => [cell, above[at]])).filter(([cell, source]) => cell && source && !cell.readOnly)
        .map(([cell, source]) => [cell, valueOf(source)]),
    );
  }

  // --- keys -------------------------------------------------------------------------------------------------

  function edit(control) {
    if (control.matches("select")) control.showPicker?.();
    if (!isText(control)) return;
    typing = true;
    control.setSelectionRange(control.value.length, control.value.length);
  }

  function nextRow(control, back) {
    const next = beside(control, [back ? -1 : 1, 0]);
    if (next || back) return go(next);
    const body = inGrid(control).parentElement;
    if (!document.querySelector(`[data-command="add"][data-region="${CSS.escape(body.dataset.region)}"]`)) return;
    commands.add(body);
    go(beside(control, [1, 0]));
  }

  // From a row's last cell to the next one's first, the buttons of the row left out; Tab leaves a table at its ends.
  function tab(control, back) {
    const row = inGrid(control);
    const rows = liveRows(row.parentElement);
    const lane = cellsOf(row);
    const beyond = rows[rows.indexOf(row) + (back ? -1 : 1)];
    const next = lane[lane.indexOf(control) + (back ? -1 : 1)] ?? (beyond && cellsOf(beyond).at(back ? -1 : 0));
    go(next);
    return Boolean(next);
  }

  function escape(control) {
    if (typing && before.has(control) && valueOf(control) !== before.get(control)) setValue(control, before.get(control));
    typing = false;
    select(control);
    if (isText(control)) control.select();
  }

  // Whether the key was meant for the grid.
  function press(event, control) {
    const { key, shiftKey, altKey } = event;
    const command = event.ctrlKey || event.metaKey;
    if (key in STEPS && !altKey && !command) {
      if (shiftKey) return !typing && isCell(control) && (extend(control, STEPS[key]), true);
      if (!leaves(control, key)) return false;
      go(beside(control, STEPS[key]));
      return true;
    }
    if (!isCell(control)) return false;
    if (command && key.toLowerCase() === "d") return fillDown(control), true;
    if (command) return false;
    if (key === "Enter" && altKey) {
      return control.matches("textarea:not([data-single])") && (document.execCommand("insertText", false, "\n"), true);
    }
    if (key === "Enter") return nextRow(control, shiftKey), true;
    if ((key === "Home" || key === "End") && !typing) return go(cellsOf(inGrid(control)).at(key === "Home" ? 0 : -1)), true;
    if (key === "Tab") return tab(control, shiftKey);
    if (key === "F2") return edit(control), true;
    if (key === "Escape") return escape(control), true;
    if ((key === "Delete" || key === "Backspace") && !typing) return clear(control), true;
    return false;
  }

  addEventListener("keydown", (event) => {
    const control = event.target;
    if (event.defaultPrevented || event.isComposing || !(control instanceof HTMLElement) || !inGrid(control)) return;
    if (isOpen(control) && !["Tab", "Enter"].includes(event.key)) return;
    if (press(event, control)) event.preventDefault();
  });

  // --- typing, pointing -------------------------------------------------------------------------------------

  addEventListener("focusin", ({ target }) => {
    if (target !== range?.[0]) select(target);
    if (!isCell(target)) return;
    typing = pressed === target && isText(target);
    if (!typing && isText(target)) target.select();
  });

  for (const name of ["input", "compositionstart"]) {
    addEventListener(name, (event) => {
      if (!event.isTrusted || !isCell(event.target)) return;
      typing = isText(event.target);
      select(event.target);
    });
  }

  addEventListener("pointerdown", (event) => {
    const control = event.target;
    const from = document.activeElement;
    pressed = isCell(control) ? control : null;
    if (!pressed) return;
    if (event.shiftKey && control !== from && isCell(from) && inGrid(from).parentElement === inGrid(control).parentElement) {
      pressed = from;
      select(from, control);
    } else {
      select(control);
      typing = isText(control);
    }
  });

  // The click that extended the range leaves the focus where the range begins.
  addEventListener("mousedown", (event) => {
    if (range && event.target === range[1]) event.preventDefault();
  });

  addEventListener("pointerover", (event) => {
    const control = event.target;
    if (event.buttons !== 1 || event.pointerType !== "mouse" || !pressed || !isCell(control)) return;
    if (inGrid(control).parentElement !== inGrid(pressed).parentElement) return;
    if (control === pressed && !range) return;
    select(pressed, control);
  });

  addEventListener("pointerup", () => { pressed = null; });
  addEventListener("htmx:afterSettle", () => { range = null; });

  // --- copying -----------------------------------------------------------------------------------------------

  function textOf(control) {
    if (!control) return "";
    if (control.type === "checkbox") return control.checked ? "是" : "否";
    if (control.matches("select")) return control.value && (control.selectedOptions[0]?.textContent ?? "");
    return control.value;
  }

  const quoted = (text) => (/[\t\r\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  for (const name of ["copy", "cut"]) {
    addEventListener(name, (event) => {
      const control = document.activeElement;
      if (!control || !isCell(control) || (!range && isText(control))) return;
      const lines = block(control).map((row) => row.map((cell) => quoted(textOf(cell))).join("\t"));
      event.clipboardData.setData("text/plain", `${lines.join("\r\n")}\r\n`);
      event.preventDefault();
      if (name === "cut") clear(control);
    });
  }

  return {
    // Where a paste into the control begins.
    corner: (control) => block(control)[0][0] ?? control,

    // Goes to the one control and shows the cells as far as the other as a range.
    show(from, to) {
      from.focus();
      select(from, to);
    },
  };
})();
