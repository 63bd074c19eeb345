"""EVA-2 评分依据: a score that differs from the proposal has a reason, and one fact is scored in one way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.options import NumberOption
from performance.analysis.assessment import NO_POINTS, AssessedIndicator, Assessment, Group
from performance.analysis.scoring import Range
from performance.domain.evaluation import Band
from performance.domain.values import normalise

from .indicators import name_of
from .prf_1 import COST, kind_of
from .scores import (
    Fault,
    claims_all_done,
    evaluated,
    finding,
    groups,
    is_met,
    is_missed,
    of_result,
    points,
    share,
)

TOLERANCE = Decimal("0.05")
"""Points by which a score may differ from its proposal: half a unit of one decimal place."""

ALIKE = Decimal("0.005")
"""Shares of a weight that count as equal, given points with two decimal places."""


@dataclass(frozen=True, slots=True)
class _Fact:
    """The score of one fact in one form: ``score`` out of ``weight`` points; ``share`` is the quotient."""

    title: str
    score: Decimal
    weight: Decimal
    share: Decimal
    has_reason: bool


class ScoreHasBasis:
    """Warnings where no 评分说明 is given:

    - the score of execution or of an indicator differs from the note's by more than ``tolerance`` points (0.05, so
      that ``19.3`` may stand for ``19.31``);
    - the score is not in the range of the chosen band;
    - the score is not full although every target was met, or although the causes say so and no value contradicts;
    - one fact has two scores: an indicator with the same name and actual value twice in the department's form, or
      there and in one project; a cost indicator of the department that is named after a project, and the cost
      indicators of that project.

    An indicator's weight is its own, else that of its 一级指标 if it is alone there. Not judged: indicators with unknown
    weight; targets that the note leaves to a person; a score within the range of the chosen band.
    Not caught: one fact under two names.
    """

    id = "EVA-2"
    title = "自评评分依据"
    objects = ("evaluation",)
    options = (
        NumberOption(
            name="tolerance",
            title="得分偏差",
            meaning="得分与按说明计算的得分相差超过它的，须填写评分说明。",
            default=TOLERANCE,
            unit="分",
            least=Decimal(0),
            most=Decimal(10),
            places=2,
            example="0.05 表示相差 0.05 分以内不用说明",
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        tolerance = Decimal(str(settings.options.get("tolerance", TOLERANCE)))
        everybody = list(evaluated(dossier))
        for assessment in everybody:
            for fault in (
                *_execution(assessment, tolerance),
                *_rows(assessment, tolerance),
                *_lost(assessment),
                *(_twice(assessment, everybody) if assessment.project is None else ()),
            ):
                yield finding(self.id, severity, dossier, assessment, fault)


def _execution(assessment: Assessment, tolerance: Decimal) -> Iterator[Fault]:
    execution = assessment.execution
    given, proposed = execution.given, execution.proposed
    if given is None or proposed is None or execution.reason or abs(given - proposed) <= tolerance:
        return
    yield Fault(
        Address("evaluation", field="execution_score"),
        f"预算执行率 {execution.rate}%，按 {points(execution.weight)} 分折算应得 {points(proposed)} 分，"
        f"填的是 {points(given)} 分；请核对，或填写执行得分说明。",
        f"{points(proposed)} 分",
        f"{points(given)} 分",
    )


def _rows(assessment: Assessment, tolerance: Decimal) -> Iterator[Fault]:
    for row in assessment.rows:
        score, proposed, allowed = row.result.score, row.proposed, row.allowed
        if score is None or row.result.reason:
            continue
        if proposed is not None and abs(score - proposed) > tolerance:
            yield Fault(
                of_result(row, "score"),
                f"指标“{row.indicator.name}”目标“{row.indicator.value}”，完成“{row.actual}”，"
                f"按 {points(row.weight)} 分计算应得 {points(proposed)} 分，填的是 {points(score)} 分；"
                "请核对，或填写评分说明。",
                f"{points(proposed)} 分",
                f"{points(score)} 分",
            )
        elif allowed is not None and row.result.band is not None and score not in allowed:
            yield Fault(
                of_result(row, "score"),
                f"指标“{row.indicator.name}”选“{Band(row.result.band).label}”，"
                f"{points(row.weight)} 分的得分应在 {_between(allowed)}，填的是 {points(score)} 分；"
                "请核对，或填写评分说明。",
                _between(allowed),
                f"{points(score)} 分",
            )


def _lost(assessment: Assessment) -> Iterator[Fault]:
    """A score that is not full although no target was missed."""
    rows = list(assessment.rows)
    if any(is_missed(row) for row in rows):
        return
    if all(is_met(row) for row in rows):
        why = "各项目标均已完成"
    elif claims_all_done(assessment.evaluation.causes):
        why = "原因分析写目标均已完成"
    else:
        return
    for group in groups(assessment):
        loss = _loss(group)
        if loss is None:
            continue
        row = loss.row
        title = f"指标“{row.indicator.name}”" if row.weight is not None else f"{group.level1}下各指标合计"
        yield Fault(
            of_result(row, "score"),
            f"{why}，{title}却只得 {points(loss.score)} 分（满分 {points(loss.weight)} 分）；"
            "请核对得分，或填写评分说明，写明扣分原因。",
            f"{points(loss.weight)} 分",
            f"{points(loss.score)} 分",
        )


@dataclass(frozen=True, slots=True)
class _Loss:
    """An indicator that lost points without a reason, with the score and weight that show it."""

    row: AssessedIndicator
    score: Decimal
    weight: Decimal


def _loss(group: Group) -> _Loss | None:
    """The first in ``group``."""
    for row in group.rows:
        if row.weight is None or row.score is None or row.proposed is not None or row.allowed is not None:
            continue
        if row.score < row.weight and not row.result.reason:
            return _Loss(row, row.score, row.weight)
    is_open = all(row.weight is None and row.score is not None for row in group.rows)
    if group.weight is None or not is_open or any(row.result.reason for row in group.rows):
        return None
    if group.score >= group.weight:
        return None
    least = min(group.rows, key=lambda row: row.score or NO_POINTS)
    return _Loss(least, group.score, group.weight)


def _twice(whole: Assessment, everybody: Sequence[Assessment]) -> Iterator[Fault]:
    """Facts that the department's form scores otherwise than another row or a project's form."""
    projects = [one for one in everybody if one.project is not None]
    by_name: dict[str, list[tuple[Assessment, AssessedIndicator]]] = defaultdict(list)
    for assessment in projects:
        for row in assessment.rows:
            by_name[name_of(row.indicator)].append((assessment, row))
    costs = {
        normalise(one.project.identity.name): cost for one in projects if one.project and (cost := _cost(one))
    }
    seen: dict[tuple[str, str], AssessedIndicator] = {}
    for row in whole.rows:
        own = share(row)
        name = name_of(row.indicator)
        if own is None or not name or row.result.reason:
            continue
        same = (name, normalise(row.actual))
        others = [_fact(seen[same], "本表另一处")] if same in seen else []
        seen.setdefault(same, row)
        found = [(one, other) for one, other in by_name.get(name, ()) if normalise(other.actual) == same[1]]
        if len(by_name.get(name, ())) == 1 and found:
            others.append(_fact(found[0][1], f"项目“{_title(found[0][0])}”中"))
        if kind_of(row.indicator) == COST and name in costs:
            others.append(costs[name])
        for other in others:
            if other is None or other.has_reason or abs(other.share - own) <= ALIKE:
                continue
            yield Fault(
                of_result(row, "score"),
                f"“{row.indicator.name}”在这里得 {points(row.score)} 分（满分 {points(row.weight)} 分），"
                f"{other.title}得 {points(other.score)} 分（满分 {points(other.weight)} 分），"
                "同一件事评分不同；请改成一致，或填写评分说明。",
                f"{points(other.score)}/{points(other.weight)}",
                f"{points(row.score)}/{points(row.weight)}",
            )
            break


def _fact(row: AssessedIndicator, title: str) -> _Fact | None:
    of_weight = share(row)
    if of_weight is None or row.score is None or row.weight is None:
        return None
    return _Fact(title, row.score, row.weight, of_weight, bool(row.result.reason))


def _cost(assessment: Assessment) -> _Fact | None:
    """The score of a project's costs, which have an 一级指标 of their own."""
    for group in groups(assessment):
        if not all(kind_of(row.indicator) == COST and row.score is not None for row in group.rows):
            continue
        if group.weight:
            return _Fact(
                f"项目“{_title(assessment)}”的{group.level1}",
                group.score,
                group.weight,
                group.score / group.weight,
                any(row.result.reason for row in group.rows),
            )
    return None


def _title(assessment: Assessment) -> str:
    return assessment.project.identity.name if assessment.project else ""


def _between(allowed: Range) -> str:
    end = "（含）" if allowed.closes else "（不含）"
    return f"{points(allowed.least)}（含）至 {points(allowed.most)}{end}分"
