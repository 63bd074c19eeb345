"""Put a self-evaluation together: targets of the budget, results, money and the scheme's weights.

Pure. It computes printed values, proposed scores and sums. Rules and pages read these and compute nothing themselves.
Amounts in 元, points out of 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from budgets.domain.choices import FISCAL, Flow, ReportKind
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.ledger import Filter, Ledger
from budgets.domain.money import half_up
from budgets.domain.profile import get_profile

from ..domain.evaluation import Band, Evaluation, IndicatorResult, UnitResult
from ..domain.goals import Goal, Goals, Horizon, Indicator
from ..domain.schemes import LEVELS, OPTION, Basis, Scheme, Scope, Weights
from ..domain.values import Value, parse
from . import scoring

NO_POINTS = Decimal(0)
LACKING = {"weight": "权重", "actual": "完成值", "score": "得分"}
"""The fields that an indicator needs to be scored, in the order of the form."""
MOST_LEVELS = 9
"""The most 一级指标 of a goal with a weight of their own (`evaluation.WeightKey`)."""


@dataclass(frozen=True, kw_only=True)
class Execution:
    """预算执行情况: A (``budget``) and B (``executed``) in 元, ``weight`` and ``proposed`` in points.

    ``spent`` are the lines that B is the total of.
    """

    label: str
    spent: Filter
    basis: Basis
    scope: Scope
    budget: Decimal
    executed: Decimal
    weight: Decimal
    given: Decimal | None
    reason: str

    @property
    def rate(self) -> Decimal | None:
        """B/A in percent, two places, uncapped; None without a budget."""
        rate = scoring.execution_rate(self.budget, self.executed)
        return None if rate is None else half_up(rate * 100, 2)

    @property
    def proposed(self) -> Decimal | None:
        return scoring.execution_score(self.weight, self.budget, self.executed)

    @property
    def score(self) -> Decimal | None:
        """The given score, else the computed one."""
        return self.proposed if self.given is None else self.given


@dataclass(frozen=True, kw_only=True)
class AssessedIndicator:
    """One indicator with its target, its result, and the proposal of the official note.

    ``whole`` is the weight of its 一级指标 if it is the only indicator there.
    """

    indicator: Indicator
    result: IndicatorResult
    units: tuple[UnitResult, ...] = ()
    whole: Decimal | None = None

    @property
    def weight(self) -> Decimal | None:
        """The weight: the given one, else that of its 一级指标 if it is alone there; None if unknown."""
        return self.whole if self.result.weight is None else self.result.weight

    @cached_property
    def target(self) -> Value:
        return parse(self.indicator.value)

    @cached_property
    def combined(self) -> Value | None:
        """The units' values combined; None without units, or if they cannot be combined."""
        return scoring.combine([(parse(unit.actual), unit.money) for unit in self.units])

    @cached_property
    def value(self) -> Value:
        """The actual value: combined from the units' values, else as typed."""
        return self.combined or parse(self.result.actual)

    @property
    def actual(self) -> str:
        """实际完成值 as printed: sums exactly, means to two places."""
        value = self.combined
        if value is None or value.number is None:
            return self.result.actual
        number = half_up(value.number, 2) if scoring.is_relative(value) else value.number
        operator = value.operator.label if value.operator else ""
        per = f"/{value.per}" if value.per else ""
        return f"{operator}{number.normalize():f}{value.unit}{per}"

    @property
    def has_actual(self) -> bool:
        return bool(self.actual.strip())

    @property
    def proposed(self) -> Decimal | None:
        """Points by the note; None if the weight is unknown or a person has to decide."""
        if self.weight is None or not self.has_actual:
            return None
        return scoring.quantitative_score(self.target, self.value, self.weight)

    @property
    def allowed(self) -> scoring.Range | None:
        """The range of points of the chosen band; None without band or weight, or for a computed score."""
        if self.result.band is None or self.weight is None or self.proposed is not None:
            return None
        return scoring.band_range(Band(self.result.band), self.weight)

    @property
    def score(self) -> Decimal | None:
        """The given score, else the proposed one."""
        return self.proposed if self.result.score is None else self.result.score

    @property
    def achieved(self) -> Decimal | None:
        """The achieved share of a quantitative target, 0 to 1; None if a person has to decide."""
        return scoring.achieved(self.target, self.value) if self.has_actual else None

    @property
    def lacks(self) -> tuple[str, ...]:
        """The fields of `LACKING` that are still missing; empty once there is an actual value and a score.

        A score is required only if the note leaves it to a person. Otherwise it follows from the value and a weight.
        """
        is_scored = self.score is not None
        value = self.value if self.has_actual else self.target
        is_computed = scoring.achieved(self.target, value) is not None
        needs = {
            "weight": not is_scored and is_computed and self.weight is None,
            "actual": not self.has_actual,
            "score": not is_scored and not is_computed,
        }
        return tuple(name for name in LACKING if needs[name])


