"""Widths of columns and heights of rows. Excel does not autofit merged, wrapped cells.

Pure. Widths are in CJK characters of the body font (10.5 pt), heights in points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

from budgets.domain.sheets import Cell, Placed, Role, Sheet, positions

from .values import NUMERIC, printed, text

BODY_SIZE = 10.5
MAX_ROW = 400.0
"""Height from which a row is continued on the next one. Excel limits rows to 409 pt."""

_PIECE = 6
"""Lines of a row that is one of several for the same text. A page may end between them."""
_LINE = 15.0
_PADDING = 6.0
_CELL_MARGIN = 0.5
_WIDER = 0.1
"""By how much a Latin letter may be wider than half a CJK character."""
_DIGIT, _BOLD_DIGIT = 0.56, 0.64
_NUMBER_MARGIN = 0.8
_LEAST = 0.5
"""Share of its width that a column of words keeps when columns of numbers need more than theirs."""

_NO_LINE_START = "，。、；：！？）》〉】〕」』”’％…,.;:!?)%]}"
_WORDS = re.compile(r"[!-~]+|\s|.", re.DOTALL)
_LATIN = re.compile(r"[!-~]")
_IN_WORD = re.compile(r"[!-~]{2}")


@lru_cache(maxsize=16_384)
def text_width(text: str) -> float:
    """The width of one line: 1 for a CJK character, half for a Latin one."""
    return sum(1.0 if east_asian_width(c) in "WFA" else 0.5 for c in text)


@lru_cache(maxsize=16_384)
def line_count(text: str, width: float) -> int:
    """The lines that ``text`` takes when wrapped to ``width``; 1 for an empty one."""
    return sum(_wrapped(paragraph, max(width, 1.0)) for paragraph in text.split("\n"))


def _wrapped(paragraph: str, width: float) -> int:
    """The lines of one paragraph. Latin words stay whole; closing punctuation stays with the character before it."""
    if text_width(paragraph) <= width:
        return 1
    lines, filled, last = 1, 0.0, 0.0
    for word in _WORDS.findall(paragraph):
        size = text_width(word)
        if filled + size <= width:
            filled += size
        elif size > width:
            pieces = ceil((filled + size) / width)
            lines += pieces - 1
            filled += size - (pieces - 1) * width
        else:
            lines += 1
            filled = size + (last if word in _NO_LINE_START else 0.0)
        last = size
    return lines


def cut(text: str, width: float, lines: int) -> tuple[str, str]:
    """The part of ``text`` that takes at most ``lines`` when wrapped to ``width``, and the rest.

    Neither a Latin word nor closing punctuation begins the rest; of line breaks, the one at the cut is dropped.
    """
    if line_count(text, width) <= lines:
        return text, ""
    most = min(len(text), ceil(lines * (2 * width + 1)) + 1)
    end = bisect_right(range(1, most), lines, key=lambda end: line_count(text[:end], width))
    at = _before_word(text, end) or max(end, 1)
    return text[:at], text[at:].removeprefix("\n")


def _before_word(text: str, end: int) -> int:
    """The last place up to ``end`` at which a line may begin, or 0."""
    while end and (text[end] in _NO_LINE_START or _IN_WORD.match(text, end - 1)):
        end -= 1
    return end


def column_widths(sheet: Sheet, page: float) -> list[float]:
    """The widths of the columns: the sheet's, stretched or shrunk to ``page``.

    A column keeps the width that its numbers need, and a column of words half of its own width. If that does not
    fit the page, the sheet is wider and is scaled when printed.
    """
    least = _least_widths(sheet)
    low, high = 0.0, page / min(sheet.widths)
    for _ in range(40):
        scale = (low + high) / 2
        if sum(_scaled(sheet.widths, least, scale)) > page:
            high = scale
        else:
            low = scale
    return _scaled(sheet.widths, least, low)


def _scaled(widths: Sequence[float], least: Sequence[float], scale: float) -> list[float]:
    return [round(max(width * scale, minimum), 2) for width, minimum in zip(widths, least, strict=True)]


def _least_widths(sheet: Sheet) -> list[float]:
    """The least width of each column. Columns of numbers that are meant to be equal stay equal."""
    needs: dict[int, float] = defaultdict(float)
    for placed in positions(sheet):
        cell = placed.cell
        if cell.role in NUMERIC or cell.role is Role.CODE:
            digit = _BOLD_DIGIT if cell.strong or placed.total else _DIGIT
            need = (len(printed(cell)) * digit + _NUMBER_MARGIN) / cell.columns
            for column in range(placed.column, placed.column + cell.columns):
                needs[column] = max(needs[column], need)
    if not sheet.is_form:
        alike: dict[float, float] = defaultdict(float)
        for column, need in needs.items():
            width = sheet.widths[column]
            alike[width] = max(alike[width], need)
        needs.update({column: alike[sheet.widths[column]] for column in needs})
    return [max(needs.get(i, 0.0), width * _LEAST) for i, width in enumerate(sheet.widths)]


def text_height(text: str, width: float, size: float = BODY_SIZE) -> float:
    """The height of ``text`` in a cell of ``width``, in a font of ``size`` points."""
    lines = line_count(text, _line_width(text, width) * BODY_SIZE / size)
    return lines * _LINE * size / BODY_SIZE + _PADDING


def cut_to_height(text: str, width: float, height: float) -> tuple[str, str]:
    """The part of ``text`` for which a cell of ``width`` and ``height`` has room, one line at least; and the rest."""
    return cut(text, _line_width(text, width), max(1, int((height - _PADDING) / _LINE)))


def _line_width(text: str, width: float) -> float:
    """The width for a line of ``text``: less where it has Latin letters, which most fonts make wider than a half."""
    room, usual = width - _CELL_MARGIN, text_width(text)
    if usual * (1 + 2 * _WIDER) <= room:
        return room
    return room * usual / (usual + len(_LATIN.findall(text)) * _WIDER)


@dataclass(frozen=True, slots=True)
class Area:
    """One cell of the sheet on physical rows: ``first`` to ``last`` (inclusive, from 0), ``left`` to ``right``."""

    placed: Placed
    first: int
    last: int
    left: int
    right: int
    note: bool = False

    @property
    def continued(self) -> bool:
        """Whether it takes more rows than it spans in the sheet."""
        return self.last - self.first + 1 > self.placed.cell.rows


@dataclass(frozen=True)
class Layout:
    """A sheet on physical rows. ``heights`` has one entry for each; ``head`` of them are the sheet's head."""

    areas: tuple[Area, ...]
    heights: tuple[float, ...]
    head: int


