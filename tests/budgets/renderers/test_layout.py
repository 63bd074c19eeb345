"""Widths and heights, which nobody computes for merged cells."""

from decimal import Decimal

import pytest

from budgets.domain.sheets import Cell, Role, Row
from budgets.renderers.layout import MAX_ROW, column_widths, lay_out, line_count
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
