"""一般公共预算基本支出表 (表6): basic expenditure of the general public budget by economic 类/款.

Pure. No options.
"""

from __future__ import annotations

from budgets.domain.choices import Flow, Fund, Use
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from .cells import Printer
from .columns import basic_parts
from .grid import Column, Grid
from .tree import economic_tree
from .tree_table import CODE_AND_NAME, tree_table

BASE = Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,), use=(Use.BASIC,))

COLUMNS = (Column("total", ("基本支出", "合计")), *basic_parts("基本支出"))


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, BASE, COLUMNS)
    return tree_table(
        dossier,
        spec,
        grid,
        economic_tree(grid.lines, dossier.codes),
        "使用一般公共预算财政拨款安排的基本支出",
        before=[("部门预算支出经济分类", list(CODE_AND_NAME))],
    )