@dataclass(frozen=True, kw_only=True)
class Group:
    """The indicators of one 一级指标 in a goal. ``weight`` is None if unknown."""

    key: str
    level1: str
    weight: Decimal | None
    rows: tuple[AssessedIndicator, ...]

    @property
    def score(self) -> Decimal:
        return sum((row.score for row in self.rows if row.score is not None), NO_POINTS)


@dataclass(frozen=True, kw_only=True)
class AssessedGoal:
    """One annual goal with its indicators; ``weight`` in points."""

    goal: Goal
    number: int
    weight: Decimal
    groups: tuple[Group, ...]

    @property
    def rows(self) -> Iterator[AssessedIndicator]:
        return (row for group in self.groups for row in group.rows)

    @property
    def score(self) -> Decimal:
        return sum((group.score for group in self.groups), NO_POINTS)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The self-evaluation of a department, or of ``project``."""

    project: ProjectDossier | None
    evaluation: Evaluation
    weights: Weights
    execution: Execution
    goals: tuple[AssessedGoal, ...]

    @property
    def rows(self) -> Iterator[AssessedIndicator]:
        return (row for goal in self.goals for row in goal.rows)

    @property
    def lacking(self) -> dict[str, list[AssessedIndicator]]:
        """Incomplete indicators by the missing field, in the order of `LACKING`."""
        lacks = [(row, row.lacks) for row in self.rows]
        found = {name: [row for row, names in lacks if name in names] for name in LACKING}
        return {name: rows for name, rows in found.items() if rows}

    @property
    def total(self) -> Decimal:
        """总分, always computed."""
        return sum((goal.score for goal in self.goals), self.execution.score or NO_POINTS)

    @property
    def weight_total(self) -> Decimal:
        """The sum of the weights; 100 if they are right."""
        return sum((goal.weight for goal in self.goals), self.execution.weight)

    @property
    def is_begun(self) -> bool:
        return bool(self.evaluation.results) or self.evaluation != Evaluation()

    def split(self) -> dict[str, Decimal]:
        """自评得分 by 一级指标 over all goals, in the order of the forms, without execution."""
        sums: dict[str, Decimal] = {}
        for goal in self.goals:
            for group in goal.groups:
                sums[group.level1] = sums.get(group.level1, NO_POINTS) + group.score
        order = {level: number for number, level in enumerate(LEVELS)}
        return dict(sorted(sums.items(), key=lambda item: order.get(item[0], len(order))))

    def split_by_level2(self) -> dict[tuple[str, str], Decimal]:
        """自评得分 by (一级指标, 二级指标), in the order of the indicators."""
        sums: dict[tuple[str, str], Decimal] = {}
        for row in self.rows:
            key = (row.indicator.level1, row.indicator.level2)
            sums[key] = sums.get(key, NO_POINTS) + (row.score or NO_POINTS)
        return sums


def scheme_of(dossier: Dossier) -> Scheme | None:
    """The locality's scheme; None if its profile has no self-evaluation."""
    scheme: Scheme | None = get_profile(dossier.header.profile).options.get(OPTION)
    return scheme


def targets(dossier: Dossier, project: ProjectDossier | None = None) -> Goals:
    """The annual goals by which a year is measured: the budget's if it has any, else the report's own.

    A project that was added during the year has no budget, so its goals stand in the final accounts.
    """
    budget = dossier.budget
    planned: Goals | None = None
    if budget is not None:
        then = budget.project(project.key) if project else budget
        planned = then.part(Goals) if then else None
    goals = planned if planned and planned.of(Horizon.ANNUAL) else (project or dossier).part(Goals)
    return Goals(goals=goals.of(Horizon.ANNUAL))


