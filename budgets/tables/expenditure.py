"""部门支出总表 (表3): all expenditure by functional 类/款/项 and use.

Pure. No options.
"""

from __future__ import annotations

from budgets.domain.choices import Use
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from .cells import SPENT, Printer
from .columns import UNKNOWN_USE
from .grid import Column, Grid
from .tree import function_tree
from .tree_table import tree_table
from .wording import UNSPECIFIED

COLUMNS = (
    Column("total", ("合计",)),
    *(
        Column(use.value, (use.label,), Filter(use=(use,)))
        for use in (Use.BASIC, Use.PROJECT, Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY)
    ),
    Column("unspecified", (UNSPECIFIED,), UNKNOWN_USE, optional=True),
)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, SPENT, COLUMNS)
    return tree_table(dossier, spec, grid, function_tree(grid.lines, dossier.codes), "支出")
