"""PRF-5: absolute cost targets against the project's budget."""

from decimal import Decimal

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from performance.checks.prf_5 import CostWithinBudget
from tests.printed_samples import cost, count, document, hand_made, mended, run

CHECK = CostWithinBudget()


def test_apartments_of_21_7_under_a_budget_of_23_6_as_printed():
    (finding,) = run(CHECK, document())
    assert (finding.severity, finding.address.project) == (Severity.INFO, "talent-apartments")
    assert finding.address.on_page == Address("indicators", "talent-apartments-a03", "value")
    assert (finding.expected, finding.actual) == (Decimal(236000), Decimal(217000))
    assert finding.difference == Decimal(-19000)


def test_mended_it_is_silent():
    assert run(CHECK, mended(document(), "talent-apartments-a03", value="16.9万元")) == []


def test_targets_that_equal_the_budget_are_silent_in_the_second_locality():
    assert run(CHECK, document("344001", 2022)) == []


def test_above_the_budget_warns():
    (finding,) = run(CHECK, hand_made(cost("设备费", "30万元", "a"), cost("劳务费", "≤100000元", "b")))
    assert (finding.severity, finding.difference) == (Severity.WARNING, Decimal(10000))
    assert finding.address.on_page == Address("indicators", "a", "value")
    assert "超过项目当年预算 39.00 万元" in finding.message


def test_above_is_found_even_where_other_costs_are_words():
    rows = (cost("设备费", "40万元", "a"), cost("劳务费", "不超过合同金额", "b"))
    assert len(run(CHECK, hand_made(*rows))) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [cost("设备费", "30万元", "a"), cost("劳务费", "不超过合同金额", "b")],
        [cost("设备费", "39万元")],
        [cost("设备费", "390099元")],
        [cost("物业费", "1.8元/平", "a")],
        [cost("培训费用标准", "50万元", "a")],
        [cost("人均成本", "50万元", "a")],
        [cost("设备费", "50", "a")],
        [cost("节约资金", "≥50万元", "a")],
        [cost("社会成本", "50万元", "a", level2="社会成本指标")],
        [count("兑现资金", "50万元", "a")],
        [cost("设备费", "不超过合同金额", "a")],
        [cost("总成本", "39万元", "a"), cost("设备费", "30万元", "b"), cost("劳务费", "9万元", "c")],
        [cost("设备费", "39万元", "a"), cost("设备费", "39万元", "b")],
    ],
)
def test_what_is_in_order_or_not_counted(rows):
    assert run(CHECK, hand_made(*rows)) == []


def test_the_department_is_not_a_project():
    report = hand_made(cost("设备费", "39万元"), department=(cost("部门成本", "9999万元", "d"),))
    assert run(CHECK, report) == []
