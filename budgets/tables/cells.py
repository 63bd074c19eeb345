"""Cells and sheets of the disclosure tables. A cell with an amount carries its key and the lines behind it.

Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.choices import Flow
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter, Ledger
from budgets.domain.money import Unit, to_unit
from budgets.domain.profile import TableSpec, get_profile
from budgets.domain.sheets import Block, Cell, Lines, Orientation, Role, Row, Sheet, Source

from .wording import department_line, period, tab_name

SPENT = Filter(flow=(Flow.EXPENDITURE,))

_LANDSCAPE_FROM = 8
"""Number of columns from which a sheet is printed in landscape."""

NAME_WIDTH = 16.0
CODE_WIDTH = 5.0
AMOUNT_WIDTH = {Unit.WAN: 6.0, Unit.YUAN: 8.0}
"""Column widths in CJK characters."""


def label(text: str, *, columns: int = 1, indent: int = 0, strong: bool = False) -> Cell:
    """A label that names a row."""
    return Cell(text, Role.LABEL, columns=columns, indent=indent, strong=strong, scope="row")


def blank(role: Role = Role.LABEL) -> Cell:
    """An empty cell."""
    return Cell("", role)


def narrow(one: Filter, other: Filter) -> Filter | None:
    """The filter for lines that match both; None when no line can."""
    changes: dict[str, object] = {
        "economic_except": tuple(dict.fromkeys(one.economic_except + other.economic_except))
    }
    for name in ("function", "economic"):
        changes[name] = _common(getattr(one, name), getattr(other, name), prefixes=True)
    for name in ("flow", "use", "fund", "exact_function", "exact_economic", "unit", "project", "activity"):
        changes[name] = _common(getattr(one, name), getattr(other, name))
    if one.from_carry_over is None:
        changes["from_carry_over"] = other.from_carry_over
    elif other.from_carry_over not in (None, one.from_carry_over):
        return None
    if None in (value for name, value in changes.items() if name != "from_carry_over"):
        return None
    return replace(one, **changes)  # type: ignore[arg-type]


def _common(one: tuple[str, ...], other: tuple[str, ...], prefixes: bool = False) -> tuple[str, ...] | None:
    """The intersection of two restrictions of one field. An empty one does not restrict; None matches nothing."""
    if not one or not other:
        return one or other
    if prefixes:
        both = [max(a, b, key=len) for a in one for b in other if a.startswith(b) or b.startswith(a)]
    else:
        both = [a for a in one if a in other]
    return tuple(dict.fromkeys(both)) or None


@dataclass(frozen=True, slots=True)
class Printer:
    """Makes the amount cells of one table in one unit; amounts come in 元."""

    table: str
    unit: Unit

    def key(self, row: str, column: str) -> str:
        return f"{self.table}/{row}/{column}"

    def amount(self, row: str, column: str, value: Decimal | None, source: Source = None) -> Cell:
        """A cell with ``value`` in 元, rounded to the unit; None (not known) prints blank."""
        shown = None if value is None else to_unit(value, self.unit)
        return Cell(shown, Role.AMOUNT, key=self.key(row, column), source=source)

    def total(self, row: str, column: str, lines: Ledger, filter: Filter) -> Cell:
        """A cell with the sum of the lines that ``filter`` matches. ``lines`` may be filtered already."""
        return self.amount(row, column, lines.total(filter), Lines(filter))

    def text(self, row: str, column: str, value: str, source: Source = None) -> Cell:
        return Cell(value, Role.TEXT, key=self.key(row, column), source=source)


def has_money(lines: Ledger, filter: Filter | None = None) -> bool:
    """Whether any line is not zero. The sum may be zero all the same, and still has to be printed."""
    return any(line.amount and (filter is None or filter.matches(line)) for line in lines)


def page(
    dossier: Dossier,
    spec: TableSpec,
    unit: Unit,
    *,
    widths: Sequence[float],
    head: Sequence[Row],
    body: Sequence[Block],
    notes: Sequence[str] = (),
) -> Sheet:
    """The sheet of a disclosure table, named and numbered by ``use``."""
    return Sheet(
        table=spec.key,
        number=spec.number,
        title=f"{period(dossier)}{spec.title}",
        name=tab_name(spec.number, spec.title),
        department=department_line(dossier),
        unit=unit,
        widths=tuple(widths),
        head=tuple(head),
        body=tuple(body),
        notes=tuple(notes),
        orientation=Orientation.LANDSCAPE if len(widths) >= _LANDSCAPE_FROM else Orientation.PORTRAIT,
        blank_zero=get_profile(dossier.header.profile).blank_zero,
    )
