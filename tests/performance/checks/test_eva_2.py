"""EVA-2: what a score has to give a reason for."""

from dataclasses import replace

import pytest
from hypothesis import given

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Identity
from performance.analysis.assessment import assessments
from performance.checks.eva_2 import ScoreHasBasis
from performance.checks.scores import address_of
from performance.domain.evaluation import Band, Evaluation
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
    spending,
)
from tests.performance.evaluation_strategies import evaluated_reports

COSTS = ("cost", COST, "经济成本指标", "不超过合同金额")
TIMES = ("times", OUTPUT, "数量指标", "≥4次/年")
KNOWN = ("known", EFFECT, "社会效益指标", "促进企业了解政策")
PLEASED = ("pleased", CONTENT, "服务对象满意度指标", "≥90%")
ROWS = (COSTS, TIMES, KNOWN, PLEASED)
"""One indicator in each group: they weigh 20, 20, 30 and 10."""


def events(*results, rows=ROWS, causes="", spent="65", budget="65", name="企业人才活动经费", **changes):
    """A project that spent ``spent`` of ``budget`` 万元."""
    identity = Identity(name=name)
    own = Evaluation(results=results, causes=causes, **changes)
    money = spending("p", spent)
    then = project("p", identity, Goals(goals=(goal("g", *rows),)), spending("p", budget))
    return final(project("p", identity, own, money), budget=planned(then, basic="0"), basic="0")


def with_department(report, *results, rows, weights=()):
    """The department beside it, with one goal."""
    planned_too = replace(report.budget, parts={Goals: Goals(goals=(goal("d", *rows),))})
    return replace(
        report,
        parts={**report.parts, Evaluation: Evaluation(results=results, weights=tuple(weights))},
        budget=planned_too,
    )


def found(report, severity=None, **options):
    return list(ScoreHasBasis().run(report, CheckSettings(severity, options)))


def fields(report):
    return [finding.address for finding in found(report)]


def test_scores_as_proposed_or_with_a_reason_are_silent():
    assert found(case()) == []


# --- execution ----------------------------------------------------------------------------------------


def test_an_execution_score_that_is_not_the_computed_one():
    """As 004 prints 6 for 20 × 30.52 %."""
    (finding,) = found(events(spent="9.155", budget="30", execution_score=points("6")))
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("evaluation", field="execution_score", project="p")
    assert (finding.expected, finding.actual) == ("6.1 分", "6 分")


@pytest.mark.parametrize(
    ("spent", "budget", "score"),
    [("62.745", "65", "19.3"), ("26.325", "36", "14.6"), ("82.38", "95.5", "17.25")],
)
def test_one_rounded_to_a_place_is_the_computed_one(spent, budget, score):
    assert found(events(spent=spent, budget=budget, execution_score=points(score))) == []


def test_an_execution_score_with_a_reason_is_silent():
    own = {"execution_score": points("6"), "execution_reason": "按整数计"}
    assert found(events(spent="9.155", budget="30", **own)) == []


def test_without_a_budget_nothing_is_computed():
    assert found(events(budget="0", execution_score=points("6"))) == []


def test_a_locality_may_allow_more_and_set_the_severity():
    report = events(spent="9.155", budget="30", execution_score=points("6"))
    assert found(report, tolerance=0.5) == []
    (finding,) = found(report, Severity.INFO)
    assert finding.severity == Severity.INFO


# --- indicators ---------------------------------------------------------------------------------------


def test_a_score_that_is_not_the_proposed_one():
    (finding,) = found(events(result("pleased", "≥90%", score="9")))
    assert finding.address.on_page == Address("results", "pleased", "score")
    assert (finding.expected, finding.actual) == ("10 分", "9 分")


@pytest.mark.parametrize(
    "one",
    [
        result("pleased", "≥90%", score="9", reason="回收面不够广"),
        result("pleased", "≥90%"),
        result("pleased", "≥90%", score="10"),
        result("times", "3次/年", score="15"),
        result("times", "3次/年", "16", "12.04"),
        result("known", "企业有所了解", score="29"),
        result("cost", "未超过", score="18"),
    ],
)
def test_a_score_that_agrees_has_a_reason_or_is_for_a_person(one):
    assert found(events(one)) == []


@pytest.mark.parametrize(
    ("band", "score", "count"),
    [
        (Band.MET, "24", 0),
        (Band.MET, "23.9", 1),
        (Band.PARTLY, "24", 1),
        (Band.PARTLY, "15", 0),
        (Band.NOT_MET, "15", 1),
        (Band.NOT_MET, "0", 0),
    ],
)
def test_a_score_outside_its_band(band, score, count):
    """Of 30 points: 30–24, below 24 to 15, below 15."""
    findings = found(events(result("known", "企业有所了解", score=score, band=band)))
    assert len(findings) == count
    assert all("应在" in finding.message for finding in findings)


# --- full marks ---------------------------------------------------------------------------------------


DONE = (
    result("cost", "未超过合同金额", score="20"),
    result("times", "12次/年", score="20"),
    result("known", "企业均有一定了解", score="29"),
    result("pleased", "95%", score="10"),
)
"""As 004: everything reached, and a point missing."""


