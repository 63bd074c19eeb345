"""A narrative as departments of Shanghai publish it: changes without rates, every 项, one list of matters.

No profile of theirs is shipped; the spec shows that what differs is data.
"""

from __future__ import annotations

from dataclasses import replace

import budgets.narrative.balance
import budgets.narrative.general
import budgets.narrative.glossary
from budgets.narrative.spec import Chapter, NarrativeSpec, Style
from config.profiles import narrative_common as common

NARRATIVE = NarrativeSpec(
    title="{department}{year}年区级部门预算",
    style=Style(separators=True, keep_zeros=True, changed="比{before}{direction}{amount}"),
    chapters=(
        replace(common.DUTIES, title="{department}主要职能"),
        replace(common.COMPOSITION, title="{department}机构设置"),
        Chapter(
            key="glossary",
            title="名词解释",
            build=budgets.narrative.glossary.build,
            options={"terms": ("basic", "project", "three_public", "agency_cost")},
        ),
        Chapter(
            key="preparation",
            title="{year}年部门预算编制说明",
            chapters=(
                Chapter(
                    key="income",
                    build=budgets.narrative.balance.income,
                    wording={"income": "{year}年收入预算{total}[，{change}]。[其中：{items}。]"},
                ),
                Chapter(
                    key="expenditure",
                    build=budgets.narrative.balance.expenditure,
                    wording={"expenditure": "支出预算{total}[，{change}[，主要原因：{reason}]]。"},
                ),
                Chapter(key="subject", build=budgets.narrative.general.subjects),
            ),
        ),
        Chapter(
            key="matters",
            title="其他相关情况说明",
            chapters=(
                common.THREE_PUBLIC.chapters[1],
                common.OPERATING_COST,
                common.PROCUREMENT,
                replace(
                    common.GOALS,
                    wording={"goals": "{year}年编报{goals}[，涉及项目预算资金{amount}][，其中：{items}]。"},
                ),
                replace(common.ASSETS, options={"day": "8月31日"}),
            ),
        ),
    ),
)
