"""Official definitions for 名词解释 in an uploaded table: a column of subjects' codes or terms, a column of definitions."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..domain.types import FORBIDDEN
from ..files.office import MEGABYTE
from .reading import MAX_SIZE, Raw, WorkbookRefused, as_text, cell_name, read_workbook

NAMES = ("科目编码", "编码", "科目编码或名词", "名词", "名称", "name")
TEXTS = ("释义", "说明", "解释", "definition")
HEAD = 10
"""The rows of a tab in which the heads of the two columns are looked for."""
LONGEST_NAME, LONGEST_TEXT, MOST = 100, 2000, 5000


WORKBOOKS = (b"PK", b"\xd0\xcf\x11\xe0")
"""How an xlsx and an xls begin; anything else is read as csv."""


@dataclass(frozen=True)
class Definitions:
    """``texts`` by code or term; ``left_out`` names every row that has one without the other, with its place."""

    texts: Mapping[str, str]
    left_out: tuple[str, ...]


def read_definitions(content: bytes) -> Definitions:
    """Read an xlsx or a csv. Raises `WorkbookRefused`, which names the cell where there is one."""
    tabs = read_workbook(content).tabs if content.startswith(WORKBOOKS) else {"csv": _csv(content)}
    texts: dict[str, str] = {}
    left_out: list[str] = []
    headed = [(tab, rows, head) for tab, rows in tabs.items() if (head := _head(rows))]
    if not headed:
        raise WorkbookRefused("没有找到表头：要有“科目编码”（或“名词”）一栏和“释义”（或“说明”）一栏")
    for tab, rows, (at, name_column, text_column) in headed:
        for number, row in enumerate(rows[at + 1 :], at + 2):
            name, text = (_cell(row, column) for column in (name_column, text_column))
            place = cell_name(tab, number, name_column + 1)
            if not (name and text):
                left_out += [f"{place} {name or text[:20]}"] if name or text else []
                continue
            _check(name, text, place)
            if texts.setdefault(name, text) != text:
                raise WorkbookRefused(f"{place}：“{name}”有两种释义")
    if not texts:
        raise WorkbookRefused("表中没有释义")
    if len(texts) > MOST:
        raise WorkbookRefused(f"释义太多，最多 {MOST} 条")
    return Definitions(texts, tuple(left_out))


def _check(name: str, text: str, place: str) -> None:
    if len(name) > LONGEST_NAME or len(text) > LONGEST_TEXT:
        raise WorkbookRefused(
            f"{place}：太长，编码或名词最多 {LONGEST_NAME} 个字，释义最多 {LONGEST_TEXT} 个字"
        )
    if FORBIDDEN.search(name + text):
        raise WorkbookRefused(f"{place}：含有不可见的控制字符")


def _head(rows: Sequence[Sequence[Raw]]) -> tuple[int, int, int] | None:
    """(row, column of names, column of definitions) of the heads, from 0."""
    for number, row in enumerate(rows[:HEAD]):
        titles = ["".join(as_text(cell).split()).lower() for cell in row]
        name = _first(titles, NAMES)
        text = _first(titles, TEXTS)
        if name is not None and text is not None:
            return number, name, text
    return None


def _first(titles: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((titles.index(title) for title in wanted if title in titles), None)


def _cell(row: Sequence[Raw], column: int) -> str:
    return as_text(row[column]).strip() if column < len(row) else ""


def _csv(content: bytes) -> list[list[Raw]]:
    if not content:
        raise WorkbookRefused("文件是空的")
    if len(content) > MAX_SIZE:
        raise WorkbookRefused(f"文件过大，最多 {MAX_SIZE // MEGABYTE} MB")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return [list(row) for row in _rows(content.decode(encoding))]
        except UnicodeDecodeError:
            continue
        except csv.Error as error:
            raise WorkbookRefused("文件不是 csv，或已损坏") from error
    raise WorkbookRefused("文件不是 xlsx 或 csv")


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))
