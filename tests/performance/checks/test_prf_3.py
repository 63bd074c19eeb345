"""PRF-3: one indicator has one value in one year, in the project and in the whole-department form."""

from dataclasses import replace
from decimal import Decimal

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from performance.checks.prf_3 import OneValue
from performance.domain.goals import Goals
from tests.examples import project
from tests.printed_samples import annual, cost, count, document, hand_made, mended, rate, run

CHECK = OneValue()


def test_publicity_cost_of_last_year_is_found_as_printed():
    (finding,) = run(CHECK, document())
    assert finding.severity == Severity.ERROR
    assert finding.address.on_page == Address("indicators", "department-a1-01", "value_last")
    assert (finding.expected, finding.actual) == ("24万元", "21万")
    assert finding.difference == Decimal(-30000)
    assert "上年" in finding.message
    assert "优化营商环境系列宣传" in finding.message


@pytest.mark.parametrize("value", ["24万元", "24 万", "240000元", "/"])
def test_mended_it_is_silent(value):
    assert run(CHECK, mended(document(), "department-a1-01", value_last=value)) == []


def test_the_second_locality_is_silent():
    assert run(CHECK, document("344001", 2022)) == []


@pytest.mark.parametrize("field", ["value_before_last", "value_last", "value"])
def test_every_year_is_compared(field):
    own, theirs = replace(count("走访企业数", ""), key="d"), count("走访企业数", "")
    report = hand_made(replace(theirs, **{field: "60家"}), department=(replace(own, **{field: "80家"}),))
    (finding,) = run(CHECK, report)
    assert finding.address.on_page == Address("indicators", "d", field)


@pytest.mark.parametrize(
    ("department", "theirs"),
    [
        (count("走访企业数", "60家/年", "d"), count("走访企业数", "≥60家")),
        (count("走访企业数", "约60家", "d"), count("走访企业数", "62家")),
        (count("走访企业数", "60家", "d"), count("走访企业数量", "80家")),
        (count("走访企业数", "60家", "d"), count("走访企业数", "60人")),
        (cost("活动费用", "不超过合同金额", "d"), cost("活动费用", "5万元")),
        (cost("活动费用", "5", "d"), cost("活动费用", "6万元")),
        (cost("活动费用", "2.77万元", "d"), cost("活动费用", "27690.34元")),
        (count("", "60家", "d"), count("", "80家")),
    ],
)
def test_what_agrees_or_cannot_be_compared(department, theirs):
    assert run(CHECK, hand_made(theirs, department=(department,))) == []


def test_a_name_that_several_projects_have_is_not_one_indicator():
    report = hand_made(rate("满意度", "90%"), department=(rate("满意度", "95%", "d"),))
    other = project("other", goals=annual(rate("满意度", "80%", "x")))
    assert len(run(CHECK, report)) == 1
    assert run(CHECK, replace(report, projects=(*report.projects, other))) == []


def test_a_department_without_goals_is_silent():
    report = hand_made(rate("满意度", "90%"))
    assert run(CHECK, replace(report, parts={Goals: Goals()})) == []
