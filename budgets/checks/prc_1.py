"""PRC-1 采购不超预算: a project's procurement within its budget, the rest within 公用经费."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity, Use
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.ledger import PERSONNEL
from budgets.domain.money import ZERO, stated
from budgets.domain.schema import OperatingProcurement, ProcurementItem


class ProcurementWithinBudget:
    """Error: 政府采购 of a project above 项目当年预算, or without a project above 公用经费 of the basic expenditure.

    In final accounts both sides are the spending. Basic expenditure without an economic code counts as 公用经费.
    """

    id = "PRC-1"
    title = "采购不超预算"
    objects = ("procurement",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        title, remedy = "项目当年预算", "或调整预算"
        if dossier.header.kind == ReportKind.FINAL:
            title, remedy = "项目决算数", "或核对支出"
        for project in dossier.projects:
            yield from self._within(
                settings,
                project.key,
                project.identity.name,
                project.procurement,
                title,
                project.amount,
                remedy,
            )
        basic = dossier.ledger.expenditure.where(use=Use.BASIC)
        yield from self._within(
            settings,
            "",
            "公用经费采购",
            dossier.part(OperatingProcurement).items,
            "公用经费",
            basic.total() - basic.total(economic=PERSONNEL),
            remedy,
        )

    def _within(
        self,
        settings: CheckSettings,
        project: str,
        place: str,
        items: Sequence[ProcurementItem],
        title: str,
        budget: Decimal,
        remedy: str,
    ) -> Iterator[Finding]:
        total = sum((item.amount for item in items), ZERO)
        if not items or total <= budget:
            return
        largest = max(items, key=lambda item: item.amount)
        yield Finding(
            rule=self.id,
            severity=settings.severity or Severity.ERROR,
            place=place,
            address=Address("procurement", largest.key, "amount", project),
            message=f"采购合计 {stated(total)}，{title}只有 {stated(budget)}，超出 {stated(total - budget)}；"
            f"请核对采购金额，{remedy}。",
            expected=budget,
            actual=total,
            difference=total - budget,
        )
