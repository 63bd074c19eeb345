"""绩效目标 of the whole department and of each project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from budgets.classification.codes import Codes
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.models import ProjectApplication, Report
from budgets.parts.base import Part, as_dataclass, columns, grouped, sync, under, with_new_keys

from ..analysis.assessment import has_planned_targets
from ..domain.goals import REQUIRED, Goal, Goals, Horizon, Indicator
from ..models import Goal as GoalRow
from ..models import Indicator as IndicatorRow

GIVEN = frozenset({"until_year", "level1", "level2"})
"""The headings under which a goal and an indicator stand."""


def _goals(
    goal_rows: Iterable[GoalRow], indicator_rows: Iterable[IndicatorRow], owner: str
) -> dict[int, Goals]:
    indicators = grouped(indicator_rows, "goal")
    return {
        owner_id: Goals(
            goals=tuple(
                as_dataclass(
                    Goal,
                    row,
                    indicators=tuple(as_dataclass(Indicator, r) for r in indicators.get(row.pk, ())),
                )
                for row in rows
            )
        )
        for owner_id, rows in grouped(goal_rows, owner).items()
    }


def _write(
    goals: Sequence[GoalRow], indicators: Sequence[IndicatorRow], fixed: dict[str, Any], value: Goals
) -> None:
    rows = sync(
        GoalRow,
        goals,
        fixed,
        (columns(g) for g in value.goals),
    )
    sync(
        IndicatorRow,
        under(indicators, "goal", rows),
        {"report": fixed["report"]},
        (
            {**columns(indicator), "goal_id": rows[goal.key].pk}
            for goal in value.goals
            for indicator in goal.indicators
        ),
    )


def shift_years(value: Goals) -> Goals:
    """Last year's goals as the start of a new year: 上年 becomes 前年, the target becomes 上年 and stays proposed."""

    def shifted(goal: Goal) -> Goal:
        if goal.horizon != Horizon.ANNUAL:
            return goal
        return replace(
            goal,
            indicators=tuple(
                replace(i, value_before_last=i.value_last, value_last=i.value) for i in goal.indicators
            ),
        )

    return Goals(goals=tuple(shifted(goal) for goal in value.goals))


def _a_year_later(value: Goals) -> Goals:
    def later(goal: Goal) -> Goal:
        indicators = (replace(i, value_before_last=i.value_last, value_last="") for i in goal.indicators)
        return replace(goal, indicators=tuple(indicators))

    return Goals(goals=tuple(later(goal) for goal in value.goals))


def without_past(value: Goals) -> Goals:
    """The same goals for something without earlier years: without 前年 and 上年 values."""

    def begun(goal: Goal) -> Goal:
        indicators = (replace(i, value_before_last="", value_last="") for i in goal.indicators)
        return replace(goal, indicators=tuple(indicators))

    return Goals(goals=tuple(begun(goal) for goal in value.goals))


class DepartmentGoalsPart(Part[Goals, Report]):
    key = "goals"
    objects = ("goals", "indicators")
    keyed = ("goals", "indicators")
    title = "整体绩效目标"
    type = Goals
    given = GIVEN

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (
            GoalRow.objects.filter(report__in=owners, application__isnull=True),
            IndicatorRow.objects.filter(report__in=owners, goal__application__isnull=True),
        )

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Goals]:
        found = _goals(rows[0], rows[1], "report")
        return {owner.pk: found.get(owner.pk, Goals()) for owner in owners}

    def consolidate(self, values: Sequence[Goals]) -> None:
        """Each department's own."""

    def rewrite(self, owner: Report, value: Goals, codes: Codes, *rows: Sequence[Any]) -> None:
        _write(rows[0], rows[1], {"report": owner}, value)

    def copy_forward(self, value: Goals, year: int) -> Goals:
        return shift_years(value)

    def settle(self, value: Goals, year: int) -> Goals:
        """The budget's goals are read from the budget."""
        return Goals()

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        return [] if has_planned_targets(dossier) else _missing(dossier.part(Goals))


class ProjectGoalsPart(Part[Goals, ProjectApplication]):
    key = "goals"
    objects = ("goals", "indicators")
    keyed = ("goals", "indicators")
    title = "绩效目标"
    type = Goals
    given = GIVEN

    def reads(self, owners: Sequence[ProjectApplication]) -> tuple[QuerySet[Any], ...]:
        return (
            GoalRow.objects.filter(application__in=owners),
            IndicatorRow.objects.filter(goal__application__in=owners),
        )

    def values(self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]) -> dict[int, Goals]:
        found = _goals(rows[0], rows[1], "application")
        return {owner.pk: found.get(owner.pk, Goals()) for owner in owners}

    def consolidate(self, values: Sequence[Goals]) -> None:
        """Each project's own."""

    def rewrite(self, owner: ProjectApplication, value: Goals, codes: Codes, *rows: Sequence[Any]) -> None:
        _write(rows[0], rows[1], {"report": owner.report, "application": owner}, value)

    def copy_forward(self, value: Goals, year: int) -> Goals:
        return shift_years(value)

    def settle(self, value: Goals, year: int) -> Goals:
        """The budget's goals are read from the budget."""
        return Goals()

    def lapse(self, value: Goals, years: int) -> Goals:
        """上年 becomes 前年 after one year without the project. After more years neither has a value."""
        return _a_year_later(value) if years == 1 else without_past(value)

    def resume(self, value: Goals, year: int) -> Goals:
        """Keep the annual goals, because no budget of the year has the project's goals."""
        return Goals(goals=shift_years(value).of(Horizon.ANNUAL))

    def duplicate(self, value: Goals) -> Goals:
        return with_new_keys(without_past(value))

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        if has_planned_targets(dossier, project):
            return []
        return _missing(project.part(Goals) if project else Goals())


def _missing(goals: Goals) -> list[str]:
    annual = goals.of(Horizon.ANNUAL)
    if not annual:
        return ["年度绩效目标"]
    none = [] if any(goal.indicators for goal in annual) else ["年度绩效指标"]
    blank = ((len(goals.without(name)), title) for name, title in REQUIRED.items())
    return [*none, *(f"{count} 个指标的{title}" for count, title in blank if count)]


department_goals = DepartmentGoalsPart()
project_goals = ProjectGoalsPart()
