"""What a row of a sheet is, by its wording."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.forms.row_kinds import RowKind, is_total_word, kind_of, total_word

SUMS = ("合计", "小计", "总计", "共计", "累计", "总合计")
NAMES = ("", "支出", "收入", "本年支出", "本页", "分类", "部门", "项目", "人员经费")
FORMS = ("{}", "{}：", "（{}）", "({})", "{}（万元）", "{}(元)", "【{}】", "——{}——", "*{}", "三、{}", "{}:")
AMOUNTS = (["120000"], ["1,200.00", "—"], ["2", "１，２００．００"], ["￥1,200.00 元"], ["-"], [])


def spaced(word: str) -> list[str]:
    return [word, "  ".join(word), "\u3000".join(word), f" {word}\u200b", "\u00a0".join(word)]


WORDINGS = sorted(
    {
        form.format(text)
        for name, word, form in product(NAMES, SUMS, FORMS)
        for text in spaced(f"{name}{word}")
        if not (name and word == "总合计")
    }
)


@pytest.mark.parametrize("numbers", AMOUNTS)
def test_a_word_for_a_sum_beside_numbers_is_a_sum(numbers):
    wrong = [text for text in WORDINGS if kind_of([text, *numbers]) is not RowKind.TOTAL]
    assert not wrong


def test_numbers_may_stand_before_the_word():
    assert kind_of(["3", "合计", "120"]) is RowKind.TOTAL
    assert total_word(["3", "合 计", "120"]) == "合 计"


@pytest.mark.parametrize("beside", ["30227-委托业务费", "聘用二人", "详见附表"])
def test_a_word_for_a_sum_beside_texts_is_doubtful(beside):
    wrong = [text for text in WORDINGS if kind_of([text, beside, "12"]) is not RowKind.DOUBTFUL_TOTAL]
    assert not wrong


@pytest.mark.parametrize(
    "texts",
    [
        ["合", "计", "100"],
        ["合计150000元"],
        ["合计（大写）", "壹拾贰万元整", "120000"],
        ["合计：人民币壹拾贰万元整", "120000"],
        ["合计", "3项", "120000"],
        ["合计", "/", "无", "100%", "120000"],
        ["总金额", "8"],
        ["Total", "8"],
        ["承前页", "8"],
    ],
)
def test_other_wordings_of_sums(texts):
    assert kind_of(texts) is RowKind.TOTAL


@pytest.mark.parametrize(
    "name",
    [
        "会计培训",
        "统计调查",
        "合计划编制",
        "小计算机",
        "总计划编制",
        "共计算机房",
        "累计误差测试",
        "审计",
        "其他",
        "含税设备",
        "注册费",
    ],
)
@pytest.mark.parametrize("beside", [["2", "1"], ["30227", "聘用", "12"], []])
def test_names_that_only_look_like_it_are_data(name, beside):
    assert kind_of([name, *beside]) is RowKind.DATA
    assert not is_total_word(name)


def test_a_remark_that_names_a_sum_does_not_make_one():
    assert kind_of(["劳务", "聘用", "30227", "12", "2 人×6 万元，12个月合计"]) is RowKind.DATA


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (["其中：社保", "单位缴费", "30227", "4"], RowKind.PART_OF),
        (["其 中 ：社保", "4"], RowKind.PART_OF),
        (["（其中：社保）", "4"], RowKind.PART_OF),
        (["-其中社保", "4"], RowKind.PART_OF),
        (["劳务", "其中：社保", "4"], RowKind.PART_OF),
        (["劳务", "聘用", "4", "其中：社保 2"], RowKind.DATA),
        (["一、劳务费", "120000"], RowKind.GROUP),
        (["（一）劳务费", "120000"], RowKind.GROUP),
        (["第一部分 劳务费", "3", "120000"], RowKind.GROUP),
        (["一", "劳务费", "120000"], RowKind.GROUP),
        (["一、劳务费"], RowKind.GROUP),
        (["一、劳务费", "聘用二人", "120000"], RowKind.DATA),
        (["1. 讲课费", "120000"], RowKind.DATA),
        (["去年实际", "98000"], RowKind.COMPARISON),
        (["差额", "-2,000"], RowKind.COMPARISON),
        (["与上年相比", "2"], RowKind.COMPARISON),
        (["差额补助", "2"], RowKind.DATA),
        (["注：本表不含税"], RowKind.NOTE),
        (["注", "本表不含税"], RowKind.NOTE),
        (["备注1：本表不含税"], RowKind.NOTE),
        (["注释、标引服务", "2"], RowKind.DATA),
        (["填报人：甲　　审核人：乙　　日期：2025年1月3日"], RowKind.SIGNATURE),
        (["单位负责人（签字）：", "甲"], RowKind.SIGNATURE),
        (["2025年1月3日"], RowKind.SIGNATURE),
        (["制表：甲"], RowKind.SIGNATURE),
        (["1", "2", "3"], RowKind.NUMBERING),
        (["栏次", "甲", "乙", "1", "2=3+4", "3"], RowKind.NUMBERING),
        (["（１）", "（２）"], RowKind.NUMBERING),
        (["1", "3"], RowKind.DATA),
        (["续表"], RowKind.CONTINUED),
        (["（续表一）"], RowKind.CONTINUED),
        (["项目支出明细表（续）"], RowKind.CONTINUED),
        (["第 2 页 共 3 页"], RowKind.CONTINUED),
        (["续聘二人", "2"], RowKind.DATA),
        (["", " "], RowKind.DATA),
        ([], RowKind.DATA),
    ],
)
def test_the_kind_of_a_row(texts, kind):
    assert kind_of(texts) is kind


def test_numbered_lines_below_a_note_belong_to_it():
    for text in ("1. 金额保留两位小数", "2．以上单价经询价确定", "（3）不含税", "四、不含税"):
        assert kind_of([text], RowKind.NOTE) is RowKind.NOTE
        assert kind_of([text]) is not RowKind.NOTE
    assert kind_of(["1. 讲课费", "专家", "7"], RowKind.NOTE) is RowKind.DATA
    assert kind_of(["三、合计"], RowKind.NOTE) is RowKind.TOTAL


@given(st.lists(st.text(max_size=30), max_size=6), st.sampled_from(RowKind))
def test_any_row_has_a_kind(texts, below):
    assert kind_of(texts, below) in RowKind
    total_word(texts)


def test_long_texts_take_no_time():
    began = time.perf_counter()
    for text in ("合计" * 500_000, "一" * 1_000_000, "-" * 1_000_000, " " * 1_000_000, "(1" * 500_000):
        kind_of([text, text])
    assert time.perf_counter() - began < 1
