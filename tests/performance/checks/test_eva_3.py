"""EVA-3: a missed target and what the causes say of it."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.findings import CheckSettings
from performance.checks.eva_3 import MissedWithCause
from performance.domain.evaluation import Band, Evaluation
from performance.domain.goals import Goals
from tests.performance.evaluated import case, final, general, planned, project, result


def report(*results, causes=""):
    """综合业务 with these results."""
    then = project("p", Goals(goals=(general(),)))
    return final(project("p", Evaluation(results=results, causes=causes)), budget=planned(then))


def found(dossier, severity=None):
    return list(MissedWithCause().run(dossier, CheckSettings(severity=severity)))


MISSED = result("outsourcing", "28.9", score="5")


@pytest.mark.parametrize("causes", ["年初目标基本完成。", "目标均已完成", "无偏差"])
def test_a_missed_target_where_the_causes_say_done(causes):
    """As 004: 28.9 against ≤24万."""
    (finding,) = found(report(MISSED, causes=causes))
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("evaluation", field="causes", project="p")
    assert "目标“≤24万”，完成“28.9”" in finding.message
    assert finding.actual == causes


def test_a_missed_target_without_a_word():
    (finding,) = found(report(MISSED))
    assert finding.actual == "未填"
    assert found(report(replace(MISSED, reason="合同人数增加"))) == []


def test_the_reason_of_a_score_does_not_mend_the_causes():
    assert len(found(report(replace(MISSED, reason="合同人数增加"), causes="目标均已完成。"))) == 1


@pytest.mark.parametrize(
    "causes",
    [
        "外包人数增加，费用超出目标。",
        "劳务外包服务费用 28.9 万元，超过 24 万元的目标；其余目标均已完成。",
        "年初测算不足。",
    ],
)
def test_causes_that_speak_of_it(causes):
    assert found(report(MISSED, causes=causes)) == []


@pytest.mark.parametrize(
    "one",
    [
        result("design", "4.4"),
        result("days", "≥240天"),
        result("services", "4"),
        result("safeguarded", "有效保障"),
        result("safeguarded", "有效保障", band=Band.MET),
        result("outsourcing", ""),
    ],
)
def test_what_is_met_or_cannot_be_compared(one):
    assert found(report(one, causes="目标均已完成。")) == []


def test_several_are_one_finding():
    banded = result("safeguarded", "有所影响", band=Band.PARTLY)
    (finding,) = found(report(MISSED, banded, causes="目标均已完成。"))
    assert "等 2 个指标" in finding.message


def test_the_department_is_judged_too():
    assert found(case()) == []
    whole = case()
    said = replace(whole.part(Evaluation), causes="年度绩效目标基本达成。")
    (finding,) = found(replace(whole, parts={**whole.parts, Evaluation: said}))
    assert finding.address == Address("evaluation", field="causes")


def test_archived_accounts_and_the_severity_of_a_locality():
    wrong = report(MISSED, causes="目标均已完成。")
    assert found(replace(wrong, header=replace(wrong.header, status=Status.ARCHIVED))) == []
    (finding,) = found(wrong, Severity.ERROR)
    assert finding.severity == Severity.ERROR
