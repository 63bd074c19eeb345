"""A sheet as the tests of the forms read it."""

from __future__ import annotations

from budgets.domain.dossier import Dossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec, build_table
from budgets.domain.sheets import Region, Sheet, Value, positions


def only(report: Dossier, spec: TableSpec, unit: Unit | None = None) -> Sheet:
    """The one sheet of a table, each of its cells in a place of its own."""
    (sheet,) = build_table(report, spec, unit)
    return placed(sheet)


def placed(sheet: Sheet) -> Sheet:
    """``sheet``; fails where two of its cells are in one place."""
    list(positions(sheet))
    return sheet


def values(sheet: Sheet, *keys: str) -> list[Value]:
    """What stands at ``row/column`` keys of the sheet."""
    return [sheet.cells[f"{sheet.table}/{key}"].value for key in keys]


def printed(sheet: Sheet) -> list[list[Value]]:
    return [[cell.value for cell in row.cells] for row in sheet.rows]


def as_text(sheet: Sheet) -> list[list[str]]:
    return [[str(value) for value in row] for row in printed(sheet)]


def regions(sheet: Sheet) -> dict[str, Region]:
    return {block.name: block for block in sheet.body if isinstance(block, Region)}
