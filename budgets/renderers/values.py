"""The text of a cell, the same in every format. Pure."""

from __future__ import annotations

from decimal import Decimal

from budgets.domain.sheets import Cell, Role, Sheet
from budgets.domain.types import FORBIDDEN

NUMERIC = frozenset({Role.AMOUNT, Role.PERCENT, Role.COUNT, Role.NUMBER})

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Characters that begin a formula in a spreadsheet."""


def number(cell: Cell) -> Decimal | int | None:
    """The cell's value if it is a number in a numeric role, else None. Text stays text, whatever it looks like."""
    if cell.role in NUMERIC and isinstance(cell.value, Decimal | int):
        return cell.value
    return None


def places(value: Decimal | int) -> int:
    """The number of decimal places of ``value``."""
    exponent = Decimal(value).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def text(value: object) -> str:
    """``value`` as text that any file format can hold."""
    return "" if value is None else FORBIDDEN.sub("", str(value))


def plain(cell: Cell) -> str:
    """The value without thousands separators: ``1850.00``, ``27.65%``, ``12``."""
    return _written(cell, "")


def printed(cell: Cell, *, blank_zero: bool = False) -> str:
    """The value as printed: ``1,850.00``, ``27.65%``, ``12``; zero amounts are empty with ``blank_zero``.

    An amount has two places, or more if it was given with more.
    """
    if blank_zero and cell.role is Role.AMOUNT and number(cell) == 0:
        return ""
    return _written(cell, ",")


def _written(cell: Cell, separator: str) -> str:
    value = number(cell)
    if value is None:
        return text(cell.value)
    if cell.role is Role.AMOUNT:
        return f"{value:{separator}.{max(places(value), 2)}f}"
    if cell.role is Role.PERCENT:
        return f"{value:.2f}%"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def department_line(sheet: Sheet) -> str:
    """``部门：…``, unless the sheet's own text names the kind of unit."""
    return sheet.department if "：" in sheet.department else f"部门：{sheet.department}"


def unit_line(sheet: Sheet) -> str:
    """``单位：万元``, or nothing."""
    return f"单位：{sheet.unit.label}" if sheet.show_unit else ""
