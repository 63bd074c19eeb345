"""一般公共预算支出表 (表5): expenditure of the general public budget by functional 类/款/项.

Pure. No options.
"""

from __future__ import annotations

from budgets.domain.choices import Flow, Fund
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from .cells import Printer
from .columns import BASIC, PROJECT, basic_parts, beyond_project
from .grid import Column, Grid
from .tree import function_tree
from .tree_table import tree_table

BASE = Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,))

COLUMNS = (
    Column("total", ("合计",)),
    Column("basic", ("基本支出", "小计"), BASIC),
    *basic_parts("基本支出"),
    Column("project", ("项目支出",), PROJECT),
    *beyond_project(),
)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, BASE, COLUMNS)
    nodes = function_tree(grid.lines, dossier.codes)
    return tree_table(dossier, spec, grid, nodes, "使用一般公共预算财政拨款安排的支出")
