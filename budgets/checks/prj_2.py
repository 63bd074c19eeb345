"""PRJ-2 项目总预算与起止年度: the total covers this year, and this year lies in the project's term."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated

from .projects import in_project


class TotalBudget:
    """Checks 总预算 (unless 长期) ≥ 当年预算, and start ≤ year ≤ end for projects with this year's money.

    Money that was carried over may be spent after a project's last year.
    """

    id = "PRJ-2"
    title = "项目总预算与起止年度"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.ERROR
        for project in dossier.projects:
            yield from self._total(project, severity)
            yield from self._term(project, dossier.header.year, severity)

    def _total(self, project: ProjectDossier, severity: Severity) -> Iterator[Finding]:
        total, current = project.total_budget, project.amount
        if total is None or total >= current:
            return
        yield in_project(project, "application", "total_budget").finding(
            self.id,
            severity,
            f"项目总预算 {stated(total)} 小于当年预算 {stated(current)}，"
            f"差 {stated(current - total)}；请核对总预算，没有终止年度的请选“长期”。",
            expected=current,
            actual=total,
            difference=total - current,
        )

    def _term(self, project: ProjectDossier, year: int, severity: Severity) -> Iterator[Finding]:
        has_current_money = any(
            line.amount and not line.from_carry_over
            for activity in project.activities
            for line in activity.lines
        )
        if not has_current_money:
            return
        start, end = project.identity.start_year, project.identity.end_year
        if start is not None and start > year:
            message = (
                f"起始年度为 {start} 年，本年（{year} 年）却已安排预算；请把起始年度改为 {year} 年或更早。"
            )
            yield self._year(project, "start_year", f"不晚于 {year} 年", start, message, severity)
        if end is not None and end < year:
            message = (
                f"终止年度为 {end} 年，本年（{year} 年）仍安排当年预算；"
                f"请把终止年度改为 {year} 年或更晚，或改用结转资金。"
            )
            yield self._year(project, "end_year", f"不早于 {year} 年", end, message, severity)

    def _year(
        self,
        project: ProjectDossier,
        field: str,
        expected: str,
        actual: int,
        message: str,
        severity: Severity,
    ) -> Finding:
        return in_project(project, "identity", field).finding(
            self.id,
            severity,
            message,
            expected=expected,
            actual=f"{actual} 年",
        )
