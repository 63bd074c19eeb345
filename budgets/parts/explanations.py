"""Reasons for changes, and last year's figures on a changed scope."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.choices import ReportKind
from ..domain.figures import headline, is_known, subject_of
from ..domain.problems import PartError
from ..domain.schema import Explanation, Explanations, RestatedComparatives, RestatedFigure
from ..models import Explanation as ExplanationRow
from ..models import Report, RestatedComparative
from .base import Part, as_dataclass, columns, grouped, sync


class ExplanationsPart(Part[Explanations, Report]):
    key = "explanations"
    objects = ("explanations",)
    title = "变动原因"
    type = Explanations
    given = frozenset({"figure"})

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (ExplanationRow.objects.filter(report__in=owners),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Explanations]:
        given = grouped(rows[0], "report")
        return {
            report.pk: Explanations(
                reasons=tuple(as_dataclass(Explanation, row) for row in given.get(report.pk, ()))
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Explanations]) -> None:
        """Each department's own."""

    def rewrite(self, owner: Report, value: Explanations, codes: Codes, *rows: Sequence[Any]) -> None:
        for index, reason in enumerate(value.reasons):
            loc = ("reasons", index, "figure")
            if not is_known(reason.figure, ReportKind(owner.kind)):
                raise PartError(f"没有指标 {reason.figure}", loc)
            codes.function_id(subject_of(reason.figure), loc)
        sync(
            ExplanationRow,
            rows[0],
            {"report": owner},
            (columns(reason) for reason in value.reasons),
            identity="figure",
        )

    def copy_forward(self, value: Explanations, year: int) -> Explanations:
        return Explanations()

    def settle(self, value: Explanations, year: int) -> Explanations:
        return Explanations()


class RestatedPart(Part[RestatedComparatives, Report]):
    key = "restated"
    objects = ("restated",)
    title = "上年数调整"
    type = RestatedComparatives
    given = frozenset({"figure"})

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (RestatedComparative.objects.filter(report__in=owners),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, RestatedComparatives]:
        given = grouped(rows[0], "report")
        return {
            report.pk: RestatedComparatives(
                figures=tuple(as_dataclass(RestatedFigure, row) for row in given.get(report.pk, ()))
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[RestatedComparatives]) -> None:
        """`budgets.analysis.consolidation` adds them up with what the other departments published."""

    def rewrite(self, owner: Report, value: RestatedComparatives, codes: Codes, *rows: Sequence[Any]) -> None:
        known = {figure.key for figure in headline(ReportKind(owner.kind))}
        for index, figure in enumerate(value.figures):
            if figure.figure not in known:
                raise PartError(f"没有指标 {figure.figure}", ("figures", index, "figure"))
        sync(
            RestatedComparative,
            rows[0],
            {"report": owner},
            (columns(figure) for figure in value.figures),
            identity="figure",
        )

    def copy_forward(self, value: RestatedComparatives, year: int) -> RestatedComparatives:
        return RestatedComparatives()

    def settle(self, value: RestatedComparatives, year: int) -> RestatedComparatives:
        return RestatedComparatives()


explanations = ExplanationsPart()
restated = RestatedPart()
