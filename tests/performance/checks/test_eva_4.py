"""EVA-4: nobody who spent money is without a self-evaluation."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Disclosure, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Identity
from performance.checks.eva_4 import EverythingEvaluated
from performance.domain.evaluation import Evaluation
from performance.domain.goals import Goals
from tests.budgets.checks.test_by_construction import refuses
from tests.performance.evaluated import case, final, general, planned, project, result, results


def report(*parts, goals=(), planned_goals=()):
    """One project that spent money, beside a department that spent none."""
    then = project("p", Goals(goals=tuple(planned_goals)))
    now = project("p", Goals(goals=tuple(goals)), *parts)
    return final(now, budget=planned(then), basic="0")


def found(dossier, severity=None):
    findings = EverythingEvaluated().run(dossier, CheckSettings(severity=severity))
    return [finding for finding in findings if finding.address.project]


def test_everything_evaluated_is_silent():
    assert list(EverythingEvaluated().run(case(), CheckSettings())) == []


def test_a_department_that_has_nothing_to_be_measured_by_may_declare_that():
    """Nobody asks then; where the budget has indicators, money spent contradicts the declaration."""

    def of_the_department(**more):
        spent = final(basic="10", budget=planned(**more))
        declared = replace(spent, declared_empty=frozenset({"evaluation"}))
        return [list(EverythingEvaluated().run(each, CheckSettings())) for each in (spent, declared)]

    (asked,), not_asked = of_the_department()
    assert (asked.address, not_asked) == (Address("evaluation"), [])
    assert all(of_the_department(goals=[general()]))


def test_a_project_with_spending_and_no_evaluation():
    (finding,) = found(report(planned_goals=[general()]))
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("results", "outsourcing", "actual", "p")
    assert finding.actual == "没有自评"


def test_a_project_with_spending_and_nothing_to_be_measured_by():
    (finding,) = found(report())
    assert finding.field is None
    assert "没有可以对照" in finding.message


def test_a_project_added_during_the_year_is_measured_by_its_own_goals():
    assert found(report(results(), goals=[general()])) == []


def test_an_indicator_without_value_or_score():
    some = results()
    without = replace(some, results=some.results[:-1])
    (finding,) = found(report(without, planned_goals=[general()]))
    assert finding.address.on_page == Address("results", "content", "actual")
    unscored = replace(some, results=(*some.results[:-2], result("safeguarded", "有效"), some.results[-1]))
    open_ended = replace(
        general(), indicators=(*general().indicators, replace(general().indicators[4], key="x"))
    )
    scored = replace(unscored, results=(*unscored.results, result("x", "有效", score="15")))
    (finding,) = found(report(scored, planned_goals=[open_ended]))
    assert finding.address.on_page == Address("results", "safeguarded", "score")


def test_what_is_missing_is_said_for_weights_values_and_scores_apart():
    """All values are there: a weight and two scores are not, and nothing says that a value is missing."""
    given = Evaluation(
        results=(
            result("outsourcing", "28.9", "10", "5"),
            result("design", "4.4"),
            result("services", "7"),
            result("days", "≥240天", "10"),
            result("safeguarded", "有效保障"),
            result("content", "≥95%"),
        )
    )
    targets = replace(
        general(), indicators=(*general().indicators, replace(general().indicators[4], key="x"))
    )
    given = replace(given, results=(*given.results, result("x", "有效", score="15")))
    (finding,) = found(report(given, planned_goals=[targets]))
    assert finding.address.on_page == Address("results", "design", "weight")
    assert "7 个指标中有 3 个还没有评完，还缺 1 个指标的权重（“design”）、" in finding.message
    assert "2 个指标的得分（“services”、“safeguarded”）；请补填。" in finding.message
    assert "完成值" not in finding.message


def test_many_that_lack_the_same_are_named_by_the_first_two():
    some = replace(results(), results=(result("design", "4.4", "10"),))
    (finding,) = found(report(some, planned_goals=[general()]))
    assert "5 个指标的完成值（“outsourcing”、“services”等）" in finding.message


def test_the_department_is_asked_too():
    whole = replace(case(), parts={**case().parts, Evaluation: Evaluation()})
    (finding,) = EverythingEvaluated().run(whole, CheckSettings())
    assert finding.address.project == ""


@pytest.mark.parametrize(
    "part",
    [Activities(), Identity(name="涉密项目", disclosure=Disclosure.WITHHELD)],
    ids=["unspent", "withheld"],
)
def test_a_project_that_spent_nothing_or_is_withheld_is_not_asked(part):
    assert found(report(part, planned_goals=[general()])) == []


def test_archived_accounts_and_the_severity_of_a_locality():
    empty = report(planned_goals=[general()])
    assert found(replace(empty, header=replace(empty.header, status=Status.ARCHIVED))) == []
    (finding,) = found(empty, Severity.WARNING)
    assert finding.severity == Severity.WARNING


@pytest.mark.parametrize("name", ["count", "projects", "forms"])
def test_nobody_types_how_many_there_are(name):
    assert refuses(Evaluation, {name: 5})
