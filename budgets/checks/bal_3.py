"""BAL-3 收入规模: an income that a slip of unit or of digits has made many times too large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Flow, Fund, ReportKind, Severity
from budgets.domain.dossier import Dossier
from budgets.domain.figures import restated_figures
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import stated
from budgets.domain.options import NumberOption
from budgets.domain.schema import Income, IncomeLine

from .changes import Entered

CLOSING = Decimal(1)
"""How many times a year's expenditure a fund may leave."""

INCOME = Decimal(10)
"""How many times last year's income an income may be."""

RESTATED = "income"
"""Figure of final accounts (`budgets.domain.figures`) whose 上年数调整 restates last year's income."""


class IncomeScale:
    """结转下年 of a fund beyond ``closing`` times the year's expenditure, or 本年收入 beyond ``income`` times last
    year's: error.

    The expenditure is the fund's own if it is a fiscal fund of a budget that spends any of it. Otherwise it is the
    whole report's, because final accounts may leave most of a small fund. Not judged: 结转下年 while no expenditure
    is entered or, in final accounts, while some is missing (`changes.Entered`); income if last year's is not wholly
    known. It is known if that report has income and no fund spent more than came in.
    Not caught: a slip in a fund that is small beside the report; the same slip in both years.
    """

    id = "BAL-3"
    title = "收入规模"
    objects = ("income",)
    options = (
        NumberOption(
            name="closing",
            title="结转下年与本年支出之比",
            meaning="一项资金的结转下年超过本年支出的这个倍数，就视为填错。",
            default=CLOSING,
            unit="倍",
            least=Decimal("0.1"),
            most=Decimal(100),
            places=2,
            example="0.5 表示结转下年超过本年支出的一半",
        ),
        NumberOption(
            name="income",
            title="本年收入与上年收入之比",
            meaning="本年收入合计超过上年收入的这个倍数，就视为填错。",
            default=INCOME,
            unit="倍",
            least=Decimal(1),
            most=Decimal(1000),
            places=1,
            example="2 表示本年收入超过上年的 2 倍",
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.ERROR
        yield from self._left(dossier, severity, _times(settings, "closing", CLOSING))
        yield from self._grown(dossier, severity, _times(settings, "income", INCOME))

    def _left(self, dossier: Dossier, severity: Severity, times: Decimal) -> Iterator[Finding]:
        whole = dossier.ledger.expenditure.total()
        if whole <= 0 or Entered(dossier).waiting:
            return
        for fund in Fund:
            closing = dossier.ledger.closing(fund=fund)
            own = dossier.ledger.expenditure.total(fund=fund)
            is_planned = fund in FISCAL and dossier.header.kind == ReportKind.BUDGET
            name, spent = ("该项资金支出", own) if is_planned and own > 0 else ("支出合计", whole)
            if closing <= spent * times:
                continue
            lines = [line for line in dossier.part(Income).lines if line.fund == fund]
            yield self._finding(
                dossier,
                severity,
                lines,
                fund.label,
                f"{fund.label}的结转下年为 {stated(closing)}，超过本年{name} {stated(spent)} 的 {times:f} 倍；"
                "收入可能填错了单位（元、万元）或位数，请核对。",
                expected=spent * times,
                actual=closing,
            )

    def _grown(self, dossier: Dossier, severity: Severity, times: Decimal) -> Iterator[Finding]:
        previous, current = _last_income(dossier), dossier.ledger.total(flow=Flow.INCOME)
        if previous is None or current <= previous * times:
            return
        lines = [line for line in dossier.part(Income).lines if line.flow == Flow.INCOME]
        yield self._finding(
            dossier,
            severity,
            lines,
            "本年收入合计",
            f"本年收入合计 {stated(current)}，超过上年收入 {stated(previous)} 的 {times:f} 倍；"
            "收入可能填错了单位（元、万元）或位数，请核对。",
            expected=previous * times,
            actual=current,
        )

    def _finding(
        self,
        dossier: Dossier,
        severity: Severity,
        lines: Sequence[IncomeLine],
        place: str,
        message: str,
        *,
        expected: Decimal,
        actual: Decimal,
    ) -> Finding:
        """The field of the largest of ``lines``, where the slip most likely is."""
        largest = max(lines, key=lambda line: line.amount, default=None)
        return Finding(
            rule=self.id,
            severity=severity,
            place=place,
            address=Address("income", largest.key if largest else "", "amount" if largest else ""),
            message=message,
            expected=expected,
            actual=actual,
            difference=actual - expected,
        )


def _times(settings: CheckSettings, name: str, default: Decimal) -> Decimal:
    return Decimal(str(settings.options.get(name, default)))


def _last_income(dossier: Dossier) -> Decimal | None:
    """Last year's 本年收入 in 元, restated if there is a restatement; None where it is not wholly known."""
    restated = restated_figures(dossier).get(RESTATED)
    if restated is not None and restated.amount > 0:
        return restated.amount
    if dossier.previous is None:
        return None
    last = dossier.previous.ledger
    income = last.total(flow=Flow.INCOME)
    is_known = income > 0 and all(last.closing(fund=fund) >= 0 for fund in Fund)
    return income if is_known else None
