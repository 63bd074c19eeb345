"""PRF-7 指标分类: each level 2 under its level 1, each indicator in one category, no repeated row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.profile import get_profile
from performance.domain.goals import LEVELS, Goal, Horizon, Indicator
from performance.domain.values import normalise

from .indicators import Owner, name_of, owners

SUFFIX = "指标"

SHOWN = "指标取自预算，请说明，并在以后的预算中改正。"
"""The remedy where the indicators are the budget's and only shown."""


class Classified:
    """Warning: a 二级指标 under another 一级指标, an indicator in two categories, a repeated row in one goal.

    The classification is the profile's option ``indicator_levels``, else the national one. If an indicator is in several
    categories, the rarer one is found; if equally frequent, the later. Not judged: empty levels (PRF-1); names outside
    the classification. Not caught: the same indicator under two names. Final accounts cannot correct the budget's
    indicators, so there the finding asks for an explanation.
    """

    id = "PRF-7"
    title = "指标分类"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        levels = get_profile(dossier.header.profile).options.get("indicator_levels", LEVELS)
        everybody = list(owners(dossier))
        yield from self._levels(everybody, _above(levels), severity)
        yield from self._categories(everybody, _above(levels), severity)
        yield from self._duplicates(everybody, severity)

    def _levels(
        self, everybody: list[Owner], above: Mapping[str, str], severity: Severity
    ) -> Iterator[Finding]:
        known = set(above.values())
        for row in _rows(everybody):
            indicator = row.indicator
            level1, level2 = _bare(indicator.level1), _known(_bare(indicator.level2), above)
            if level1 in known and level2 and above[level2] != level1:
                yield self._finding(
                    row.owner,
                    indicator,
                    severity,
                    "level2",
                    f"指标“{indicator.name}”的二级指标“{indicator.level2}”不属于一级指标“{indicator.level1}”；",
                    f"请改到“{above[level2]}{SUFFIX}”下，或改选二级指标。",
                    f"{above[level2]}{SUFFIX}",
                    indicator.level1,
                )

    def _categories(
        self, everybody: list[Owner], above: Mapping[str, str], severity: Severity
    ) -> Iterator[Finding]:
        by_name: dict[str, list[_Row]] = defaultdict(list)
        for row in _rows(everybody):
            if name_of(row.indicator) and row.indicator.level2:
                by_name[name_of(row.indicator)].append(row)
        for rows in by_name.values():
            counted = Counter(_category(row.indicator, above) for row in rows)
            if len(counted) == 1:
                continue
            usual = counted.most_common(1)[0][0]
            model = next(row for row in rows if _category(row.indicator, above) == usual)
            level2, horizon = model.indicator.level2, model.goal.horizon.label
            for row in rows:
                indicator = row.indicator
                if _category(indicator, above) == usual:
                    continue
                where = horizon if row.owner is model.owner else f"“{model.owner.place}”的{horizon}"
                yield self._finding(
                    row.owner,
                    indicator,
                    severity,
                    "level2",
                    f"同一指标“{indicator.name}”在{where}里归“{level2}”，这里归“{indicator.level2}”；",
                    "请统一分类。",
                    level2,
                    indicator.level2,
                )

    def _duplicates(self, everybody: list[Owner], severity: Severity) -> Iterator[Finding]:
        seen: set[tuple[str, str, str, str]] = set()
        for row in _rows(everybody):
            indicator = row.indicator
            same = (row.owner.key, row.goal.key, name_of(indicator), normalise(indicator.content))
            if not name_of(indicator) or same not in seen:
                seen.add(same)
                continue
            yield self._finding(
                row.owner,
                indicator,
                severity,
                "name",
                f"指标“{indicator.name}”在同一{row.goal.horizon.label}下出现了两次；",
                "请删去重复的一行，或改写名称以示区别。",
                "1 行",
                "2 行以上",
            )

    def _finding(
        self,
        owner: Owner,
        indicator: Indicator,
        severity: Severity,
        field: str,
        message: str,
        remedy: str,
        expected: str,
        actual: str,
    ) -> Finding:
        return owner.at(indicator, field).finding(
            self.id,
            severity,
            message + (SHOWN if owner.is_planned else remedy),
            expected=expected,
            actual=actual,
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """An indicator with its goal, of the department or of a project."""

    owner: Owner
    goal: Goal
    indicator: Indicator


def _rows(everybody: list[Owner]) -> Iterator[_Row]:
    return (
        _Row(owner, goal, indicator)
        for owner in everybody
        for horizon in Horizon
        for goal, indicator in owner.rows(horizon)
    )


def _above(levels: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The level 1 of each level 2, both without 指标."""
    return {_bare(level2): _bare(level1) for level1, below in levels.items() for level2 in below}


@lru_cache(maxsize=1024)
def _bare(level: str) -> str:
    return normalise(level).removesuffix(SUFFIX)


def _category(indicator: Indicator, above: Mapping[str, str]) -> str:
    level2 = _bare(indicator.level2)
    return _known(level2, above) or level2


def _known(level2: str, above: Mapping[str, str]) -> str:
    """The longest level 2 of the classification that ``level2`` contains; empty without one."""
    return max((name for name in above if name in level2), key=len, default="")
