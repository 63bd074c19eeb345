"""财政拨款“三公”经费支出决算表 (公开09表): 全年预算数 beside 决算数, all three fiscal budgets, any use.

Pure. No options. Money that was carried over counts, so figures may differ from 一般公共预算 alone (表7). An 全年预算数
is blank if no line has one.
"""

from __future__ import annotations

from budgets.domain.choices import FISCAL, Flow
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import HeaderTree, Row, Sheet

from ..cells import Printer, has_money, page
from ..three_public import COLUMNS
from ..wording import nothing
from .numbering import column_numbers, formula, formula_note
from .wording import COLUMN_NUMBER, about

ITEMS = [
    "合计",
    "因公出国（境）费",
    ("公务用车购置及运行维护费", ["小计", "公务用车购置费", "公务用车运行维护费"]),
    "公务接待费",
]
HEAD = HeaderTree([("预算数", ITEMS), ("决算数", ITEMS)]).rows()
_WIDTH = 6.0


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    printer = Printer(spec.key, unit)
    filters = {column: _filter(economic) for column, economic in COLUMNS.items()}
    adjusted = (
        printer.amount("adjusted", column, dossier.ledger.adjusted(filter))
        for column, filter in filters.items()
    )
    actual = (printer.total("actual", column, dossier.ledger, filter) for column, filter in filters.items())
    empty = not has_money(dossier.ledger, filters["total"])
    return [
        page(
            dossier,
            spec,
            unit,
            widths=[_WIDTH] * len(COLUMNS) * 2,
            head=(*HEAD, Row(column_numbers(len(COLUMNS) * 2))),
            body=(Row((*adjusted, *actual)),),
            notes=(
                about(dossier, "财政拨款“三公”经费的预算与决算情况"),
                "预算数为调整后的全年预算数；决算数含当年财政拨款和以前年度结转资金的支出。",
                formula_note(
                    COLUMN_NUMBER,
                    [formula(1, (2, 3, 6)), formula(3, (4, 5)), formula(7, (8, 9, 12)), formula(9, (10, 11))],
                ),
                *((nothing(dossier, "使用财政拨款安排的“三公”经费支出"),) if empty else ()),
            ),
        )
    ]


def _filter(economic: tuple[str, ...]) -> Filter:
    return Filter(flow=(Flow.EXPENDITURE,), fund=FISCAL, economic=economic)
