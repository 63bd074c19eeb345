"""收入与结转: the lines of income, and the balance of each fund."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ..domain.choices import Flow, Fund
from ..domain.ledger import Filter, Ledger
from ..domain.money import ZERO
from ..domain.schema import Income, IncomeLine
from . import help
from .context import EditContext
from .editors import Editor
from .fields import AmountField, ChosenField, PartField, UsualField
from .rows import RowForm

FLOWS = (Flow.INCOME, Flow.OPENING, Flow.RESERVES)
FINAL_FLOWS = (*FLOWS, Flow.ALLOCATION)

ADJUSTMENTS = (
    "会计差错更正",
    "收回以前年度支出",
    "归集调入",
    "归集调出",
    "归集上缴和缴回资金",
    "单位内部调剂",
    "其他调整",
)
"""年初结转调整: the kinds of 年初余额调整 and of transfers of 政府会计制度."""


@dataclass(frozen=True)
class Balance:
    """One fund, or with ``level`` 1 one functional subject of it, in 元. ``closing`` is derived.

    ``opening`` excludes its ``adjustment``. ``last`` is last year's closing balance, None if not known.
    """

    title: str
    opening: Decimal
    adjustment: Decimal
    income: Decimal
    reserves: Decimal
    spent: Decimal
    allocation: Decimal
    closing: Decimal
    last: Decimal | None = None
    level: int = 0
    is_total: bool = False

    @property
    def is_carrying(self) -> bool:
        """Whether there is anything besides income that was spent."""
        rest = (self.last, self.opening, self.adjustment, self.reserves, self.allocation, self.closing)
        return any(rest)

    @property
    def is_carried_over(self) -> bool:
        """Whether the opening equals last year's closing balance. True if that is not known."""
        return self.last is None or self.last == self.opening


class IncomeRow(RowForm):
    type = IncomeLine
    helps, final_helps = help.INCOME, help.FINAL_INCOME
    region = "income"
    list_title = "收入与结转明细"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        choices = [("", "—"), *((kind, kind) for kind in ADJUSTMENTS)]
        fields["adjustment"] = _labelled(UsualField(choices), fields["adjustment"])
        fields["flow"] = ChosenField([], label=fields["flow"].label)
        order = ("flow", "adjustment", "fund", "function")
        return {name: fields[name] for name in (*order, *fields)}

    @classmethod
    def fields_for(cls, context: EditContext) -> dict[str, PartField]:
        fields = super().fields_for(context)
        flows = FINAL_FLOWS if context.is_final else FLOWS
        flow_field = fields["flow"]
        if isinstance(flow_field, ChosenField):
            flow_field.choices = [(flow.value, flow.label) for flow in flows]
        if context.is_final:
            fields["amount"] = AmountField(negative=True, label="金额")
            fields["remark"].label = "备注、调整原因"
        return fields

    @classmethod
    def is_summed(cls, context: EditContext) -> bool:
        """Income and allocations cannot be added up, so final accounts show no sum."""
        return not context.is_final

    def clean(self) -> dict[str, Any]:
        """Check that only openings have an adjustment, and that only adjustments are negative."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = {name: cleaned.get(name, self.stored_value(name)) for name in ("flow", "adjustment")}
        if said["adjustment"] and said["flow"] != Flow.OPENING and "adjustment" in self.fields:
            self.add_error("adjustment", "只有年初结转可以有调整，请改选类型或清空这一栏")
        amount = cleaned.get("amount")
        if amount is not None and amount < 0 and not said["adjustment"]:
            self.add_error("amount", "金额不能为负数；调减年初结转的，请另起一行并选择调整种类")
        return cleaned


def _labelled(field: PartField, other: PartField) -> PartField:
    """``field`` with the label of ``other``."""
    field.label, field.kind = other.label, other.kind
    return field


class IncomeEditor(Editor):
    lists = {"lines": IncomeRow}
    template = "entry/parts/income.html"

    @property
    def is_final(self) -> bool:
        return self.context.is_final

    @property
    def balances(self) -> list[Balance]:
        """Every fund with lines in the saved report, then a total if there are several.

        In final accounts also funds with a balance from last year, each with its functional subjects that have a
        carry-over.
        """
        used = {line.fund for line in self.context.dossier.ledger}
        last = self._last or Ledger()
        used |= {fund for fund in {line.fund for line in last} if last.closing(fund=fund)}
        funds = [fund for fund in Fund if fund in used]
        rows = [row for fund in funds for row in self._of_fund(fund)]
        return [*rows, replace(self._balance("合计", Filter()), is_total=True)] if len(funds) > 1 else rows

    @property
    def _last(self) -> Ledger | None:
        """Last year's lines, which only final accounts use."""
        previous = self.context.dossier.previous
        return previous.ledger if previous and self.is_final else None

    def _of_fund(self, fund: Fund) -> Iterator[Balance]:
        yield self._balance(fund.label, Filter(fund=(fund,)))
        if not self.is_final:
            return
        last = [line for line in self._last or () if line.fund == fund]
        is_detailed = all(line.function for line in last)
        codes = {line.function for line in self.context.dossier.ledger if line.fund == fund}
        codes |= {line.function for line in last if is_detailed}
        for code in sorted(codes) if len(codes) > 1 else ():
            title = f"{code} {self.context.dossier.codes.function_name(code)}".strip()
            row = self._balance(title, Filter(fund=(fund,), exact_function=(code,)), 1, is_detailed)
            if row.is_carrying:
                yield row

    def _balance(self, title: str, filter: Filter, level: int = 0, has_last: bool = True) -> Balance:
        lines = self.context.dossier.ledger.where(filter)
        keys = {line.key for line in lines if line.flow == Flow.OPENING}
        adjustment = sum(
            (
                line.amount
                for line in self.context.dossier.part(Income).lines
                if line.adjustment and line.key in keys
            ),
            ZERO,
        )
        last = self._last
        return Balance(
            title,
            lines.total(flow=Flow.OPENING) - adjustment,
            adjustment,
            lines.total(flow=Flow.INCOME),
            lines.total(flow=Flow.RESERVES),
            lines.total(flow=Flow.EXPENDITURE),
            lines.total(flow=Flow.ALLOCATION),
            lines.closing(),
            last.where(filter).closing() if last is not None and has_last else None,
            level,
        )
