"""PRJ-7 历年指标值: a project has indicator values for past years with a budget."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import Severity, Status
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import CheckSettings, Finding, Spot
from budgets.domain.money import stated
from performance.domain.goals import Goals, Horizon

_COLUMNS = ((1, "value_last", "上年"), (2, "value_before_last", "前年"))
"""Years back, the field of an annual indicator, its heading (form A)."""

_BLANK = frozenset({"", "/", "-", "—"})


class PastValues:
    """Warning, one per project: every annual indicator is empty or ``/`` for a year with a budget.

    Applies to forms that print past values (A and C). Form B has no such columns.
    """

    id = "PRJ-7"
    title = "历年指标值"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        for project in dossier.projects:
            missing = list(_missing(dossier, project))
            if not missing:
                continue
            field, _ = missing[0]
            indicator = next(i for goal in project.part(Goals).of(Horizon.ANNUAL) for i in goal.indicators)
            years = "、".join(said for _, said in missing)
            at = project.address("indicators", indicator.key, field)
            yield Spot(project.identity.name, at).finding(
                self.id,
                settings.severity or Severity.WARNING,
                f"项目{years}，年度指标却没有一个填了相应年度的值；请按当年实际补填，没有开展的请说明。",
                expected="至少 1 个指标有以前年度的值",
                actual="都未填或为“/”",
            )


def _missing(dossier: Dossier, project: ProjectDossier) -> Iterator[tuple[str, str]]:
    """The empty columns of years with a budget, each with the year's amount in words."""
    indicators = [i for goal in project.part(Goals).of(Horizon.ANNUAL) for i in goal.indicators]
    if not indicators:
        return
    for back, field, title in _COLUMNS:
        past = dossier.past(project, dossier.header.year - back)
        if past is None or not past.amount:
            continue
        if all(getattr(indicator, field).strip() in _BLANK for indicator in indicators):
            yield field, f"{title}有{past.measure.label} {stated(past.amount)}"
