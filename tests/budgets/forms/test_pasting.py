"""A range from the clipboard, read into cells and placed by column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.money import Unit
from budgets.forms.pasting import (
    MOST_MERGED,
    Merged,
    choice_of,
    in_unit,
    is_blank,
    parse_merged,
    parse_rows,
    split_header,
)

TITLES = {"name": "品名", "kind": "采购类别", "quantity": "数量", "amount": "金额（万元）"}


def filled_rows(text: str) -> list[list[str]]:
    return [row for row in parse_rows(text) if not is_blank(row)]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ('12" 显示器\t3', [['12" 显示器', "3"]]),
        ('"12"" 显示器"\t3', [['12" 显示器', "3"]]),
        ('"两行\r\n说明"\t1', [["两行\n说明", "1"]]),
        ('"有\t制表符"\t1', [["有\t制表符", "1"]]),
        ('"引号"后面还有字\t1', [['"引号"后面还有字', "1"]]),
        ('"没有关上\t1', [['"没有关上', "1"]]),
        ("1,250.50\t１２", [["1,250.50", "１２"]]),
        ("a\t\t\n\t\t\n\nb", [["a", "", ""], ["b"]]),
        ("", []),
        ("\n\n", []),
        ('""', []),
    ],
)
def test_what_excel_and_wps_put_on_the_clipboard(text, cells):
    assert filled_rows(text) == cells


def as_copied(rows: list[list[str]]) -> str:
    """As Excel copies: a cell in quotes where it must be."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


cells = st.text(st.characters(exclude_characters="\r", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=6))
def test_every_range_comes_back_as_it_was_copied(rows):
    assert filled_rows(as_copied(rows)) == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    for row in filled_rows(text):
        assert any(cell.strip() for cell in row)


@given(st.lists(st.lists(st.sampled_from([*TITLES.values(), "甲", "", "3"]), max_size=5), max_size=4))
def test_a_header_takes_the_first_row_or_two_or_none(rows):
    named, rest = split_header(rows, TITLES)
    assert rest in ((rows[1:], rows[2:]) if named else (rows,))
    assert set(named) <= {*TITLES, ""}


@pytest.mark.parametrize(
    ("first", "named"),
    [
        (["金额", "品名"], ["amount", "name"]),
        (["品名", "序号", "数量"], []),
        (["品名", "", "数量"], ["name", "", "quantity"]),
        (["采购类别", "金额(元)"], ["kind", "amount"]),
        (["电脑", "3"], []),
        (["数量", "数量"], []),
        (["品名"], ["name"]),
        (["预算金额（元）"], ["amount"]),
        (["金额", ""], ["amount", ""]),
        (["价格"], []),
        (["政府采购"], []),
    ],
)
def test_a_header_is_known_by_its_titles(first, named):
    assert split_header([first, ["x"]], TITLES)[0] == named


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ([["数量"]], ()),
        ([["数量"], ["1", "2"]], ()),
        ([["数量"], ["", "2"]], ()),
        ([["数量"], ["2"]], ("数量", "质量")),
    ],
)
def test_a_name_alone_heads_nothing_without_rows_beside_other_columns_or_where_it_is_a_value(cells, values):
    assert split_header(cells, TITLES, values=values) == ([], cells)


INDICATORS = {
    "name": "三级指标",
    "before_last": "前年指标值",
    "last": "上年指标值",
    "value": "指标值",
    "basis": "指标值确定依据",
}


def test_a_heading_over_two_rows_names_the_columns_below_it():
    cells = [
        ["三级指标", "指标值", "", "", "指标值确定依据"],
        ["", "前年", "2022年", "预计当年实现", ""],
        ["走访", "1", "2", "≥3", "计划数据"],
    ]
    assert split_header(cells, INDICATORS, year=2023) == ([*INDICATORS], cells[2:])
    assert split_header([cells[0], cells[2]], INDICATORS)[1] == [cells[2]]


@pytest.mark.parametrize(
    ("said", "merged"),
    [
        ("0:0:5,0:1:3", [Merged(0, 0, 5), Merged(0, 1, 3)]),
        ("", []),
        ("0:0:5,", []),
        ("0:0", []),
        ("-1:0:5", []),
        ("a:b:c", []),
        ("0:0:99999999", []),
        ("０:0:5", []),
        (",".join(["0:0:2"] * (MOST_MERGED + 1)), []),
    ],
)
def test_merged_cells_are_named_strictly(said, merged):
    assert parse_merged(said) == merged


FUNDS = [
    ("general", "一般公共预算财政拨款"),
    ("gov", "政府性基金预算财政拨款"),
    ("superior", "上级补助收入"),
    ("other", "其他收入"),
]
KINDS = [("", "—"), ("goods", "货物"), ("works", "工程"), ("biz", "事业收入"), ("own", "事业单位经营收入")]


@pytest.mark.parametrize(
    ("said", "choices", "value"),
    [
        ("general", FUNDS, "general"),
        ("一般公共预算财政拨款", FUNDS, "general"),
        (" 一般 公共预算​", FUNDS, "general"),
        ("一般公共预算拨款", FUNDS, "general"),
        ("一般公共预算拨款收入", FUNDS, "general"),
        ("01-一般公共预算", FUNDS, "general"),
        ("政府性基金拨款", FUNDS, "gov"),
        ("（１）其他", FUNDS, "other"),
        ("三、上级补助", FUNDS, "superior"),
        ("Ａ 货物", KINDS, "goods"),
        ("货物类", KINDS, "goods"),
        ("—", KINDS, ""),
        ("事业", KINDS, None),
        ("货", KINDS, None),
        ("拨款", FUNDS, None),
        ("一般公共预算结转", FUNDS, None),
        ("服务", KINDS, None),
    ],
)
def test_a_choice_is_known_where_only_one_can_be_meant(said, choices, value):
    assert choice_of(said, choices) == value


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        ("120,000", "12.00"),
        ("0.01", "0.000001"),
        ("", ""),
        ("0.001", "0.001元"),
        ("十二", "十二元"),
        ("12万", "12万"),
    ],
)
def test_an_amount_below_a_heading_that_says_another_unit_is_the_same_money(cell, typed):
    assert in_unit(cell, Unit.YUAN, Unit.WAN) == typed
    assert in_unit(cell, Unit.WAN, Unit.WAN) == cell
