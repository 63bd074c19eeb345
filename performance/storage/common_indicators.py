"""常用指标: what the departments of a district measure, by how many of their projects do.

Taken from what is published or archived, never from a report that is being made, and never from a project that
any report withholds.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from budgets.domain.choices import FINISHED, Disclosure
from budgets.models import Project, Report

from ..domain.goals import Horizon
from ..domain.values import Kind, normalise, parse
from ..models import Indicator

YEARS = 3
"""How many years before the report's are looked at."""

VALUES = 3
"""How many usual values are named."""

WHOLE = "whole"
"""The scope of what a whole department is measured by; others are categories of projects."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """One indicator as one owner, a project or a whole department, has it in one report."""

    level1: str
    level2: str
    name: str
    value: str
    department: int
    owner: Hashable
    scope: str


@dataclass(frozen=True, kw_only=True)
class Common:
    """An indicator with how many projects (or whole departments) of how many departments have it.

    ``values`` are the usual ones, the most frequent first; ``typical`` the one that may stand for a
    new owner, empty where each has its own. ``scopes``: by how many in each.
    """

    level1: str
    level2: str
    name: str
    values: tuple[str, ...] = ()
    typical: str = ""
    owners: int = 0
    departments: int = 0
    scopes: dict[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Names it among the others, the same each time."""
        said = f"{self.level2}\n{self.name}".encode()
        return hashlib.sha256(said).hexdigest()[:12]


@dataclass(frozen=True, kw_only=True)
class Group:
    """The common indicators of one 二级指标."""

    level1: str
    level2: str
    members: tuple[Common, ...]


# --- ranking --------------------------------------------------------------------------------------


def rank(uses: Iterable[Use]) -> list[Common]:
    """The indicators of ``uses``, the most used first. Of an owner with several uses the first is believed."""
    found: dict[tuple[str, str], dict[Hashable, Use]] = defaultdict(dict)
    for use in uses:
        found[use.level2, use.name].setdefault(use.owner, use)
    common = [_common(list(owners.values())) for owners in found.values()]
    return sorted(common, key=lambda c: (-c.owners, -c.departments, c.name))


def _common(uses: Sequence[Use]) -> Common:
    values = Counter(_as_read(use.value) for use in uses if parse(use.value).kind != Kind.NONE)
    usual = tuple(value for value, _ in values.most_common(VALUES))
    return Common(
        level1=Counter(use.level1 for use in uses).most_common(1)[0][0],
        level2=uses[0].level2,
        name=uses[0].name,
        values=usual,
        typical=usual[0] if usual and (values[usual[0]] > 1 or _is_general(usual[0])) else "",
        owners=len(uses),
        departments=len({use.department for use in uses}),
        scopes=dict(Counter(use.scope for use in uses)),
    )


def _as_read(value: str) -> str:
    """Numbers with the same signs, however they were typed; words as written."""
    return normalise(value) if parse(value).kind == Kind.QUANTITATIVE else value


def _is_general(value: str) -> bool:
    """Whether a value can be anybody's: a rate is, a number of one's own things is not."""
    read = parse(value)
    return read.kind == Kind.QUANTITATIVE and read.measure == "%"


def grouped(common: Iterable[Common], levels: Mapping[str, Sequence[str]], most: int) -> list[Group]:
    """By 二级指标 in the order of ``levels`` (those by 一级指标), others behind; ``most`` of each."""
    by_level: dict[str, list[Common]] = defaultdict(list)
    for one in common:
        by_level[one.level2].append(one)
    above = {level2: level1 for level1, below in levels.items() for level2 in below}
    order = [*(level for level in above if level in by_level), *(x for x in by_level if x not in above)]
    return [
        Group(
            level1=above.get(level, by_level[level][0].level1),
            level2=level,
            members=tuple(by_level[level][:most]),
        )
        for level in order
    ]


# --- what a district has used ---------------------------------------------------------------------


def common_indicators(report: Report, horizon: Horizon) -> list[Common]:
    """What the district of ``report`` has for goals of ``horizon``, in one query.

    A report under correction is left out: what it says now is not published.
    """
    withheld = Project.objects.filter(applications__disclosure=Disclosure.WITHHELD)
    rows = (
        Indicator.objects.filter(
            goal__horizon=horizon,
            report__fiscal_year__district=report.fiscal_year.district_id,
            report__fiscal_year__year__gte=report.year - YEARS,
            report__status__in=FINISHED,
        )
        .exclude(name="")
        .exclude(goal__application__project__in=withheld)
        .order_by("-report__fiscal_year__year", "report", "position", "id")
        .values_list(
            "level1",
            "level2",
            "name",
            "value",
            "report__department",
            "goal__application__project",
            "goal__application__category",
        )
    )
    return rank(
        Use(
            level1=level1,
            level2=level2,
            name=name,
            value=value,
            department=department,
            owner=(department, project),
            scope=category or WHOLE,
        )
        for level1, level2, name, value, department, project, category in rows
    )
