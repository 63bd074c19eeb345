"""PRF-1: every project and the department have an annual goal with the obligatory indicators."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.findings import CheckSettings
from performance.checks.prf_1 import COST, EFFECT, OUTPUT, GoalsComplete, kind_of
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from tests.examples import complete_goals, dossier, project


def found(goals, department=None):
    report = dossier(project(goals=goals), parts={Goals: department or complete_goals()})
    return list(GoalsComplete().run(report, CheckSettings()))


def goals(*levels, horizon=Horizon.ANNUAL):
    indicators = tuple(
        Indicator(key=f"i{i}", level1=level1, level2=level2, name=f"指标{i}", value="≥1")
        for i, (level1, level2) in enumerate(levels)
    )
    return Goals(goals=(Goal(key="g", horizon=horizon, indicators=indicators),))


ALL = (("成本指标", "经济成本指标"), ("产出指标", "数量指标"), ("效益指标", "社会效益指标"))


def test_a_complete_set_is_silent():
    assert found(goals(*ALL)) == []


def test_no_annual_goal_is_an_error():
    (finding,) = found(goals(*ALL, horizon=Horizon.LONG_TERM))
    assert finding.severity == Severity.ERROR
    assert (finding.address.project, finding.place) == ("zhyw", "综合业务")
    assert "没有年度绩效目标" in finding.message


def test_the_department_is_held_to_the_same():
    (finding,) = found(goals(*ALL), department=Goals(goals=(Goal(key="x", horizon=Horizon.LONG_TERM),)))
    assert finding.address == Address("goals")


def test_indicators_without_output_are_an_error_at_the_goal():
    (finding,) = found(goals(ALL[0], ALL[2]))
    assert finding.severity == Severity.ERROR
    assert finding.address.on_page == Address("goals", "g", "text")
    assert finding.expected == "至少 1 个产出指标"


def test_satisfaction_stands_in_for_effect():
    (finding,) = found(goals(ALL[0], ALL[1], ("满意度指标", "服务对象满意度指标")))
    assert finding.severity == Severity.INFO
    assert "没有效益指标" in finding.message
    (finding,) = found(goals(ALL[0], ALL[1]))
    assert finding.severity == Severity.ERROR
    assert EFFECT in finding.message


def test_no_cost_indicator_only_asks():
    (finding,) = found(goals(ALL[1], ALL[2]))
    assert finding.severity == Severity.WARNING


def test_what_indicators_leave_blank_is_listed_once_for_each_column():
    rows = (
        Indicator(key="a", level2="数量指标", name="走访企业", value="≥1"),
        Indicator(key="b", level2="数量指标", name="宣讲", value="≥1"),
        Indicator(key="c", level1="产出指标", level2="质量指标", name="合格率"),
    )
    complete = goals(*ALL).goals
    told = found(Goals(goals=(*complete, Goal(key="l", horizon=Horizon.LONG_TERM, indicators=rows))))
    assert [(f.address.on_page, f.severity, f.actual) for f in told] == [
        (Address("indicators", "a", "level1"), Severity.WARNING, "2 个没有"),
        (Address("indicators", "c", "value"), Severity.WARNING, "1 个没有"),
    ]
    assert told[0].message == "2 个指标（“走访企业”等）没有填一级指标；请补填，多余的行请删除。"


@pytest.mark.parametrize(
    ("level1", "level2", "kind"),
    [
        ("产出指标", "成本指标", COST),
        ("成本指标", "社会成本指标", COST),
        ("产出指标", "时效指标", OUTPUT),
        ("产出指标", "", OUTPUT),
        ("", "社会效益指标", EFFECT),
        ("效益指标", "社会公众或服务对象满意度指标", EFFECT),
        ("效益指标", "可持续影响指标", EFFECT),
        ("", "", ""),
    ],
)
def test_the_second_level_tells_the_kind_before_the_first(level1, level2, kind):
    assert kind_of(Indicator(level1=level1, level2=level2)) == kind


def test_a_department_that_declared_to_have_no_goals_is_not_asked():
    declared = dossier(project(goals=goals(*ALL)), parts={}, declared_empty=frozenset({"goals"}))
    assert list(GoalsComplete().run(declared, CheckSettings())) == []
    lasting = Goals(goals=(Goal(key="x", horizon=Horizon.LONG_TERM, text="长期"),))
    kept = replace(declared, parts={Goals: lasting})
    assert [finding.address for finding in GoalsComplete().run(kept, CheckSettings())] == [Address("goals")]
