"""How the tests of identities read what tables print."""

from __future__ import annotations

from collections.abc import Callable
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
        self._sheets: dict[str, Sheet] = {}
        self._cells: dict[str, dict[str, Cell]] = {}

    def sheet(self, table: str) -> Sheet:
        if table not in self._sheets:
            use = get_profile(self.dossier.header.profile).table(table)
            (self._sheets[table],) = build_table(self.dossier, use, self.unit)
        return self._sheets[table]

    def cells(self, table: str) -> dict[str, Cell]:
        if table not in self._cells:
            self._cells[table] = self.sheet(table).cells
        return self._cells[table]

    def __call__(self, key: str) -> Decimal:
        value = self.cells(key.split("/")[0])[key].value
        assert isinstance(value, Decimal)
        return value

    def or_zero(self, key: str) -> Decimal:
        return self(key) if key in self.cells(key.split("/")[0]) else Decimal(0)


class Tables:
    """The tables of one dossier in every unit, printed once for all that look at them."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self._printed: dict[Unit, Printed] = {}

    def printed(self, unit: Unit) -> Printed:
        return self._printed.setdefault(unit, Printed(self.dossier, unit))


class Identities:
    """What is true of the tables of every report. Drawing a report takes longer than trying all of it."""

    def __init__(self) -> None:
        self._all: list[Callable[[Tables], None]] = []

    def __call__(self, identity: Callable[[Tables], None]) -> Callable[[Tables], None]:
        self._all.append(identity)
        return identity

    def hold(self, dossier: Dossier) -> None:
        assert self._all
        tables = Tables(dossier)
        for identity in self._all:
            identity(tables)


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
