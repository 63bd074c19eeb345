"""PRF-1 绩效目标完整: every project and the department have an annual goal with the obligatory indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding, Spot
from budgets.domain.profile import declared_sections, section_of
from performance.domain.goals import REQUIRED, Goals, Horizon, Indicator

OUTPUT = "产出指标"
EFFECT = "效益或满意度指标"
COST = "成本指标"

_KINDS = {
    COST: ("成本",),
    OUTPUT: ("数量", "质量", "时效", "产出"),
    EFFECT: ("满意", "效益", "可持续"),
}
"""Words in the name of a level, by kind of indicator."""


class GoalsComplete:
    """Error: no annual goal, no output indicator, or neither an effect nor a satisfaction indicator.

    Warning: no cost indicator; indicators, long-term ones too, with a blank level, name or value, one finding for all
    of an owner with the same blank. Info: satisfaction without an effect.
    Not required: a department that has declared to have no goals.
    """

    id = "PRF-1"
    title = "绩效目标完整"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if section_of(dossier, Address("goals")) not in declared_sections(dossier):
            yield from self._owner("", dossier.header.department_name, dossier.part(Goals), settings)
        for project in dossier.projects:
            yield from self._owner(project.key, project.identity.name, project.part(Goals), settings)

    def _owner(self, project: str, place: str, goals: Goals, settings: CheckSettings) -> Iterator[Finding]:
        annual = goals.of(Horizon.ANNUAL)
        if not annual:
            yield Finding(
                rule=self.id,
                severity=settings.severity or Severity.ERROR,
                address=Address("goals", project=project),
                place=place,
                message="没有年度绩效目标；请至少填一个年度绩效目标及其指标。",
                expected="至少 1 个年度绩效目标",
                actual="0 个",
            )
            return
        found = {kind_of(indicator) for goal in annual for indicator in goal.indicators}
        for kind, severity in (
            (OUTPUT, Severity.ERROR),
            (EFFECT, Severity.ERROR),
            (COST, Severity.WARNING),
        ):
            if kind not in found:
                remedy = "请补充" if severity == Severity.ERROR else "请补充，确无成本指标的请说明"
                yield Finding(
                    rule=self.id,
                    severity=settings.severity or severity,
                    place=place,
                    address=Address("goals", annual[0].key, "text", project),
                    message=f"年度绩效目标下没有{kind}；{remedy}。",
                    expected=f"至少 1 个{kind}",
                    actual="0 个",
                )
        if EFFECT in found and not any(_is_benefit(i) for goal in annual for i in goal.indicators):
            yield Finding(
                rule=self.id,
                severity=Severity.INFO,
                place=place,
                address=Address("goals", annual[0].key, "text", project),
                message="年度绩效目标下只有满意度指标，没有效益指标；有效益可言的请补充。",
                expected="至少 1 个效益指标",
                actual="0 个",
            )
        for name, title in REQUIRED.items():
            blank = goals.without(name)
            if blank:
                yield Spot(place, Address("indicators", blank[0].key, name, project)).finding(
                    self.id,
                    settings.severity or Severity.WARNING,
                    f"{_listed(blank)}没有填{title}；请补填，多余的行请删除。",
                    expected=f"每个指标都有{title}",
                    actual=f"{len(blank)} 个没有",
                )


def _listed(indicators: Sequence[Indicator]) -> str:
    """``3 个指标（“走访企业数”等）``: the count and the first name."""
    named = next((indicator.name for indicator in indicators if indicator.name.strip()), "")
    more = "等" if named and len(indicators) > 1 else ""
    return f"{len(indicators)} 个指标{f'（“{named}”{more}）' if named else ''}"


def _is_benefit(indicator: Indicator) -> bool:
    return kind_of(indicator) == EFFECT and "满意" not in (indicator.level2 or indicator.level1)


def kind_of(indicator: Indicator) -> str:
    """成本, 产出, or 效益 and 满意度; empty if neither level tells.

    The second level takes precedence: form B files 成本指标 under 产出, and forms omit a repeated first level.
    """
    for level in (indicator.level2, indicator.level1):
        for kind, words in _KINDS.items():
            if any(word in level for word in words):
                return kind
    return ""
