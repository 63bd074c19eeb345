"""项目支出表 (表10): one row per project, grouped by category, with columns by fund, this year's or carried over.

Pure. No options. Project expenditure without a project (in archived reports) has a row of its own.
"""

from __future__ import annotations

from budgets.domain.choices import FISCAL, OWN, Flow, Fund, ProjectCategory, Use
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.ledger import Filter, Ledger, Line
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, Role, Row, Sheet, merge_equal

from .cells import Printer, has_money, label, page
from .grid import Column, Grid
from .wording import UNSPECIFIED, WITHHELD, fund_label, nothing

BASE = Filter(flow=(Flow.EXPENDITURE,), use=(Use.PROJECT,))
NO_PROJECT = Filter(project=("",))

COLUMNS = (
    Column("total", ("合计",)),
    *(
        Column(fund.value, ("本年拨款", fund_label(fund)), Filter(fund=(fund,), from_carry_over=False))
        for fund in FISCAL
    ),
    *(
        Column(
            f"carry_over.{fund.value}",
            ("财政拨款结转结余", fund_label(fund)),
            Filter(fund=(fund,), from_carry_over=True),
        )
        for fund in FISCAL
    ),
    Column("special_account", (Fund.SPECIAL_ACCOUNT.label,), Filter(fund=(Fund.SPECIAL_ACCOUNT,))),
    Column("own", ("单位资金",), Filter(fund=OWN)),
)

_WIDTHS = {Unit.WAN: 5.5, Unit.YUAN: 7.5}


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    grid = Grid.over(Printer(spec.key, unit), dossier.ledger, BASE, COLUMNS)
    rows = _rows(dossier, grid)
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(6, 15, 11, *(_WIDTHS[unit] for _ in COLUMNS)),
            head=grid.head(("类型", "项目名称", "项目单位")),
            body=(*merge_equal(rows, 1), grid.total_row(3)),
            notes=() if rows else (nothing(dossier, "安排项目支出"),),
        )
    ]


def _rows(dossier: Dossier, grid: Grid) -> list[Row]:
    by_project: dict[str, list[Line]] = {}
    for line in grid.lines:
        by_project.setdefault(line.project, []).append(line)

    def row(kind: str, name: str, unit: str, key: str, filter: Filter) -> Row:
        lines = Ledger(tuple(by_project.get(filter.project[0], ())))
        group = Cell(kind, Role.LABEL, scope="rowgroup")
        return Row((group, label(name), Cell(unit), *grid.amounts(key, filter, lines)))

    rows = [
        row(category.label, *_name_and_unit(dossier, p), p.key, Filter(project=(p.key,)))
        for category in ProjectCategory
        for p in dossier.projects
        if p.identity.category == category
    ]
    if has_money(grid.lines, NO_PROJECT):
        rows.append(row(UNSPECIFIED, "未列明项目", dossier.header.department_name, "unnamed:", NO_PROJECT))
    return rows


def _name_and_unit(dossier: Dossier, project: ProjectDossier) -> tuple[str, str]:
    own = dossier.department_of(project)
    if project.withheld:
        return WITHHELD, own
    return project.identity.name, project.application.executing_unit or own
