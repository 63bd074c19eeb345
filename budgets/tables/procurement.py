"""政府采购预算表 (表11): one row per procurement item, first of projects, then of operating cost.

Pure. No options. Amounts come from `ProcurementItem`, in 元; they are part of the expenditure and not lines.
"""

from __future__ import annotations

from budgets.domain.choices import ProcurementClass
from budgets.domain.dossier import Dossier
from budgets.domain.money import ZERO, Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, HeaderTree, Role, Row, Sheet

from .cells import AMOUNT_WIDTH, Printer, label, page
from .items import Item, items_of
from .wording import fund_label, nothing

TICK = "√"

HEAD = HeaderTree(
    [
        "项目名称",
        "品名",
        ("采购类别", [kind.label for kind in ProcurementClass]),
        "数量",
        "金额",
        "资金来源",
    ]
).rows()


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    items = items_of(dossier)
    total = sum((item.item.amount for item in items), ZERO)
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(16, 16, 4, 4, 4, 7, AMOUNT_WIDTH[unit], 10),
            head=HEAD,
            body=(
                *(_row(printer, item) for item in items),
                Row(
                    (label("合计", columns=6), printer.amount("total", "amount", total), Cell("")), total=True
                ),
            ),
            notes=() if items else (nothing(dossier, "安排政府采购预算"),),
        )
    ]


def _row(printer: Printer, item: Item) -> Row:
    bought = item.item
    return Row(
        (
            label(item.owner),
            printer.text(item.row, "name", item.name, item.field("name")),
            *(Cell(TICK if bought.kind == kind else "") for kind in ProcurementClass),
            printer.text(item.row, "quantity", bought.quantity, item.field("quantity")),
            printer.amount(item.row, "amount", bought.amount, item.field("amount")),
            Cell(fund_label(bought.fund), Role.TEXT),
        )
    )
