"""Old workbooks (xls) say the same as new ones."""

from __future__ import annotations

import datetime
import io

import pytest
import xlwt

from budgets.files.spreadsheet import Failed, Shown, SpreadsheetRefused, read
from budgets.files.spreadsheet.formats import NumberFormat


def saved(book: xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def style(code: str) -> xlwt.XFStyle:
    return xlwt.easyxf(num_format_str=code)


def test_cells_of_every_kind() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("综合业务")
    for column, value in enumerate(("项目\u200b一", 1.5, 3, True, "", " \u00a0", None)):
        sheet.write(0, column, value)
    sheet.write(0, 7, "尾")
    sheet.row(0).set_cell_error(8, "#DIV/0!")
    (found,) = read(saved(book)).sheets
    assert found.name == "综合业务"
    assert found.rows == [["项目一", 1.5, 3, True, None, None, None, "尾", Failed("#DIV/0!")]]


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("0%", 0.95),
        ('0"人次"', 1200),
        ('"≥"0"场"', 12),
        ("#,##0.00", 33333.33333),
        ('yyyy"年"m"月"', 45356),
        ('m"月"d"日"', 45356),
        ("[h]:mm", 1.25),
        ('_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', 0),
        ("#,##0_);(#,##0)", -1200),
    ],
)
def test_formats_mean_the_same(code: str, number: float) -> None:
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 0, number, style(code))
    assert read(saved(book)).sheets[0].rows == [[NumberFormat(code).show(number)]]


def test_the_epoch_of_1904() -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    book.add_sheet("一").write(0, 0, 45356 - 1462, style("yyyy-mm-dd"))
    assert read(saved(book)).sheets[0].rows == [[Shown(datetime.date(2024, 3, 5), "2024-03-05")]]


def test_what_is_hidden_or_merged() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for row in range(3):
        for column in range(3):
            if (row, column) not in ((1, 0), (1, 1)):
                sheet.write(row, column, 1)
    sheet.merge(0, 1, 0, 0)
    sheet.row(2).hidden = True
    sheet.col(1).hidden = True
    book.add_sheet("二").visibility = 1
    first, second = read(saved(book)).sheets
    assert first.merged == {(1, 0): (0, 0)}
    assert (first.hidden_rows, first.hidden_columns, first.is_hidden) == ({2}, {1}, False)
    assert second.is_hidden


def test_styled_cells_are_no_values() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    sheet.write(0, 0, 1)
    for column in range(256):
        sheet.write(500, column, None, style("0%"))
    assert read(saved(book)).sheets[0].rows == [[1]]


def test_a_value_beyond_the_limits_is_named() -> None:
    book = xlwt.Workbook()
    book.add_sheet("一").write(0, 255, 1)
    with pytest.raises(SpreadsheetRefused, match="一!IV1"):
        read(saved(book))


def test_a_wrong_byte_is_no_crash() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("一")
    for row in range(30):
        sheet.write(row, 0, f"项目{row}")
        sheet.write(row, 1, row / 3, style("0.00%"))
    content = saved(book)
    for at in range(0, len(content), 97):
        wrong = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            read(wrong)
        except SpreadsheetRefused as refused:
            assert refused.message
