"""收入与结转: what came in, and by fund what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..choices import Flow, Fund
from ..facts import IncomeLine
from .editors import Editor
from .fields import ChosenField, PartField
from .rows import RowForm

FLOWS = (Flow.INCOME, Flow.OPENING, Flow.RESERVES)


@dataclass(frozen=True)
class Balance:
    """One fund, in 元. ``closing`` (结转下年) is derived."""

    title: str
    opening: Decimal
    income: Decimal
    reserves: Decimal
    spent: Decimal
    closing: Decimal


class IncomeRow(RowForm):
    type = IncomeLine
    region = "income"
    list_title = "收入与结转明细"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        pairs = [(flow.value, flow.label) for flow in FLOWS]
        fields["flow"] = ChosenField(pairs, label=fields["flow"].label)
        return fields


class IncomeEditor(Editor):
    lists = {"lines": IncomeRow}
    template = "entry/parts/income.html"

    @property
    def balances(self) -> list[Balance]:
        """Every fund that the saved report has lines of, then all together where there are several."""
        ledger = self.context.dossier.ledger
        funds = [fund for fund in Fund if any(line.fund == fund for line in ledger)]
        rows = [self._balance(fund.label, fund=fund) for fund in funds]
        return [*rows, self._balance("合计")] if len(rows) > 1 else rows

    def _balance(self, title: str, **criteria: Fund) -> Balance:
        lines = self.context.dossier.ledger.where(**criteria)
        return Balance(
            title,
            lines.total(flow=Flow.OPENING),
            lines.total(flow=Flow.INCOME),
            lines.total(flow=Flow.RESERVES),
            lines.total(flow=Flow.EXPENDITURE),
            lines.closing(),
        )
