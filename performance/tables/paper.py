"""Cells of a form on paper: labels, typed fields and amounts on a grid of narrow columns.

Pure. A typed cell names its field, so that the same layout can be edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.dossier import Dossier
from budgets.domain.money import Unit, to_unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Cell, Orientation, Role, Row, Sheet, Source, Value
from budgets.tables.cells import page
from budgets.tables.wording import tab_name
from performance.domain.goals import Goal, Goals, Horizon

COLUMN_WIDTH = 7.0
"""Width of a grid column in CJK characters. Twelve columns make an A4 page."""

Span = tuple[str, int]
"""A field or a heading, and its number of grid columns."""


@dataclass(frozen=True, slots=True)
class Paper:
    """Makes the cells of one form. Their keys begin with ``table``; amounts are in ``unit``."""

    table: str
    unit: Unit
    columns: int = 12

    def key(self, row: str, column: str) -> str:
        return f"{self.table}/{row}/{column}"

    def text(
        self, row: str, column: str, value: Value, columns: int, source: Source = None, *, rows: int = 1
    ) -> Cell:
        return Cell(value, Role.TEXT, rows, columns, self.key(row, column), source)

    def amount(
        self, row: str, column: str, value: Decimal | None, columns: int, source: Source = None
    ) -> Cell:
        """``value`` in 元, shown in the form's unit; None (unknown) is blank."""
        shown = None if value is None else to_unit(value, self.unit)
        return Cell(shown, Role.AMOUNT, 1, columns, self.key(row, column), source)

    def typed(self, row: str, owner: Address, part: object, fields: Sequence[Span]) -> tuple[Cell, ...]:
        """The texts of ``part`` that are named in ``fields``; ``owner`` is its address."""
        return tuple(
            self.text(row, name, getattr(part, name), columns, replace(owner, field=name))
            for name, columns in fields
        )

    def heading(self, text: str) -> Row:
        """A heading over the whole width."""
        return Row((Cell(text, Role.HEADER, columns=self.columns, scope="colgroup"),))

    def blank(self) -> Row:
        """The row of a sub-table without content."""
        return Row((Cell("", columns=self.columns),))

    def indicators(self, goal: Goal, columns: Sequence[Span], before: tuple[Cell, ...] = ()) -> list[Row]:
        """One row per indicator of ``goal``: ``before``, then the fields in ``columns``."""
        return [
            Row((*before, *self.typed(f"indicator.{row.key}", Address("indicators", row.key), row, columns)))
            for row in goal.indicators
        ]

    def sheet(
        self,
        dossier: Dossier,
        spec: TableSpec,
        body: Sequence[Block],
        *,
        name: str,
        notes: Sequence[str] = (),
    ) -> Sheet:
        """The form as a sheet. ``name`` distinguishes it from others of its kind."""
        sheet = page(
            dossier, spec, self.unit, widths=[COLUMN_WIDTH] * self.columns, head=(), body=body, notes=notes
        )
        return replace(
            sheet,
            table=self.table,
            name=tab_name(spec.number, name),
            orientation=Orientation.PORTRAIT,
            is_form=True,
        )


def label(text: str, columns: int = 2, *, rows: int = 1, indent: int = 0) -> Cell:
    """A label for the cells to its right."""
    return Cell(text, Role.LABEL, rows, columns, indent=indent, scope="row")


def header(text: str, columns: int, *, rows: int = 1) -> Cell:
    """A header for the cells below."""
    return Cell(text, Role.HEADER, rows, columns, scope="col")


def group_header(text: str, columns: int) -> Cell:
    """A header over several headers."""
    return Cell(text, Role.HEADER, columns=columns, scope="colgroup")


def headers(spans: Sequence[Span]) -> Row:
    return Row(tuple(header(text, columns) for text, columns in spans))


def value_headers(before: Sequence[Span], values: Sequence[Span], after: Sequence[Span]) -> tuple[Row, ...]:
    """Two header rows: 指标值 over ``values``, everything else beside them over both rows."""
    return (
        Row(
            (
                *(header(text, columns, rows=2) for text, columns in before),
                group_header("指标值", sum(columns for _, columns in values)),
                *(header(text, columns, rows=2) for text, columns in after),
            )
        ),
        headers(values),
    )


def numbered(goals: Goals, horizon: Horizon) -> list[tuple[int, Goal]]:
    """The goals of one horizon with their printed numbers."""
    return list(enumerate(goals.of(horizon), 1))
