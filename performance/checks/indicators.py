"""Shared by the rules about indicators: their owners, names and directions. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Status
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import Spot
from performance.analysis.assessment import has_planned_targets, targets
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from performance.domain.values import Value, normalise

COLUMNS = (("value_before_last", "前年"), ("value_last", "上年"), ("value", "本年"))
"""The year columns of an annual indicator: field and name in messages."""

_BAD = (
    "投诉|故障|事故|能耗|耗能|损耗|损失|差错|错误|误差|偏差|缺陷|返工|退货|伤亡|死亡|流失|逾期|拖欠|违规|违纪|违法|发案|案件|"
    "上访|信访|失业|返贫|隐患|排放|污染|超支|负债|赤字|缺勤|辍学|纠纷|复发|感染|发病|变动|调整|结转|结余|控制|压减|"
    "降低|下降|减少"
)
_ADVERSE = re.compile(_BAD)
_ABSENT = re.compile(rf"[无零][^率]{{0,4}}?(?:{_BAD})")
_ANSWERED = re.compile(r"(处理|办结|解决|修复|整改|化解|排除|排查|回复|响应|查处|结案)[^率]{0,3}率$")

_TIMED = re.compile(r"^(小时|分钟|秒|天|工作日|个工作日|月|周|个季度)(/.*)?$")
_DURATION = re.compile(r"天数|日数|时长|小时数|课时|学时|时数|月数|周数")

_MEASURED = re.compile(
    r"(举办|开展|完成|新增)?(总)?(数量|人数|次数|家数|户数|场次|期数|个数|份数|台数|套数|项数|篇数|数)$"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of indicators: a project, or the whole department if ``project`` is None.

    ``is_planned``: the indicators are the budget's, and final accounts only show them.
    """

    place: str
    goals: Goals
    project: ProjectDossier | None = None
    is_planned: bool = False

    @property
    def key(self) -> str:
        """The key of the project; empty for the department."""
        return self.project.key if self.project else ""

    def field(self, indicator: Indicator, name: str) -> Address:
        """The field ``name`` of ``indicator``; for an indicator that is only shown, its 实际完成值."""
        if self.is_planned:
            return Address("results", indicator.key, "actual", self.key)
        return Address("indicators", indicator.key, name, self.key)

    def at(self, indicator: Indicator, name: str = "value") -> Spot:
        """The spot of a finding about ``name`` of an indicator."""
        return Spot(self.place, self.field(indicator, name))

    def rows(self, horizon: Horizon) -> Iterator[tuple[Goal, Indicator]]:
        return ((goal, indicator) for goal in self.goals.of(horizon) for indicator in goal.indicators)


def owners(dossier: Dossier) -> Iterator[Owner]:
    """The department, then every project; empty for an archived report, which is not judged.

    In final accounts they own the targets by which the year is measured.
    """
    if dossier.header.status == Status.ARCHIVED:
        return
    if dossier.header.kind == ReportKind.FINAL:
        yield from _measured(dossier)
        return
    yield Owner(dossier.header.department_name, dossier.part(Goals))
    for project in dossier.projects:
        yield Owner(project.identity.name, project.part(Goals), project)


def _measured(dossier: Dossier) -> Iterator[Owner]:
    department = dossier.header.department_name
    yield Owner(department, targets(dossier), None, has_planned_targets(dossier))
    for project in dossier.projects:
        yield Owner(
            project.identity.name,
            targets(dossier, project),
            project,
            has_planned_targets(dossier, project),
        )


def name_of(indicator: Indicator) -> str:
    """The name in half-width characters without blanks, by which indicators are matched."""
    return normalise(indicator.name)


def subject_of(indicator: Indicator) -> str:
    """The name without brackets and without the word for a count: 宣讲企业 of 宣讲企业数量."""
    return _MEASURED.sub("", re.sub(r"\([^)]*\)?", "", name_of(indicator)))


def is_adverse(indicator: Indicator) -> bool:
    """Whether less is better: complaints, faults, energy; but not 无故障率 or 投诉处理率."""
    name = name_of(indicator)
    return not _ANSWERED.search(name) and bool(_ADVERSE.search(_ABSENT.sub("", name)))


def is_timing(indicator: Indicator, value: Value) -> bool:
    """Whether the value is a time limit, where less is better."""
    name = normalise(indicator.name)
    return "时效" in indicator.level2 or bool(_TIMED.match(value.measure) and not _DURATION.search(name))


def is_better_higher(indicator: Indicator, value: Value) -> bool:
    """Whether more is better: not a time limit, not an adverse measure, and not money, which may go either way."""
    return not (is_timing(indicator, value) or is_adverse(indicator) or value.is_money)
