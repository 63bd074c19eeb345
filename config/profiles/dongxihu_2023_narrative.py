"""东西湖区 预算公开说明: nine chapters, everything listed with its zero, rates of 上升 and 下降."""

import budgets.narrative.balance
import budgets.narrative.funds
import budgets.narrative.general
import budgets.narrative.glossary
import budgets.narrative.matters
import budgets.narrative.overview
import budgets.narrative.three_public
import performance.narrative.goals
from budgets.narrative.spec import Chapter, NarrativeSpec, Style

TERMS = (
    "general",
    "government_fund",
    "three_public",
    "agency_cost",
    "special_account",
    "operating_income",
    "superior",
    "commercial",
    "other",
    "opening",
)

NARRATIVE = NarrativeSpec(
    title="{department}{year}年部门预算公开说明",
    style=Style(up="上升"),
    numbering=("{}、", "（{}）", "{n}.", "（{n}）"),
    item_numbers="（{}）",
    level="区级",
    chapters=(
        Chapter(
            key="overview",
            title="部门基本情况",
            chapters=(
                Chapter(key="duties", title="部门主要职能", build=budgets.narrative.overview.duties),
                Chapter(
                    key="composition",
                    title="部门预算单位构成情况",
                    build=budgets.narrative.overview.composition,
                ),
                Chapter(key="staffing", title="人员情况", build=budgets.narrative.overview.staffing),
            ),
        ),
        Chapter(key="tasks", title="年度工作目标及主要任务", build=budgets.narrative.overview.tasks),
        Chapter(
            key="balance",
            title="部门收支预算总体安排情况",
            build=budgets.narrative.balance.overview,
            chapters=(
                Chapter(
                    key="income",
                    title="部门收入预算安排情况",
                    build=budgets.narrative.balance.income,
                    style=Style(up="上升", list_zero=False),
                ),
                Chapter(
                    key="expenditure",
                    title="部门支出预算安排情况",
                    build=budgets.narrative.balance.expenditure,
                    style=Style(up="上升", list_zero=False),
                ),
            ),
        ),
        Chapter(key="fiscal", title="财政拨款收支预算总体情况", build=budgets.narrative.balance.fiscal),
        Chapter(
            key="general",
            title="一般公共预算财政拨款支出预算情况",
            build=budgets.narrative.general.total,
            chapters=(
                Chapter(key="basic", title="基本支出", build=budgets.narrative.general.basic),
                Chapter(
                    key="project",
                    title="项目支出",
                    build=budgets.narrative.general.projects,
                    wording={"project": "{name}{amount}。[主要内容：{content}。]"},
                ),
            ),
        ),
        Chapter(
            key="three_public",
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
        ),
        Chapter(
            key="government_fund",
            title="政府性基金预算财政拨款支出预算情况",
            build=budgets.narrative.funds.build,
        ),
        Chapter(
            key="state_capital",
            title="国有资本经营预算财政拨款支出预算情况",
            build=budgets.narrative.funds.build,
            options={"fund": "state_capital"},
        ),
        Chapter(
            key="matters",
            title="其他重要事项的情况说明",
            chapters=(
                Chapter(
                    key="operating_cost",
                    title="机关运行经费情况",
                    build=budgets.narrative.matters.operating_cost,
                ),
                Chapter(
                    key="procurement", title="政府采购预算情况", build=budgets.narrative.matters.procurement
                ),
                Chapter(
                    key="service_purchase",
                    title="政府购买服务预算安排情况",
                    build=budgets.narrative.matters.service_purchase,
                ),
                Chapter(key="assets", title="国有资产占有使用情况", build=budgets.narrative.matters.assets),
                Chapter(key="goals", title="预算绩效管理情况", build=performance.narrative.goals.build),
            ),
        ),
        Chapter(
            key="glossary",
            title="专业性较强的名词解释",
            build=budgets.narrative.glossary.build,
            options={
                "terms": (
                    "general",
                    "government_fund",
                    "three_public",
                    "agency_cost",
                    "special_account",
                    "operating_income",
                    "commercial",
                    "other",
                    "opening",
                )
            },
        ),
    ),
)
