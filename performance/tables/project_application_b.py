"""Form B, 项目申报表（含绩效目标）: one sheet per project, usually in 元, in which it is also edited.

Pure. Its activities are tasks (子项目), its indicators those of the annual goals; 采购 is edited here
and printed elsewhere.
"""

from __future__ import annotations

from itertools import chain

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Fund
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Cell, Lines, Region, Role, Row, Sheet, merge_equal
from performance.domain.goals import Goals, Horizon

from .paper import Paper, headers, label
from .project import (
    HISTORY,
    Funding,
    activity_amount,
    budget_row,
    funding_rows,
    one_per_project,
    past_row,
    procurement_region,
    spent,
)
from .regions import region

FUNDING = (
    Funding("total", "合计"),
    Funding("fiscal", "1.财政拨款收入", FISCAL, False),
    Funding("fiscal_current", "其中：申请当年预算拨款", FISCAL, False, indent=1),
    Funding("special_account", "2.纳入财政专户管理的非税收入安排的资金", (Fund.SPECIAL_ACCOUNT,), False),
    Funding("superior", "3.上级补助收入", (Fund.SUPERIOR,), False),
    Funding("operating_income", "4.事业收入", (Fund.OPERATING_INCOME,), False),
    Funding("commercial", "5.事业单位经营收入", (Fund.COMMERCIAL,), False),
    Funding("subordinate", "6.附属单位上缴收入", (Fund.SUBORDINATE,), False),
    Funding("other", "7.其他收入", (Fund.OTHER,), False),
    Funding("carry_over", "8.上年结转、结余", (), True),
    Funding("fiscal_carry_over", "其中：使用上年度财政拨款结余结转", FISCAL, True, indent=1),
)
"""The printed rows of 项目资金来源. 9.往来资金 stays blank, because no budget line can be such money."""

NOTE = "说明：项目支出明细按子项目或单项工作任务填写，不按经济分类填写。"


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    """One sheet per public project."""
    return one_per_project(dossier, spec, unit, form)


def form(dossier: Dossier, project: ProjectDossier, spec: TableSpec, unit: Unit) -> Sheet:
    """The sheet of one project."""
    paper = Paper(f"{spec.key}.{project.key}", unit)
    goals = project.part(Goals)
    identity, application = project.identity, project.application

    def typed(title: str, owner: str, name: str, columns: int) -> tuple[Cell, Cell]:
        value = getattr(identity if owner == "identity" else application, name)
        return label(title), paper.text(name, "value", value, columns, Address(owner, field=name))

    body: tuple[Block, ...] = (
        Row((*typed("项目名称", "identity", "name", 4), *typed("项目代码", "identity", "code", 4))),
        Row(
            (
                *typed("项目主管部门", "application", "authority", 4),
                *typed("项目执行单位", "application", "executing_unit", 4),
            )
        ),
        Row(
            (
                *typed("项目负责人", "application", "leader", 4),
                *typed("联系电话", "application", "phone", 4),
            )
        ),
        Row(typed("项目申请理由", "application", "basis", 10)),
        Row(typed("项目主要内容", "application", "plan", 10)),
        budget_row(paper, project),
        past_row(paper, dossier, project),
        HISTORY,
        paper.heading("项目资金来源"),
        headers((("资金来源项目", 6), ("金额", 6))),
        *funding_rows(paper, dossier, project, FUNDING),
        Row((label("9.往来资金", 6), paper.amount("funding.transit", "amount", None, 6))),
        paper.heading("项目支出明细测算"),
        _activities(paper, project),
        Row(typed("测算依据及说明", "application", "costing", 10)),
        procurement_region(),
        _goals(paper, goals),
        paper.heading("项目年度绩效指标"),
        _indicators(paper, goals),
    )
    return paper.sheet(dossier, spec, body, name=identity.name, notes=(NOTE,))


def _activities(paper: Paper, project: ProjectDossier) -> Region:
    """项目支出明细 | 金额: 合计 first, then one numbered row per task."""
    total = paper.amount("activity.total", "amount", project.amount, 4, Lines(spent(project)))
    rows = [
        Row(
            (
                Cell(number, Role.NUMBER),
                *paper.typed(f"activity.{task.key}", Address("activities", task.key), task, (("name", 7),)),
                activity_amount(paper, project, task, 4),
            )
        )
        for number, task in enumerate(project.activities, 1)
    ]
    fields = (
        ("name", 4),
        ("function", 2),
        ("economic", 2),
        ("fund", 1),
        ("from_carry_over", 1),
        ("amount", 2),
    )
    head = [headers((("项目支出明细", 8), ("金额", 4))), Row((label("合计", 8), total), total=True)]
    return region("activities", fields, rows, head, name="项目支出明细")


def _goals(paper: Paper, goals: Goals) -> Region:
    """项目绩效总目标: the annual goals in words."""
    annual = goals.of(Horizon.ANNUAL)
    cells = [
        paper.typed(f"goal.{goal.key}", Address("goals", goal.key), goal, (("text", 10),)) for goal in annual
    ] or [(Cell("", columns=10),)]
    title = label("项目绩效总目标", rows=len(cells))
    fields = (("horizon", 2), ("name", 2), ("text", 8))
    rows = [Row((title, *row) if index == 0 else row) for index, row in enumerate(cells)]
    return region("goals", fields, rows, text="项目绩效总目标")


def _indicators(paper: Paper, goals: Goals) -> Region:
    columns = (("level1", 1), ("level2", 2), ("content", 3), ("name", 3), ("value", 2), ("remark", 1))
    rows = list(chain.from_iterable(paper.indicators(g, columns) for g in goals.of(Horizon.ANNUAL)))
    fields = (
        ("goal", 1),
        ("level1", 1),
        ("level2", 2),
        ("content", 3),
        ("name", 2),
        ("value", 2),
        ("remark", 1),
    )
    head = (
        ("一级指标", 1),
        ("二级指标", 2),
        ("指标内容", 3),
        ("指标内容", 3),
        ("指标值", 2),
        ("备注", 1),
    )
    return region(
        "annual_indicators",
        fields,
        merge_equal(rows, 2) or [paper.blank()],
        [headers(head)],
        goal="所属目标",
        name="指标内容（指标）",
        value="指标值",
    )
