"""PRF-4: last year, this year and the long term go one way, and the plan says the same."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.schema import Activities, Activity, Application, Basics, WorkItem
from performance.checks.prf_4 import SensibleOrder
from performance.domain.goals import Goals
from tests.examples import dossier, line, project
from tests.printed_samples import anchors, annual, both, cost, count, document, mended, rate, run

CHECK = SensibleOrder()
PRINTED_SO = {
    "environment-publicity-a05": "2000人",
    "needs-survey-a02": "≥50家",
    "policy-briefings-a02": "≥80家",
}
"""Of 000: 3000, 1200 and 1800 viewers; 50 家 against 50 人; 80 enterprises planned, 60 promised."""


# --- order ----------------------------------------------------------------------------------------


def test_three_cases_are_found_as_printed():
    assert anchors(run(CHECK, document())) == set(PRINTED_SO)


def test_mended_they_are_silent():
    report = document()
    for key, value in PRINTED_SO.items():
        report = mended(report, key, value=value)
    assert run(CHECK, mended(report, "policy-briefings-l02", value="≥80家/年")) == []


def test_the_second_locality_is_silent():
    assert run(CHECK, document("344001", 2022)) == []


def order(long_term, last, value, row=count):
    goals = both(row("观看人数", long_term, "l"), row("观看人数", value, "v", value_last=last))
    return run(CHECK, dossier(project(goals=goals)))


def test_this_year_away_from_the_long_term_is_found():
    (finding,) = order("3000人", "1800人", "1200人")
    assert (finding.severity, finding.address.project) == (Severity.WARNING, "zhyw")
    assert finding.address.on_page == Address("indicators", "v", "value")
    assert (finding.expected, finding.actual) == ("1800人 至 3000人", "1200人")


def test_this_year_beyond_the_long_term_is_found():
    (finding,) = order("≥90%", "/", "≥95%", rate)
    assert "高于长期目标" in finding.message


@pytest.mark.parametrize(
    ("long_term", "last", "value"),
    [
        ("3000人", "1800人", "2000人"),
        ("3000人/年", "1800人", "≥1800人"),
        ("1000人", "1800人", "1000人"),
        ("3000人", "/", "1200人"),
        ("3000人次", "1800人", "1200人"),
        ("逐年提高", "1800人", "1200人"),
        ("不超过3000人", "/", "4000人"),
    ],
)
def test_sensible_orders(long_term, last, value):
    assert order(long_term, last, value) == []


def test_costs_and_time_limits_are_not_ordered():
    assert order("20万元", "10万元", "25万元", cost) == []
    assert order("24小时", "/", "48小时", rate) == []


# --- plan -----------------------------------------------------------------------------------------


def planned(row, plan="", text="", **parts):
    application = Application(plan=plan)
    return run(CHECK, dossier(project(goals=annual(row, text=text), application=application, **parts)))


def activities(*texts):
    return Activities(
        activities=tuple(
            Activity(key=f"a{i}", name="活动", description=text, lines=(line(f"l{i}", "1"),))
            for i, text in enumerate(texts)
        )
    )


def test_another_number_of_the_same_thing_is_found():
    (finding,) = planned(count("宣讲企业数量", "≥60家"), "全年宣讲约 80 家中小微企业")
    assert (finding.expected, finding.actual) == ("80家", "≥60家")


def test_the_same_number_of_another_thing_is_found():
    (finding,) = planned(count("走访调研企业（人才）数量", "≥50人"), text="走访不少于 50 家，完成 1 篇报告")
    assert (finding.expected, finding.actual) == ("50家", "≥50人")


def test_the_text_of_a_single_activity_is_plan_too():
    row = count("宣讲企业数量", "≥60家")
    assert len(planned(row, activities=activities("宣讲企业 80 家"))) == 1
    assert planned(row, activities=activities("宣讲重点企业 20 家", "宣讲小微企业 40 家")) == []


@pytest.mark.parametrize(
    ("row", "plan"),
    [
        (count("宣讲企业数量", "≥60家"), "宣讲约60户企业"),
        (count("宣讲企业数量", "≥60家"), "宣讲企业 60 家，其中宣讲重点企业 20 家"),
        (count("宣讲企业数量", "≥60家"), "去年宣讲企业 80 家"),
        (count("宣讲企业数量", "≥60家"), "每期宣讲企业 10 家"),
        (count("宣讲企业数量", "≥60家"), "走访 80 家"),
        (count("参与企业数量", "≥10家/次"), "参与企业 40 家"),
        (count("服务人数", "50人"), "服务 50 家企业"),
        (count("走访企业数量", "50家"), "走访企业 50 家，座谈 50 人"),
        (count("培训人数", "20人"), "培训 3 天"),
        (rate("宣讲满意度", "90%"), "宣讲企业 90 家"),
        (cost("宣讲费用", "20万元"), "宣讲企业 20 家"),
        (count("宣讲企业数量", "50-80家"), "宣讲企业 90 家"),
        (count("宣讲企业数量", "多数企业"), "宣讲企业 90 家"),
    ],
)
def test_plans_that_agree_or_speak_of_something_else(row, plan):
    assert planned(row, plan) == []


def test_the_department_is_held_to_its_tasks():
    report = dossier(
        parts={
            Basics: Basics(tasks=(WorkItem(key="t", title="走访", text="走访企业 100 家"),)),
            Goals: annual(count("走访企业数", "60家")),
        }
    )
    (finding,) = run(CHECK, report)
    assert (finding.address.project, finding.expected) == ("", "100家")


def test_an_archived_report_is_left_alone():
    report = document()
    archived = replace(report, header=replace(report.header, status="archived"))
    assert run(CHECK, archived) == []
