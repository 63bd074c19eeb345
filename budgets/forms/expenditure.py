"""基本支出 and the other uses outside projects; in final accounts with the budget beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..analysis.execution import Completion, by_subject
from ..domain.choices import Flow, Use
from ..domain.ledger import PERSONNEL, Filter
from ..domain.money import ZERO
from ..domain.schema import ExpenditureLine
from . import help
from .context import EditContext
from .editors import Editor
from .fields import ChosenField, PartField
from .rows import RowForm, amounts

SCOPE = Filter(flow=(Flow.EXPENDITURE,), use=(Use.BASIC, Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY))
"""The lines that are entered here."""

USES = (Use.BASIC, Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY)


class UseField(ChosenField):
    """Read the other uses of archived reports, but do not offer them."""

    def bind(self, context: EditContext) -> None:
        if context.editable:
            self.choices = [(use.value, use.label) for use in USES]


class ExpenditureRow(RowForm):
    type = ExpenditureLine
    helps, final_helps = help.EXPENDITURE, help.FINAL_EXPENDITURE
    region = "expenditure"
    list_title = "支出明细"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["use"] = UseField(Use.pairs(), label=fields["use"].label)
        first = ("use", "function", "economic")
        return {name: fields[name] for name in (*first, *fields)}

    @classmethod
    def fields_for(cls, context: EditContext) -> dict[str, PartField]:
        fields = super().fields_for(context)
        if context.is_final:
            fields["amount"].label = "决算数"
        return fields


@dataclass(frozen=True)
class Sum:
    """``amount`` in 元; ``key`` tells it from the others."""

    key: str
    title: str
    amount: Decimal


class ExpenditureEditor(Editor):
    lists = {"lines": ExpenditureRow}
    template = "entry/parts/expenditure.html"
    scripts = ("js/expenditure.js",)
    personnel = " ".join(PERSONNEL)
    """What economic codes of 人员经费 begin with, for the page's script."""

    @property
    def sums(self) -> list[Sum]:
        """人员经费, 公用经费 and the total, from the typed amounts that are valid."""
        personnel = operating = total = ZERO
        for row in self.rows["lines"].kept:
            amount = sum(amounts([row], "amount"), ZERO)
            total += amount
            code = str(row.value_now("economic") or "")
            if row.value_now("use") != Use.BASIC or not code:
                continue
            if code.startswith(PERSONNEL):
                personnel += amount
            else:
                operating += amount
        return [
            Sum("personnel", "人员经费", personnel),
            Sum("operating", "公用经费", operating),
            Sum("total", "合计", total),
        ]

    @property
    def completion(self) -> list[Completion]:
        """The saved budget and spending; empty in a budget."""
        if not self.context.is_final:
            return []
        return list(by_subject(self.context.dossier, SCOPE, economic=True))
