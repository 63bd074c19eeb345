"""The lines above a table: number, title, department and unit, so placed that every page shows them once. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgets.domain.sheets import Sheet

from ..columns import Columns
from ..layout import BODY_SIZE, MAX_ROW, text_height, text_width
from ..values import department_line, text, unit_line
from . import styles
from .styles import Look

_UNIT_WIDTH = 7.0
_CONTINUED = "（续）"
NUMBER_ROW, TITLE_ROW, DEPARTMENT_ROW = range(3)


@dataclass(frozen=True, slots=True)
class Caption:
    """One text in ``row``, over columns ``left`` to ``right`` (inclusive), all counted from 0."""

    text: str
    look: Look
    row: int
    left: int
    right: int


def captions(sheet: Sheet, columns: Columns) -> list[Caption]:
    """The captions. Of a divided table, number and department stand above its labels, title and unit on every page."""
    return list(_of_blocks(sheet, columns) if columns.divided else _of_page(sheet, columns))


def caption_heights(placed: Sequence[Caption], widths: Sequence[float]) -> list[float]:
    """The height of each row of captions, in points."""
    heights = [0.0] * (max(each.row for each in placed) + 1)
    for each in placed:
        needed = text_height(text(each.text), sum(widths[each.left : each.right + 1]), each.look.size)
        heights[each.row] = max(heights[each.row], min(needed, MAX_ROW))
    return [round(height, 1) for height in heights]


def _of_page(sheet: Sheet, columns: Columns) -> Iterator[Caption]:
    last = len(columns.widths) - 1
    left, right = department_line(sheet), unit_line(sheet)
    split = _unit_start(columns, range(last + 1))
    yield Caption(sheet.number, styles.NUMBER_LINE, NUMBER_ROW, 0, last)
    yield Caption(sheet.title, styles.TITLE, TITLE_ROW, 0, last)
    if not right or split == 0:
        yield Caption(f"{left}　{right}".strip(), styles.NUMBER_LINE, DEPARTMENT_ROW, 0, last)
    else:
        yield Caption(left, styles.NUMBER_LINE, DEPARTMENT_ROW, 0, split - 1)
        yield Caption(right, styles.UNIT_LINE, DEPARTMENT_ROW, split, last)


def _of_blocks(sheet: Sheet, columns: Columns) -> Iterator[Caption]:
    first = range(columns.labels) if columns.labels else columns.blocks[0]
    named = range(first.start, first.stop if columns.labels else _unit_start(columns, first))
    yield Caption(sheet.number, styles.NUMBER_LINE, NUMBER_ROW, named.start, named.stop - 1)
    yield Caption(department_line(sheet), styles.NUMBER_LINE, DEPARTMENT_ROW, named.start, named.stop - 1)
    for number, block in enumerate(columns.blocks):
        title = sheet.title + (_CONTINUED if number else "")
        yield Caption(title, styles.TITLE, TITLE_ROW, block.start, _title_end(columns, block, title))
        yield Caption(
            unit_line(sheet),
            styles.UNIT_LINE,
            DEPARTMENT_ROW,
            max(_unit_start(columns, block), block.start),
            block.stop - 1,
        )


def _unit_start(columns: Columns, block: range) -> int:
    """The column from which on the last ones of ``block`` have room for the unit."""
    start = block.stop - 1
    while start > block.start + 1 and columns.total(range(start, block.stop)) < _UNIT_WIDTH:
        start -= 1
    return start


def _title_end(columns: Columns, block: range, title: str) -> int:
    """The last column of a title that starts after the labels: as far from the right as it starts from the left."""
    beside = columns.total(range(columns.labels))
    needed = (text_width(title) + 1) * styles.TITLE_SIZE / BODY_SIZE
    ends = [end for end in block if columns.total(range(block.start, end + 1)) >= needed] or [block[-1]]
    return min(ends, key=lambda end: abs(columns.total(range(end + 1, block.stop)) - beside))
