"""Read the cells of an uploaded workbook by tab, within limits. `budgets.workbook.planning` interprets them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from openpyxl.utils import get_column_letter

from ..domain.types import KEY
from ..files.office import MEGABYTE
from ..files.spreadsheet import Cell, Failed, Shown, SpreadsheetRefused, Uncomputed, read, read_apart
from ..files.spreadsheet.cells import digits
from .manifest import FORMAT, META, Stamp

MAX_SIZE = 10 * MEGABYTE

Raw = Cell


class WorkbookRefused(Exception):
    """The whole file is refused; ``message`` is Chinese and says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


Merged = Mapping[tuple[int, int], tuple[int, int]]
"""Maps every covered cell to the cell with its value; row and column from 0."""


@dataclass(frozen=True)
class WorkbookCells:
    """A workbook: its stamp (None if it is not ours) and its rows by tab, from row 1 on, each up to its last value.

    ``merged`` has the merged cells of every tab, ``hidden`` the hidden tabs, ``hidden_rows`` and ``hidden_columns``
    those of every tab that has any, from 0.
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
        book = read_apart(content) if settings.READ_APART else read(content)
    except SpreadsheetRefused as refused:
        raise WorkbookRefused(refused.message) from refused
    rows = {sheet.name: sheet.rows for sheet in book.sheets}
    stamp = _stamp(rows.pop(META)) if META in rows else None
    sheets = [sheet for sheet in book.sheets if sheet.name in rows]
    return WorkbookCells(
        stamp,
        rows,
        {sheet.name: sheet.merged for sheet in sheets},
        frozenset(sheet.name for sheet in sheets if sheet.is_hidden),
        {sheet.name: sheet.hidden_rows for sheet in sheets if sheet.hidden_rows},
        {sheet.name: sheet.hidden_columns for sheet in sheets if sheet.hidden_columns},
    )


def _stamp(rows: list[list[Raw]]) -> Stamp:
    text = rows[0][0] if rows and rows[0] else None
    try:
        said: Any = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
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
        all(isinstance(text, str) and text.isprintable() for text in texts)
        and isinstance(stamp.year, int)
        and isinstance(stamp.adds, bool)
        and isinstance(stamp.bases, dict)
        and all(isinstance(k, str) and type(n) is int and 0 <= n < 10**9 for k, n in stamp.bases.items())
    )


def cell_name(tab: str, row: int, column: int) -> str:
    """``项目支出明细测算!E14``; row and column from 1."""
    return f"{tab}!{get_column_letter(column)}{row}"


def as_text(cell: Raw) -> str:
    """What the cell shows, as a person would type it; empty for a formula without a result."""
    if isinstance(cell, str):
        return cell
    if cell is None or isinstance(cell, Uncomputed):
        return ""
    if isinstance(cell, Shown | Failed):
        return cell.text
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return digits(cell)


def as_stored(cell: Raw) -> str:
    """The stored number of the cell in plain digits, else what it shows."""
    if isinstance(cell, Shown) and isinstance(cell.value, int | float):
        return digits(cell.value)
    return as_text(cell)


_HIDDEN_KEY = re.compile(rf"(?:{KEY.strip('^$')})(?:/[1-9])?")
"""The key of a row, or of a place in it (``goal-1/2``)."""


def as_key(cell: Raw) -> str:
    """A hidden key; empty if the cell cannot be one."""
    if cell is None:
        return ""
    text = as_text(cell).strip()
    return text if _HIDDEN_KEY.fullmatch(text) else ""
