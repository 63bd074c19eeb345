"""Which rows of a pasted range are data, and what is said of the others."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.money import Unit
from budgets.forms.fields import AmountField, CodeField, CountField, NameField, TextField
from budgets.forms.pasted_sums import DataRows, PastedRow
from budgets.forms.pasting import PasteRefused


def amount() -> AmountField:
    field = AmountField(label="金额")
    field.bind(SimpleNamespace(unit=Unit.WAN))
    return field


FIELDS = {0: NameField(label="品名"), 1: CodeField("economic", label="经济分类"), 2: amount()}
NAMES = {0: NameField(label="职能"), 1: TextField(label="内容")}
PEOPLE = {0: NameField(label="类别"), 1: CountField(label="人数")}


def sorted_rows(*rows, fields=FIELDS, is_headed=True) -> DataRows:
    return DataRows([PastedRow(n, row) for n, row in enumerate(rows, 2)], fields, is_headed=is_headed)


def kept(*rows, fields=FIELDS, **options) -> list[str]:
    return [row.cells[0] for row in sorted_rows(*rows, fields=fields, **options).rows]


def notes(*rows, fields=FIELDS, **options) -> list[str]:
    return list(sorted_rows(*rows, fields=fields, **options).notes)


def refusal(*rows, **options) -> str:
    with pytest.raises(PasteRefused) as refused:
        sorted_rows(*rows, **options)
    return str(refused.value)


A, B = ("白板", "30201", "1"), ("黑板", "30202", "2.5")
TOTALS = [
    "合计",
    "小计",
    "支出合计",
    "合 计",
    "合计：",
    "（合计）",
    "合计（万元）",
    "总计",
    "共计",
    "本页小计",
    "累计",
]


@pytest.mark.parametrize("word", TOTALS)
def test_a_sum_is_compared_and_left_out(word):
    assert kept(A, B, (word, "", "3.50")) == ["白板", "黑板"]
    assert notes(A, B, (word, "", "3.5")) == [f"第 4 行“{word}”是各行之和，没有填入"]
    assert notes(A, B, (word, "—", "4")) == [
        f"第 4 行“{word}”没有填入：“金额”写的是 4.00，各行之和是 3.50，相差 0.50，请核对"
    ]
    assert notes(A, B, (word,)) == [f"第 4 行“{word}”是合计，没有填入"]


def test_a_sum_may_stand_above_its_rows():
    assert notes(("合计", "", "3.5"), A, B) == ["第 2 行“合计”是各行之和，没有填入"]
    assert "相差 -0.50" in notes(("合计", "", "3"), A, B)[0]


def test_sums_of_parts_and_of_all():
    rows = (A, ("小计", "", "1"), B, ("小计", "", "2.5"), ("累计", "", "3.5"), ("合计", "", "3.5"))
    assert kept(*rows) == ["白板", "黑板"]
    assert all("是各行之和" in note for note in notes(*rows))
    assert "各行之和是 2.50" in notes(*rows[:3], ("小计", "", "9"))[1]
    assert "各行之和是 3.50" in notes(*rows[:3], ("合计", "", "9"))[1]


def test_counts_are_compared_too():
    assert notes(("在职", "3"), ("合计", "4"), fields=PEOPLE) == [
        "第 3 行“合计”没有填入：“人数”写的是 4，各行之和是 3，相差 1，请核对"
    ]


def test_a_part_of_a_row_is_refused_with_what_to_do():
    said = refusal(A, ("其中：笔", "30201", "0.5"), B)
    assert said.startswith("第 3 行“其中：笔”是上面金额的一部分")
    assert "请删去这一行" in said


@pytest.mark.parametrize("row", [("合计", "30201-办公费", "1"), ("办公费小计", "办公费", "1")])
def test_a_sum_with_texts_of_its_own_is_refused(row):
    assert refusal(A, row).startswith(f"第 3 行“{row[0]}”像是合计，又写有别的内容")


GROUPS = (
    ("一、劳务费", "", "12"),
    ("1. 讲课费", "30226", "7"),
    ("2. 评审费", "30226", "5"),
    ("二、印刷费", "", "3"),
    ("1. 宣传册", "30202", "3"),
    ("合计", "", "15"),
)


def test_groups_with_their_sums_are_left_out():
    assert kept(*GROUPS) == ["1. 讲课费", "2. 评审费", "1. 宣传册"]
    assert notes(*GROUPS) == [
        "第 2 行“一、劳务费”是下面各行的分组，没有填入",
        "第 5 行“二、印刷费”是下面各行的分组，没有填入",
        "第 7 行“合计”是各行之和，没有填入",
    ]
    assert kept(("一、劳务费",), *GROUPS[1:]) == ["1. 讲课费", "2. 评审费", "1. 宣传册"]


def test_groups_within_groups():
    rows = (
        ("一、人员", "", "8"),
        ("（一）在职", "", "5"),
        A,
        ("", "", "4"),
        ("（二）退休", "", "3"),
        ("丙", "", "3"),
    )
    assert kept(*rows) == ["白板", "", "丙"]


def test_a_group_that_is_no_sum_of_its_rows_is_refused():
    assert "写的是 13.00，各行之和是 12.00，相差 1.00" in refusal(("一、劳务费", "", "13"), *GROUPS[1:])


def test_numbered_rows_without_rows_of_their_own_are_data():
    rows = (("一、白板", "", "1"), ("二、黑板", "", "2"), ("合计", "", "3"))
    assert kept(*rows) == ["一、白板", "二、黑板"]
    coded = (("一、白板", "30201", "1"), ("黑板", "30202", "2"))
    assert kept(*coded) == ["一、白板", "黑板"]


def test_what_stands_below_a_table_is_left_out():
    rows = (
        *(A, ("去年实际", "", "2"), ("差额", "", "-1"), ("注：本表不含税",), ("1. 金额保留两位小数",)),
        *(("填报人：甲", "审核人：乙"), ("第 1 页 共 2 页",)),
    )
    assert kept(*rows) == ["白板"]
    assert [note.partition("”")[2] for note in notes(*rows)] == [
        *["是用来比较的数，不是表中的行，没有填入"] * 2,
        *["是说明，没有填入"] * 2,
        "是签名或日期，没有填入",
        "不是表中的行，没有填入",
    ]
    assert kept(("去年实际", "", "2"), A) == ["去年实际", "白板"]


def test_columns_that_are_counted_below_the_heading_are_left_out():
    assert kept(("1", "2", "3"), A) == ["白板"]
    assert kept(A, ("1", "2", "3")) == ["白板", "1"]
    assert kept(("1", "2", "3"), A, is_headed=False) == ["1", "白板"]
    assert kept(("1", "2"), fields={0: CountField(label="数量"), 1: amount()}) == ["1"]


def test_a_table_of_texts_has_no_sums():
    rows = (("累计接待", "合计"), ("其中：甲", "乙"), ("一、职能",), ("说明：甲", "乙"), ("合计",))
    assert kept(*rows, fields=NAMES) == ["累计接待", "其中：甲", "一、职能", "说明：甲"]
    assert kept(("说明：甲",), ("合计",), fields=NAMES) == ["说明：甲", "合计"]


texts = st.sampled_from(
    [
        "合计",
        "小计",
        "其中：甲",
        "一、甲",
        "（一）乙",
        "甲",
        "",
        "注：丙",
        "去年实际",
        "续表",
        "1",
        "-",
        "填报人：丁",
    ]
)


@given(
    st.lists(
        st.tuples(texts, st.sampled_from(["", "30201"]), st.sampled_from(["", "1", "2", "3", "x", "(1)"])),
        max_size=7,
    )
)
def test_every_row_is_taken_or_said(rows):
    try:
        data = sorted_rows(*rows)
    except PasteRefused as refused:
        assert "没有填入" in str(refused)
        return
    assert len(data.rows) + len(list(data.notes)) == len(rows)


def test_many_sums_take_no_time():
    began = time.perf_counter()
    data = sorted_rows(*[row for n in range(500) for row in (A, ("小计", "", "1"))])
    assert len(list(data.notes)) == 500
    assert time.perf_counter() - began < 5
