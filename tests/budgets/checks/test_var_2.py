"""VAR-2: reasons that are none, and drivers that do not add up."""

from dataclasses import replace

import pytest

from budgets.checks.var_2 import ReasonSaysWhy
from budgets.domain.address import Address
from budgets.domain.choices import HistoryMeasure, Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import (
    Application,
    Expenditure,
    ExpenditureLine,
    Explanation,
    Explanations,
    History,
    HistoryEntry,
    Identity,
)
from tests.examples import archived, dossier, project, wan
from tests.final_examples import final, spent


def found(text, figure="basic.operating", last="119.45", this="117.57"):
    report = dossier(
        parts={
            Expenditure: Expenditure(lines=(ExpenditureLine(key="e", economic="30201", amount=wan(this)),)),
            Explanations: Explanations(reasons=(Explanation(figure=figure, text=text),)),
        },
        earlier=(archived(2022, operating=last),),
    )
    return list(ReasonSaysWhy().run(report, CheckSettings()))


def of_project(reason, last="56", measure=HistoryMeasure.BUDGET):
    past = HistoryEntry(year=2022, measure=measure, amount=wan(last))
    report = dossier(
        project(
            identity=Identity(name="平台运行费"),
            application=Application(change_reason=reason),
            history=History(entries=(past,)),
        )
    )
    return list(ReasonSaysWhy().run(report, CheckSettings()))


@pytest.mark.parametrize(
    "text",
    [
        "2023年公用经费减少",
        "2023 年公用经费减少。",
        "公用经费较上年略有下降",
        "主要原因是公用经费预算比上年减少 1.88 万元，下降 1.6 %",
        "根据实际情况调减",
    ],
)
def test_a_reason_that_only_restates_the_change(text):
    (finding,) = found(text)
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("explanations", "basic.operating", "text")
    assert "只重复了变动" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "办公和差旅开支压减",
        "中心选聘生人数增加",
        "厉行节约，压减公用经费",
        "部分预算较大的项目减少",
        "政策性增资",
    ],
)
def test_a_reason_with_a_cause_is_silent(text):
    assert found(text) == []


def test_naming_a_part_of_the_figure_is_a_reason():
    assert found("公用经费减少", figure="total") == []


def test_without_a_change_any_words_will_do():
    assert found("公用经费无变动", this="119.45") == []


TOTALS = {"figure": "total", "last": "6772.25", "this": "6931.33"}


def test_drivers_that_miss_the_change():
    text = "一是人员增加而增加 31.39 万元，二是智能系统增加 83.30 万元，三是服务基地增加 47.00 万元"
    (finding,) = found(text, **TOTALS)
    assert (finding.expected, finding.actual, finding.difference) == (
        wan("159.08"),
        wan("161.69"),
        wan("2.61"),
    )
    assert "相差 2.61 万元" in finding.message


def test_drivers_that_add_up_are_silent():
    text = "智能系统增加 83.3 万元，服务基地增加 47 万元，办公设备购置减少 2.64 万元"
    assert found(text, figure="total", last="6497.24", this="6624.9") == []


@pytest.mark.parametrize(
    "text",
    [
        "人员增加 31.39 万元，智能系统等增加 83.30 万元",
        "人员经费增加 31.39 万元",
        "由 6,772.25 万元增加到 6,931.33 万元，人员增加 31.39 万元，系统增加 83.30 万元",
        "比 2021 年预算增加 159.08 万元，人员增加 80 万元，系统增加 79.08 万元",
        "人员增加 159.08 万元，其中在编人员增加 100 万元",
    ],
)
def test_amounts_that_do_not_claim_to_add_up_are_silent(text):
    assert found(text, **TOTALS) == []


def test_rounding_is_no_contradiction():
    assert found("人员增加 80.01 万元，系统增加 79.08 万元", **TOTALS) == []


def test_a_projects_reason_is_held_to_the_same():
    (finding,) = of_project("平台运行费用调减")
    assert finding.address == Address("application", field="change_reason", project="zhyw")
    assert of_project("本年没有升级，只维持平台运行") == []
    (finding,) = of_project("升级减少 20 万元，运维减少 6 万元")
    assert (finding.expected, finding.actual) == (wan("-17"), wan("-26"))


def test_a_last_year_measured_otherwise_is_no_base():
    assert of_project("升级减少 20 万元，运维减少 6 万元", measure=HistoryMeasure.FINAL) == []


def of_completion(text):
    reasons = Explanations(reasons=(Explanation(figure="completion.2101101", text=text),))
    this = final(spent("2101101", "33.84"), budget=[("2101101", "34.27")], parts={Explanations: reasons})
    return list(ReasonSaysWhy().run(this, CheckSettings()))


@pytest.mark.parametrize(
    "text",
    ["行政单位医疗支出小于年初预算", "决算数低于年初预算数，完成率98.75%", "2024年行政单位医疗略有减少。"],
)
def test_a_completion_is_not_explained_by_itself(text):
    (finding,) = of_completion(text)
    assert finding.address.on_page == Address("explanations", "completion.2101101", "text")


@pytest.mark.parametrize("text", ["一人退休，停缴医疗保险", "比年初预算减少0.43万元，主要是缴费基数调整"])
def test_a_cause_explains_a_completion(text):
    assert of_completion(text) == []


def test_drivers_add_up_to_what_is_missing_of_the_budget():
    (finding,) = of_completion("退休减少0.3万元，调出减少0.2万元")
    assert (finding.expected, finding.actual) == (wan("-0.43"), wan("-0.5"))
    assert of_completion("退休减少0.23万元，调出减少0.2万元") == []


def test_drivers_are_held_to_no_change_from_what_is_known_in_part():
    drivers = "人员增加 3 万元，公用压减 1 万元"
    reasons = Explanations(reasons=(Explanation(figure="basic.operating", text=drivers),))
    this = dossier(parts={Explanations: reasons}, earlier=(archived(2022, operating="5", unspecified="90"),))
    assert list(ReasonSaysWhy().run(this, CheckSettings())) == []
    said = replace(reasons.reasons[0], text="公用经费减少")
    this = replace(this, parts={Explanations: Explanations(reasons=(said,))})
    (finding,) = ReasonSaysWhy().run(this, CheckSettings())
    assert "只重复了变动" in finding.message
