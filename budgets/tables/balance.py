"""部门收支总表 (表1): all income and carry-over against all expenditure and what is carried forward.

Pure. Options:

- ``funds``: values of `Fund`, the income rows in their order; all by default.
- ``classes``: codes of functional 类, the expenditure rows in their order; by default every one of the edition.

Money outside these lists gets an added row before the total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter

from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import HeaderTree, Row, Sheet

from .cells import AMOUNT_WIDTH, SPENT, Printer, has_money, label, narrow, page
from .income import INWARD
from .tree import function_classes
from .two_sided import Half, side_by_side
from .wording import nothing, numeral

_NAME_WIDTH = 17.0


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    head = HeaderTree([("收入", ["项目", "预算数"]), ("支出", ["项目", "预算数"])]).rows()
    both = (2, 2)
    body = (
        *side_by_side(
            list(income_rows(dossier, spec.options.get("funds", Fund), printer)),
            list(expenditure_rows(dossier, spec, printer)),
            widths=both,
        ),
        *side_by_side(*_middle(dossier, printer), widths=both),
        _total(dossier, printer),
    )
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(_NAME_WIDTH, AMOUNT_WIDTH[unit]) * 2,
            head=head,
            body=body,
            notes=() if has_money(dossier.ledger) else (nothing(dossier, "收入和支出"),),
        )
    ]


def income_rows(
    dossier: Dossier,
    funds: Iterable[str],
    printer: Printer,
    name: Callable[[Fund], str] = attrgetter("label"),
) -> Iterator[Half]:
    """One numbered row per fund of ``funds``, then the other funds with income. ``name`` gives the printed name."""
    lines = dossier.ledger.where(flow=Flow.INCOME)
    listed = [Fund(value) for value in funds]
    added = [f for f in Fund if f not in listed and has_money(lines, Filter(fund=(f,)))]
    for number, fund in enumerate((*listed, *added), 1):
        filter = Filter(flow=(Flow.INCOME,), fund=(fund,))
        yield (
            label(f"{numeral(number)}、{name(fund)}"),
            printer.total(fund.value, "income", lines, filter),
        )


def expenditure_rows(dossier: Dossier, spec: TableSpec, printer: Printer) -> Iterator[Half]:
    """One row per functional 类, numbered."""
    listed = spec.options.get("classes") or dossier.codes.function_classes()
    nodes = function_classes(dossier.ledger.expenditure, dossier.codes, listed)
    for number, node in enumerate(nodes, 1):
        filter = narrow(SPENT, node.filter) or SPENT
        yield (
            label(f"{numeral(number)}、{node.name}"),
            printer.total(node.id, "expenditure", node.lines, filter),
        )


def _middle(dossier: Dossier, printer: Printer) -> tuple[list[Half], list[Half]]:
    """本年合计, then carry-over from earlier years and to later ones."""
    ledger = dossier.ledger

    def flow(row: str, column: str, text: str, which: Flow) -> Half:
        return label(text), printer.total(row, column, ledger, Filter(flow=(which,)))

    left = [
        flow("subtotal", "income", "本年收入合计", Flow.INCOME),
        flow("opening", "income", "上年结转", Flow.OPENING),
    ]
    right = [
        flow("subtotal", "expenditure", "本年支出合计", Flow.EXPENDITURE),
        (label("结转下年"), printer.amount("closing", "expenditure", ledger.closing())),
    ]
    if has_money(ledger, Filter(flow=(Flow.RESERVES,))):
        left.append(flow("reserves", "income", Flow.RESERVES.label, Flow.RESERVES))
    if has_money(ledger, Filter(flow=(Flow.ALLOCATION,))):
        right.append(flow("allocation", "expenditure", Flow.ALLOCATION.label, Flow.ALLOCATION))
    return left, right


def _total(dossier: Dossier, printer: Printer) -> Row:
    ledger = dossier.ledger
    spent = ledger.expenditure.total() + ledger.total(flow=Flow.ALLOCATION) + ledger.closing()
    return Row(
        (
            label("收入总计"),
            printer.total("total", "income", ledger, INWARD),
            label("支出总计"),
            printer.amount("total", "expenditure", spent),
        ),
        total=True,
    )
