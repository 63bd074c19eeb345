"""What a heading is taken for: a column by its title or another name of it, or none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budgets.domain.money import UNITS, Unit, parse_amount
from budgets.forms.headings import (
    Headings,
    plain,
    unit_in_heading,
    unit_said,
    unknown_unit,
    unknown_unit_said,
)

LINES = {
    "project": "所属项目",
    "name": "项目活动",
    "description": "活动内容表述",
    "function": "功能分类",
    "economic": "支出经济分类",
    "amount": "金额（万元）",
    "basis": "测算依据及说明",
    "remark": "备注",
}
INDICATORS = {
    "level3": "三级指标",
    "before_last": "前年指标值",
    "last": "上年指标值",
    "value": "指标值",
    "basis": "指标值确定依据",
}


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ("活动", "name"),
        ("项目", "project"),
        ("（一）活动内容", "description"),
        ("支出经济分类科目", "economic"),
        ("经济分类\n名称", "economic"),
        ("金额（元）", "amount"),
        ("金额万元", "amount"),
        ("申报金额/元", "amount"),
        ("2024年预算数", "amount"),
        ("测算依据", "basis"),
        ("备　注", "remark"),
        ("", ""),
        ("预算金额合计", None),
        ("上年金额", None),
        ("2023年预算数", None),
        ("说明", None),
        ("项目编码", None),
        ("单价", None),
        ("数量", None),
        ("经办科室", None),
    ],
)
def test_a_heading_is_known_or_it_is_not(said, column):
    assert Headings(LINES, 2024).find(said) == column


def test_without_a_year_no_heading_with_one_is_known():
    assert Headings(LINES).find("2024年预算数") is None


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (("指标值", "前年"), "before_last"),
        (("指标值", "2023 年"), "last"),
        (("指标值", "预计当年实现"), "value"),
        (("指标值",), "value"),
        (("指标",), "level3"),
    ],
)
def test_a_heading_of_two_rows_is_that_of_the_last(said, column):
    assert Headings(INDICATORS, 2024).find(*said) == column


@pytest.mark.parametrize(
    ("said", "unit"),
    [("金额（元）", Unit.YUAN), ("预算数(万元)", Unit.WAN), ("金额/元", Unit.YUAN), ("金额", None)],
)
def test_a_heading_says_its_unit(said, unit):
    assert unit_in_heading(said) == unit


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (["编制单位：某中心　　金额单位：万元"], Unit.WAN),
        (["单位:元", "单位：人民币元"], Unit.YUAN),
        (["单位：元", "单位：万元"], None),
        (["申报单位：元宝街道"], None),
        (["某中心"], None),
    ],
)
def test_a_line_says_the_unit_of_a_sheet(lines, unit):
    assert unit_said(lines) == unit


SAID = {"金额（{}）": "金额", "金额(单位：{})": "金额", "预算数/{}": "预算数", "金额（人民币{}）": "金额"}


@pytest.mark.parametrize("heading", SAID)
@pytest.mark.parametrize("label", UNITS)
def test_every_unit_of_a_heading_is_understood(heading, label):
    said = heading.format(label)
    assert unit_in_heading(said) is UNITS[label]
    assert plain(said) == SAID[heading]


@pytest.mark.parametrize(
    "line", ["单位：{}", "金额单位:人民币{}", "支出明细表（{}）", "部门预算表(单位：{})"]
)
@pytest.mark.parametrize("label", UNITS)
def test_every_unit_of_a_line_is_understood(line, label):
    if "分角".find(label) < 0 or "（" in line or "(" in line:
        assert unit_said([line.format(label)]) is UNITS[label]


@pytest.mark.parametrize(
    ("said", "label"),
    [("金额（万）", "万元"), ("预算数/亿", "亿元"), ("金额（百万）", "百万元"), ("金额（千）", "千元")],
)
def test_a_unit_may_leave_out_the_word_for_yuan(said, label):
    assert unit_in_heading(said) is UNITS[label]


@pytest.mark.parametrize("said", ["得分", "一亿", "金额", "部分", "权重（%）", "数量（个）"])
def test_the_end_of_a_word_is_no_unit(said):
    assert unit_in_heading(said) is None
    assert unknown_unit(said) == ""


@pytest.mark.parametrize("unit", ["美元", "万美元", "欧元", "港币", "日元", "英镑", "USD"])
def test_foreign_money_is_named_and_not_converted(unit):
    assert unit_in_heading(f"金额（{unit}）") is None
    assert unknown_unit(f"金额（{unit}）") == unit
    assert unit_said([f"单位：{unit}"]) is None
    assert unknown_unit_said([f"单位：{unit}"]) == unit
    assert Headings({"amount": "金额"}).find(f"金额（{unit}）") == "amount"


@pytest.mark.parametrize(
    ("label", "yuan"),
    [("元", "12.50"), ("角", "1.25"), ("千元", "12500.00"), ("仟元", "12500.00"), ("百万元", "12500000.00")],
)
def test_an_amount_is_converted_exactly(label, yuan):
    assert parse_amount("12.5", UNITS[label]) == Decimal(yuan)
