"""Form C, 部门整体支出绩效目标申报表: the department's money, duties, projects and goals.

Pure. 收入构成 counts all money that may be spent in the year, including 上年结转 and 使用非财政拨款结余 of each source.
Its 合计 therefore equals 支出构成 合计 plus 结转下年 (and 结余分配).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, OWN, Flow, Fund, ProjectCategory, Use
from budgets.domain.dossier import Dossier
from budgets.domain.ledger import PERSONNEL, Filter, Ledger, Line
from budgets.domain.money import ZERO, Unit, share
from budgets.domain.profile import TableSpec
from budgets.domain.schema import Basics, WorkItem
from budgets.domain.sheets import Block, Cell, Lines, Region, Role, Row, Sheet, merge_equal
from budgets.tables.cells import SPENT, has_money
from budgets.tables.wording import UNSPECIFIED, WITHHELD
from performance.domain.goals import Goal, Goals, Horizon

from .paper import Paper, group_header, header, headers, label, numbered
from .project import LONG_TERM
from .regions import region

INWARD = (Flow.OPENING, Flow.INCOME, Flow.RESERVES)

_ANY_CODE = tuple("0123456789")
"""Every prefix of an economic code. A line with none of them is 未细分."""


@dataclass(frozen=True, slots=True)
class Component:
    """One row of 收入构成 or 支出构成 in one year; ``filter`` is None if no single filter describes it."""

    id: str
    title: str
    lines: Ledger
    filter: Filter | None
    optional: bool = False


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    """The one sheet of the department."""
    paper = Paper(spec.key, unit)
    basics, goals = dossier.part(Basics), dossier.part(Goals)
    body: tuple[Block, ...] = (
        Row(
            (label("部门(单位)名称", 3), paper.text("department", "name", dossier.header.department_name, 9))
        ),
        Row(
            (
                label("填报人", 3),
                paper.text("basics", "preparer", basics.preparer, 3, Address("basics", field="preparer")),
                label("联系电话", 3),
                paper.text("basics", "phone", basics.phone, 3, Address("basics", field="phone")),
            )
        ),
        *_money(paper, dossier),
        _listed(paper, "duties", "部门职能概述", [duty.text for duty in basics.duties]),
        _listed(paper, "tasks", "年度工作任务", [_task(item) for item in basics.tasks]),
        *_projects(paper, dossier),
        paper.heading("整体绩效总目标"),
        _goals(paper, goals),
        paper.heading("长期绩效指标"),
        _long_term(paper, goals),
        paper.heading("年度绩效指标"),
        _annual(paper, goals),
    )
    return [paper.sheet(dossier, spec, body, name="整体绩效目标")]


# --- 部门总体资金情况 -----------------------------------------------------------------------------


def income_components(report: Dossier) -> list[Component]:
    """收入构成 of one year's report, 合计 last."""
    sources = (
        ("income.fiscal", "财政拨款", FISCAL),
        ("income.special_account", "财政专户管理资金", (Fund.SPECIAL_ACCOUNT,)),
        ("income.own", "单位资金", OWN),
        ("income.total", "合计", ()),
    )
    return [_component(report, id, title, Filter(flow=INWARD, fund=fund)) for id, title, fund in sources]


def expenditure_components(report: Dossier) -> list[Component]:
    """支出构成 of one year's report, 合计 last.

    Project money without a known project (in archived reports) counts as 特定目标类.
    """
    operating = {
        project.key for project in report.projects if project.identity.category == ProjectCategory.OPERATING
    }
    specific = {project.key for project in report.projects} - operating
    basic_operating = Filter(flow=SPENT.flow, use=(Use.BASIC,), economic=_ANY_CODE, economic_except=PERSONNEL)
    other = (Use.COMMERCIAL, Use.REMITTED, Use.SUBSIDY)
    return [
        _component(
            report,
            "expenditure.personnel",
            "人员类项目支出",
            Filter(flow=SPENT.flow, use=(Use.BASIC,), economic=PERSONNEL),
        ),
        _running(report, basic_operating, operating),
        _specific(report, operating, specific),
        _component(
            report,
            "expenditure.other",
            "经营、上缴上级及补助附属单位支出",
            Filter(flow=SPENT.flow, use=other),
            optional=True,
        ),
        _component(
            report,
            "expenditure.basic_unspecified",
            f"基本支出（{UNSPECIFIED}）",
            Filter(flow=SPENT.flow, use=(Use.BASIC,), exact_economic=("",)),
            optional=True,
        ),
        _component(
            report,
            "expenditure.unspecified",
            UNSPECIFIED,
            Filter(flow=SPENT.flow, use=(Use.UNSPECIFIED,)),
            optional=True,
        ),
        _component(report, "expenditure.total", "合计", SPENT),
    ]


