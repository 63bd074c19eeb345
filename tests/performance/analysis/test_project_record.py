"""What a report says of a project's goals: targets in a budget, results and scores in final accounts."""

from dataclasses import replace
from decimal import Decimal

from budgets.domain.dossier import Classification, Dossier
from budgets.storage.dossier_json import parse_dossier
from performance.analysis.project_record import outcome
from tests.project_years import EVALUATION, GOAL, document, project

GOALS = {"goals": {"goals": [GOAL]}}


def report(kind: str, **parts) -> Dossier:
    return parse_dossier(
        document(2024, project("a", "90000.00", **parts), kind=kind), Classification(function={}, economic={})
    )


def told(dossier: Dossier):
    return outcome(dossier, dossier.project("a"))


def settled(**parts) -> Dossier:
    return replace(report("final", **parts), budget=report("budget", **GOALS))


def test_a_budget_says_what_is_aimed_at():
    [aim] = told(report("budget", **GOALS)).aims
    assert (aim.text, aim.weight, aim.score) == ("办好活动", None, None)
    assert [(r.level1, r.name, r.target, r.actual) for r in aim.results] == [
        ("产出指标", "活动次数", "≥4次", ""),
        ("满意度指标", "满意度", "≥90%", ""),
    ]


def test_long_term_goals_are_no_years():
    long_term = {"goals": {"goals": [{**GOAL, "horizon": "long_term"}]}}
    assert told(report("budget", **long_term)).aims == ()


def test_final_accounts_say_what_became_of_the_budgets_targets():
    found = told(settled(evaluation=EVALUATION))
    [aim] = found.aims
    assert [(r.target, r.actual, r.score) for r in aim.results] == [
        ("≥4次", "2次", Decimal("30")),
        ("≥90%", "95%", Decimal("20")),
    ]
    assert (aim.weight, aim.score) == (Decimal("80"), Decimal("50"))
    assert (found.execution.rate, found.execution.score) == (Decimal("100.00"), Decimal("20.00"))
    assert found.score == Decimal("70.00")
    assert [(r.title, r.text) for r in found.remarks] == [("偏差大或目标未完成原因分析", "场地未落实")]


def test_there_is_no_total_until_every_indicator_is_scored():
    half = {"results": EVALUATION["results"][:1]}
    found = told(settled(evaluation=half))
    assert found.is_evaluated and found.score is None
    assert [r.score for r in found.aims[0].results] == [Decimal("30"), None]


def test_final_accounts_that_nobody_evaluated_say_the_targets_alone():
    found = told(settled())
    assert not found.is_evaluated
    assert [r.target for r in found.aims[0].results] == ["≥4次", "≥90%"]


def test_a_band_stands_for_a_result_in_words():
    results = [{"key": "times", "weight": "60", "band": "partly", "score": "40", "reason": "场地未落实"}]
    first = told(settled(evaluation={"results": results})).aims[0].results[0]
    assert (first.actual, first.reason) == ("部分达成年度指标并具有一定效果", "场地未落实")
