"""Where a figure of a sentence comes from, and what is found there.

Pure. Every number of a narrative is read through `read`, from a source that the page can open: it is never computed
twice. Amounts in 元.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..domain import sheets
from ..domain.address import Address
from ..domain.dossier import PROJECTS, Dossier, ProjectDossier
from ..domain.figures import Base
from ..domain.ledger import Filter
from ..domain.money import ZERO
from ..domain.schema import (
    Application,
    Assets,
    Basics,
    Explanations,
    History,
    Identity,
    OperatingProcurement,
    ProjectProcurement,
    RestatedComparatives,
    Staffing,
    ThreePublicDetail,
)
from ..domain.sheets import Lines

HEADER = "header"
"""The object of what a report is: its year, its department. No section of the entry site holds it."""


@dataclass(frozen=True, slots=True)
class Budgeted:
    """The budget of the same year for the lines that ``filter`` matches.

    ``base`` tells which: 年初预算, from the budget report, or 全年预算, from the final accounts' own lines.
    """

    filter: Filter
    base: Base


@dataclass(frozen=True, slots=True)
class Sum:
    """What the sources in ``plus`` give together, less those in ``minus``."""

    plus: tuple[sheets.Source | Budgeted | Sum, ...]
    minus: tuple[sheets.Source | Budgeted | Sum, ...] = ()


Source = Address | Lines | Budgeted | Sum | None

_PARTS: dict[str, tuple[type, type | None]] = {
    "application": (Application, Application),
    "assets": (Assets, None),
    "basics": (Basics, None),
    "duties": (Basics, None),
    "explanations": (Explanations, None),
    "history": (History, History),
    "identity": (Identity, Identity),
    "procurement": (OperatingProcurement, ProjectProcurement),
    "restated": (RestatedComparatives, None),
    "staffing": (Staffing, None),
    "tasks": (Basics, None),
    "three_public": (ThreePublicDetail, None),
}
"""The part that holds an object: of the report, and of a project."""

_ROWS: dict[str, tuple[str, str]] = {
    "assets": ("holdings", "key"),
    "duties": ("duties", "key"),
    "explanations": ("reasons", "figure"),
    "history": ("entries", "year"),
    "procurement": ("items", "key"),
    "restated": ("figures", "figure"),
    "staffing": ("posts", "category"),
    "tasks": ("tasks", "key"),
}
"""The list of an object, and the field by which its rows are addressed."""


def read(dossier: Dossier, source: Source) -> Any:
    """What stands at ``source``: 元 of lines and amounts, else the field's value; None where nothing is known."""
    match source:
        case Lines():
            report = dossier.year(source.year) if source.year else dossier
            return report.ledger.total(source.filter) if report else None
        case Budgeted():
            return _budgeted(dossier, source)
        case Sum():
            return _sum(dossier, source)
        case Address():
            return _field(dossier, source)
    return None


def addresses_of(source: Source) -> Iterable[Address]:
    """Every address that ``source`` reads."""
    if isinstance(source, Sum):
        return [address for one in (*source.plus, *source.minus) for address in addresses_of(one)]
    return [source] if isinstance(source, Address) else []


def _budgeted(dossier: Dossier, source: Budgeted) -> Decimal | None:
    """In 元. Of an item without any line the 全年预算 is zero, if other lines of the report have one."""
    if source.base == Base.INITIAL:
        return dossier.budget.ledger.total(source.filter) if dossier.budget else None
    known = dossier.ledger.adjusted(source.filter)
    if known is not None or len(dossier.ledger.where(source.filter)):
        return known
    return None if dossier.ledger.adjusted(Filter()) is None else ZERO


def _sum(dossier: Dossier, source: Sum) -> Any:
    """None where a part is unknown; of nothing the sum is zero."""
    plus = [read(dossier, one) for one in source.plus]
    minus = [read(dossier, one) for one in source.minus]
    return None if None in plus or None in minus else sum(plus) - sum(minus)


def _field(dossier: Dossier, address: Address) -> Any:
    if address.object == HEADER:
        return getattr(dossier.header, address.field)
    if address.object == PROJECTS:
        return len(dossier.projects)
    owner: Dossier | ProjectDossier | None = dossier.project(address.project) if address.project else dossier
    if owner is None or address.object not in _PARTS:
        return None
    of_report, of_project = _PARTS[address.object]
    holder: Any = owner.part(of_project if address.project and of_project else of_report)
    if address.row:
        rows, key = _ROWS[address.object]
        holder = next((row for row in getattr(holder, rows) if str(getattr(row, key)) == address.row), None)
    return getattr(holder, address.field, None)
