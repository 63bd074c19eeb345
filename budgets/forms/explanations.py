"""Reasons for changes, and last year's figures on a changed scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property

from ..facts import Explanation, RestatedFigure
from ..figures import FIGURES, Comparison, Figure, compare_with_last_year
from .base import Json
from .editors import Editor
from .fields import AmountField, PartField
from .rows import RowForm

TITLES = {figure.key: figure.title for figure in FIGURES}


@dataclass(frozen=True)
class Line:
    """One headline figure, in 元, with its row; ``depth`` 0 for what is part of nothing.

    ``previous`` None: last year is not known.
    """

    figure: Figure
    depth: int
    current: Decimal
    previous: Decimal | None
    published: Decimal | None
    row: RowForm

    @property
    def change(self) -> Decimal | None:
        return None if self.previous is None else self.current - self.previous


class FigureRow(RowForm):
    """A row of one figure of `budgets.figures`."""

    identity = "figure"
    identity_label = "指标"
    fixed = True

    @property
    def title(self) -> str:
        return TITLES[self.key]

    def control_label(self, name: str) -> str:
        return f"{self.title} {self.fields[name].label}"


class ReasonRow(FigureRow):
    type = Explanation
    region = "explanations"


class RestatedRow(FigureRow):
    type = RestatedFigure
    region = "restated"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["amount"] = AmountField(empty=None, label=fields["amount"].label)
        return fields


class FiguresEditor(Editor):
    """All figures, whether anything is stored of them or not; stored rows keep their order."""

    list_name: str

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        stored = super().stored_rows(name)
        known = {row["figure"] for row in stored}
        return [*stored, *({"figure": figure.key} for figure in FIGURES if figure.key not in known)]

    @cached_property
    def _comparisons(self) -> dict[str, Comparison]:
        return {c.figure.key: c for c in compare_with_last_year(self.context.dossier)}

    @property
    def lines(self) -> Iterator[Line]:
        rows = {row.key: row for row in self.rows[self.list_name].rows}
        depths: dict[str, int] = {}
        for figure in FIGURES:
            depths[figure.key] = depths[figure.parent] + 1 if figure.parent else 0
            known = self._comparisons.get(figure.key)
            yield Line(
                figure=figure,
                depth=depths[figure.key],
                current=figure.of(self.context.dossier),
                previous=known.previous if known else None,
                published=known.published if known else None,
                row=rows[figure.key],
            )


class ExplanationsEditor(FiguresEditor):
    lists = {"reasons": ReasonRow}
    list_name = "reasons"
    template = "entry/parts/explanations.html"


class RestatedEditor(FiguresEditor):
    lists = {"figures": RestatedRow}
    list_name = "figures"
    template = "entry/parts/restated.html"

    def clean(self) -> bool:
        for row in self.rows["figures"].kept:
            if not row.is_bound or not row.is_valid():
                continue
            if row.cleaned_data.get("amount", row.stored.get("amount")) is None:
                place = "amount" if "amount" in row.fields else None
                row.add_error(place, "请填写调整后的金额；不需要调整时请清空调整原因")
        return all(row.ok() for row in self.rows["figures"].rows)

    @property
    def is_used(self) -> bool:
        """Whether any figure is restated, or one was typed."""
        return any(not row.is_blank for row in self.rows["figures"].rows)