def _component(report: Dossier, id: str, title: str, filter: Filter, optional: bool = False) -> Component:
    return Component(id, title, report.ledger.where(filter), filter, optional)


def _running(report: Dossier, basic: Filter, operating: set[str]) -> Component:
    """运转类 = 公用经费 + 其他运转类 projects. It has a filter only if the filter selects no other line."""
    lines, filter = report.ledger.where(basic), basic
    if operating:
        lines += report.ledger.where(flow=SPENT.flow, project=tuple(sorted(operating)))
        filter = replace(basic, use=(Use.BASIC, Use.PROJECT), project=("", *sorted(operating)))
    is_exact = sorted(report.ledger.where(filter), key=_line_key) == sorted(lines, key=_line_key)
    shown = filter if is_exact and not _names_withheld(report, operating) else None
    return Component("expenditure.operating", "运转类项目支出", lines, shown)


def _specific(report: Dossier, operating: set[str], specific: set[str]) -> Component:
    """特定目标类: all project money outside 运转类."""
    filter: Filter | None = Filter(flow=SPENT.flow, use=(Use.PROJECT,))
    lines = report.ledger.where(filter)
    if operating:
        filter = Filter(flow=SPENT.flow, use=(Use.PROJECT,), project=("", *sorted(specific)))
        lines = lines.where(filter)
        if _names_withheld(report, specific):
            filter = None
    return Component("expenditure.specific", "特定目标类项目支出", lines, filter)


def _names_withheld(report: Dossier, keys: set[str]) -> bool:
    """Whether a source with ``keys`` would reveal a withheld project, since sheets are published."""
    return any(project.withheld for project in report.projects if project.key in keys)


def _line_key(line: Line) -> str:
    return line.key


def _money(paper: Paper, dossier: Dossier) -> list[Row]:
    year = dossier.header.year
    reports = (dossier, dossier.year(year - 2), dossier.year(year - 1))
    groups = (
        ("收入构成", _rows(paper, [income_components(r) if r else [] for r in reports], reports)),
        ("支出构成", _rows(paper, [expenditure_components(r) if r else [] for r in reports], reports)),
    )
    count = sum(len(rows) for _, rows in groups)
    head = Row(
        (
            label("部门总体资金情况", 1, rows=count + 2),
            header("总体资金情况", 4, rows=2),
            header("当年金额", 2, rows=2),
            header("占比", 1, rows=2),
            group_header("近两年收支金额", 4),
        )
    )
    out = [head, headers(((f"{year - 2}年", 2), (f"{year - 1}年", 2)))]
    for title, rows in groups:
        first, *rest = rows
        out += [Row((label(title, 1, rows=len(rows)), *first.cells)), *rest]
    return out


def _rows(paper: Paper, years: list[list[Component]], reports: tuple[Dossier | None, ...]) -> list[Row]:
    """名称 | 当年金额 | 占比 | 前年 | 上年. A year without a report is blank."""
    current, before_last, last = (
        {component.id: component for component in components} for components in years
    )
    whole = years[0][-1].lines.total()
    rows = []
    for component in years[0]:
        of_years = [known.get(component.id) for known in (current, before_last, last)]
        if component.optional and not any(c and has_money(c.lines) for c in of_years):
            continue
        part = share(component.lines.total(), whole)
        cells = [
            _amount(paper, component.id, column, found, report)
            for column, found, report in zip(
                ("current", "before_last", "last"), of_years, reports, strict=True
            )
        ]
        percent = Cell(part, Role.PERCENT, key=paper.key(component.id, "share"))
        rows.append(
            Row(
                (label(component.title, 3), cells[0], percent, *cells[1:]),
                total=component is years[0][-1],
            )
        )
    return rows


def _amount(paper: Paper, row: str, column: str, component: Component | None, report: Dossier | None) -> Cell:
    if component is None or report is None:
        return paper.amount(row, column, None, 2)
    year = 0 if column == "current" else report.header.year
    source = Lines(component.filter, year) if component.filter else None
    return paper.amount(row, column, component.lines.total(), 2, source)


# --- duties, tasks, projects ----------------------------------------------------------------------


def _listed(paper: Paper, name: str, title: str, items: list[str]) -> Row:
    text = "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    return Row((label(title), paper.text("basics", name, text, 10, Address("basics", field=name))))


def _task(item: WorkItem) -> str:
    if not (item.title and item.text):
        return item.title or item.text
    stop = "" if item.title.endswith(("。", "；", "：", "！", "？")) else "。"
    return f"{item.title}{stop}{item.text}"


