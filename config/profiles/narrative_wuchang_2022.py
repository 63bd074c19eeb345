"""武昌区 预算公开说明: amounts with separators and two decimals, drivers of every change beside its reason."""

from dataclasses import replace

import budgets.narrative.balance
import budgets.narrative.charts
import budgets.narrative.general
import budgets.narrative.glossary
from budgets.domain.choices import PassagePoint
from budgets.narrative.spec import Chapter, NarrativeSpec, Style

from . import narrative_common as common

_DRIVERS = {"list_drivers": True}
_OWN_REASON = "[，{change}[，主要原因：{reason}][；其中：{drivers}]]"

BALANCE = Chapter(
    key="balance",
    title="部门收支预算总体安排情况",
    chart=budgets.narrative.charts.totals,
    chapters=(
        Chapter(
            key="income",
            title="部门收入预算",
            build=budgets.narrative.balance.income,
            chart=budgets.narrative.charts.income,
            wording={"income": f"{{year}}年部门预算总收入{{total}}{_OWN_REASON}。[按来源分：{{items}}。]"},
            options=_DRIVERS,
        ),
        Chapter(
            key="expenditure",
            title="部门支出预算",
            build=budgets.narrative.balance.expenditure,
            chart=budgets.narrative.charts.expenditure,
            wording={"expenditure": f"{{year}}年部门预算总支出{{total}}{_OWN_REASON}。[按类型：{{items}}。]"},
            options=_DRIVERS,
            chapters=(
                Chapter(
                    key="by_class",
                    build=budgets.narrative.balance.by_class,
                    options={
                        "classes": ("201", "208", "210", "221", "229"),
                        "economic": ("301", "302", "303", "310", "312", "399"),
                    },
                ),
            ),
        ),
    ),
)

GENERAL = Chapter(
    key="general",
    title="一般公共预算财政拨款预算情况",
    build=budgets.narrative.general.total,
    wording={
        "total": (
            "{year}年一般公共预算财政拨款支出预算{total}，其中：当年预算{current}，上年结转{carried}。"
            "[当年预算{change}[，主要原因：{reason}][；其中：{drivers}]。]"
        )
    },
    options=_DRIVERS,
    chapters=(
        replace(
            common.BASIC,
            wording={
                "operating_parts": "其中：日常公用支出{daily}，“三公”经费支出{public}，公务交通费{travel}。"
            },
        ),
        replace(
            common.PROJECT,
            wording={
                "projects": f"项目支出{{total}}{_OWN_REASON}。",
                "project": "{name}{amount}[，{change}][，{new}][，变动原因：{reason}]。",
            },
            options=_DRIVERS,
        ),
    ),
)

NARRATIVE = NarrativeSpec(
    title="{department}{year}年部门预算公开",
    style=Style(separators=True, keep_zeros=True, keep_rate_zeros=True),
    numbering=common.NUMBERING,
    level="区级",
    chapters=common.parts(
        (
            Chapter(
                key="overview",
                title="部门基本情况",
                point=PassagePoint.OVERVIEW,
                chapters=(
                    common.DUTIES,
                    replace(
                        common.COMPOSITION,
                        wording={
                            "composition": "{department}{year}年部门预算的编制范围包括以下预算单位：{text}。"
                        },
                    ),
                    common.STAFFING,
                ),
            ),
            common.TASKS,
            BALANCE,
            GENERAL,
            common.THREE_PUBLIC,
            replace(
                common.GOVERNMENT_FUND,
                wording={"nothing": "{year}年{fund}支出预算{total}，{who}没有使用这项资金安排支出。"},
            ),
            Chapter(
                key="matters",
                title="其他重要事项的情况说明",
                chapters=(
                    replace(
                        common.OPERATING_COST,
                        wording={"no_operating_cost": "{year}年{who}{word}{total}。"},
                    ),
                    common.PROCUREMENT,
                    common.SERVICE_PURCHASE,
                    common.ASSETS,
                    replace(
                        common.GOALS,
                        title="绩效目标设置情况",
                        wording={
                            "goals": "{year}年设置了{goals}[，涉及一般公共预算当年财政拨款{amount}]。",
                            "nothing": "{who}{year}年没有设置绩效目标。",
                        },
                    ),
                    replace(common.STATE_CAPITAL, title="国有资本经营预算支出安排情况"),
                ),
            ),
            common.OTHER,
            Chapter(
                key="glossary",
                is_fixed=True,
                title="名词解释",
                build=budgets.narrative.glossary.build,
                options={"terms": ("fiscal_income", *common.TERMS[2:])},
            ),
        )
    ),
)
