"""EVA-1: weights add up, scores stay within them, and there is a value behind each."""

from dataclasses import replace

import pytest
from hypothesis import given

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.findings import CheckSettings
from performance.analysis.assessment import assessments
from performance.checks.eva_1 import WeightsAndScores
from performance.checks.scores import address_of
from performance.domain.evaluation import Evaluation, Weight
from performance.domain.goals import Goals
from tests.performance.evaluated import (
    CONTENT,
    COST,
    EFFECT,
    OUTPUT,
    case,
    final,
    goal,
    planned,
    points,
    project,
    result,
)
from tests.performance.evaluation_strategies import evaluated_reports

COSTS = (("c1", COST, "经济成本指标", "≤10万"), ("c2", COST, "经济成本指标", "≤20万"))
OUTPUTS = (("o1", OUTPUT, "数量指标", "当年"), ("o2", OUTPUT, "数量指标", "当年"))
OTHERS = (("e1", EFFECT, "社会效益指标", "有所提升"), ("s1", CONTENT, "服务对象满意度指标", "≥90%"))
ALL = (*COSTS, *OUTPUTS, *OTHERS)
"""Of 20, 20, 30 and 10 points."""


def of_project(*results, rows=ALL, weights=(), **changes):
    """A project with one goal of ``rows``; ``weights`` as (key, points)."""
    own = Evaluation(
        results=results,
        weights=tuple(Weight(key=key, weight=points(value)) for key, value in weights),
        **changes,
    )
    then = project("p", Goals(goals=(goal("g", *rows),)))
    return final(project("p", own), budget=planned(then))


def found(report, severity=None):
    return list(WeightsAndScores().run(report, CheckSettings(severity=severity)))


def test_weights_of_the_scheme_and_scores_within_them_are_silent():
    assert found(case()) == []
    scored = {"c1": "9", "c2": "10", "o1": "5", "o2": "15"}
    assert found(of_project(*(result(key, "完成", "", score) for key, score in scored.items()))) == []


# --- weights ------------------------------------------------------------------------------------------


def test_execution_and_goals_weigh_100():
    (finding,) = found(of_project(result("c1", "9万", score="9"), weights=[("g", "70")]))
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("weights", "g", "weight", "p")
    assert (finding.expected, finding.actual) == ("100 分", "90 分")


def test_the_groups_of_a_goal_weigh_what_it_does():
    (finding,) = found(of_project(result("c1", "9万", score="9"), weights=[("g/2", "30")]))
    assert finding.address.on_page == Address("weights", "g/4", "weight")
    assert (finding.expected, finding.actual) == ("80 分", "90 分")


def test_a_goal_without_one_of_the_schemes_groups_has_to_be_weighed():
    rows = ALL[:-1]
    (finding,) = found(of_project(result("c1", "9万", score="9"), rows=rows))
    assert finding.actual == "70 分"
    assert found(of_project(result("c1", "9万", score="9"), rows=rows, weights=[("g/3", "40")])) == []


def test_the_indicators_of_a_group_weigh_what_it_does():
    both = (result("c1", "9万", "8"), result("c2", "9万", "11"))
    (finding,) = found(of_project(*both))
    assert finding.address.on_page == Address("results", "c1", "weight")
    assert (finding.expected, finding.actual) == ("20 分", "19 分")


@pytest.mark.parametrize(("weight", "count"), [("8", 0), ("20", 0), ("21", 1)])
def test_where_some_are_not_known_the_group_bounds_them(weight, count):
    assert len(found(of_project(result("c1", "", weight)))) == count


def test_the_department_whose_scheme_weighs_no_groups():
    """Four rows of 20, 20, 20 and 20, two in each goal of 40; one of them made 25."""
    report = case()
    assert found(report) == []
    said = report.part(Evaluation)
    heavier = tuple(replace(r, weight=points("25")) if r.key == "events" else r for r in said.results)
    wrong = replace(report, parts={**report.parts, Evaluation: replace(said, results=heavier)})
    (finding,) = found(wrong)
    assert finding.address.project == ""
    assert (finding.expected, finding.actual) == ("40 分", "45 分")


