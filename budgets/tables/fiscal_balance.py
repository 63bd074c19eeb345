"""财政拨款收支总表 (表4): income, carry-over and expenditure of the three fiscal budgets.

Pure. Option ``classes``: as in `budgets.tables.balance`.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import FISCAL, Flow
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter, Ledger
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, HeaderTree, Row, Sheet

from .cells import AMOUNT_WIDTH, Printer, has_money, label, page
from .grid import Column, Grid
from .tree import function_classes
from .two_sided import Half, side_by_side
from .wording import fund_label, nothing, numeral

FUNDS = tuple(Column(fund.value, (fund_label(fund),), Filter(fund=(fund,))) for fund in FISCAL)
COLUMNS = (Column("total", ("合计",)), *FUNDS)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    ledger = dossier.ledger.where(fund=FISCAL)
    left = list(_income(ledger, printer))
    right = list(_expenditure(dossier, spec, ledger, printer))
    total = Row(
        (
            label("收入总计"),
            inward(printer, "total", ledger, Flow.OPENING, Flow.INCOME, Flow.RESERVES),
            label("支出总计"),
            *outward(printer, ledger),
        ),
        total=True,
    )
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(15, AMOUNT_WIDTH[unit], 21, *(AMOUNT_WIDTH[unit] for _ in COLUMNS)),
            head=HeaderTree(
                [("收入", ["项目", "预算数"]), ("支出", ["项目", *(c.path[0] for c in COLUMNS)])]
            ).rows(),
            body=(*side_by_side(left, right, widths=(2, 1 + len(COLUMNS))), total),
            notes=() if has_money(ledger) else (nothing(dossier, "财政拨款收入和支出"),),
        )
    ]


def inward(printer: Printer, row: str, lines: Ledger, *flows: Flow) -> Cell:
    """A cell with the income from ``flows``, over all three budgets."""
    return printer.total(row, "income", lines, Filter(flow=flows, fund=FISCAL))


def closing(printer: Printer, ledger: Ledger) -> Iterator[Cell]:
    """Cells with the closing carry-over: 合计, then by fund."""
    for column in COLUMNS:
        yield printer.amount("closing", column.id, ledger.where(column.filter).closing())


def outward(printer: Printer, ledger: Ledger) -> Iterator[Cell]:
    """Cells with spending, allocation and closing carry-over together: 合计, then by fund."""
    for column in COLUMNS:
        lines = ledger.where(column.filter)
        went = lines.total(flow=(Flow.EXPENDITURE, Flow.ALLOCATION))
        yield printer.amount("total", column.id, went + lines.closing())


def _income(ledger: Ledger, printer: Printer) -> Iterator[Half]:
    yield label("一、本年收入"), inward(printer, "subtotal", ledger, Flow.INCOME)
    for number, fund in enumerate(FISCAL, 1):
        filter = Filter(flow=(Flow.INCOME,), fund=(fund,))
        yield (
            label(f"（{numeral(number)}）{fund.label}", indent=1),
            printer.total(fund.value, "income", ledger, filter),
        )
    yield label("二、上年结转"), inward(printer, "opening", ledger, Flow.OPENING)
    for number, fund in enumerate(FISCAL, 1):
        filter = Filter(flow=(Flow.OPENING,), fund=(fund,))
        yield (
            label(f"（{numeral(number)}）{fund.label}", indent=1),
            printer.total(f"opening.{fund.value}", "income", ledger, filter),
        )
    if has_money(ledger, Filter(flow=(Flow.RESERVES,))):
        yield label(f"三、{Flow.RESERVES.label}"), inward(printer, "reserves", ledger, Flow.RESERVES)


def _expenditure(dossier: Dossier, spec: TableSpec, ledger: Ledger, printer: Printer) -> Iterator[Half]:
    def grid(flow: Flow) -> Grid:
        return Grid.over(printer, ledger, Filter(flow=(flow,), fund=FISCAL), COLUMNS)

    spent = grid(Flow.EXPENDITURE)
    yield label("一、本年支出"), *spent.amounts("subtotal")
    listed = spec.options.get("classes") or dossier.codes.function_classes()
    for number, node in enumerate(function_classes(spent.lines, dossier.codes, listed), 1):
        yield (
            label(f"（{numeral(number)}）{node.name}", indent=1),
            *spent.amounts(node.id, node.filter, node.lines),
        )
    yield label("二、结转下年"), *closing(printer, ledger)
    if has_money(ledger, Filter(flow=(Flow.ALLOCATION,))):
        yield label(f"三、{Flow.ALLOCATION.label}"), *grid(Flow.ALLOCATION).amounts("allocation")
