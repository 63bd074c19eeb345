"""基本支出 and the uses that are no project."""

from __future__ import annotations

from decimal import Decimal

from ..choices import Use
from ..facts import ExpenditureLine
from ..ledger import PERSONNEL
from ..money import ZERO
from .context import EditContext
from .editors import Editor
from .fields import ChosenField, PartField
from .rows import RowForm, amounts

USES = (Use.BASIC, Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY)


class UseField(ChosenField):
    """Archived reports know other uses too: they are read, and never offered."""

    def bind(self, context: EditContext) -> None:
        if context.editable:
            self.choices = [(use.value, use.label) for use in USES]


class ExpenditureRow(RowForm):
    type = ExpenditureLine
    region = "expenditure"
    list_title = "支出明细"

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        fields = super().make_fields()
        fields["use"] = UseField(Use.pairs(), label=fields["use"].label)
        first = ("use", "function", "economic")
        return {name: fields[name] for name in (*first, *fields)}


class ExpenditureEditor(Editor):
    lists = {"lines": ExpenditureRow}
    template = "entry/parts/expenditure.html"

    @property
    def sums(self) -> list[tuple[str, str, Decimal]]:
        """(key, title, 元) of 人员经费, 公用经费 and the whole, as far as what is typed can be read."""
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
            ("personnel", "人员经费", personnel),
            ("operating", "公用经费", operating),
            ("total", "合计", total),
        ]
