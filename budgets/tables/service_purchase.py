"""政府购买服务预算表 (表12): the procurement items that buy a public service.

Pure. No options.
"""

from __future__ import annotations

from budgets.domain.dossier import Dossier
from budgets.domain.money import ZERO, Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, HeaderTree, Row, Sheet

from .cells import AMOUNT_WIDTH, Printer, label, page
from .items import Item, items_of
from .wording import nothing

HEAD = HeaderTree(["项目名称", "购买内容", "类别", "数量", "金额"]).rows()


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    items = [item for item in items_of(dossier) if item.item.service_category]
    total = sum((item.item.amount for item in items), ZERO)
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(14, 14, 11, 5, AMOUNT_WIDTH[unit]),
            head=HEAD,
            body=(
                *(_row(printer, item) for item in items),
                Row((label("合计", columns=4), printer.amount("total", "amount", total)), total=True),
            ),
            notes=() if items else (nothing(dossier, "安排政府购买服务预算"),),
        )
    ]


def _row(printer: Printer, item: Item) -> Row:
    bought = item.item
    category = bought.service_category
    return Row(
        (
            label(item.owner),
            printer.text(item.row, "name", item.name, item.field("name")),
            Cell(category.label if category else ""),
            printer.text(item.row, "quantity", bought.quantity, item.field("quantity")),
            printer.amount(item.row, "amount", bought.amount, item.field("amount")),
        )
    )
