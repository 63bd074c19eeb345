"""东西湖区 预算公开说明: everything listed with its zero, trailing zeros dropped, rates of 上升 and 下降."""

from dataclasses import replace

import budgets.narrative.balance
import budgets.narrative.charts
import budgets.narrative.general
import budgets.narrative.glossary
from budgets.domain.choices import PassagePoint
from budgets.narrative.spec import Chapter, NarrativeSpec, Style

from . import narrative_common as common

_NO_ZERO = {"list_zero": False}

BALANCE = Chapter(
    key="balance",
    title="部门收支预算总体安排情况",
    build=budgets.narrative.balance.overview,
    chart=budgets.narrative.charts.totals,
    chapters=(
        Chapter(
            key="income",
            title="部门收入预算安排情况",
            build=budgets.narrative.balance.income,
            chart=budgets.narrative.charts.income,
            style=_NO_ZERO,
        ),
        Chapter(
            key="expenditure",
            title="部门支出预算安排情况",
            build=budgets.narrative.balance.expenditure,
            chart=budgets.narrative.charts.expenditure,
            wording={"restated": ""},  # the chapter above has told it
            style=_NO_ZERO,
        ),
    ),
)

GENERAL = Chapter(
    key="general",
    title="一般公共预算财政拨款支出预算情况",
    build=budgets.narrative.general.total,
    chapters=(
        common.BASIC,
        replace(common.PROJECT, wording={"project": "{name}{amount}。[主要内容：{content}。]"}),
    ),
)

NARRATIVE = NarrativeSpec(
    title="{department}{year}年部门预算公开",
    style=Style(up="上升"),
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
                    replace(common.COMPOSITION, title="部门预算单位构成情况"),
                    replace(common.STAFFING, title="人员情况"),
                ),
            ),
            common.TASKS,
            BALANCE,
            Chapter(
                key="fiscal",
                title="财政拨款收支预算总体情况",
                build=budgets.narrative.balance.fiscal,
                chart=budgets.narrative.charts.fiscal_totals,
            ),
            GENERAL,
            common.THREE_PUBLIC,
            common.GOVERNMENT_FUND,
            common.STATE_CAPITAL,
            Chapter(
                key="matters",
                title="其他重要事项的情况说明",
                chapters=(
                    common.OPERATING_COST,
                    common.PROCUREMENT,
                    common.SERVICE_PURCHASE,
                    common.ASSETS,
                    common.GOALS,
                ),
            ),
            common.OTHER,
            Chapter(
                key="glossary",
                is_fixed=True,
                title="专业性较强的名词解释",
                build=budgets.narrative.glossary.build,
                options={"terms": common.TERMS},
            ),
        )
    ),
)
