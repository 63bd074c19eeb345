"""Reasons for changes and for deviations from the budget, and last year's figures on a changed scope."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from ..domain.dossier import Dossier
from ..domain.figures import (
    Comparison,
    Figure,
    compare_with_budget,
    compare_with_last_year,
    completion,
    headline,
    last_years,
    title_of,
)
from ..domain.schema import Explanation, Explanations, RestatedFigure
from . import help
from .base import Json
from .editors import Editor
from .fields import AmountField, PartField
from .rows import RowForm


@dataclass(frozen=True)
class Line:
    """One figure, in 元, with its row. ``depth`` is 0 for a figure that is part of no other.

    ``previous`` is the amount it is compared with, ``published`` the amount in last year's report; None where not
    wholly known. ``restated`` replaces the published one. ``last_reason`` is last year's reason.
    """

    figure: Figure
    depth: int
    current: Decimal
    previous: Decimal | None
    published: Decimal | None
    row: RowForm
    restated: RestatedFigure | None = None
    last_reason: str = ""
    like: str = ""
    """The title of the figure whose reason holds while this one has none; empty if there is none."""
    is_confirmed: bool = False
    """Whether the reason was just confirmed for the current change."""

    @property
    def change(self) -> Decimal | None:
        return None if self.previous is None else self.current - self.previous

    @property
    def outdated(self) -> Decimal | None:
        """The change, in 元, that the saved reason was given for; None if it is still the current change."""
        given = self.row.stored.get("change")
        if given is None or self.change is None or Decimal(given) == self.change:
            return None
        return Decimal(given)

    @property
    def rate(self) -> Decimal | None:
        """完成率 in percent; None on a zero or unknown base."""
        if self.previous is None:
            return None
        return Comparison(self.figure, self.current, self.previous, self.previous).rate


class FigureRow(RowForm):
    """A row of one figure of `budgets.domain.figures`."""

    identity = "figure"
    identity_label = "指标"
    fixed = True

    @property
    def title(self) -> str:
        return self.context.figure_titles.get(self.key) or title_of(self.key)

    def control_label(self, name: str) -> str:
        return f"{self.title} {self.fields[name].label}"


class ReasonRow(FigureRow):
    type = Explanation
    names = ("figure", "text")
    helps = help.REASON
    region = "explanations"


class RestatedRow(FigureRow):
    type = RestatedFigure
    helps = help.RESTATED
    region = "restated"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["amount"] = AmountField(empty=None, label=fields["amount"].label)
        return fields


class FiguresEditor(Editor):
    """Rows for all figures, stored or not. Stored rows keep their order."""

    list_name: str

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures that are compared with last year's."""
        return headline(self.context.dossier.header.kind)

    @property
    def offered(self) -> tuple[Figure, ...]:
        """The figures that have a row."""
        return self.figures

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        stored = super().stored_rows(name)
        known = {row["figure"] for row in stored}
        return [*stored, *({"figure": figure.key} for figure in self.offered if figure.key not in known)]

    @cached_property
    def _comparisons(self) -> dict[str, Comparison]:
        return comparisons(self.context.dossier)

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """The figures whose reasons were confirmed."""
        return frozenset()

    @property
    def lines(self) -> Iterator[Line]:
        """The figures with last year's amounts."""
        return self._lines(self.figures)

    def _lines(self, figures: Sequence[Figure]) -> Iterator[Line]:
        rows = {row.key: row for row in self.rows[self.list_name].rows}
        dossier: Dossier = self.context.dossier
        reasons = dossier.previous.part(Explanations) if dossier.previous else Explanations()
        depths: dict[str, int] = {}
        for figure in figures:
            depths[figure.key] = depths[figure.parent] + 1 if figure.parent else 0
            known = self._comparisons.get(figure.key)
            yield Line(
                figure=figure,
                depth=depths[figure.key],
                current=figure.of(dossier),
                previous=known.previous if known else None,
                published=known.published if known else None,
                row=rows[figure.key],
                restated=known.restated if known else None,
                last_reason=reasons.reason(figure.key),
                like=self._like(figure),
                is_confirmed=figure.key in self.confirmed,
            )

    def _like(self, figure: Figure) -> str:
        """Of the saved reasons."""
        is_said = self.context.dossier.part(Explanations).reason(figure.key)
        return "" if is_said or not figure.like else self._title_of_reason(figure.like)

    def _title_of_reason(self, key: str) -> str:
        by_key = {figure.key: figure for figure in self.offered}
        while key in by_key:
            if self.context.dossier.part(Explanations).reason(key):
                return by_key[key].title
            key = by_key[key].like
        return ""


