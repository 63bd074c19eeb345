"""Widths and heights, which nobody computes for merged cells."""

from decimal import Decimal

import pytest

from budgets.domain.sheets import Cell, Role, Row
from budgets.renderers.layout import (
    MAX_ROW,
    column_widths,
    cut,
    cut_to_height,
    lay_out,
    line_count,
    text_height,
    with_notes,
)
from tests.budgets.renderers.sample import amount, rows, table


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("一二三四五", 5, 1),
        ("一二三四五六", 5, 2),
        ("abcdefghij", 5, 1),
        ("一\n二\n\n四", 10, 4),
        ("一二三四五。", 5, 2),
        ("一二三四 2023", 5, 2),
        ("x" * 100, 5, 10),
    ],
)
def test_text_is_wrapped_by_the_width_of_its_characters(text, width, lines):
    assert line_count(text, width) == lines


def test_columns_fill_the_page_in_proportion():
    widths = column_widths(rows(["甲", "乙"], widths=(10.0, 30.0)), 48.0)
    assert sum(widths) == pytest.approx(48.0, abs=0.1)
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)


def test_a_column_is_never_narrower_than_its_numbers():
    sheet = rows(["说明", amount("1234567890.12")], widths=(40.0, 2.0))
    widths = column_widths(sheet, 49.0)
    assert widths[1] > len("1,234,567,890.12") / 2
    assert sum(widths) == pytest.approx(49.0, abs=0.1)


def test_columns_of_numbers_that_are_meant_to_be_equal_stay_equal():
    sheet = rows(["说明", amount("1234567890.12"), amount("0.00")], widths=(60.0, 6.0, 6.0))
    widths = column_widths(sheet, 49.0)
    assert widths[1] == widths[2]


def test_a_sheet_of_many_numbers_grows_beyond_the_page():
    cells = [amount("123456789.00")] * 20
    assert sum(column_widths(rows(cells, widths=(6.0,) * 20), 49.0)) > 49.0


def test_a_row_is_as_high_as_its_highest_cell():
    sheet = rows(["短", "长" * 100], ["短", "短"], widths=(10.0, 20.0))
    first, second = lay_out(sheet, (10.0, 20.0)).heights
    assert first > 5 * 15 > second


def test_a_cell_over_two_rows_makes_both_higher():
    body = (Row((Cell("长" * 100, rows=2), Cell("短"))), Row((Cell("短"),)))
    heights = lay_out(table(widths=(10.0, 10.0), head=(), body=body), (10.0, 10.0)).heights
    assert heights[0] == heights[1]
    assert sum(heights) >= 10 * 15


def test_a_row_too_high_for_excel_takes_several_rows():
    sheet = rows(["名称", "长" * 2000], ["下一行", "短"], widths=(10.0, 20.0))
    layout = lay_out(sheet, (10.0, 20.0))
    assert max(layout.heights) <= MAX_ROW
    name, long, following, _ = layout.areas
    assert long.continued and name.continued and not following.continued
    assert (name.first, name.last) == (long.first, long.last) == (0, len(layout.heights) - 2)
    assert following.first == long.last + 1


def test_a_cell_above_a_continued_row_keeps_spanning_it():
    body = (
        Row((Cell("合并", rows=2), Cell("短"))),
        Row((Cell("长" * 2000),)),
        Row((Cell("末"), Cell(Decimal(1), Role.AMOUNT))),
    )
    layout = lay_out(table(widths=(10.0, 20.0), head=(), body=body), (10.0, 20.0))
    merged, _, long, last, _ = layout.areas
    assert merged.first == 0
    assert merged.last == long.last == last.first - 1


@pytest.mark.parametrize(
    ("text", "lines", "cut_off"),
    [
        ("一二三四五六七", 1, "六七"),
        ("一二三四五六七", 2, ""),
        ("一二三四五。六", 1, "五。六"),
        ("一二hello 三", 1, "三"),
        ("一二三hello", 1, "hello"),
        ("一\n二\n三", 2, "三"),
        ("x" * 12, 1, "xx"),
    ],
)
def test_text_is_cut_where_a_line_may_end(text, lines, cut_off):
    shown, rest = cut(text, 5, lines)
    assert rest == cut_off
    assert line_count(shown, 5) <= lines
    assert shown + rest == text.replace("\n三", "三") or not rest


def test_a_cell_shows_the_lines_that_it_has_room_for():
    text = "长" * 100
    shown, rest = cut_to_height(text, 10.5, 6 + 3 * 15)
    assert (len(shown), len(rest)) == (30, 70)
    assert text_height(shown, 10.5) <= 6 + 3 * 15


def test_the_rows_of_a_long_text_have_whole_lines():
    heights = lay_out(rows(["长" * 2000], widths=(30.0,)), (30.0,)).heights
    assert {(height - 6) % 15 for height in heights} == {0}


def test_notes_have_rows_of_their_own_below():
    sheet = rows(["甲", "乙"], widths=(10.0, 20.0), notes=("注一", "长" * 100))
    layout = with_notes(lay_out(sheet, (10.0, 20.0)), sheet, (10.0, 20.0), range(2))
    first, second = (area for area in layout.areas if area.note)
    assert (first.first, first.last, first.left, first.right) == (1, 1, 0, 1)
    assert second.first == 2
    assert layout.heights[2] > 3 * 15


def test_latin_text_may_be_wider_than_half_its_height():
    assert text_height("10000人", 4.2) > text_height("一二三", 4.2)
    assert text_height("一二三", 4.2) == text_height("2", 4.2)
