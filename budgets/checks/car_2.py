"""CAR-2 年末结转: derived for every fund and subject, and never below zero."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Fund, Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.ledger import Ledger
from budgets.domain.money import Unit, from_unit, is_residue, stated, to_unit
from budgets.domain.schema import Income

ITEM = 7
"""Digits of a 项."""


class ClosingBySubject:
    """Error: more 财政拨款 spent under one subject (项) than it had, while the fund as a whole suffices.

    BAL-1 finds a fund that is below zero as a whole. If all amounts of the subject are known in 万元 only, a
    difference that rounding explains (尾差) is info. Not judged: own funds, which may be spent under other subjects
    than they came in under; a fund with a line that has no 项 yet, which CLS-1 finds.
    """

    id = "CAR-2"
    title = "年末结转"
    objects = ("income",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        for fund in FISCAL:
            lines = dossier.ledger.where(fund=fund)
            if lines.closing() < 0 or any(len(line.function) != ITEM for line in lines):
                continue
            for function in sorted({line.function for line in lines}):
                finding = self._subject(dossier, fund, function, lines.where(function=function), settings)
                if finding:
                    yield finding

    def _subject(
        self, dossier: Dossier, fund: Fund, function: str, lines: Ledger, settings: CheckSettings
    ) -> Finding | None:
        closing = lines.closing()
        if closing >= 0:
            return None
        severity = settings.severity or Severity.ERROR
        remedy = "请核对收入、年初结转与支出的科目和金额。"
        if _is_rounded(lines) and is_residue(closing, len(lines), Unit.WAN):
            severity, remedy = Severity.INFO, "相差在尾差之内，不用更正。"
        incomes = [line for line in dossier.part(Income).lines if line.fund == fund]
        first = next((line for line in incomes if line.function == function), next(iter(incomes), None))
        name = f"{function} {dossier.codes.function_name(function)}".strip()
        return Finding(
            rule=self.id,
            severity=severity,
            place=f"{fund.label}—{name}",
            address=Address("income", first.key if first else "", "amount" if first else ""),
            message=f"{fund.label}在“{name}”的年末结转为 {stated(closing)}，不能小于 0；{remedy}",
            expected=closing - closing,
            actual=closing,
            difference=closing,
        )


def _is_rounded(lines: Ledger) -> bool:
    """Whether all amounts are multiples of the 0.01 万元 that tables print."""
    return all(from_unit(to_unit(line.amount, Unit.WAN), Unit.WAN) == line.amount for line in lines)