def comparisons(dossier: Dossier) -> dict[str, Comparison]:
    """By figure."""
    return {c.figure.key: c for c in (*compare_with_last_year(dossier), *compare_with_budget(dossier))}


def for_changes_of(dossier: Dossier, content: Mapping[str, Json]) -> dict[str, Json]:
    """The content of a section whose reasons were imported together with the figures. New or changed reasons are taken
    as given for the changes of the figures in ``dossier``."""
    part = dossier.part(Explanations)
    known = comparisons(dossier)
    figures = {figure.key: figure for figure in headline(dossier.header.kind)}
    restated = {
        row["figure"]: Decimal(row.get("amount", 0)) for row in content.get("restated", {}).get("figures", ())
    }

    def stamped(row: Mapping[str, Json]) -> Mapping[str, Json]:
        key = row["figure"]
        found = known.get(key)
        previous = restated.get(key, found.previous if found else None)
        if previous is None or row.get("text") == part.reason(key):
            return row
        current = found.current if found else figures[key].of(dossier)
        return {**row, "change": f"{current - previous:.2f}"}

    reasons = content["explanations"].get("reasons", ())
    return {
        **content,
        "explanations": {**content["explanations"], "reasons": [stamped(row) for row in reasons]},
    }


class ExplanationsEditor(FiguresEditor):
    lists = {"reasons": ReasonRow}
    list_name = "reasons"
    template = "entry/parts/explanations.html"

    @cached_property
    def completed(self) -> tuple[Figure, ...]:
        """The figures of final accounts that are compared with the year's budget."""
        return completion(self.context.dossier)

    @property
    def offered(self) -> tuple[Figure, ...]:
        return self.figures + self.completed

    def content(self) -> dict[str, Json]:
        """Record the current change with each reason that was typed or confirmed now."""
        typed = super().content()
        stored = {row["figure"]: row.get("text", "") for row in self.value.get("reasons", [])}
        return {
            **typed,
            "reasons": [
                row if self._is_as_stored(row, stored) else self._stamped(row) for row in typed["reasons"]
            ],
        }

    @cached_property
    def confirmed(self) -> frozenset[str]:
        if self.entered is None:
            return frozenset()
        keys = (figure.key for figure in self.offered)
        ticked = {"confirm": "on"}
        return frozenset(key for key in keys if self.entered.values(ReasonRow.region, key, ticked) == ticked)

    def _is_as_stored(self, row: Mapping[str, Json], stored: Mapping[str, str]) -> bool:
        text = str(row.get("text", "")).replace("\r\n", "\n").strip()
        return row["figure"] not in self.confirmed and text == stored.get(row["figure"], "")

    def _stamped(self, row: Mapping[str, Json]) -> dict[str, Json]:
        current, previous = self._current.get(row["figure"]), self._previous.get(row["figure"])
        if current is None or previous is None:
            return {**row, "change": None}
        return {**row, "change": f"{current - previous:.2f}"}

    @cached_property
    def _current(self) -> Mapping[str, Decimal]:
        """Changes in 元; for completion, only of figures whose budget is known."""
        dossier = self.context.dossier
        known = {key: comparison.current for key, comparison in self._comparisons.items()}
        return {**known, **{figure.key: figure.of(dossier) for figure in self.figures}}

    @cached_property
    def _previous(self) -> Mapping[str, Decimal | None]:
        """The comparative amounts in 元. Restated amounts that are typed on the same page count first."""
        known = {key: comparison.previous for key, comparison in self._comparisons.items()}
        if self.entered is None:
            return known
        typed = RestatedEditor(RestatedRow.region, {}, self.entered, self.context)
        if not any(row.is_bound for row in typed.rows["figures"].rows):
            return known
        figures = typed.content()["figures"]
        amounts = {row["figure"]: Decimal(row.get("amount") or 0) for row in figures}
        published = {figure.key: last_years(self.context.dossier, figure.filter) for figure in self.figures}
        return {**known, **published, **amounts}

    @property
    def reason_help(self) -> SafeString:
        return self.rows["reasons"].help("text", "变动原因")

    @property
    def completion_lines(self) -> Iterator[Line]:
        """The figures with their budgets."""
        return self._lines(self.completed)

    @property
    def has_budget(self) -> bool:
        return self.context.dossier.budget is not None


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
        return all(row.ok() for row in self.rows["figures"].kept)

    @property
    def is_used(self) -> bool:
        """Whether any figure is restated, or one was typed."""
        return any(not row.is_blank for row in self.rows["figures"].rows)
