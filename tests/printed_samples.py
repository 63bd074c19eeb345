"""The samples as dossiers, indicator by indicator as they were printed, and the means to mend them."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import budgets
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import Check, CheckSettings, Finding
from budgets.exchange.importing import check_document
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from tests.examples import complete_goals, dossier, project

SAMPLES = Path(budgets.__file__).parent / "samples"


@cache
def document(department: str = "112001", year: int = 2023) -> Dossier:
    """One sample without classification and earlier years."""
    text = (SAMPLES / f"{department}_{year}_budget.json").read_text(encoding="utf-8")
    return check_document(json.loads(text))


def mended(report: Dossier, key: str, **changes: Any) -> Dossier:
    """``report`` with another state of the indicator of that key."""
    return _with_goals(report, lambda goals: _mended(goals, key, changes))


def extended(report: Dossier, after: str, **changes: Any) -> Dossier:
    """``report`` with a second row like the indicator of that key."""
    return _with_goals(report, lambda goals: _extended(goals, after, changes))


def hand_made(*rows: Indicator, department: tuple[Indicator, ...] = (), **parts: Any) -> Dossier:
    """One project of 39 万元 with these annual indicators; the department's beside it."""
    return dossier(
        project(goals=annual(*rows), **parts), parts={Goals: annual(*department)} if department else {}
    )


def annual(*rows: Indicator, text: str = "") -> Goals:
    return Goals(goals=(Goal(key="a", horizon=Horizon.ANNUAL, text=text, indicators=rows),))


def both(long_term: Indicator, this_year: Indicator) -> Goals:
    """A long-term goal and an annual one, of one indicator each."""
    return Goals(
        goals=(
            Goal(key="l", horizon=Horizon.LONG_TERM, indicators=(long_term,)),
            Goal(key="a", horizon=Horizon.ANNUAL, indicators=(this_year,)),
        )
    )


def count(name: str, value: str, key: str = "n", **changes: Any) -> Indicator:
    """产出 / 数量."""
    return _row("产出指标", "数量指标", key, name, value, changes)


def rate(name: str, value: str, key: str = "r", **changes: Any) -> Indicator:
    """产出 / 质量."""
    return _row("产出指标", "质量指标", key, name, value, changes)


def effect(name: str, value: str, key: str = "e", **changes: Any) -> Indicator:
    """效益 / 社会效益."""
    return _row("效益指标", "社会效益指标", key, name, value, changes)


def cost(name: str, value: str, key: str = "c", **changes: Any) -> Indicator:
    """成本 / 经济成本."""
    return _row("成本指标", "经济成本指标", key, name, value, changes)


def run(check: Check, report: Dossier, severity: Severity | None = None, **options: Any) -> list[Finding]:
    return list(check.run(report, CheckSettings(severity, options)))


def anchors(findings: list[Finding]) -> set[str]:
    """The ``indicators/<key>`` part of where the findings lead."""
    return {finding.field.row for finding in findings if finding.field}


def _row(level1: str, level2: str, key: str, name: str, value: str, changes: dict[str, Any]) -> Indicator:
    return Indicator(
        **{"level1": level1, "level2": level2, "key": key, "name": name, "value": value, **changes}
    )


def _with_goals(report: Dossier, change: Any) -> Dossier:
    def changed(owner: Any) -> Any:
        return replace(owner, parts={**owner.parts, Goals: change(owner.part(Goals))})

    projects: tuple[ProjectDossier, ...] = tuple(changed(one) for one in report.projects)
    return replace(changed(report), projects=projects)


def _mended(goals: Goals, key: str, changes: dict[str, Any]) -> Goals:
    return _rows(goals, lambda row: [replace(row, **changes) if row.key == key else row])


def _extended(goals: Goals, key: str, changes: dict[str, Any]) -> Goals:
    def more(row: Indicator) -> list[Indicator]:
        return [row, replace(row, key=f"{key}-again", **changes)] if row.key == key else [row]

    return _rows(goals, more)


def _rows(goals: Goals, change: Any) -> Goals:
    return Goals(
        goals=tuple(
            replace(goal, indicators=tuple(new for row in goal.indicators for new in change(row)))
            for goal in goals.goals
        )
    )


__all__ = [
    "anchors", "annual", "both", "complete_goals", "cost", "count", "document", "effect", "extended",
    "hand_made", "mended", "rate", "run",
]  # fmt: skip
