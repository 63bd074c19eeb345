"""Final accounts with a budget that set targets, small and made by hand; and localities with other schemes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budgets.domain.choices import ReportKind
from budgets.domain.dossier import Dossier, ProjectDossier
from budgets.domain.profile import Profile, get_profile
from budgets.domain.schema import Activities, Activity, Application, Expenditure, ExpenditureLine, Identity
from performance.domain.evaluation import Evaluation, IndicatorResult, Points
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from performance.domain.schemes import OPTION, Scheme
from tests.examples import CODES, header, line, wan
from tests.other_profiles import known

PROFILE = "dongxihu_final_2024"
YEAR = 2024

COST, OUTPUT, EFFECT, CONTENT = "成本指标", "产出指标", "效益指标", "满意度指标"


def goal(key: str, *indicators: tuple[str, str, str, str], text: str = "") -> Goal:
    """An annual goal of (key, 一级指标, 二级指标, value); an indicator is named by its key."""
    return Goal(
        key=key,
        horizon=Horizon.ANNUAL,
        text=text,
        indicators=tuple(
            Indicator(key=own, level1=level1, level2=level2, name=own, value=value)
            for own, level1, level2, value in indicators
        ),
    )


def general() -> Goal:
    """The targets of 综合业务: a ceiling that was broken, floors, an exact number and words."""
    return goal(
        "g1",
        ("outsourcing", COST, "经济成本指标", "≤24万"),
        ("design", COST, "经济成本指标", "≤20万"),
        ("services", OUTPUT, "数量指标", "5个/年"),
        ("days", OUTPUT, "数量指标", "≥240天/年"),
        ("safeguarded", EFFECT, "社会效益指标", "有效保障"),
        ("content", CONTENT, "服务对象满意度指标", "≥95%"),
    )


def result(key: str, actual: str, weight: str = "", score: str = "", **more: Any) -> IndicatorResult:
    return IndicatorResult(key=key, actual=actual, weight=points(weight), score=points(score), **more)


def points(value: str) -> Points | None:
    return Points.read(value) if value else None


def results() -> Evaluation:
    """What became of `general`."""
    return Evaluation(
        results=(
            result("outsourcing", "28.9", "10", "5", reason="超出目标"),
            result("design", "4.4", "10"),
            result("services", "7", "10", "10"),
            result("days", "≥240天", "10"),
            result("safeguarded", "有效保障", "", "30"),
            result("content", "≥95%"),
        ),
        causes="外包人数增加",
        measures="按合同测算",
    )


def spending(key: str, amount: str, **changes: Any) -> Activities:
    """One activity with one line of ``amount`` 万元."""
    own = line(f"{key}.line", amount, **changes)
    return Activities(activities=(Activity(key=f"{key}.task", name="日常", lines=(own,)),))


def project(key: str, *parts: Any) -> ProjectDossier:
    own: tuple[Any, ...] = (
        Identity(name=f"项目{key}"),
        Application(authority="办公室", executing_unit="服务中心"),
        spending(key, "10"),
    )
    return ProjectDossier(key, {type(part): part for part in (*own, *parts)})


def planned(*projects: ProjectDossier, goals: Sequence[Goal] = (), basic: str = "40") -> Dossier:
    """The year's budget; ``basic`` in 万元."""
    return Dossier(
        header(YEAR),
        {
            Goals: Goals(goals=tuple(goals)),
            Expenditure: Expenditure(
                lines=(ExpenditureLine(key="b1", function="2010350", economic="30101", amount=wan(basic)),)
            ),
        },
        projects,
        codes=CODES,
    )


def final(
    *projects: ProjectDossier,
    budget: Dossier | None = None,
    evaluation: Evaluation | None = None,
    profile: str = PROFILE,
    basic: str = "40",
    **changes: Any,
) -> Dossier:
    """The final accounts; ``basic`` in 万元."""
    return replace(
        Dossier(
            header(YEAR, profile, kind=ReportKind.FINAL),
            {
                Evaluation: evaluation or Evaluation(),
                Expenditure: Expenditure(
                    lines=(
                        ExpenditureLine(key="e1", function="2010350", economic="30101", amount=wan(basic)),
                    )
                ),
            },
            projects,
            codes=CODES,
            budget=budget,
        ),
        **changes,
    )


def case() -> Dossier:
    """综合业务 (82.38 of 95.5 万元) and the department, whose two goals have four indicators."""
    then = project("zhyw", Goals(goals=(general(),)), spending("zhyw", "95.5"))
    now = project("zhyw", spending("zhyw", "82.38", adjusted=wan("95.5")), results())
    whole = (
        goal(
            "d1",
            ("events", OUTPUT, "数量指标", "≥4次"),
            ("known", EFFECT, "社会效益指标", "有所提升"),
            text="优化环境",
        ),
        goal(
            "d2",
            ("visits", OUTPUT, "数量指标", "≥50家/年"),
            ("satisfied", CONTENT, "服务对象满意度指标", "≥90%"),
            text="服务企业",
        ),
    )
    evaluation = Evaluation(
        results=(
            result("events", "3次", "20"),
            result("known", "很大提升", "20", "20"),
            result("visits", "60家", "20"),
            result("satisfied", "95%", "20"),
        ),
        causes="一场活动改期",
        measures="提前排期",
        summary="目标基本完成",
        problems="排期偏紧",
    )
    return final(now, budget=planned(then, goals=whole), evaluation=evaluation)


@contextmanager
def locality(scheme: Scheme, **changes: Any) -> Iterator[Profile]:
    """A profile of its own with ``scheme``: all that another locality needs is data."""
    base = get_profile(PROFILE)
    profile = replace(base, key="elsewhere", options={**base.options, OPTION: scheme}, **changes)
    with known(profile):
        yield profile


def elsewhere(dossier: Dossier) -> Dossier:
    """The same report in that locality."""
    return replace(dossier, header=replace(dossier.header, profile="elsewhere"))


def decimals(*values: str) -> list[Decimal]:
    return [Decimal(value) for value in values]
