"""财政拨款收入支出决算总表 (公开04表): the three fiscal budgets, with opening and closing carry-over by fund.

Pure. Option ``classes``: as in `budgets.tables.final.balance`.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import FISCAL, Flow
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter, Ledger
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, HeaderTree, Role, Row, Sheet

from ..cells import AMOUNT_WIDTH, Printer, has_money, label, page
from ..fiscal_balance import COLUMNS, closing, inward, outward
from ..grid import Grid
from ..tree import function_classes
from ..two_sided import Half, side_by_side
from ..wording import nothing, numeral
from .numbering import LINE_WIDTH, column_numbers, formula, formula_note, lined
from .wording import COLUMN_NUMBER, LINE_NUMBER, about

HEAD = HeaderTree(
    [
        ("收入", ["项目", LINE_NUMBER, "决算数"]),
        ("支出", ["项目", LINE_NUMBER, ("决算数", ["小计", *(fund.label for fund in FISCAL)])]),
    ]
).rows()

BOTH = (2, 1 + len(COLUMNS))
_NAME_WIDTH = 14.0


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    ledger = dossier.ledger.where(fund=FISCAL)
    income = list(_income(printer, ledger, Flow.INCOME, numbered=True))
    spent = list(_classes(dossier, spec, printer, ledger))
    before, after = list(_before(printer, ledger)), list(_after(printer, ledger))
    rows = [
        *side_by_side(income, spent, widths=BOTH),
        *side_by_side(before, after, widths=BOTH),
        Row(
            (
                label("总计"),
                inward(printer, "total", ledger, Flow.OPENING, Flow.INCOME, Flow.RESERVES),
                label("总计"),
                *outward(printer, ledger),
            ),
            total=True,
        ),
    ]
    names = (Cell(COLUMN_NUMBER, Role.HEADER), Cell("", Role.HEADER))
    side = (_NAME_WIDTH, LINE_WIDTH)
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(*side, AMOUNT_WIDTH[unit], *side, *(AMOUNT_WIDTH[unit] for _ in COLUMNS)),
            head=(*HEAD, Row((*names, *column_numbers(1), *names, *column_numbers(len(COLUMNS), 2)))),
            body=tuple(lined(rows, BOTH[0])),
            notes=(
                about(dossier, "三本预算财政拨款的总收支和年末结转结余情况"),
                formula_note(
                    LINE_NUMBER, _formulas(len(rows), len(income), len(spent), len(before), len(after))
                ),
                formula_note(COLUMN_NUMBER, [formula(2, (3, 4, 5))]),
                *(() if has_money(ledger) else (nothing(dossier, "财政拨款收入和支出"),)),
            ),
        )
    ]


def _income(printer: Printer, ledger: Ledger, flow: Flow, numbered: bool = False) -> Iterator[Half]:
    """One row per fund with the amounts of ``flow``."""
    for i, fund in enumerate(FISCAL, 1):
        row = fund.value if flow == Flow.INCOME else f"{flow.value}.{fund.value}"
        yield (
            label(f"{numeral(i)}、{fund.label}" if numbered else fund.label, indent=0 if numbered else 1),
            printer.total(row, "income", ledger, Filter(flow=(flow,), fund=(fund,))),
        )


def _classes(dossier: Dossier, spec: TableSpec, printer: Printer, ledger: Ledger) -> Iterator[Half]:
    spent = _grid(printer, ledger, Flow.EXPENDITURE)
    listed = spec.options.get("classes") or dossier.codes.function_classes()
    for number, node in enumerate(function_classes(spent.lines, dossier.codes, listed), 1):
        yield (
            label(f"{numeral(number)}、{node.name}"),
            *spent.amounts(node.id, node.filter, node.lines),
        )


def _grid(printer: Printer, ledger: Ledger, flow: Flow) -> Grid:
    return Grid.over(printer, ledger, Filter(flow=(flow,), fund=FISCAL), COLUMNS)


def _before(printer: Printer, ledger: Ledger) -> Iterator[Half]:
    yield label("本年收入合计"), inward(printer, "subtotal", ledger, Flow.INCOME)
    yield label("年初财政拨款结转和结余"), inward(printer, "opening", ledger, Flow.OPENING)
    yield from _income(printer, ledger, Flow.OPENING)
    if has_money(ledger, Filter(flow=(Flow.RESERVES,))):
        yield label(Flow.RESERVES.label), inward(printer, "reserves", ledger, Flow.RESERVES)


def _after(printer: Printer, ledger: Ledger) -> Iterator[Half]:
    yield label("本年支出合计"), *_grid(printer, ledger, Flow.EXPENDITURE).amounts("subtotal")
    yield label("年末财政拨款结转和结余"), *closing(printer, ledger)
    if has_money(ledger, Filter(flow=(Flow.ALLOCATION,))):
        yield label(Flow.ALLOCATION.label), *_grid(printer, ledger, Flow.ALLOCATION).amounts("allocation")


def _formulas(lines: int, income: int, spent: int, before: int, after: int) -> Iterator[str]:
    """The formulas, from the numbers of lines on each side: income or 类, then those of `_before` and `_after`."""
    left = max(income, spent) + 1
    right = lines + left
    yield formula(left, range(1, income + 1))
    yield formula(left + 1, range(left + 2, left + 2 + len(FISCAL)))
    yield formula(lines, (left, left + 1, *range(left + 2 + len(FISCAL), left + before)))
    yield formula(right, range(lines + 1, lines + spent + 1))
    yield formula(lines * 2, range(right, right + after))