def lay_out(sheet: Sheet, widths: Sequence[float]) -> Layout:
    """Give every row the height of its text; a row higher than `MAX_ROW` becomes several."""
    placed = list(positions(sheet))
    starts, heights = [0], []
    for height in _heights(placed, widths):
        heights += _pieces(height)
        starts.append(len(heights))
    areas = tuple(
        Area(p, starts[p.row], starts[p.row + p.cell.rows] - 1, p.column, p.column + p.cell.columns - 1)
        for p in placed
    )
    return Layout(areas, tuple(heights), starts[len(sheet.head)])


def with_notes(layout: Layout, sheet: Sheet, widths: Sequence[float], columns: range) -> Layout:
    """``layout`` with the notes of ``sheet`` below, each on rows of its own, over ``columns``."""
    areas, heights = list(layout.areas), list(layout.heights)
    width = sum(widths[column] for column in columns)
    for row, note in enumerate(sheet.notes, len(list(sheet.rows))):
        pieces = _pieces(text_height(text(note), width))
        placed = Placed(row, columns.start, Cell(note, columns=len(columns)), False, False)
        last = len(heights) + len(pieces) - 1
        areas.append(Area(placed, len(heights), last, columns.start, columns.stop - 1, note=True))
        heights += pieces
    return replace(layout, areas=tuple(areas), heights=tuple(heights))


def _pieces(height: float) -> list[float]:
    """The heights of the rows that a row of ``height`` becomes. Several have whole lines, as text is cut by lines."""
    if height <= MAX_ROW:
        return [round(height, 1)]
    lines = ceil((height - _PADDING) / _LINE)
    return [min(_PIECE, lines - done) * _LINE + _PADDING for done in range(0, lines, _PIECE)]


def _heights(placed: Sequence[Placed], widths: Sequence[float]) -> list[float]:
    """The height of each row of the sheet, first from cells of one row, then enlarged for spanning cells."""
    rows = max((p.row + p.cell.rows for p in placed), default=0)
    heights = [_LINE + _PADDING] * rows
    needs = [(p, needed_height(p.cell, p.column, widths)) for p in placed]
    for place, need in sorted(needs, key=lambda item: item[0].cell.rows):
        spanned = range(place.row, place.row + place.cell.rows)
        lacking = need - sum(heights[row] for row in spanned)
        if lacking > 0:
            for row in spanned:
                heights[row] += lacking / place.cell.rows
    return heights


def needed_height(cell: Cell, column: int, widths: Sequence[float]) -> float:
    """The height that the text of ``cell`` takes from ``column`` on."""
    return text_height(wrapping(cell), text_room(cell, column, widths))


def text_room(cell: Cell, column: int, widths: Sequence[float]) -> float:
    """The width that ``cell`` has for its text from ``column`` on."""
    return sum(widths[column : column + cell.columns]) - cell.indent


def wrapping(cell: Cell) -> str:
    """The text of the cell that may wrap; numbers do not wrap."""
    return "" if cell.role in NUMERIC else printed(cell)
