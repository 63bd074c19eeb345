"""支出决算表 (公开03表): the year's expenditure by functional 类/款/项 and use.

Pure. No options.
"""

from __future__ import annotations

from budgets.domain.choices import Use
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import Filter
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from ..cells import SPENT, Printer
from ..columns import UNKNOWN_USE
from ..grid import Column, Grid
from ..wording import UNSPECIFIED
from .coded_table import Sum, coded_table
from .wording import about

USES = {
    Use.BASIC: "基本支出",
    Use.PROJECT: "项目支出",
    Use.REMITTED: "上缴上级支出",
    Use.COMMERCIAL: "经营支出",
    Use.SUBSIDY: "对附属单位补助支出",
}
"""The uses in the order and by the names of the national form."""

COLUMNS = (
    Column("total", ("本年支出合计",)),
    *(Column(use.value, (name,), Filter(use=(use,))) for use, name in USES.items()),
    Column("unspecified", (UNSPECIFIED,), UNKNOWN_USE, optional=True),
)
SUMS = (Sum("total", tuple(column.id for column in COLUMNS[1:])),)


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, SPENT, COLUMNS)
    return coded_table(dossier, spec, grid, SUMS, about(dossier, "各项支出情况"), "支出")
