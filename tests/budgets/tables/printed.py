"""How the tests of identities read what tables print."""

from __future__ import annotations

from decimal import Decimal

from budgets.domain.choices import Fund
from budgets.domain.dossier import Dossier
from budgets.domain.money import Unit
from budgets.domain.profile import build_table, get_profile
from budgets.domain.sheets import Cell, Role, Sheet, positions


class Printed:
    """The tables of a dossier in one unit, built when first looked at and read by cell key."""

    def __init__(self, dossier: Dossier, unit: Unit) -> None:
        self.dossier = dossier
        self.unit = unit
        self.built: dict[str, dict[str, Cell]] = {}

    def sheet(self, table: str) -> Sheet:
        (sheet,) = build_table(self.dossier, get_profile(self.dossier.header.profile).table(table), self.unit)
        return sheet

    def cells(self, table: str) -> dict[str, Cell]:
        if table not in self.built:
            self.built[table] = self.sheet(table).cells
        return self.built[table]

    def __call__(self, key: str) -> Decimal:
        value = self.cells(key.split("/")[0])[key].value
        assert isinstance(value, Decimal)
        return value

    def or_zero(self, key: str) -> Decimal:
        return self(key) if key in self.cells(key.split("/")[0]) else Decimal(0)


def closing(dossier: Dossier, *funds: Fund) -> Decimal:
    return sum((dossier.ledger.closing(fund=fund) for fund in funds), Decimal(0))


def columns_of_amounts(sheet: Sheet) -> dict[int, list]:
    columns: dict[int, list] = {}
    for placed in positions(sheet):
        if placed.cell.role == Role.AMOUNT:
            columns.setdefault(placed.column, []).append(placed)
    return columns


def levels(sheet: Sheet) -> dict[int, int]:
    """Row number → level of a tree's rows."""
    return {
        placed.row: placed.cell.indent
        for placed in positions(sheet)
        if placed.cell.role == Role.LABEL and not placed.total
    }
