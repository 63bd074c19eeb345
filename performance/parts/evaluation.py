"""绩效自评 of the whole department and of each project: parts of final accounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from budgets.classification.codes import Codes
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.models import ProjectApplication, Report
from budgets.parts.base import Headline, Part, as_dataclass, columns, grouped, sync

from ..analysis.assessment import LACKING, Assessment, assess
from ..domain.evaluation import Evaluation, IndicatorResult, Points, UnitResult, Weight
from ..models import EvaluationWeight, SelfEvaluation
from ..models import IndicatorResult as ResultRow
from ..models import UnitResult as UnitRow

GIVEN = frozenset({"filled_on", "weights", "weight", "indicator"})
"""Fields that do not count as an evaluation: subjects, dates and weights."""


def _points(value: Any) -> Points | None:
    return None if value is None else Points.read(value)


def _reads(**which: Any) -> tuple[QuerySet[Any], ...]:
    """The evaluations that ``which`` chooses, and the rows of each."""
    of_these = {f"evaluation__{name}": value for name, value in which.items()}
    details = (model.objects.filter(**of_these) for model in (EvaluationWeight, ResultRow, UnitRow))
    return SelfEvaluation.objects.filter(**which), *details


def _evaluations(rows: Sequence[Sequence[Any]], owner: str) -> dict[int, Evaluation]:
    evaluations, *details = rows
    weights, results, units = (grouped(of_kind, "evaluation") for of_kind in details)
    return {
        getattr(row, f"{owner}_id"): as_dataclass(
            Evaluation,
            row,
            execution_score=_points(row.execution_score),
            weights=tuple(Weight(key=w.key, weight=_points(w.weight)) for w in weights.get(row.pk, ())),
            results=tuple(
                as_dataclass(IndicatorResult, r, weight=_points(r.weight), score=_points(r.score))
                for r in results.get(row.pk, ())
            ),
            units=tuple(as_dataclass(UnitResult, unit) for unit in units.get(row.pk, ())),
        )
        for row in evaluations
    }


def _write(
    report: Report,
    application: ProjectApplication | None,
    value: Evaluation,
    rows: Sequence[Sequence[Any]],
) -> None:
    _, weights, results, units = rows
    where = {"report": report, "application": application}
    if value == Evaluation():
        SelfEvaluation.objects.filter(**_lookup(where)).delete()
        return
    row, _ = SelfEvaluation.objects.update_or_create(
        **_lookup(where),
        defaults=columns(value),
        create_defaults={**where, **columns(value)},
    )
    fixed = {"evaluation": row}
    sync(
        EvaluationWeight,
        weights,
        fixed,
        (columns(weight) for weight in value.weights),
    )
    sync(
        ResultRow,
        results,
        fixed,
        ({**columns(r, "band"), "band": r.band or ""} for r in value.results),
    )
    sync(
        UnitRow,
        units,
        {"report": report, **fixed},
        (columns(unit) for unit in value.units),
    )


def _lookup(where: dict[str, Any]) -> dict[str, Any]:
    if where["application"] is None:
        return {"report": where["report"], "application__isnull": True}
    return {"application": where["application"]}


class DepartmentEvaluationPart(Part[Evaluation, Report]):
    key = "evaluation"
    objects = ("evaluation", "weights", "results", "units")
    title = "整体绩效自评"
    type = Evaluation
    given = GIVEN

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return _reads(report__in=owners, application__isnull=True)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Evaluation]:
        found = _evaluations(rows, "report")
        return {owner.pk: found.get(owner.pk, Evaluation()) for owner in owners}

    def consolidate(self, values: Sequence[Evaluation]) -> None:
        """Each department's own."""

    def rewrite(self, owner: Report, value: Evaluation, codes: Codes, *rows: Sequence[Any]) -> None:
        _write(owner, None, value, rows)

    def copy_forward(self, value: Evaluation, year: int) -> Evaluation:
        return Evaluation()

    def headlines(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[Headline]:
        return _headlines(assess(dossier))

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        return _missing(assess(dossier))


class ProjectEvaluationPart(Part[Evaluation, ProjectApplication]):
    key = "evaluation"
    objects = ("evaluation", "weights", "results", "units")
    title = "绩效自评"
    type = Evaluation
    given = GIVEN

    def reads(self, owners: Sequence[ProjectApplication]) -> tuple[QuerySet[Any], ...]:
        return _reads(application__in=owners)

    def values(self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]) -> dict[int, Evaluation]:
        found = _evaluations(rows, "application")
        return {owner.pk: found.get(owner.pk, Evaluation()) for owner in owners}

    def consolidate(self, values: Sequence[Evaluation]) -> None:
        """Each project's own."""

    def rewrite(
        self, owner: ProjectApplication, value: Evaluation, codes: Codes, *rows: Sequence[Any]
    ) -> None:
        _write(owner.report, owner, value, rows)

    def copy_forward(self, value: Evaluation, year: int) -> Evaluation:
        return Evaluation()

    def duplicate(self, value: Evaluation) -> Evaluation:
        """Start without results, which belong to the other project."""
        return Evaluation()

    def headlines(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[Headline]:
        return _headlines(assess(dossier, project) if project else None)

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        return _missing(assess(dossier, project) if project else None)


def _headlines(assessment: Assessment | None) -> list[Headline]:
    if assessment is None:
        return []
    return [Headline("total", "自评总分", str(Points(assessment.total)) if assessment.is_begun else "")]


def _missing(assessment: Assessment | None) -> list[str]:
    if assessment is None:
        return []
    named = [f"{len(rows)} 个指标的{LACKING[name]}" for name, rows in assessment.lacking.items()]
    if not any(assessment.rows):
        named = ["年度绩效目标及指标"]
    if not assessment.evaluation.causes:
        named.append("偏差原因分析")
    if not assessment.evaluation.measures:
        named.append("改进措施")
    return named


department_evaluation = DepartmentEvaluationPart()
project_evaluation = ProjectEvaluationPart()
