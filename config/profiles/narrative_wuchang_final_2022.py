"""武昌区 决算情况说明: every item named with its zero, thousands separated, two decimals, shares of each class."""

from dataclasses import replace

import budgets.narrative.final.funds
from budgets.narrative.spec import Chapter, NarrativeSpec

from . import narrative_final as final

STYLE = replace(final.STYLE, separators=True, keep_zeros=True, list_zero=True, share_places=2, rate_places=2)

FOUR_ZEROS = {"nothing": budgets.narrative.final.funds.WORDING["total"]}
"""A fund without money has its four amounts too."""

NARRATIVE = NarrativeSpec(
    title="{department}{year}年度部门决算公开",
    style=STYLE,
    numbering=final.NUMBERING,
    level="区级",
    chapters=(
        final.OVERVIEW,
        final.TABLES,
        Chapter(
            key="narrative",
            title="{department}{year}年度部门决算情况说明",
            chapters=(
                *final.BALANCE,
                final.GENERAL,
                final.BASIC,
                replace(final.GOVERNMENT_FUND, wording=FOUR_ZEROS),
                replace(final.STATE_CAPITAL, wording=FOUR_ZEROS),
                final.THREE_PUBLIC,
                final.OPERATING_COST,
                replace(final.PROCUREMENT, options={"by_class": True}),
                final.ASSETS,
                final.evaluation(),
            ),
        ),
        final.TASKS,
        final.OTHER,
        final.GLOSSARY,
        final.FORMS,
    ),
)
