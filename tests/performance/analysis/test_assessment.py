"""A self-evaluation put together: targets of the budget, results, money and weights."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from budgets.domain.choices import Fund, ReportKind
from budgets.domain.schema import Activities, Activity
from performance.analysis.assessment import (
    AssessedIndicator,
    assess,
    assessments,
    has_planned_targets,
    level_key,
    targets,
)
from performance.domain.evaluation import Band, Evaluation, Points, UnitResult, Weight
from performance.domain.goals import Goals, Horizon
from performance.domain.schemes import Basis, Scheme, Scope, Weights
from performance.parts.evaluation import department_evaluation
from tests.examples import line, wan
from tests.performance.evaluated import (
    COST,
    EFFECT,
    OUTPUT,
    case,
    decimals,
    elsewhere,
    final,
    general,
    goal,
    locality,
    planned,
    project,
    result,
    results,
    spending,
)
from tests.performance.evaluation_strategies import evaluated_reports


def only(report):
    return assess(report, report.projects[0])


def rows(assessment):
    return {row.indicator.key: row for row in assessment.rows}


def scheme(**changes):
    project = Weights(execution=Decimal(20), goals=(Decimal(80),), **changes)
    return Scheme(department=Weights(execution=Decimal(100), goals=()), project=project)


# --- targets --------------------------------------------------------------------------------------


def test_targets_are_read_from_the_budget_and_not_typed_again():
    report = case()
    assert [i.key for g in targets(report, report.projects[0]).goals for i in g.indicators] == [
        i.key for i in general().indicators
    ]
    assert len(targets(report).goals) == 2
    assert has_planned_targets(report)
    assert has_planned_targets(report, report.projects[0])


def test_a_project_that_no_budget_knows_has_its_own_targets():
    own = Goals(goals=(goal("own", ("i", OUTPUT, "数量指标", "≥1次")),))
    added = project("new", own, Evaluation(results=(result("i", "2次", "80"),)))
    report = final(added, budget=planned(project("zhyw")))
    assert not has_planned_targets(report, added)
    assert targets(report, added) == own
    assert only(report).goals[0].score == 80


def test_a_budget_without_annual_goals_leaves_them_to_the_report():
    own = Goals(goals=(goal("own", ("i", OUTPUT, "数量指标", "≥1次")),))
    later = Goals(goals=(replace(general(), horizon=Horizon.LONG_TERM),))
    report = final(project("zhyw", own), budget=planned(project("zhyw", later)))
    assert targets(report, report.projects[0]) == own


def test_without_a_budget_targets_are_the_reports_own():
    report = final(project("zhyw"))
    assert not has_planned_targets(report)
    assert targets(report) == Goals()
    assert list(assess(report).rows) == []


def test_long_term_goals_are_nobodys_targets():
    both = Goals(goals=(replace(general(), key="later", horizon=Horizon.LONG_TERM), general()))
    report = final(project("zhyw"), budget=planned(project("zhyw", both)))
    assert [goal.goal.key for goal in only(report).goals] == ["g1"]


def test_only_final_accounts_are_evaluated():
    report = case()
    budget = replace(report, header=replace(report.header, kind=ReportKind.BUDGET))
    assert assess(budget) is None
    assert list(assessments(budget)) == []
    assert assess(replace(report, header=replace(report.header, profile="dongxihu_2023"))) is None


def test_every_owner_is_assessed_the_department_first():
    assert [a.project and a.project.key for a in assessments(case())] == [None, "zhyw"]


# --- execution ------------------------------------------------------------------------------------


def test_execution_is_measured_on_the_scheme_s_basis_and_scope():
    money = Activities(
        activities=(
            Activity(
                key="a",
                lines=(
                    line("l1", "6", adjusted=wan("8")),
                    line("l2", "2", fund=Fund.OTHER, adjusted=wan("2")),
                ),
            ),
        )
    )
    report = final(project("p", money), budget=planned(project("p", spending("p", "16"))))
    expected = {
        (Basis.ADJUSTED, Scope.FISCAL): ("8", "6"),
        (Basis.ADJUSTED, Scope.ALL): ("10", "8"),
        (Basis.INITIAL, Scope.FISCAL): ("16", "6"),
        (Basis.INITIAL, Scope.ALL): ("16", "8"),
    }
    for (basis, scope), (budget, executed) in expected.items():
        with locality(scheme(basis=basis, scope=scope)):
            execution = only(elsewhere(report)).execution
            assert [execution.budget, execution.executed] == [wan(budget), wan(executed)]
            assert report.ledger.total(execution.spent) == execution.executed


def test_money_of_which_no_adjusted_budget_is_known_is_measured_by_the_initial_one():
    report = final(project("p"), budget=planned(project("p", spending("p", "40"))))
    assert only(report).execution.budget == wan("40")
    assert only(report).execution.rate == Decimal("25.00")


def test_a_given_score_goes_before_the_computed_one():
    report = case()
    assert only(report).execution.score == Decimal("17.25")
    given_score = replace(results(), execution_score=Points.read("6"), execution_reason="首年运营")
    changed = project("zhyw", spending("zhyw", "82.38", adjusted=wan("95.5")), given_score)
    execution = only(replace(report, projects=(changed,))).execution
    assert (execution.score, execution.proposed, execution.reason) == (6, Decimal("17.25"), "首年运营")


def test_the_department_counts_basic_and_project_money():
    report = final(project("p", spending("p", "10")), basic="40", budget=planned(basic="100"))
    assert assess(report).execution.executed == wan("50")
    assert assess(report).execution.budget == wan("100")


# --- weights --------------------------------------------------------------------------------------


def test_typed_weights_go_before_the_scheme_s():
    weights = (
        Weight(key="g1", weight=Points.read("70")),
        Weight(key="g1/1", weight=Points.read("30")),
        Weight(key="g1/3", weight=None),
    )
    then = project("zhyw", Goals(goals=(general(),)))
    now = project("zhyw", replace(results(), weights=weights))
    (assessed,) = only(final(now, budget=planned(then))).goals
    assert assessed.weight == 70
    known = {group.level1: group.weight for group in assessed.groups}
    assert known[COST] == 30
    assert known[EFFECT] == Decimal("26.25")


def test_the_only_indicator_of_a_level_has_the_level_s_weight():
    found = rows(only(case()))
    assert found["content"].weight == 10
    assert found["content"].proposed == 10
    assert found["outsourcing"].weight == 10
    without = project("zhyw", Evaluation(results=(result("outsourcing", "28.9"),)))
    found = rows(only(replace(case(), projects=(without,))))
    assert found["outsourcing"].weight is None
    assert found["outsourcing"].proposed is None


def test_each_level_has_a_weight_of_its_own_unknown_ones_last():
    odd = goal("g", *((f"i{n}", level, "", "") for n, level in enumerate(("甲", OUTPUT, "乙", "甲"))))
    assert [level_key(odd, level) for level in (COST, OUTPUT, "甲", "乙")] == ["g/1", "g/2", "g/5", "g/6"]
    many = goal("g", *((f"i{n}", f"级{n}", "", "") for n in range(12)))
    assert level_key(many, "级11") == "g/9"


# --- rows -----------------------------------------------------------------------------------------


def test_a_row_proposes_by_the_note_and_keeps_what_was_given():
    found = rows(only(case()))
    assert (found["outsourcing"].proposed, found["outsourcing"].score) == (Decimal("8.30"), 5)
    assert (found["design"].proposed, found["design"].score) == (10, 10)
    assert (found["services"].proposed, found["services"].score) == (None, 10)
    assert found["days"].score == 10


def test_nothing_is_proposed_without_an_actual_value():
    blank = project("zhyw", Evaluation(results=(result("design", "", "10"),)))
    row = rows(only(replace(case(), projects=(blank,))))["design"]
    assert not row.has_actual
    assert (row.proposed, row.score, row.achieved) == (None, None, None)


@pytest.mark.parametrize(
    ("key", "actual", "weight", "score", "lacks"),
    [
        ("days", "≥240天", "10", "", ()),
        ("days", "≥240天", "", "8", ()),
        ("days", "≥240天", "", "", ("weight",)),
        ("days", "", "10", "", ("actual",)),
        ("days", "", "", "", ("weight", "actual")),
        ("days", "", "", "8", ("actual",)),
        ("services", "7次/年", "10", "", ("score",)),
        ("safeguarded", "有效保障", "10", "", ("score",)),
        ("safeguarded", "有效保障", "", "", ("score",)),
        ("safeguarded", "", "", "", ("actual", "score")),
        ("safeguarded", "有效保障", "", "20", ()),
    ],
)
def test_what_a_row_still_lacks(key, actual, weight, score, lacks):
    """A weight where it makes the score, a score where a person has to say."""
    (indicator,) = [each for each in general().indicators if each.key == key]
    assert AssessedIndicator(indicator=indicator, result=result(key, actual, weight, score)).lacks == lacks


def test_what_is_missing_of_the_form_is_counted_apart():
    whole = case()
    evaluation = replace(
        whole.part(Evaluation),
        results=(result("events", "3次"), result("visits", "", "20"), result("satisfied", "95%", "20")),
    )
    whole = replace(whole, parts={**whole.parts, Evaluation: evaluation})
    missing = department_evaluation.missing(whole)
    assert "、".join(missing) == "1 个指标的权重、2 个指标的完成值、1 个指标的得分"


def test_a_band_allows_a_range_where_nothing_can_be_computed():
    said = (
        result("safeguarded", "部分保障", "20", band=Band.PARTLY),
        result("design", "4.4", "10", band=Band.PARTLY),
    )
    report = replace(case(), projects=(project("zhyw", Evaluation(results=said)),))
    found = rows(only(report))
    assert (found["safeguarded"].allowed.least, found["safeguarded"].allowed.most) == (10, 16)
    assert found["design"].allowed is None


@pytest.mark.parametrize(
    ("target", "units", "actual", "score"),
    [
        ("≥10次", [("2次", "1"), ("8次", "9")], "10次", "80"),
        ("≥90%", [("100%", "30"), ("60%", "10")], "90%", "80"),
        ("≤65万元", [("62.745万元", "0"), ("3000元", "0")], "63.045万元", "80"),
        ("≥9家/次", [("10家/次", "1"), ("5家/次", "2")], "6.67家/次", "59.26"),
        ("≥5期", [(">4期", "0"), ("1期", "0")], ">5期", "80"),
    ],
)
def test_units_are_combined_before_the_score(target, units, actual, score):
    then = project("p", Goals(goals=(goal("g", ("i", OUTPUT, "数量指标", target)),)))
    evaluation = Evaluation(
        results=(result("i", "另填", "80"),),
        units=tuple(
            UnitResult(key=f"u{n}", indicator="i", unit=f"单位{n}", actual=text, money=wan(money))
            for n, (text, money) in enumerate(units)
        ),
    )
    row = rows(only(final(project("p", evaluation), budget=planned(then))))["i"]
    assert row.actual == actual
    assert row.score == Decimal(score)


def test_units_that_cannot_be_combined_leave_the_typed_value():
    then = project("p", Goals(goals=(goal("g", ("i", OUTPUT, "数量指标", "≥5次")),)))
    units = (
        UnitResult(key="u1", indicator="i", actual="良好"),
        UnitResult(key="u2", indicator="i", actual="3次"),
    )
    evaluation = Evaluation(results=(result("i", "5次", "80"),), units=units)
    row = rows(only(final(project("p", evaluation), budget=planned(then))))["i"]
    assert (row.actual, row.score) == ("5次", 80)


# --- totals ---------------------------------------------------------------------------------------


def test_the_total_is_execution_and_all_goals():
    assessment = only(case())
    assert assessment.total == Decimal("17.25") + sum(decimals("5", "10", "10", "10", "30", "10"))
    assert assess(case()).total == assess(case()).execution.score + sum(decimals("15", "20", "20", "20"))


def test_the_split_follows_the_levels_of_the_form():
    assessment = only(case())
    assert list(assessment.split().items()) == [
        ("成本指标", Decimal(15)),
        ("产出指标", Decimal(20)),
        ("效益指标", Decimal(30)),
        ("满意度指标", Decimal(10)),
    ]
    assert assessment.split_by_level2()["产出指标", "数量指标"] == 20


@given(evaluated_reports())
def test_scores_always_add_up(report):
    """Total = execution + split by 一级 = execution + split by 二级 = execution + goals, whatever was typed."""
    for assessment in assessments(report):
        execution = assessment.execution.score or Decimal(0)
        assert assessment.total - execution == sum(assessment.split().values(), Decimal(0))
        assert assessment.total - execution == sum(assessment.split_by_level2().values(), Decimal(0))
        assert assessment.total - execution == sum((goal.score for goal in assessment.goals), Decimal(0))


@given(evaluated_reports())
def test_what_is_proposed_is_never_above_its_weight_and_never_negative(report):
    for assessment in assessments(report):
        proposed = assessment.execution.proposed
        assert proposed is None or 0 <= proposed <= assessment.execution.weight
        for row in assessment.rows:
            assert row.proposed is None or 0 <= row.proposed <= row.weight
            if row.allowed is not None:
                assert 0 <= row.allowed.least <= row.allowed.most <= row.weight


@given(evaluated_reports())
def test_the_scheme_s_own_weights_add_to_a_hundred(report):
    """Where nobody typed weights of goals, whatever the number of goals."""
    for assessment in assessments(report):
        typed = {weight.key for weight in assessment.evaluation.weights if weight.weight is not None}
        if assessment.goals and not any(goal.goal.key in typed for goal in assessment.goals):
            assert assessment.weight_total == 100
