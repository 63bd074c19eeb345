"""Read the cells of an uploaded workbook by tab, within limits. `budgets.workbook.planning` interprets them."""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl.utils import column_index_from_string, get_column_letter
from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from ..domain.types import KEY
from ..files.office import CHUNK, MEGABYTE, PackageRefused, check_package
from .manifest import FORMAT, MAX_ROWS, META, Stamp

MAX_SIZE = 10 * MEGABYTE
MAX_COLUMNS = 200
MAX_MERGED = 200_000
"""The most covered cells of a tab."""
OVERLAP = 256
"""The bytes of a chunk that are searched again with the next one, so that no match is lost on the border."""
PRECISION = 15
"""The significant digits that Excel keeps. Further digits are noise of its arithmetic."""

Raw = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | None


class WorkbookRefused(Exception):
    """The whole file is refused; ``message`` is Chinese and says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


Merged = Mapping[tuple[int, int], tuple[int, int]]
"""Maps every covered cell to the cell with its value; row and column from 0."""


@dataclass(frozen=True)
class WorkbookCells:
    """A workbook: its stamp (None if it is not ours) and its rows by tab, from row 1 on.

    ``merged`` has the merged cells of every tab, ``hidden`` the hidden tabs.
    """

    stamp: Stamp | None
    tabs: Mapping[str, list[list[Raw]]]
    merged: Mapping[str, Merged] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    hidden_rows: Mapping[str, frozenset[int]] = field(default_factory=dict)
    hidden_columns: Mapping[str, frozenset[int]] = field(default_factory=dict)


def read_workbook(content: bytes) -> WorkbookCells:
    """Read a workbook. Raises `WorkbookRefused` if it is no workbook, or one of ours with a damaged stamp."""
    if not content:
        raise WorkbookRefused("文件是空的")
    if len(content) > MAX_SIZE:
        raise WorkbookRefused(f"文件过大，最多 {MAX_SIZE // MEGABYTE} MB")
    try:
        check_package(content, "xlsx")
    except PackageRefused as refused:
        raise WorkbookRefused(refused.message) from refused
    _check_extent(content)
    with _opened(content) as book:
        rows, merged = {}, {}
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            rows[name] = _rows(name, sheet)
            merged[name] = _merged(name, sheet, len(rows[name]))
        hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
    stamp = _stamp(rows.pop(META)) if META in rows else None
    return WorkbookCells(stamp, rows, merged, frozenset(hidden))


def _check_extent(content: bytes) -> None:
    """Refuse a cell outside the limits before the reader allocates all cells up to it. Refuse a failed formula too,
    which the reader would return as an empty cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                rest = b""
                while chunk := file.read(CHUNK):
                    for letters, digits, bare in _REFERENCE.findall(rest + chunk):
                        if int(digits or bare) > MAX_ROWS or (letters and _column(letters) > MAX_COLUMNS):
                            raise WorkbookRefused(f"工作簿过大，每页最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列")
                    failed = _FAILED.search(rest + chunk)
                    if failed:
                        place = failed["place"].decode()
                        raise WorkbookRefused(f"单元格 {place} 的公式出错（如 #REF!），请改正后再上传")
                    rest = chunk[-OVERLAP:]


_REFERENCE = re.compile(
    rb"""\br\s*=\s*["']\s*(?P<column>[A-Za-z]{1,3})(?P<row>[0-9]{1,9})\s*["']"""
    rb"""|<(?:\w+:)?row\b[^<]*?\br\s*=\s*["']\s*(?P<bare>[0-9]{1,9})\s*["']"""
)
"""The reference of a cell (``r="B12"``) or of a row (``<row r="12"``)."""
_FAILED = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^<>]*?\bt\s*=\s*["']e["'])[^<>]*?\br\s*=\s*["'](?P<place>[A-Za-z]{1,3}[0-9]{1,7})["']"""
)
"""A cell with an error."""


def _column(letters: bytes) -> int:
    return column_index_from_string(letters.decode().upper())


@contextmanager
def _opened(content: bytes) -> Iterator[CalamineWorkbook]:
    try:
        yield CalamineWorkbook.from_filelike(io.BytesIO(content))
    except WorkbookRefused:
        raise
    except BaseException as error:  # the reader's panics are no Exceptions
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit | MemoryError):
            raise
        raise WorkbookRefused("xlsx 文件已损坏，不能打开") from error


def _rows(name: str, sheet: CalamineSheet) -> list[list[Raw]]:
    if sheet.height > MAX_ROWS or sheet.width > MAX_COLUMNS:
        raise WorkbookRefused(f"“{name}”页过大，最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列")
    return [[_blank_none(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def _merged(name: str, sheet: CalamineSheet, height: int) -> Merged:
    """The covered cells. Merges beyond the last row are ignored."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        below, beyond = min(bottom, height - 1), min(right, MAX_COLUMNS - 1)
        if len(found) + max(0, below - top + 1) * max(0, beyond - left + 1) > MAX_MERGED:
            raise WorkbookRefused(f"“{name}”页合并的单元格过多")
        for row in range(top, below + 1):
            for column in range(left, beyond + 1):
                if (row, column) != (top, left):
                    found[row, column] = (top, left)
    return found


def _blank_none(cell: Raw) -> Raw:
    return None if isinstance(cell, str) and not cell.strip() else cell


def _stamp(rows: list[list[Raw]]) -> Stamp:
    text = rows[0][0] if rows and rows[0] else None
    try:
        said: Any = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        said = None
    if not isinstance(said, dict) or "format" not in said:
        raise WorkbookRefused("不是从本系统下载的填报工作簿。请先下载工作簿，再把内容复制进去")
    if said.pop("format") != FORMAT:
        raise WorkbookRefused("工作簿的版本与现在的系统不符，请重新下载后再填")
    try:
        stamp = Stamp(**said)
    except TypeError:
        raise WorkbookRefused("工作簿的标识已被改动，请重新下载后再填") from None
    if not _is_sound(stamp):
        raise WorkbookRefused("工作簿的标识已被改动，请重新下载后再填")
    return stamp


def _is_sound(stamp: Stamp) -> bool:
    texts = (stamp.department, stamp.kind, stamp.profile, stamp.unit, stamp.project)
    return (
        all(isinstance(text, str) for text in texts)
        and isinstance(stamp.year, int)
        and isinstance(stamp.adds, bool)
        and isinstance(stamp.bases, dict)
        and all(isinstance(k, str) and type(n) is int and 0 <= n < 10**9 for k, n in stamp.bases.items())
    )


def cell_name(tab: str, row: int, column: int) -> str:
    """``项目支出明细测算!E14``; row and column from 1."""
    return f"{tab}!{get_column_letter(column)}{row}"


def as_text(cell: Raw) -> str:
    """The visible text of the cell, as a person would type it."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime.datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == datetime.time() else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, float):
        return as_number(cell)
    return str(cell)


def as_stored(cell: Raw) -> str:
    return as_text(cell)


def as_number(number: float) -> str:
    """A number without exponent and without the noise of binary fractions: ``12.3``, ``430040``."""
    if number != number or number in (float("inf"), float("-inf")):
        return str(number)
    exact = Decimal(f"{number:.{PRECISION}g}")
    return f"{exact.normalize():f}" if exact else "0"


_HIDDEN_KEY = re.compile(rf"(?:{KEY.strip('^$')})(?:/[1-9])?")
"""The key of a row, or of a place in it (``goal-1/2``)."""


def as_key(cell: Raw) -> str:
    """A hidden key; empty if the cell cannot be one."""
    text = as_text(cell).strip()
    return text if _HIDDEN_KEY.fullmatch(text) else ""
