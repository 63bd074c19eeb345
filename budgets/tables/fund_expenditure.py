"""政府性基金预算支出表, 国有资本经营预算支出表 (表8, 表9): expenditure of one fund by functional 类/款/项.

Pure. Option ``fund``: the value of a `Fund`; government_fund by default.
"""

from __future__ import annotations

from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from .cells import Printer
from .columns import BASIC, PROJECT, beyond_project
from .grid import Column, Grid
from .tree import function_tree
from .tree_table import tree_table

COLUMNS = (
    Column("total", ("本年支出", "合计")),
    Column("basic", ("本年支出", "基本支出"), BASIC),
    Column("project", ("本年支出", "项目支出"), PROJECT),
    *beyond_project("本年支出"),
)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    fund = Fund(spec.options.get("fund", Fund.GOVERNMENT_FUND))
    base = Filter(flow=(Flow.EXPENDITURE,), fund=(fund,))
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, base, COLUMNS)
    nodes = function_tree(grid.lines, dossier.codes)
    return tree_table(dossier, spec, grid, nodes, f"使用{fund.label}安排的支出")