def test_rounding_of_a_scheme_is_no_difference():
    """Three goals of 27, 27 and 26 points part the 20, 20, 30 and 10 of 80 in hundredths."""
    then = project("p", Goals(goals=tuple(goal(key, *_keyed(key)) for key in ("g", "h", "i"))))
    own = Evaluation(results=(result("gc1", "9万", score="1"),))
    assert found(final(project("p", own), budget=planned(then))) == []


def _keyed(goal):
    return tuple((goal + key, *rest) for key, *rest in ALL)


# --- scores -------------------------------------------------------------------------------------------


def test_a_score_above_its_own_weight():
    (finding,) = found(of_project(result("c1", "9万", "8", "8.5")))
    assert finding.address.on_page == Address("results", "c1", "score")
    assert (finding.expected, finding.actual) == ("不超过 8 分", "8.5 分")


def test_an_indicator_alone_in_its_group_is_bounded_by_it():
    (finding,) = found(of_project(result("s1", "95%", score="10.5")))
    assert finding.address.on_page == Address("results", "s1", "score")
    assert "指标“s1”" in finding.message


def test_the_sum_of_a_group_is_bounded_where_its_indicators_have_no_weights():
    (finding,) = found(of_project(result("c1", "9万", score="9"), result("c2", "9万", score="12")))
    assert finding.address.on_page == Address("results", "c2", "score")
    assert finding.actual == "21 分"


def test_the_sum_of_a_goal_is_bounded_where_nothing_else_is_known():
    whole = goal("d", ("a", OUTPUT, "数量指标", "当年"), ("b", EFFECT, "社会效益指标", "提升"))
    own = Evaluation(results=(result("a", "完成", score="41"), result("b", "提升", score="40")))
    (finding,) = found(final(budget=planned(goals=[whole]), evaluation=own))
    assert finding.address.on_page == Address("results", "a", "score")
    assert (finding.expected, finding.actual) == ("不超过 80 分", "81 分")


def test_a_score_for_execution_above_its_weight():
    (finding,) = found(of_project(execution_score=points("20.5")))
    assert finding.address.on_page == Address("evaluation", field="execution_score")


def test_a_score_without_an_actual_value():
    (finding,) = found(of_project(result("c1", "", score="9")))
    assert finding.address.on_page == Address("results", "c1", "actual")


# --- whose --------------------------------------------------------------------------------------------


def test_what_is_not_begun_or_has_no_goals_is_not_judged():
    assert found(of_project(rows=ALL[:1])) == []
    assert found(of_project(result("c1", "9万"), rows=())) == []


def test_archived_accounts_are_as_they_were_published():
    report = of_project(result("c1", "", score="9"))
    assert found(replace(report, header=replace(report.header, status=Status.ARCHIVED))) == []


def test_a_locality_may_set_the_severity():
    (finding,) = found(of_project(result("c1", "", score="9")), Severity.WARNING)
    assert finding.severity == Severity.WARNING


@given(evaluated_reports())
def test_nothing_found_means_no_score_above_a_weight(report):
    projects = {finding.address.project for finding in found(report)}
    for assessment in assessments(report):
        if address_of(assessment).project in projects or not assessment.goals or not assessment.is_begun:
            continue
        assert assessment.weight_total == 100
        assert (assessment.execution.score or 0) <= assessment.execution.weight
        assert assessment.total <= 100
        for goal_ in assessment.goals:
            assert goal_.score <= goal_.weight
            assert all(group.score <= group.weight for group in goal_.groups if group.weight is not None)
        for row in assessment.rows:
            assert row.score is None or (row.has_actual and (row.weight is None or row.score <= row.weight))
