"""Hypothesis strategies for self-evaluations of arbitrary final accounts, over `tests.strategies`.

Nothing is promised of them but their types: results of indicators that nobody planned, weights that do not
add up, scores above them, budgets without goals.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from budgets.domain.choices import ReportKind
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.schema import Expenditure
from performance.domain.evaluation import Band, Evaluation, IndicatorResult, Points, UnitResult, Weight
from performance.domain.goals import LEVELS, Goal, Goals, Horizon, Indicator
from tests.strategies import amounts, dossiers, names, texts, tuples

FINAL = "dongxihu_final_2024"

VALUES = (
    *("≥90%", "≤24万", "≥4次/年", "5个/年", "≥10家/次", "99%以上", "≤24小时", "=3", "1-2次", "≥0"),
    *(
        "当年",
        "有效保障",
        "不超过合同金额",
        "",
        "/",
        "已举办 12 期",
        "28.9",
        "62.75万元",
        "0",
        "<5家",
        "约200人",
    ),
)
values = st.sampled_from(VALUES)
points = st.integers(0, 10_000).map(lambda hundredths: Points.read(Decimal(hundredths).scaleb(-2)))
weights = st.none() | points

LEVEL_NAMES = (*LEVELS, "其他指标", "")


@st.composite
def goals(draw: st.DrawFn, prefix: str) -> Goals:
    """Up to three goals, annual for the most part; keys begin with ``prefix``."""
    found = []
    for number in range(draw(st.integers(0, 3))):
        key = f"{prefix}g{number}"
        count = draw(st.integers(0, 4))
        found.append(
            Goal(
                key=key,
                horizon=draw(st.sampled_from([Horizon.ANNUAL, Horizon.ANNUAL, Horizon.LONG_TERM])),
                name=draw(names),
                text=draw(texts),
                indicators=tuple(
                    Indicator(
                        key=f"{key}i{place}",
                        level1=draw(st.sampled_from(LEVEL_NAMES)),
                        level2=draw(st.sampled_from(["数量指标", "质量指标", ""])),
                        name=draw(names),
                        value=draw(values),
                    )
                    for place in range(count)
                ),
            )
        )
    return Goals(goals=tuple(found))


@st.composite
def evaluations(draw: st.DrawFn, prefix: str) -> Evaluation:
    """Of goals with that prefix, or of others."""
    keys = [f"{prefix}g{goal}i{place}" for goal in range(3) for place in range(4)]
    weight_keys = [f"{prefix}g{goal}{level}" for goal in range(3) for level in ("", "/1", "/2", "/5")]
    units = draw(
        tuples(
            st.builds(
                UnitResult,
                key=st.just("unit"),
                indicator=st.sampled_from(keys),
                unit=names,
                actual=values,
                money=amounts,
            ),
            4,
        )
    )
    return Evaluation(
        execution_score=draw(weights),
        execution_reason=draw(texts),
        weights=tuple(
            Weight(key=key, weight=draw(weights))
            for key in draw(st.lists(st.sampled_from(weight_keys), unique=True, max_size=4))
        ),
        results=tuple(
            IndicatorResult(
                key=key,
                weight=draw(weights),
                actual=draw(values),
                band=draw(st.sampled_from([None, *Band])),
                score=draw(weights),
                reason=draw(texts),
            )
            for key in draw(st.lists(st.sampled_from(keys), unique=True, max_size=8))
        ),
        units=tuple(replace(unit, key=f"{prefix}u{number}") for number, unit in enumerate(units)),
        summary=draw(texts),
        problems=draw(texts),
        causes=draw(texts),
        measures=draw(texts),
    )


@st.composite
def _evaluated(draw: st.DrawFn, project: ProjectDossier) -> ProjectDossier:
    own = {Evaluation: draw(evaluations(project.key)), Goals: draw(goals(project.key))}
    return replace(project, parts={**project.parts, **own})


@st.composite
def _budget(draw: st.DrawFn, report: Dossier) -> Dossier:
    """A budget with goals for some of the projects; its money is the report's, with basic expenditure or without."""
    parts = {**report.parts, Goals: draw(goals("d"))}
    if draw(st.booleans()):
        parts.pop(Expenditure)
    return replace(
        report,
        header=replace(report.header, kind=ReportKind.BUDGET, profile="dongxihu_2023"),
        parts=parts,
        projects=tuple(
            replace(project, parts={**project.parts, Goals: draw(goals(project.key))})
            for project in report.projects
            if draw(st.booleans())
        ),
    )


@st.composite
def evaluated_reports(draw: st.DrawFn, profile: str = FINAL) -> Dossier:
    """Final accounts with self-evaluations, with the year's budget or without."""
    report = draw(dossiers(profile=profile, kind=ReportKind.FINAL, earlier=False, projects=2))
    budget = draw(_budget(report)) if draw(st.booleans()) else None
    return replace(
        report,
        parts={**report.parts, Goals: draw(goals("d")), Evaluation: draw(evaluations("d"))},
        projects=tuple(draw(_evaluated(project)) for project in report.projects),
        budget=budget,
    )
