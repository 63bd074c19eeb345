"""What a heading is taken for: a column by its title or another name of it, or none."""

from __future__ import annotations

import pytest

from budgets.domain.money import Unit
from budgets.forms.headings import Headings, strange_unit, unit_in_heading, unit_said

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


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("金额（千元）", "千元"),
        ("金额(单位：百万元)", "百万元"),
        ("预算数/亿", "亿"),
        ("金额美元", "美元"),
        ("金额（十万元）", "十万元"),
        ("金额（万）", "万"),
        ("金额（元）", ""),
        ("金额（万元）", ""),
        ("金额", ""),
        ("得分", ""),
    ],
)
def test_a_unit_that_cannot_be_typed_is_not_taken_for_yuan(said, unit):
    assert strange_unit(said) == unit
