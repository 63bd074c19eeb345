"""EVA-1 权重与得分: weights add up to 100; no score is above its weight or without an actual value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from performance.analysis.assessment import NO_POINTS, AssessedGoal, Assessment, Group
from performance.domain.schemes import FULL

from .scores import Fault, evaluated, finding, of_result, points

PLACE = Decimal("0.01")
"""The smallest step of points."""


class WeightsAndScores:
    """Errors in the self-evaluation of the department and of every project:

    - the weights of execution and goals do not add up to 100, those of a goal's 一级指标 not to the goal's, or those
      of an 一级指标's indicators not to its own; if some weights are unknown, the known ones exceed it;
    - a score is above its weight; for indicators without weights, their sum is above the weight of the 一级指标,
      else of the goal;
    - a score has no actual value.

    Weights that a scheme derives may be off by their own rounding. Not judged: forms that nobody has begun. The total is
    computed and cannot be wrong.
    """

    id = "EVA-1"
    title = "自评权重与得分"
    objects = ("evaluation",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.ERROR
        for assessment in evaluated(dossier):
            for fault in (
                *_weights(assessment),
                *_execution(assessment),
                *(fault for goal in assessment.goals for fault in _goal(goal)),
                *(fault for goal in assessment.goals for fault in _scores(goal)),
            ):
                yield finding(self.id, severity, dossier, assessment, fault)


def _weights(assessment: Assessment) -> Iterator[Fault]:
    total = assessment.weight_total
    if total != FULL:
        yield Fault(
            Address("weights", assessment.goals[-1].goal.key, "weight"),
            f"预算执行 {points(assessment.execution.weight)} 分与各年度绩效目标的权重合计 {points(total)} 分；"
            f"应为 {points(FULL)} 分，请调整目标的权重。",
            f"{points(FULL)} 分",
            f"{points(total)} 分",
        )


def _execution(assessment: Assessment) -> Iterator[Fault]:
    execution = assessment.execution
    if execution.given is not None and execution.given > execution.weight:
        yield Fault(
            Address("evaluation", field="execution_score"),
            f"预算执行得分 {points(execution.given)} 分，超过权重 {points(execution.weight)} 分；请核对得分。",
            f"不超过 {points(execution.weight)} 分",
            f"{points(execution.given)} 分",
        )


def _goal(goal: AssessedGoal) -> Iterator[Fault]:
    """Check the weights of groups against the goal's, and those of indicators against their group's."""
    for group in goal.groups:
        given = [row.result.weight for row in group.rows if row.result.weight is not None]
        total = sum(given, NO_POINTS)
        if group.weight is None or not given or not _is_off(total, group.weight, given, len(group.rows)):
            continue
        first = next(row for row in group.rows if row.result.weight is not None)
        yield Fault(
            of_result(first, "weight"),
            f"年度绩效目标{goal.number}的{_name(group)}下各指标的权重合计 {points(total)} 分，"
            f"{_name(group)}的权重是 {points(group.weight)} 分；请调整，使两数相等。",
            f"{points(group.weight)} 分",
            f"{points(total)} 分",
        )
    sizes = [_size(group) for group in goal.groups]
    known = [size for size in sizes if size is not None]
    total = sum((_least(group) for group in goal.groups), NO_POINTS)
    is_complete = len(known) == len(sizes)
    if not total or not _is_off(total, goal.weight, known, len(known) if is_complete else len(known) + 1):
        return
    yield Fault(
        _weight_field(goal),
        f"年度绩效目标{goal.number}的权重是 {points(goal.weight)} 分，其下各一级指标合计 {points(total)} 分；"
        "请调整，使两数相等。",
        f"{points(goal.weight)} 分",
        f"{points(total)} 分",
    )


def _scores(goal: AssessedGoal) -> Iterator[Fault]:
    is_over = False
    for group in goal.groups:
        over_weight = False
        for row in group.rows:
            if row.result.score is not None and not row.has_actual:
                yield Fault(
                    of_result(row, "actual"),
                    f"指标“{row.indicator.name}”有得分 {points(row.result.score)} 分，却没有实际完成值；请补填完成值。",
                    "实际完成值",
                    "未填",
                )
            if row.score is not None and row.weight is not None and row.score > row.weight:
                over_weight = True
                yield _above(group, f"指标“{row.indicator.name}”", row.score, row.weight, row.indicator.key)
        if group.weight is not None and group.score > group.weight and not over_weight:
            over_weight = True
            title = f"年度绩效目标{goal.number}的{_name(group)}合计"
            yield _above(group, title, group.score, group.weight, _highest(group))
        is_over = is_over or over_weight
    if goal.score > goal.weight and not is_over:
        largest = max(goal.groups, key=lambda group: group.score)
        yield _above(largest, f"年度绩效目标{goal.number}合计", goal.score, goal.weight, _highest(largest))


def _above(group: Group, title: str, score: Decimal, weight: Decimal, key: str) -> Fault:
    return Fault(
        Address("results", key, "score"),
        f"{title}得 {points(score)} 分，超过权重 {points(weight)} 分；请核对得分或权重。",
        f"不超过 {points(weight)} 分",
        f"{points(score)} 分",
    )


def _highest(group: Group) -> str:
    """The key of the indicator that scored most."""
    return max(group.rows, key=lambda row: row.score or NO_POINTS).indicator.key


def _size(group: Group) -> Decimal | None:
    """The weight of the group: the given one, or the sum of its indicators; None if some are unknown."""
    if group.weight is not None:
        return group.weight
    weights = [row.weight for row in group.rows if row.weight is not None]
    return sum(weights, NO_POINTS) if len(weights) == len(group.rows) else None


def _least(group: Group) -> Decimal:
    """The least weight of the group, from the known weights."""
    if group.weight is not None:
        return group.weight
    return sum((row.weight for row in group.rows if row.weight is not None), NO_POINTS)


def _is_off(total: Decimal, whole: Decimal, parts: Sequence[Decimal], count: int) -> bool:
    """Whether ``parts`` cannot add up to ``whole``. They are complete if there are ``count`` of them."""
    residue = PLACE / 2 * len(parts)
    return total - whole > residue or (len(parts) == count and whole - total > residue)


def _weight_field(goal: AssessedGoal) -> Address:
    """The field with the weights of a goal's parts: of a group, else of an indicator, else the goal's own."""
    for group in reversed(goal.groups):
        if group.weight is not None:
            return Address("weights", group.key, "weight")
    for group in reversed(goal.groups):
        for row in reversed(group.rows):
            if row.weight is not None:
                return of_result(row, "weight")
    return Address("weights", goal.goal.key, "weight")


def _name(group: Group) -> str:
    return group.level1 or "未分类指标"
