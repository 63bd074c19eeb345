"""Read the worksheets of an xls file (BIFF), and of what WPS saves in the same form as et."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from typing import Any

import xlrd

from .cells import MAX_COLUMNS, Book, Cell, Failed, SpreadsheetRefused
from .collecting import Budget, Collector
from .formats import BUILT_IN, NumberFormat, format_of
from .names import Names
from .texts import clean

_OF_THE_FILE = frozenset({*range(5, 9), *range(37, 45)})
"""Built-in formats that a file writes as its system has them."""
_DAMAGED = "xls 文件已损坏，不能打开。请用 Excel 或 WPS 打开，另存为 xlsx 后再上传"
_LOCKED = "文件有密码，请用 Excel 或 WPS 打开，取消密码后再上传"
_CHINESE = "gb18030"


def read_xls(content: bytes) -> Book:
    """Raises `SpreadsheetRefused`."""
    try:
        return _book(_opened(content))
    except SpreadsheetRefused:
        raise
    except MemoryError:
        raise
    except Exception as error:  # the library checks little of what it reads
        if "encrypted" in str(error).lower():
            raise SpreadsheetRefused(_LOCKED) from error
        raise SpreadsheetRefused(_DAMAGED) from error


def _opened(content: bytes) -> xlrd.Book:
    try:
        return _open(content)
    except UnicodeDecodeError:  # old programs do not say the encoding
        return _open(content, _CHINESE)


def _open(content: bytes, encoding: str | None = None) -> xlrd.Book:
    return xlrd.open_workbook(
        file_contents=content,
        logfile=_Silence(),
        use_mmap=False,
        formatting_info=True,
        ragged_rows=True,
        encoding_override=encoding,
    )


class _Silence:
    """A file that forgets what is written to it."""

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        pass

    def flush(self) -> None:
        pass


def _book(book: xlrd.Book) -> Book:
    budget, names = Budget(), Names()
    formats = _Formats(book)
    found = []
    for sheet in book.sheets():
        collector = Collector(names.unique(clean(sheet.name).strip()), budget, bool(sheet.visibility))
        _read_sheet(sheet, formats, collector)
        found.append(collector.sheet())
    if not found:
        raise SpreadsheetRefused("文件里没有工作表")
    return Book(found)


class _Formats:
    """The formats of a workbook's styles."""

    def __init__(self, book: xlrd.Book) -> None:
        self.book = book
        self.is_1904 = bool(book.datemode)
        self.known: dict[int, NumberFormat | None] = {}

    def of(self, style: int) -> NumberFormat | None:
        if style not in self.known:
            key = self.book.xf_list[style].format_key
            own = self.book.format_map.get(key)
            code = BUILT_IN.get(key) if key not in _OF_THE_FILE else None
            self.known[style] = format_of(code or (own.format_str if own else ""))
        return self.known[style]


def _read_sheet(sheet: Any, formats: _Formats, into: Collector) -> None:
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            cell = _cell(kind, value, formats.of(sheet.cell_xf_index(row, column)), formats.is_1904)
            if cell is not None:
                into.put(row, column, cell)
    for row, info in sheet.rowinfo_map.items():
        if info.hidden or not info.height:
            into.hide_row(row)
    for column, info in sheet.colinfo_map.items():
        if column < MAX_COLUMNS and (info.hidden or not info.width):
            into.hide_columns(column, column)
    for top, below, left, right in sheet.merged_cells:
        into.merge((top, left, below - 1, right - 1))


def _cell(kind: int, value: Any, format: NumberFormat | None, is_1904: bool) -> Cell:
    if kind == xlrd.XL_CELL_TEXT:
        text = clean(value)
        return (format.show_text(text) if format else text) or None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return Failed(xlrd.error_text_from_code.get(value, "#ERR"))
    if not isfinite(value):
        return Failed("#NUM!")
    number = int(value) if float(value).is_integer() and abs(value) < 10**15 else float(value)
    return format.show(number, is_1904) if format else number
