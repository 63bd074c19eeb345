"""Chapters that the narratives of several localities have in common."""

from collections.abc import Iterable

import budgets.narrative.funds
import budgets.narrative.general
import budgets.narrative.matters
import budgets.narrative.overview
import budgets.narrative.three_public
import performance.narrative.goals
from budgets.domain.choices import PassagePoint
from budgets.narrative.document import SheetKind
from budgets.narrative.spec import Chapter

NUMBERING = ("第{}部分 ", "{}、", "（{}）", "{n}.", "（{n}）")


def parts(chapters: Iterable[Chapter]) -> tuple[Chapter, ...]:
    """The parts of a budget's document: the text, then the tables and forms."""
    return (
        Chapter(key="narrative", title="{department}{year}年部门预算公开说明", chapters=tuple(chapters)),
        Chapter(key="tables", title="{department}{year}年部门预算公开表", sheets=SheetKind.ALL),
    )


DUTIES = Chapter(key="duties", title="部门主要职能", build=budgets.narrative.overview.duties, needs="duties")
COMPOSITION = Chapter(
    key="composition", title="部门预算单位构成", build=budgets.narrative.overview.composition
)
STAFFING = Chapter(
    key="staffing", title="部门人员构成", build=budgets.narrative.overview.staffing, needs="staffing"
)
TASKS = Chapter(
    key="tasks",
    title="年度工作目标及主要任务",
    build=budgets.narrative.overview.tasks,
    point=PassagePoint.WORK,
    needs="tasks",
)
OTHER = Chapter(key="other", title="其他需要说明的情况", point=PassagePoint.OTHER)
"""Only what departments add."""

BASIC = Chapter(key="basic", title="基本支出", build=budgets.narrative.general.basic)
PROJECT = Chapter(key="project", title="项目支出", build=budgets.narrative.general.projects)

THREE_PUBLIC = Chapter(
    key="three_public_expenditure",
    title="一般公共预算“三公”经费支出预算情况",
    chapters=(
        Chapter(
            key="three_public_scope",
            title="“三公”经费的单位范围",
            build=budgets.narrative.three_public.scope,
        ),
        Chapter(
            key="three_public",
            title="“三公”经费财政拨款预算情况",
            build=budgets.narrative.three_public.items,
        ),
    ),
)

GOVERNMENT_FUND = Chapter(
    key="government_fund",
    title="政府性基金预算财政拨款支出预算情况",
    build=budgets.narrative.funds.build,
)
STATE_CAPITAL = Chapter(
    key="state_capital",
    title="国有资本经营预算财政拨款支出预算情况",
    build=budgets.narrative.funds.build,
    options={"fund": "state_capital"},
)

OPERATING_COST = Chapter(
    key="operating_cost", title="机关运行经费情况", build=budgets.narrative.matters.operating_cost
)
PROCUREMENT = Chapter(
    key="procurement", title="政府采购预算情况", build=budgets.narrative.matters.procurement
)
SERVICE_PURCHASE = Chapter(
    key="service_purchase",
    title="政府购买服务预算安排情况",
    build=budgets.narrative.matters.service_purchase,
)
ASSETS = Chapter(key="assets", title="国有资产占有使用情况", build=budgets.narrative.matters.assets)
GOALS = Chapter(
    key="goals",
    title="预算绩效管理情况",
    build=performance.narrative.goals.build,
    point=PassagePoint.PERFORMANCE,
)

TERMS = (
    "general",
    "government_fund",
    "three_public",
    "agency_cost",
    "special_account",
    "operating_income",
    "superior",
    "subordinate",
    "commercial",
    "other",
    "opening",
    "reserves",
)
"""名词解释 of a budget: what every text explains, and kinds of money that the report has."""
