"""一般公共预算、国有资本经营预算财政拨款支出决算表 (公开05表, 公开08表): one fund's expenditure by 类/款/项.

Pure. Options: ``fund``, the value of a `Fund`; ``total``, the heading of the sum (小计 in 05, 合计 in 08).
"""

from __future__ import annotations

from dataclasses import replace

from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from ..cells import Printer
from ..fund_expenditure import COLUMNS
from ..grid import Grid
from .coded_table import Sum, coded_table
from .wording import about

SUMS = (Sum("total", tuple(column.id for column in COLUMNS[1:])),)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    fund = Fund(spec.options["fund"])
    total, *others = COLUMNS
    total = replace(total, path=(total.path[0], spec.options.get("total", total.path[1])))
    base = Filter(flow=(Flow.EXPENDITURE,), fund=(fund,))
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, base, (total, *others))
    return coded_table(
        dossier, spec, grid, SUMS, about(dossier, f"{fund.label}支出情况"), f"使用{fund.label}安排的支出"
    )
