"""The worksheets before the tables: cover and contents, each on A4 portrait."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.sheets import Orientation, Sheet

from ..layout import text_height
from ..values import text
from . import styles
from .styles import Look, Styles
from .worksheet import Merged, fit_on_one_page, fit_to_width, link, set_text, set_up_page, set_widths

CONTENTS = "目录"
COVER = "封面"

_CONTENTS_WIDTHS = (9.0, 40.0)
_COVER_WIDTHS = (9.0, 9.0, 22.0, 9.0)
"""Margin, label, value, margin."""
_WORDS = "公 开 表"
_ABOVE, _BETWEEN = 120.0, 150.0
"""Empty space above the title and above the lines, in points."""
_LINE = 30.0


def write_cover(
    worksheet: Worksheet, looks: Styles, title: str, sheets: Sequence[Sheet], lines: Sequence[tuple[str, str]]
) -> None:
    """封面: ``title``, the words 公开表, then the department and ``lines``, each a label and its value."""
    worksheet.merged_cells = Merged()
    set_widths(worksheet, _COVER_WIDTHS)
    row = _space(worksheet, 1, _ABOVE)
    for words in (*text(title).split(" ", 1), _WORDS):
        row = _cover_title(worksheet, looks, row, words)
    row = _space(worksheet, row, _BETWEEN)
    for label, value in (*_department(sheets), *lines):
        row = _cover_line(worksheet, looks, row, label, value)
    worksheet.print_area = f"A1:D{row - 1}"
    set_up_page(worksheet, Orientation.PORTRAIT, numbered=False)
    fit_on_one_page(worksheet)


def _space(worksheet: Worksheet, row: int, height: float) -> int:
    worksheet.row_dimensions[row].height = height
    return row + 1


def _department(sheets: Sequence[Sheet]) -> list[tuple[str, str]]:
    return [("部门名称", sheet.department.rpartition("：")[2]) for sheet in sheets[:1]]


def _cover_title(worksheet: Worksheet, looks: Styles, row: int, words: str) -> int:
    """Write one line of the title over the page, and return the row below."""
    _cells(worksheet, looks, row, (words, "", "", ""), (styles.COVER_TITLE,) * 4)
    worksheet.merged_cells.ranges.add(CellRange(min_row=row, max_row=row, min_col=1, max_col=4))
    height = text_height(words, sum(_COVER_WIDTHS), styles.COVER_TITLE.size)
    worksheet.row_dimensions[row].height = round(height + _LINE / 2, 1)
    return row + 1


def _cover_line(worksheet: Worksheet, looks: Styles, row: int, label: str, value: str) -> int:
    """Write a label with its value, and return the row below."""
    entry = ("", f"{label}：", value, "")
    _cells(
        worksheet,
        looks,
        row,
        entry,
        (styles.COVER_LABEL, styles.COVER_LABEL, styles.COVER_VALUE, styles.COVER_VALUE),
    )
    needed = (
        text_height(text(each), width, styles.COVER_SIZE)
        for each, width in zip(entry, _COVER_WIDTHS, strict=True)
    )
    worksheet.row_dimensions[row].height = round(max(_LINE, *needed), 1)
    return row + 1


def write_contents(
    worksheet: Worksheet, looks: Styles, title: str, sheets: Sequence[Sheet], names: Sequence[str]
) -> None:
    """目录: number and title of every sheet, each a link to it."""
    worksheet.merged_cells = Merged()
    set_widths(worksheet, _CONTENTS_WIDTHS)
    worksheet.merged_cells.ranges.add(CellRange("A1:B1"))
    _cells(worksheet, looks, 1, (title, ""), (styles.TITLE, styles.TITLE))
    _cells(worksheet, looks, 2, ("表号", "名称"), (styles.LIST_HEAD, styles.LIST_HEAD))
    worksheet.row_dimensions[1].height = (
        text_height(text(title), sum(_CONTENTS_WIDTHS), styles.TITLE_SIZE) + 12
    )
    worksheet.row_dimensions[2].height = text_height("", _CONTENTS_WIDTHS[0])
    listed = zip(sheets, names, _listed_titles(sheets), strict=True)
    for row, (sheet, name, listed_title) in enumerate(listed, 3):
        _contents_row(worksheet, looks, row, (sheet.number, listed_title))
        link(worksheet.cell(row, 2), name)
    worksheet.print_title_rows = "1:2"
    worksheet.print_area = f"A1:B{len(sheets) + 2}"
    worksheet.freeze_panes = "A3"
    set_up_page(worksheet, Orientation.PORTRAIT)
    fit_to_width(worksheet)


def _contents_row(worksheet: Worksheet, looks: Styles, row: int, entry: tuple[str, str]) -> None:
    _cells(worksheet, looks, row, entry, (styles.LISTED, styles.LISTED_LINK))
    worksheet.row_dimensions[row].height = max(
        text_height(text(value), width) for value, width in zip(entry, _CONTENTS_WIDTHS, strict=True)
    )


def _cells(worksheet: Worksheet, looks: Styles, row: int, values: Sequence[str], of: Sequence[Look]) -> None:
    for column, (value, look) in enumerate(zip(values, of, strict=True), 1):
        cell = worksheet.cell(row, column)
        looks.dress([cell], look)
        set_text(cell, value)


def _listed_titles(sheets: Sequence[Sheet]) -> list[str]:
    """The titles. Sheets that share a title get their names as well."""
    alike = Counter(sheet.title for sheet in sheets)
    return [
        sheet.title
        if alike[sheet.title] == 1
        else f"{sheet.title}：{sheet.name.removeprefix(sheet.number).strip()}"
        for sheet in sheets
    ]
