"""A sheet as CSV: head and body, without title and notes. Pure."""

from __future__ import annotations

import csv
import io

from budgets.domain.sheets import Cell, Sheet, positions

from .values import FORMULA_STARTS, number, plain, text

_BOM = "\ufeff"
"""Without it Excel reads the file as GBK."""


def render(sheet: Sheet) -> bytes:
    """Write the sheet as UTF-8 with BOM. A merged cell is written once, at its top left; its other cells are empty.

    Amounts are plain decimals in the sheet's unit, zero included. Text that a spreadsheet would read as a formula
    gets a leading apostrophe.
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
