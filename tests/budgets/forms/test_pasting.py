"""A range from the clipboard, read into cells and placed by column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.forms.pasting import in_unit, parse_cells, split_header
from budgets.money import Unit

TITLES = {"name": "品名", "kind": "采购类别", "quantity": "数量", "amount": "金额（万元）"}


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
    assert parse_cells(text) == cells


def as_copied(rows: list[list[str]]) -> str:
    """As Excel copies: a cell in quotes where it must be."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if set(text) & set('\t\n"') else text

    return "".join("\t".join(map(cell, row)) + "\r\n" for row in rows)


cells = st.text(st.characters(exclude_characters="\r", exclude_categories=("Cs",)), max_size=12)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), max_size=6))
def test_every_range_comes_back_as_it_was_copied(rows):
    assert parse_cells(as_copied(rows)) == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.text(max_size=60))
def test_no_text_is_too_strange(text):
    for row in parse_cells(text):
        assert any(cell.strip() for cell in row)


@given(st.lists(st.lists(st.sampled_from([*TITLES.values(), "甲", "", "3"]), max_size=5), max_size=4))
def test_a_header_takes_the_first_row_or_none(rows):
    named, rest = split_header(rows, TITLES)
    assert rest == (rows[1:] if named else rows)
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
        (["品名"], []),
    ],
)
def test_a_header_is_known_by_its_titles(first, named):
    assert split_header([first, ["x"]], TITLES)[0] == named


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
