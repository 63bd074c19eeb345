"""BAL-1 收支平衡: no fund is overspent, and a budget does not plan to leave fiscal money over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Flow, Fund, ReportKind, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated
from budgets.domain.schema import Income


class Balance:
    """By fund, error: 结转下年 below zero, or more spent from 结转 than was brought over.

    Warning: 结转下年 of a fiscal fund above zero in a budget. Otherwise a slip in the income would pass as
    carry-over.
    """

    id = "BAL-1"
    title = "收支平衡"
    objects = ("income",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        for fund in Fund:
            lines = dossier.ledger.where(fund=fund)
            closing = lines.closing()
            opening = lines.total(flow=Flow.OPENING)
            carried = lines.total(flow=Flow.EXPENDITURE, from_carry_over=True)
            available = lines.total(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES))
            spent = available - closing
            if closing < 0:
                yield self._finding(
                    dossier,
                    settings,
                    fund,
                    f"{fund.label}的收入与结转合计 {stated(available)}，支出 {stated(spent)}，"
                    f"超支 {stated(-closing)}；请补列收入、结转或调减支出。",
                    expected=available,
                    actual=spent,
                )
            if carried > opening:
                yield self._finding(
                    dossier,
                    settings,
                    fund,
                    f"{fund.label}的年初结转为 {stated(opening)}，使用结转的支出却有 {stated(carried)}，"
                    f"多出 {stated(carried - opening)}；请核对年初结转，或改为当年资金。",
                    expected=opening,
                    actual=carried,
                )
            if closing > 0 and fund in FISCAL and dossier.header.kind == ReportKind.BUDGET:
                yield self._finding(
                    dossier,
                    settings,
                    fund,
                    f"{fund.label}的收入与结转合计 {stated(available)}，支出 {stated(spent)}，"
                    f"还有 {stated(closing)} 结转下年；请核对收入，确要结转的请说明。",
                    expected=available,
                    actual=spent,
                    severity=Severity.WARNING,
                )

    def _finding(
        self,
        dossier: Dossier,
        settings: CheckSettings,
        fund: Fund,
        message: str,
        *,
        expected: Decimal,
        actual: Decimal,
        severity: Severity = Severity.ERROR,
    ) -> Finding:
        first = next((line for line in dossier.part(Income).lines if line.fund == fund), None)
        return Finding(
            rule=self.id,
            severity=settings.severity or severity,
            place=fund.label,
            address=Address("income", first.key if first else "", "amount" if first else ""),
            message=message,
            expected=expected,
            actual=actual,
            difference=actual - expected,
        )
