"""CAR-1 年初结转: what is brought over is what last year's final accounts left, and every adjustment says why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund, Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import ZERO, Unit, is_residue, stated
from budgets.domain.schema import Income, IncomeLine


class OpeningCarriedOver:
    """By fund, warning: 年初结转 without adjustments differs from last year's 年末结转, or an adjustment has no reason.

    An adjustment is an opening line with a kind (年初结转调整); its reason is the remark. A difference is info if
    rounding to 万元 explains it (尾差), in an opening line or in an archived year's lines. Not judged: a first year;
    last year's accounts that are too coarse to close (a fund below zero); final accounts without any amount of
    income yet.
    Not caught: a fund's carry-over under another subject than last year's.
    """

    id = "CAR-1"
    title = "年初结转"
    objects = ("income",)

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        severity = settings.severity or Severity.WARNING
        lines = dossier.part(Income).lines
        for line in lines:
            if line.adjustment and not line.remark:
                yield self._unreasoned(dossier, severity, line)
        if dossier.previous is None or (lines and not any(line.amount for line in lines)):
            return
        for fund in Fund:
            own = [line for line in lines if line.fund == fund]
            finding = self._fund(dossier, dossier.previous, fund, own, severity)
            if finding:
                yield finding

    def _fund(
        self, dossier: Dossier, previous: Dossier, fund: Fund, lines: Sequence[IncomeLine], severity: Severity
    ) -> Finding | None:
        last = previous.ledger.where(fund=fund)
        closing = last.closing()
        openings = [line for line in lines if line.flow == Flow.OPENING]
        carried = [line for line in openings if not line.adjustment]
        opening = sum((line.amount for line in carried), ZERO)
        if closing < 0 or opening == closing:
            return None
        difference = opening - closing
        rounded = len(carried) + (len(last) if previous.header.status == Status.ARCHIVED else 0)
        is_exact = not rounded
        if not is_exact and is_residue(difference, rounded, Unit.WAN):
            severity, remedy = Severity.INFO, "相差在尾差之内，不用更正。"
        else:
            remedy = "请核对，确有调整的请另列一行年初结转，选调整类型并在备注中写明原因。"
        first = next(iter(openings or lines), None)
        year = previous.header.year
        return Finding(
            rule=self.id,
            severity=severity,
            place=f"{fund.label}年初结转",
            address=Address("income", first.key if first else "", "amount" if first else ""),
            message=f"{fund.label}的年初结转（不含调整）为 {stated(opening)}，{year} 年决算的年末结转是 "
            f"{stated(closing)}，相差 {stated(abs(difference))}；{remedy}",
            expected=closing,
            actual=opening,
            difference=difference,
        )

    def _unreasoned(self, dossier: Dossier, severity: Severity, line: IncomeLine) -> Finding:
        amount: Decimal = line.amount
        return Finding(
            rule=self.id,
            severity=severity,
            place=f"{line.fund.label}年初结转调整",
            address=Address("income", line.key, "remark"),
            message=f"年初结转调整“{line.adjustment}”{stated(amount)} 没有说明原因；请在备注中填写。",
            expected="调整的原因",
            actual="未填",
        )