def _projects(paper: Paper, dossier: Dossier) -> list[Row]:
    """项目支出情况. Withheld projects are one row without a name, with their money."""
    rows: list[tuple[Cell, ...]] = []
    for project in (p for p in dossier.projects if not p.withheld):
        row, total = f"project.{project.key}", project.total_budget
        spent = Filter(flow=SPENT.flow, project=(project.key,))
        rows.append(
            (
                paper.text(row, "name", project.identity.name, 3),
                paper.text(row, "category", project.identity.category.label, 1),
                paper.text(row, "total", LONG_TERM, 2)
                if total is None
                else paper.amount(row, "total", total, 2),
                paper.amount(row, "current", project.amount, 2, Lines(spent)),
                paper.text(row, "purpose", project.application.purpose, 3),
            )
        )
    withheld = [project.amount for project in dossier.projects if project.withheld]
    if withheld:
        rows.append(
            (
                label(WITHHELD, 3),
                Cell(""),
                Cell("", columns=2),
                paper.amount("project.withheld", "current", sum(withheld, ZERO), 2),
                Cell("", columns=3),
            )
        )
    if not rows:
        rows.append((Cell("", columns=11),))
    head = (
        ("项目名称", 3),
        ("支出项目类别", 1),
        ("项目总预算", 2),
        ("项目本年度预算", 2),
        ("项目主要支出方向和用途", 3),
    )
    return [
        Row((label("项目支出情况", 1, rows=len(rows) + 1), *headers(head).cells)),
        *(Row(cells) for cells in rows),
    ]


# --- goals ----------------------------------------------------------------------------------------


def _goals(paper: Paper, goals: Goals) -> Region:
    """长期目标 at the left, 年度目标 at the right, numbered."""
    long_term, annual = numbered(goals, Horizon.LONG_TERM), numbered(goals, Horizon.ANNUAL)
    rows = []
    for index in range(max(len(long_term), len(annual), 1)):
        cells = [
            _goal(paper, *known[index]) if index < len(known) else Cell("", columns=6)
            for known in (long_term, annual)
        ]
        rows.append(Row(tuple(cells)))
    until = max((goal.until_year for _, goal in long_term if goal.until_year), default=None)
    head = headers(((f"长期目标（截止{until}年）" if until else "长期目标", 6), ("年度目标", 6)))
    fields = (("horizon", 2), ("name", 3), ("text", 6), ("until_year", 1))
    return region("goals", fields, rows, [head], name="目标名称")


def _goal(paper: Paper, number: int, goal: Goal) -> Cell:
    text = f"目标{number}：{goal.text}"
    return paper.text(f"goal.{goal.key}", "text", text, 6, Address("goals", goal.key, "text"))


def _title(paper: Paper, title: str, number: int, goal: Goal) -> Row:
    name = paper.text(f"goal.{goal.key}", "name", goal.name, 9, Address("goals", goal.key, "name"))
    return Row((label(f"{title}{number}", 3), name))


def _long_term(paper: Paper, goals: Goals) -> Region:
    """Each long-term goal with its indicators below it."""
    head = headers((("一级指标", 2), ("二级指标", 2), ("三级指标", 3), ("指标值", 3), ("指标值确定依据", 2)))
    columns = (("level1", 2), ("level2", 2), ("name", 3), ("value", 3), ("basis", 2))
    rows: list[Row] = []
    for number, goal in numbered(goals, Horizon.LONG_TERM):
        rows += [_title(paper, "长期目标", number, goal), head]
        rows += merge_equal(paper.indicators(goal, columns), 2) or [paper.blank()]
    fields = (("goal", 2), ("level1", 1), ("level2", 2), ("name", 3), ("value", 2), ("basis", 2))
    return region("long_term_indicators", fields, rows or [paper.blank()])


def _annual(paper: Paper, goals: Goals) -> Region:
    """Each annual goal with its indicators below it, their values of the two years before beside them."""
    head = (
        Row(
            (
                header("一级指标", 1, rows=3),
                header("二级指标", 2, rows=3),
                header("三级指标", 3, rows=3),
                group_header("指标值", 4),
                header("指标值确定依据", 2, rows=3),
            )
        ),
        Row((group_header("近两年指标值", 2), header("预期当年实现值", 2, rows=2))),
        headers((("前年", 1), ("上年", 1))),
    )
    columns = (
        ("level1", 1),
        ("level2", 2),
        ("name", 3),
        ("value_before_last", 1),
        ("value_last", 1),
        ("value", 2),
        ("basis", 2),
    )
    rows: list[Row] = []
    for number, goal in numbered(goals, Horizon.ANNUAL):
        rows += [_title(paper, "年度目标", number, goal), *head]
        rows += merge_equal(paper.indicators(goal, columns), 2) or [paper.blank()]
    fields = (
        ("goal", 2),
        ("level1", 1),
        ("level2", 2),
        ("name", 2),
        ("value_before_last", 1),
        ("value_last", 1),
        ("value", 1),
        ("basis", 2),
    )
    return region("annual_indicators", fields, rows or [paper.blank()], value="预期当年实现值")
