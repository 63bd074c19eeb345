"""Where a figure of a sentence comes from, and what is found there.

Pure. Every number of a narrative is read through `read`, from a source that the page can open: it is never computed
twice. Amounts in 元.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from ..domain import sheets
from ..domain.address import Address
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.figures import Base
from ..domain.ledger import Filter
from ..domain.money import ZERO
from ..domain.profile import parts_of
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

_KEYS = ("key", "category", "figure", "year")
"""The fields by which rows of parts are addressed: each row has one of them."""


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


def singles(source: Source) -> Iterator[Address | Lines | Budgeted]:
    """What ``source`` is put together from, in its order; nothing for a constant."""
    if isinstance(source, Sum):
        for one in (*source.plus, *source.minus):
            yield from singles(one)
    elif source is not None:
        yield source


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
    owner = dossier.project(address.project) if address.project else dossier
    holder = _holder(dossier, owner, address.object) if owner else None
    if address.row:
        holder = _row(holder, address.row)
    return getattr(holder, address.field, None)


def _holder(dossier: Dossier, owner: Dossier | ProjectDossier, object: str) -> Any:
    """The part of ``owner`` that holds ``object`` in this profile; None if it has none."""
    of_report, of_project = parts_of(dossier.header.profile)
    parts = of_report if isinstance(owner, Dossier) else of_project
    return next((owner.part(part.type) for part in parts if object in part.objects), None)


def _row(part: Any, key: str) -> Any:
    lists = (getattr(part, field.name) for field in fields(part)) if part else ()
    rows = (row for rows in lists if isinstance(rows, tuple) for row in rows)
    return next((row for row in rows if _key(row) == key), None)


def _key(row: Any) -> str:
    return str(next(getattr(row, name) for name in _KEYS if hasattr(row, name)))