def test_marks_lost_although_the_causes_say_that_all_was_done():
    (finding,) = found(events(*DONE, causes="该项目 2024 年目标均已完成。"))
    assert finding.address.on_page == Address("results", "known", "score")
    assert "29 分（满分 30 分）" in finding.message


def test_marks_lost_in_a_group_whose_indicators_have_no_weights():
    rows = (*ROWS, ("again", EFFECT, "社会效益指标", "提升"))
    scored = (*DONE[:2], result("known", "了解", score="14"), result("again", "提升", score="15"), DONE[3])
    (finding,) = found(events(*scored, rows=rows, causes="目标均已完成。"))
    assert finding.address.on_page == Address("results", "known", "score")
    assert "效益指标下各指标合计却只得 29 分" in finding.message


@pytest.mark.parametrize("causes", ["", "年初目标基本完成。", "一场活动改期，其余目标均已完成。"])
def test_causes_that_do_not_say_so(causes):
    assert found(events(*DONE, causes=causes)) == []


def test_a_reason_says_why():
    told = replace(DONE[2], reason="尚未熟悉")
    assert found(events(*DONE[:2], told, DONE[3], causes="目标均已完成。")) == []


def test_a_missed_target_is_where_marks_are_lost():
    missed = result("times", "3次/年", score="15")
    assert found(events(DONE[0], missed, *DONE[2:], causes="目标均已完成。")) == []


def test_a_chosen_band_explains_a_score_within_it():
    banded = replace(DONE[2], band=Band.MET)
    assert found(events(*DONE[:2], banded, DONE[3], causes="目标均已完成。")) == []


# --- twice --------------------------------------------------------------------------------------------


def costing(score="11.58", reason="", own="20", project_reason=""):
    """The department scores the project's costs out of 12."""
    row = ("企业人才活动经费", COST, "经济成本指标", "65 万")
    report = events(result("cost", "未超过合同金额", score=own, reason=project_reason))
    given = result("企业人才活动经费", "62.75 万元", "12", score, reason=reason)
    return with_department(report, given, rows=(row,))


def test_costs_of_a_project_scored_otherwise_by_the_department():
    """As 004: 11.58 of 12 in one form, 20 of 20 in the other."""
    (finding,) = found(costing())
    assert finding.address == Address("results", "企业人才活动经费", "score")
    assert (finding.expected, finding.actual) == ("20/20", "11.58/12")


@pytest.mark.parametrize(
    "report",
    [
        costing("12"),
        costing(own="19.3"),
        costing(reason="按执行率折算"),
        costing(project_reason="按合同衡量"),
    ],
)
def test_costs_scored_alike_or_with_a_reason(report):
    assert found(report) == []


def satisfied(score, actual="很满意", name="pleased", projects=1):
    row = (name, CONTENT, "服务对象满意度指标", "满意")
    rows = (("pleased", CONTENT, "服务对象满意度指标", "满意"),)
    report = events(result("pleased", "很满意", score="10"), rows=rows)
    if projects == 2:
        (first,) = report.projects
        (then,) = report.budget.projects
        report = replace(
            report,
            projects=(first, replace(first, key="q")),
            budget=replace(report.budget, projects=(then, replace(then, key="q"))),
        )
    return with_department(report, result(name, actual, "10", score), rows=(row,))


def test_an_indicator_of_one_name_and_value_scored_otherwise_in_a_project():
    (finding,) = found(satisfied("8"))
    assert finding.expected == "10/10"


@pytest.mark.parametrize(
    "report",
    [
        satisfied("10"),
        satisfied("8", actual="比较满意"),
        satisfied("8", name="其他"),
        satisfied("8", projects=2),
    ],
)
def test_other_values_other_names_and_several_projects_are_other_facts(report):
    assert found(report) == []


def test_one_fact_in_two_goals_of_the_department():
    goals = [
        goal("d1", ("a", CONTENT, "服务对象满意度指标", "满意")),
        goal("d2", ("b", CONTENT, "服务对象满意度指标", "满意")),
    ]
    named = [
        replace(one, indicators=tuple(replace(i, name="企业人才满意度") for i in one.indicators))
        for one in goals
    ]
    own = Evaluation(results=(result("a", "满意", "10", "10"), result("b", "满意", "10", "9")))
    (finding,) = found(final(budget=planned(goals=named), evaluation=own))
    assert finding.address.on_page == Address("results", "b", "score")
    assert "本表另一处得 10 分" in finding.message


# --- whose --------------------------------------------------------------------------------------------


def test_archived_accounts_are_as_they_were_published():
    report = events(result("pleased", "≥90%", score="9"))
    assert found(replace(report, header=replace(report.header, status=Status.ARCHIVED))) == []


@given(evaluated_reports())
def test_a_score_far_from_its_proposal_without_a_reason_is_found(report):
    at = set(fields(report))
    for assessment in assessments(report):
        if not assessment.is_begun:
            continue
        for row in assessment.rows:
            given_, proposed = row.result.score, row.proposed
            if given_ is None or proposed is None or row.result.reason or abs(given_ - proposed) <= 1:
                continue
            project = address_of(assessment).project
            assert Address("results", row.indicator.key, "score", project) in at
