"""Form A, 项目绩效目标申报表: one sheet per project, in which it is also edited.

Pure. Withheld projects have no public sheet; `form` lays out any project.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, OWN, Fund
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.money import Unit
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Block, Region, Row, Sheet, merge_equal
from performance.domain.goals import Goals, Horizon

from .paper import Paper, headers, label, numbered, value_headers
from .project import (
    HISTORY,
    Funding,
    activity_amount,
    budget_row,
    economic_classes,
    funding_rows,
    one_per_project,
    past_row,
    procurement_region,
)
from .regions import region

FUNDING = (
    Funding("total", "合计"),
    Funding("general", "一般公共预算财政拨款", (Fund.GENERAL,)),
    Funding("general_current", "其中：申请当年预算拨款", (Fund.GENERAL,), False, indent=1),
    Funding("government_fund", "政府性基金预算财政拨款", (Fund.GOVERNMENT_FUND,)),
    Funding("state_capital", "国有资本经营预算财政拨款", (Fund.STATE_CAPITAL,), optional=True),
    Funding("special_account", "财政专户管理资金", (Fund.SPECIAL_ACCOUNT,)),
    Funding("own", "单位资金", OWN),
    Funding("fiscal_carry_over", "其中：使用上年度财政拨款结转", FISCAL, True, indent=1),
)
"""The printed rows of 项目资金来源. The last one counts fiscal money, although it stands under 单位资金."""


def build(dossier: Dossier, spec: TableSpec, unit: Unit) -> list[Sheet]:
    """One sheet per public project."""
    return one_per_project(dossier, spec, unit, form)


def form(dossier: Dossier, project: ProjectDossier, spec: TableSpec, unit: Unit) -> Sheet:
    """The sheet of one project."""
    paper = Paper(f"{spec.key}.{project.key}", unit)
    goals = project.part(Goals)
    body: tuple[Block, ...] = (
        *_identity(paper, project),
        budget_row(paper, project),
        past_row(paper, dossier, project),
        HISTORY,
        paper.heading("项目资金来源"),
        headers((("来源项目", 6), ("金额", 6))),
        *funding_rows(paper, dossier, project, FUNDING),
        paper.heading("项目支出明细测算"),
        _activities(paper, dossier, project),
        paper.heading("项目采购"),
        _procurement(paper, project),
        paper.heading("项目绩效总目标"),
        _goals(paper, goals),
        paper.heading("长期绩效目标表"),
        _long_term(paper, goals),
        paper.heading("年度绩效目标表"),
        _annual(paper, goals),
    )
    return paper.sheet(dossier, spec, body, name=project.identity.name)


@dataclass(frozen=True)
class Entry:
    """A field of the header block."""

    title: str
    address: Address
    value: str


def _identity(paper: Paper, project: ProjectDossier) -> list[Row]:
    """The header block."""
    identity, application = project.identity, project.application

    def of_identity(title: str, name: str, value: str) -> Entry:
        return Entry(title, Address("identity", field=name), value)

    def of_application(title: str, name: str) -> Entry:
        return Entry(title, Address("application", field=name), getattr(application, name))

    pairs: tuple[tuple[Entry, ...], ...] = (
        (of_identity("项目名称", "name", identity.name), of_identity("项目编码", "code", identity.code)),
        (of_application("项目主管部门", "authority"), of_application("项目执行单位", "executing_unit")),
        (of_application("项目负责人", "leader"), of_application("联系电话", "phone")),
        (of_application("单位地址", "address"), of_application("邮政编码", "postcode")),
        (of_identity("项目属性", "attribute", identity.attribute.label),),
        (of_identity("支出项目类别", "category", identity.category.label),),
        (
            of_identity("起始年度", "start_year", _year(identity.start_year)),
            of_identity("终止年度", "end_year", _year(identity.end_year)),
        ),
        (of_application("项目立项依据", "basis"),),
        (of_application("项目实施方案", "plan"),),
    )
    rows = []
    for pair in pairs:
        columns = 4 if len(pair) == 2 else 10
        cells = []
        for entry in pair:
            address = entry.address
            cells += [label(entry.title), paper.text(address.field, "value", entry.value, columns, address)]
        rows.append(Row(tuple(cells)))
    return rows


def _year(year: int | None) -> str:
    return f"{year}年" if year else ""


def _activities(paper: Paper, dossier: Dossier, project: ProjectDossier) -> Region:
    rows = []
    for activity in project.activities:
        row, owner = f"activity.{activity.key}", Address("activities", activity.key)
        only = Address("lines", activity.lines[0].key, "economic") if len(activity.lines) == 1 else None
        rows.append(
            Row(
                (
                    *paper.typed(row, owner, activity, (("name", 2), ("description", 2))),
                    paper.text(row, "economic", economic_classes(activity, dossier.codes), 2, only),
                    activity_amount(paper, project, activity, 1),
                    *paper.typed(row, owner, activity, (("basis", 4), ("remark", 1))),
                )
            )
        )
    fields = (
        ("name", 2),
        ("description", 2),
        ("function", 1),
        ("economic", 1),
        ("fund", 1),
        ("from_carry_over", 1),
        ("amount", 1),
        ("basis", 2),
        ("remark", 1),
    )
    head = (
        ("项目活动", 2),
        ("活动内容表述", 2),
        ("支出经济分类", 2),
        ("金额", 1),
        ("测算依据及说明", 4),
        ("备注", 1),
    )
    return region("activities", fields, rows or [paper.blank()], [headers(head)])


def _procurement(paper: Paper, project: ProjectDossier) -> Region:
    rows = []
    for item in project.procurement:
        row, owner = f"procurement.{item.key}", Address("procurement", item.key)
        amount = paper.amount(row, "amount", item.amount, 4, replace(owner, field="amount"))
        rows.append(Row((*paper.typed(row, owner, item, (("name", 6), ("quantity", 2))), amount)))
    return procurement_region(
        tuple(rows) or (paper.blank(),), (headers((("品名", 6), ("数量", 2), ("金额", 4))),)
    )


def _goals(paper: Paper, goals: Goals) -> Region:
    rows = [
        Row(
            (
                label(f"{horizon.label}{number}", 3),
                *paper.typed(f"goal.{goal.key}", Address("goals", goal.key), goal, (("text", 9),)),
            )
        )
        for horizon in Horizon
        for number, goal in numbered(goals, horizon)
    ]
    fields = (("horizon", 2), ("name", 2), ("text", 8))
    return region("goals", fields, rows or [paper.blank()], [headers((("名称", 3), ("目标说明", 9)))])


_LEVELS = (("level1", 2), ("level2", 2), ("name", 2))
_LEVEL_HEADERS = (("目标名称", 2), ("一级指标", 2), ("二级指标", 2), ("三级指标", 2))


def _long_term(paper: Paper, goals: Goals) -> Region:
    values = (("value", 2), ("basis", 2))
    return region(
        "long_term_indicators",
        (("goal", 2), *_LEVELS, *values),
        _indicator_rows(paper, goals, Horizon.LONG_TERM, (*_LEVELS, *values)),
        [headers((*_LEVEL_HEADERS, ("指标值", 2), ("指标值确定依据", 2)))],
    )


def _annual(paper: Paper, goals: Goals) -> Region:
    values = (("value_before_last", 1), ("value_last", 1), ("value", 1), ("basis", 1))
    return region(
        "annual_indicators",
        (("goal", 2), *_LEVELS, *values),
        _indicator_rows(paper, goals, Horizon.ANNUAL, (*_LEVELS, *values)),
        value_headers(
            _LEVEL_HEADERS, (("前年", 1), ("上年", 1), ("预计当年实现", 1)), (("指标值确定依据", 1),)
        ),
    )


def _indicator_rows(
    paper: Paper, goals: Goals, horizon: Horizon, columns: tuple[tuple[str, int], ...]
) -> tuple[Row, ...]:
    """One row per indicator, with equal goals and levels merged."""
    rows = []
    for number, goal in numbered(goals, horizon):
        rows += paper.indicators(goal, columns, before=(label(f"{horizon.label}{number}"),))
    return tuple(merge_equal(rows, 3)) or (paper.blank(),)
