"""CSV: a sheet as it is printed, under a line that names it; and rows of any kind. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from budgets.domain.sheets import Cell, Sheet, positions

from .values import FORMULA_STARTS, department_line, number, plain, text, unit_line

_BOM = "\ufeff"
"""Without it Excel reads the file as GBK."""


def render(sheet: Sheet) -> bytes:
    """Write number and title with the year, department and unit in the first line; then head and body, without notes.

    A file that is passed on alone still says what its amounts are. It is one line, as wide as the table, so that a
    program skips it and reads the rest; the long table (`budgets.exchange.tidy`) says the same in columns of its own.
    A merged cell is written once, at its top left; its other cells are empty. Amounts are plain decimals in the
    sheet's unit, zero included.
    """
    rows = [[""] * len(sheet.widths) for _ in sheet.rows]
    for placed in positions(sheet):
        rows[placed.row][placed.column] = _written(placed.cell)
    return write([_title(sheet), *rows])


def write(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as UTF-8 with BOM. Texts in them have gone through `guarded`."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return (_BOM + out.getvalue()).encode()


def guarded(value: object) -> str:
    """``value`` as text, with a leading apostrophe if a spreadsheet would read it as a formula."""
    written = text(value)
    return f"'{written}" if written.startswith(FORMULA_STARTS) else written


def _title(sheet: Sheet) -> list[str]:
    """``表5 2023年一般公共预算支出表``, ``部门：…``, ``单位：万元``; the rest of the row is empty."""
    said = (f"{sheet.number} {sheet.title}", department_line(sheet), unit_line(sheet))
    return [*map(guarded, said), *[""] * (len(sheet.widths) - len(said))]


def _written(cell: Cell) -> str:
    return guarded(cell.value) if number(cell) is None else plain(cell)
