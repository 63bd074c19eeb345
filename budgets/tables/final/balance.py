"""收入支出决算总表 (公开01表): all income against all expenditure, with opening and closing carry-over.

Pure. Options, as in `budgets.tables.balance`:

- ``funds``: values of `Fund`, the kinds of income in their order; by default the eight of the national form.
- ``classes``: codes of functional 类, the expenditure rows in their order; by default every one of the edition.
"""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import FISCAL, Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, HeaderTree, Role, Row, Sheet

from ..balance import expenditure_rows, income_rows
from ..cells import AMOUNT_WIDTH, SPENT, Printer, has_money, label, page
from ..income import INWARD
from ..two_sided import Half, side_by_side
from ..wording import nothing
from .numbering import LINE_WIDTH, column_numbers, formula, formula_note, lined
from .wording import COLUMN_NUMBER, LINE_NUMBER, about, income_label

FUNDS = (*FISCAL, Fund.SUPERIOR, Fund.OPERATING_INCOME, Fund.COMMERCIAL, Fund.SUBORDINATE, Fund.OTHER)
"""The kinds of income in the order of the national form."""

BOTH = (2, 2)
_NAME_WIDTH = 18.0


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    income = list(income_rows(dossier, spec.options.get("funds", FUNDS), printer, income_label))
    spent = list(expenditure_rows(dossier, spec, printer))
    rows = [
        *side_by_side(income, spent, widths=BOTH),
        *side_by_side(*_ends(dossier, printer), widths=BOTH),
        _total(dossier, printer),
    ]
    side = ["项目", LINE_NUMBER, "金额"]
    names = (Cell(COLUMN_NUMBER, Role.HEADER), Cell("", Role.HEADER))
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(_NAME_WIDTH, LINE_WIDTH, AMOUNT_WIDTH[unit]) * 2,
            head=(
                *HeaderTree([("收入", side), ("支出", side)]).rows(),
                Row((*names, *column_numbers(1), *names, *column_numbers(1, 2))),
            ),
            body=tuple(lined(rows, BOTH[0])),
            notes=(
                about(dossier, "的总收支和年末结转结余情况"),
                "各表先汇总、后换算为本表单位并四舍五入，合计与分项之和可能相差尾数。",
                formula_note(LINE_NUMBER, _formulas(len(rows), len(income), len(spent))),
                *(() if has_money(dossier.ledger) else (nothing(dossier, "收入和支出"),)),
            ),
        )
    ]


def _ends(dossier: Dossier, printer: Printer) -> tuple[list[Half], list[Half]]:
    """本年合计, then reserves used and surplus allocated, then carry-over from earlier years and to later ones."""
    ledger = dossier.ledger

    def flow(row: str, column: str, text: str, filter: Filter) -> Half:
        return label(text), printer.total(row, column, ledger, filter)

    return [
        flow("subtotal", "income", "本年收入合计", Filter(flow=(Flow.INCOME,))),
        flow("reserves", "income", "使用非财政拨款结余（含专用结余）", Filter(flow=(Flow.RESERVES,))),
        flow("opening", "income", "年初结转和结余", Filter(flow=(Flow.OPENING,))),
    ], [
        flow("subtotal", "expenditure", "本年支出合计", SPENT),
        flow("allocation", "expenditure", Flow.ALLOCATION.label, Filter(flow=(Flow.ALLOCATION,))),
        (label("年末结转和结余"), printer.amount("closing", "expenditure", ledger.closing())),
    ]


def _total(dossier: Dossier, printer: Printer) -> Row:
    ledger = dossier.ledger
    outward = ledger.total(flow=(Flow.EXPENDITURE, Flow.ALLOCATION)) + ledger.closing()
    return Row(
        (
            label("总计"),
            printer.total("total", "income", ledger, INWARD),
            label("总计"),
            printer.amount("total", "expenditure", outward),
        ),
        total=True,
    )


def _formulas(lines: int, kinds: int, classes: int) -> Iterator[str]:
    """The formulas of each side: 本年合计 sums the first lines, 总计 sums 本年合计 and the two lines after it."""
    for before, count in ((0, kinds), (lines, classes)):
        subtotal, total = before + lines - 3, before + lines
        yield formula(subtotal, range(before + 1, before + count + 1))
        yield formula(total, range(subtotal, total))
