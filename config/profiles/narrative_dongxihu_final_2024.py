"""东西湖区 决算情况说明: figures alone in the self-evaluations, one decimal of a rate and two of a share's detail."""

from budgets.narrative.spec import Chapter, NarrativeSpec

from . import narrative_final as final

NARRATIVE = NarrativeSpec(
    title="{year}年度{department}部门决算公开",
    style=final.STYLE,
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
                final.GOVERNMENT_FUND,
                final.STATE_CAPITAL,
                final.THREE_PUBLIC,
                final.OPERATING_COST,
                final.PROCUREMENT,
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
