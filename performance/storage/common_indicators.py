"""常用指标: the indicators that a district's departments use, ordered by the number of projects.

They come from published or archived reports, never from a report in preparation, and never from a project that any
report withholds.
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
"""The number of years before the report's that are searched."""

VALUES = 3
"""The number of usual values that are named."""

WHOLE = "whole"
"""The scope of indicators of whole departments. Other scopes are categories of projects."""


@dataclass(frozen=True, kw_only=True)
class Use:
    """One indicator of one owner (a project or a whole department) in one report."""

    level1: str
    level2: str
    name: str
    value: str
    department: int
    owner: Hashable
    scope: str


@dataclass(frozen=True, kw_only=True)
class Common:
    """An indicator with the number of projects (or whole departments) and of departments that have it.

    ``values`` are the usual ones, the most frequent first. ``typical`` is the value to propose to a new owner, empty if
    each owner has its own. ``scopes`` are the numbers by scope.
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
        """A stable key of the indicator."""
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
    """The indicators of ``uses``, the most used first. If an owner has several uses, the first one counts."""
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
    """Numbers in a normal form with their signs; words as written."""
    return normalise(value) if parse(value).kind == Kind.QUANTITATIVE else value


def _is_general(value: str) -> bool:
    """Whether a value may suit other owners: a rate does, a number of the owner's things does not."""
    read = parse(value)
    return read.kind == Kind.QUANTITATIVE and read.measure == "%"


def grouped(common: Iterable[Common], levels: Mapping[str, Sequence[str]], most: int) -> list[Group]:
    """Groups by 二级指标 in the order of ``levels`` (grouped by 一级指标), others last; at most ``most`` in each."""
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
    """The indicators of the district of ``report`` for goals of ``horizon``, in one query.

    A report under correction is left out, because its current content is not published.
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
