"""政府性基金预算财政拨款收入支出决算表 (公开07表): income, expenditure and carry-over by functional 类/款/项.

Pure. No options. The closing carry-over of each row is derived.
"""

from __future__ import annotations

from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from ..cells import SPENT, Printer
from ..columns import BASIC, PROJECT, beyond_project
from ..grid import Column, Grid
from .coded_table import Sum, coded_table
from .wording import about

BASE = Filter(fund=(Fund.GOVERNMENT_FUND,))
_YEAR = "本年支出"
_PARTS = (
    Column("basic", (_YEAR, "基本支出"), BASIC),
    Column("project", (_YEAR, "项目支出"), PROJECT),
    *beyond_project(_YEAR),
)

COLUMNS = (
    Column("opening", ("年初结转和结余",), Filter(flow=(Flow.OPENING,))),
    Column("income", ("本年收入",), Filter(flow=(Flow.INCOME,))),
    Column("reserves", (Flow.RESERVES.label,), Filter(flow=(Flow.RESERVES,)), optional=True),
    Column("total", (_YEAR, "小计"), SPENT),
    *_PARTS,
    Column("allocation", (Flow.ALLOCATION.label,), Filter(flow=(Flow.ALLOCATION,)), optional=True),
    Column("closing", ("年末结转和结余",), closing=True),
)
SUMS = (
    Sum("closing", ("opening", "income", "reserves"), ("total", "allocation")),
    Sum("total", tuple(column.id for column in _PARTS)),
)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, BASE, COLUMNS)
    label = Fund.GOVERNMENT_FUND.label
    return coded_table(
        dossier,
        spec,
        grid,
        SUMS,
        about(dossier, f"{label}收支和年初、年末结转结余"),
        f"{label}收入、支出和结转结余",
    )