def has_planned_targets(dossier: Dossier, project: ProjectDossier | None = None) -> bool:
    """Whether the budget has the targets, so that they need not be typed again."""
    if dossier.budget is None:
        return False
    then = dossier.budget.project(project.key) if project else dossier.budget
    return bool(then and then.part(Goals).of(Horizon.ANNUAL))


def level_key(goal: Goal, level1: str) -> str:
    """The key of the weight of ``level1`` in ``goal``. Unknown levels come last, in their order in the goal."""
    levels = [*LEVELS, *dict.fromkeys(i.level1 for i in goal.indicators if i.level1 not in LEVELS)]
    place = levels.index(level1) + 1 if level1 in levels else len(levels) + 1
    return f"{goal.key}/{min(place, MOST_LEVELS)}"


def assess(dossier: Dossier, project: ProjectDossier | None = None) -> Assessment | None:
    """The self-evaluation of ``dossier``, or of ``project`` in it; None if the profile has none."""
    scheme = scheme_of(dossier)
    if scheme is None or dossier.header.kind != ReportKind.FINAL:
        return None
    evaluation = (project or dossier).part(Evaluation)
    weights = scheme.project if project else scheme.department
    goals = targets(dossier, project).goals
    by_scheme = weights.of_goals(len(goals))
    return Assessment(
        project=project,
        evaluation=evaluation,
        weights=weights,
        execution=_execution(dossier, project, weights, evaluation),
        goals=tuple(
            _goal(goal, number, weight, weights, evaluation)
            for number, (goal, weight) in enumerate(zip(goals, by_scheme, strict=True), 1)
        ),
    )


def assessments(dossier: Dossier) -> Iterator[Assessment]:
    """The department's self-evaluation, then every project's; empty if the profile has none."""
    whole = assess(dossier)
    if whole is None:
        return
    yield whole
    for project in dossier.projects:
        found = assess(dossier, project)
        if found is not None:
            yield found


def _goal(goal: Goal, number: int, usual: Decimal, weights: Weights, evaluation: Evaluation) -> AssessedGoal:
    given = evaluation.weight(goal.key)
    weight = usual if given is None else given
    units: dict[str, list[UnitResult]] = {}
    for unit in evaluation.units:
        units.setdefault(unit.indicator, []).append(unit)
    results: Mapping[str, IndicatorResult] = {result.key: result for result in evaluation.results}
    rows: dict[str, list[AssessedIndicator]] = {}
    for indicator in goal.indicators:
        row = AssessedIndicator(
            indicator=indicator,
            result=results.get(indicator.key, IndicatorResult(key=indicator.key)),
            units=tuple(units.get(indicator.key, ())),
        )
        rows.setdefault(indicator.level1, []).append(row)
    groups = []
    for level1, found in rows.items():
        key = level_key(goal, level1)
        own = evaluation.weight(key)
        whole = weights.of_group(level1, weight) if own is None else own
        if len(found) == 1:
            found = [replace(found[0], whole=whole)]
        groups.append(Group(key=key, level1=level1, weight=whole, rows=tuple(found)))
    return AssessedGoal(goal=goal, number=number, weight=weight, groups=tuple(groups))


def _execution(
    dossier: Dossier, project: ProjectDossier | None, weights: Weights, evaluation: Evaluation
) -> Execution:
    spent = Filter(
        flow=(Flow.EXPENDITURE,),
        fund=FISCAL if weights.scope == Scope.FISCAL else (),
        project=(project.key,) if project else (),
    )
    ledger = dossier.ledger.of_project(project.key) if project else dossier.ledger
    budget = ledger.adjusted(spent) if weights.basis == Basis.ADJUSTED else None
    if budget is None:
        initial = dossier.budget.ledger if dossier.budget else Ledger()
        budget = (initial.of_project(project.key) if project else initial).total(spent)
    return Execution(
        label=weights.money_label,
        spent=spent,
        basis=weights.basis,
        scope=weights.scope,
        budget=budget,
        executed=ledger.total(spent),
        weight=weights.execution,
        given=evaluation.execution_score,
        reason=evaluation.execution_reason,
    )
