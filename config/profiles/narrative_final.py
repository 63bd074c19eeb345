"""What narratives of final accounts have in common: chapters, and the order that the published ones have."""

from collections.abc import Mapping

import budgets.narrative.charts
import budgets.narrative.final.balance
import budgets.narrative.final.funds
import budgets.narrative.final.general
import budgets.narrative.final.matters
import budgets.narrative.final.three_public
import budgets.narrative.glossary
import budgets.narrative.matters
import budgets.narrative.overview
import performance.narrative.evaluation
from budgets.domain.choices import PassagePoint
from budgets.narrative.document import SheetKind
from budgets.narrative.spec import Chapter, Style

STYLE = Style(list_zero=False, share_places=1, rate_places=1, keep_rate_zeros=True, before="{last_year}年度")
FINE = {"share_places": 2, "rate_places": 2}
"""The chapters that print two decimals of a share."""

OVERVIEW = Chapter(
    key="overview",
    title="{department}概况",
    point=PassagePoint.OVERVIEW,
    chapters=(
        Chapter(
            key="duties",
            title="部门主要职责",
            build=budgets.narrative.overview.duties,
            needs="duties",
        ),
        Chapter(
            key="composition",
            title="机构设置情况",
            build=budgets.narrative.overview.composition,
            wording={
                "composition": "{department}部门决算的单位构成：{text}。",
                "units": "纳入{department}{year}年度部门决算编制范围的单位共{count}个：{names}。",
            },
        ),
        Chapter(
            key="staffing",
            title="人员情况",
            build=budgets.narrative.overview.staffing,
            needs="staffing",
        ),
    ),
)

TABLES = Chapter(key="tables", title="{department}{year}年度部门决算表", sheets=SheetKind.TABLES)
FORMS = Chapter(key="forms", title="附件", sheets=SheetKind.FORMS)
"""绩效自评表."""

BALANCE = (
    Chapter(
        key="balance",
        title="收入支出决算总体情况说明",
        build=budgets.narrative.final.balance.balance,
        chart=budgets.narrative.charts.final_totals,
    ),
    Chapter(
        key="income",
        title="收入决算情况说明",
        build=budgets.narrative.final.balance.income,
        chart=budgets.narrative.charts.final_income,
    ),
    Chapter(
        key="expenditure",
        title="支出决算情况说明",
        build=budgets.narrative.final.balance.expenditure,
        chart=budgets.narrative.charts.expenditure,
    ),
    Chapter(
        key="fiscal",
        title="财政拨款收入支出决算总体情况说明",
        build=budgets.narrative.final.balance.fiscal,
        chart=budgets.narrative.charts.final_fiscal_totals,
    ),
)

GENERAL = Chapter(
    key="general_expenditure",
    title="一般公共预算财政拨款支出决算情况说明",
    chapters=(
        Chapter(
            key="general",
            title="一般公共预算财政拨款支出决算总体情况",
            build=budgets.narrative.final.general.total,
        ),
        Chapter(
            key="structure",
            title="一般公共预算财政拨款支出决算结构情况",
            build=budgets.narrative.final.general.structure,
            style=FINE,
        ),
        Chapter(
            key="completion",
            title="一般公共预算财政拨款支出决算具体情况",
            build=budgets.narrative.final.general.specific,
            chapters=(Chapter(key="subject", build=budgets.narrative.final.general.subjects, style=FINE),),
        ),
    ),
)

BASIC = Chapter(
    key="basic",
    title="一般公共预算财政拨款基本支出决算情况说明",
    build=budgets.narrative.final.general.basic,
)

GOVERNMENT_FUND = Chapter(
    key="government_fund",
    title="政府性基金预算财政拨款收入支出决算情况说明",
    build=budgets.narrative.final.funds.build,
)
STATE_CAPITAL = Chapter(
    key="state_capital",
    title="国有资本经营预算财政拨款支出决算情况说明",
    build=budgets.narrative.final.funds.build,
    options={"fund": "state_capital"},
)

THREE_PUBLIC = Chapter(
    key="three_public",
    title="财政拨款“三公”经费支出决算情况说明",
    build=budgets.narrative.final.three_public.items,
)

OPERATING_COST = Chapter(
    key="operating_cost",
    title="机关运行经费支出说明",
    build=budgets.narrative.matters.operating_cost,
    wording={
        "operating_cost": "{year}年度{word}支出{total}[，{change}][，主要包括{names}]。",
        "no_operating_cost": "{who}{year}年度没有{word}支出。",
    },
)
PROCUREMENT = Chapter(
    key="procurement", title="政府采购支出说明", build=budgets.narrative.final.matters.procurement
)
ASSETS = Chapter(
    key="assets",
    title="国有资产占用情况说明",
    build=budgets.narrative.matters.assets,
    options={"back": 0},
)


def evaluation(wording: Mapping[str, str] | None = None) -> Chapter:
    """预算绩效情况说明; ``wording`` is that of a project's sentence and of the department's."""
    worded = dict(wording or {})
    return Chapter(
        key="performance",
        title="预算绩效情况说明",
        point=PassagePoint.PERFORMANCE,
        chapters=(
            Chapter(
                key="evaluation_work",
                title="预算绩效管理工作开展情况",
                build=performance.narrative.evaluation.work,
                style=FINE,
            ),
            Chapter(
                key="evaluation",
                title="部门整体支出自评结果",
                build=performance.narrative.evaluation.department,
                wording=worded,
                style=FINE,
            ),
            Chapter(
                key="project_evaluation",
                title="项目支出自评结果",
                build=performance.narrative.evaluation.projects,
                wording=worded,
                style=FINE,
            ),
            Chapter(
                key="application",
                title="绩效自评结果应用情况",
                build=performance.narrative.evaluation.application,
            ),
        ),
    )


TASKS = Chapter(
    key="tasks",
    title="{year}年度重点工作完成情况",
    point=PassagePoint.WORK,
    needs="tasks",
    build=budgets.narrative.overview.tasks,
    wording={"task": "{title}。[工作内容及目标：{text}。][完成情况：{result}。]"},
)

TERMS = (
    "general_income",
    "government_fund_income",
    "state_capital_income",
    "special_account",
    "superior",
    "operating_income",
    "commercial",
    "subordinate",
    "other",
    "reserves",
    "opening",
    "allocation",
    "closing",
    "basic",
    "project",
    "commercial_expenditure",
    "three_public",
    "agency_cost",
)

OTHER = Chapter(key="other", title="其他需要说明的情况", point=PassagePoint.OTHER)
"""Only what departments add."""

GLOSSARY = Chapter(
    key="terms",
    title="名词解释",
    is_fixed=True,
    build=budgets.narrative.glossary.build,
    options={"terms": TERMS},
    chapters=(
        Chapter(
            key="subjects",
            is_fixed=True,
            title="本部门使用的支出功能分类科目（到项级）",
            build=budgets.narrative.glossary.subjects,
        ),
    ),
)

NUMBERING = ("第{}部分 ", "{}、", "（{}）", "{n}.")
