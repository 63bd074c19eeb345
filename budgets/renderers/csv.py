"""A sheet as CSV: what it heads and lists, without title and notes. Pure."""

from __future__ import annotations

import csv
import io

from budgets.domain.sheets import Cell, Sheet, positions

from .values import FORMULA_STARTS, number, plain, text

_BOM = "\ufeff"
"""Without it Excel takes the file for GBK."""


def render(sheet: Sheet) -> bytes:
    """UTF-8 with BOM. A merged cell is written once, at its top left; the rest of it is empty.

    Amounts are plain decimals in the sheet's unit, zero included; text that a spreadsheet would take for a
    formula gets a leading apostrophe.
    """
    rows = [[""] * len(sheet.widths) for _ in sheet.rows]
    for placed in positions(sheet):
        rows[placed.row][placed.column] = _written(placed.cell)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return (_BOM + out.getvalue()).encode()


def _written(cell: Cell) -> str:
    if number(cell) is not None:
        return plain(cell)
    value = text(cell.value)
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
