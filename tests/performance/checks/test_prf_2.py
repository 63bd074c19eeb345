"""PRF-2: outputs and effects are floors, costs are ceilings."""

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity
from performance.checks.prf_2 import TargetDirection
from tests.printed_samples import anchors, cost, count, document, effect, hand_made, mended, rate, run

CHECK = TargetDirection()
PRINTED_SO = {
    "industry-academia-l02": "≥4次/年",
    "industry-academia-a02": "≥4次/年",
    "environment-publicity-l02": "4期/年",
    "department-l1-02": "不少于4期/年",
}
"""Indicators of 000 that promise a number of events from above, and how to mend them."""


def test_events_promised_from_above_are_found_as_printed():
    assert anchors(run(CHECK, document())) == set(PRINTED_SO)


def test_mended_they_are_silent():
    report = document()
    for key, value in PRINTED_SO.items():
        report = mended(report, key, value=value)
    assert run(CHECK, report) == []


def test_the_second_locality_is_silent():
    assert run(CHECK, document("344001", 2022)) == []


def test_the_finding_leads_to_the_value():
    (finding,) = run(CHECK, hand_made(count("开展次数", "≤4次/年")))
    assert (finding.severity, finding.address.project, finding.place) == (
        Severity.WARNING,
        "zhyw",
        "综合业务",
    )
    assert finding.address.on_page == Address("indicators", "n", "value")
    assert (finding.expected, finding.actual) == ("≥", "≤4次/年")
    assert "方向相反" in finding.message


@pytest.mark.parametrize(
    "row",
    [
        rate("验收合格率", "≤95%"),
        effect("受益人数", "不超过300人"),
        count("劳务外包服务天数", "≤240天"),
        rate("小程序无故障率", "≤90%"),
        rate("投诉处理率", "≤100%"),
        cost("活动费用", "≥5万元"),
        cost("人均成本", "不低于500元/人"),
    ],
)
def test_the_wrong_way_round(row):
    assert len(run(CHECK, hand_made(row))) == 1


@pytest.mark.parametrize(
    "row",
    [
        rate("响应时间", "≤24小时"),
        rate("保洁维护周期", "≤1月/次", level2="时效指标"),
        rate("投诉数量", "≤3起"),
        effect("事故起数", "≤0起"),
        rate("三公经费变动率", "≤0%"),
        count("在职人员控制率", "≤100%"),
        count("政策兑现资金", "≤5000万元"),
        count("开展次数", "4次/年"),
        count("开展次数", "不超过计划"),
        cost("活动费用", "不超过合同金额"),
        cost("活动费用", "≤5万元"),
        cost("成本节约额", "≥5万元"),
        cost("预算执行率", "≥95%"),
        cost("部门成本", "≤5万元", level1="产出指标", level2="成本指标"),
    ],
)
def test_what_is_in_order_or_cannot_be_judged(row):
    assert run(CHECK, hand_made(row)) == []


def test_severity_is_data():
    (finding,) = run(CHECK, hand_made(count("开展次数", "≤4次")), Severity.INFO)
    assert finding.severity == Severity.INFO
