"""收入决算表 (公开02表): the year's income by functional 类/款/项 and kind.

Pure. No options. The national form has no column for income of 财政专户; a column is added if there is any.
"""

from __future__ import annotations

from budgets.domain.choices import FISCAL, Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from ..cells import Printer
from ..grid import Column, Grid
from .balance import FUNDS
from .coded_table import Sum, coded_table
from .wording import about, income_label

BASE = Filter(flow=(Flow.INCOME,))

COLUMNS = (
    Column("total", ("本年收入合计",)),
    Column("fiscal", ("财政拨款收入",), Filter(fund=FISCAL)),
    *(
        Column(fund.value, (income_label(fund),), Filter(fund=(fund,)), optional=fund not in FUNDS)
        for fund in (*FUNDS, *(fund for fund in Fund if fund not in FUNDS))
        if fund not in FISCAL
    ),
)
SUMS = (Sum("total", tuple(column.id for column in COLUMNS[1:])),)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, BASE, COLUMNS)
    return coded_table(dossier, spec, grid, SUMS, about(dossier, "取得的各项收入情况"), "收入")
