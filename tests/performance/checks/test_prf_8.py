"""PRF-8: a target is not below what was reached, and most targets are numbers."""

from dataclasses import replace

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from performance.checks.prf_8 import TargetLevel
from tests.examples import dossier, header, project
from tests.printed_samples import anchors, annual, cost, count, document, effect, hand_made, mended, rate, run

CHECK = TargetLevel()
PRINTED_SO = {
    "department-a1-02": "6期",
    "department-a1-08": "1800人",
    "environment-publicity-a02": "6",
    "environment-publicity-a05": "1800人",
    "general-affairs-a06": "≥365天/年",
    "general-affairs-a07": "≥6次/年",
    "jinshan-talents-a06": "100%",
    "through-train-a02": "≥6次",
    "policy-briefings-a06": "100%",
}
"""Targets of 000 below last year's value, and what would not be."""


def test_targets_below_last_year_are_found_as_printed():
    assert anchors(run(CHECK, document())) == set(PRINTED_SO)


def test_mended_they_are_silent():
    report = document()
    for key, value in PRINTED_SO.items():
        report = mended(report, key, value=value)
    assert run(CHECK, report) == []


def test_with_a_reason_they_are_silent():
    report = document()
    for key in PRINTED_SO:
        report = mended(report, key, remark="合同到期，规模缩减")
    assert run(CHECK, report) == []


def test_200_enterprises_where_2502_were_served():
    """001 prints the result in its text only; here it stands in the column of last year."""
    report = document("344001", 2022)
    assert run(CHECK, report) == []
    (finding,) = run(CHECK, mended(report, "department-a01", value_last="2502家"))
    assert finding.severity == Severity.WARNING
    assert finding.address.on_page == Address("indicators", "department-a01", "value")
    assert (finding.expected, finding.actual) == ("不低于 2502家", "200多家")


@pytest.mark.parametrize(
    "row",
    [
        count("次数", "≥4次/年", value_last="4次"),
        count("次数", "5次", value_last="/"),
        count("次数", "5次", value_last="6期"),
        count("次数", "若干", value_last="6次"),
        rate("响应时间", "12小时", value_last="24小时"),
        rate("投诉数量", "3起", value_last="5起"),
        count("兑现资金", "5万元", value_last="9万元"),
        cost("活动费用", "5万元", value_last="9万元"),
        count("次数", "≤4次", value_last="6次"),
    ],
)
def test_what_is_in_order_or_cannot_be_judged(row):
    assert run(CHECK, hand_made(row)) == []


def test_last_years_report_is_asked_where_the_column_is_empty():
    this_year = dossier(project(goals=annual(count("次数", "4次"))), parts={})
    before = dossier(project(goals=annual(count("次数", "6次"))), parts={}, header=header(2022))
    (finding,) = run(CHECK, replace(this_year, earlier=(before,)))
    assert "上年目标" in finding.message
    assert run(CHECK, this_year) == []
    given = dossier(
        project(goals=annual(count("次数", "4次", value_last="4次"))), parts={}, earlier=(before,)
    )
    assert run(CHECK, given) == []


def test_the_margin_is_data():
    report = hand_made(rate("满意度", "≥90%", value_last="100%"))
    assert len(run(CHECK, report)) == 1
    assert run(CHECK, report, margin=10) == []


WORDS = [effect(f"效果{i}", "有效保障", f"w{i}") for i in range(3)]


def test_mostly_words_is_found():
    (finding,) = run(CHECK, hand_made(*WORDS, count("次数", "4次")))
    assert finding.address.on_page == Address("indicators", "w0", "value")
    assert (finding.expected, finding.actual) == ("不少于 50%", "25.00%")


def test_half_numbers_few_rows_and_another_threshold_are_silent():
    assert run(CHECK, hand_made(*WORDS[:2], count("次数", "4次"), rate("完成时间", "当年", "t"))) == []
    assert run(CHECK, hand_made(*WORDS[:2])) == []
    assert run(CHECK, hand_made(*WORDS, count("次数", "4次")), quantified=25) == []
