"""Which rows of a form are heads of sub-tables, to which rows they belong, and which rows stay together. Pure.

A form says it by its cells: a row of headings heads the rows below it that have its columns, as far as the label
beside it reaches. Rows are those of a `Layout`, counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budgets.domain.sheets import Region, Role, Sheet

from ..layout import Area, Layout

_ONE_LINE = 22.0
"""Height, in points, of a row that may be the title of the head below it."""
_LOW = 100.0
"""Height, in points, up to which a row of a sub-table does not stand alone on a page."""
_NONE = range(0)


@dataclass(frozen=True)
class Row:
    """``areas`` are those that have a part in the row; ``block`` tells regions from each other and from what is none.

    ``height`` is in points.
    """

    areas: tuple[Area, ...]
    block: int
    height: float

    @property
    def headings(self) -> tuple[Area, ...]:
        return tuple(area for area in self.areas if area.placed.cell.role is Role.HEADER)

    @property
    def beside(self) -> tuple[Area, ...]:
        """Labels of several rows, of which the first may be a head."""
        return tuple(area for area in self.areas if _names_rows(area))

    @property
    def is_heading(self) -> bool:
        headings = len(self.headings)
        return headings > 0 and headings + len(self.beside) == len(self.areas)

    @property
    def is_title(self) -> bool:
        return self.is_heading and len(self.headings) == 1


def _names_rows(area: Area) -> bool:
    return area.placed.cell.role is Role.LABEL and area.placed.cell.rows > 1


def rows_of(sheet: Sheet, layout: Layout) -> list[Row]:
    """The rows of ``layout``, notes included."""
    areas: list[list[Area]] = [[] for _ in layout.heights]
    first = [0] * len(areas)
    for area in layout.areas:
        first[area.first] = area.placed.row
        for row in range(area.first, area.last + 1):
            areas[row].append(area)
    blocks = list(_blocks(sheet))
    found, at = [], 0
    for row, inside in enumerate(areas):
        at = max(at, first[row])
        found.append(Row(tuple(inside), blocks[at], layout.heights[row]))
    return found


def _blocks(sheet: Sheet) -> Iterator[int]:
    """For each row of the sheet the number of its region; 0 outside of regions."""
    yield from (0 for _ in sheet.head)
    for number, block in enumerate(sheet.body, 1):
        if isinstance(block, Region):
            yield from (number for _ in (*block.head, *block.rows))
        else:
            yield 0
    yield from (-1 for _ in sheet.notes)


@dataclass(frozen=True)
class _Head:
    """``edges`` are the columns at which its headings begin, ``until`` the last row that the labels beside it reach."""

    rows: range
    edges: frozenset[int]
    block: int
    until: int

    def heads(self, number: int, row: Row) -> bool:
        """Whether ``row`` has the columns of the head, or parts or groups of them."""
        start = min(self.edges)
        wanted = self.edges - {start}
        found = {area.left for area in row.areas if area.left > start}
        return number <= self.until and row.block == self.block and (found <= wanted or wanted <= found)


def heads_of(rows: Sequence[Row], after: int) -> list[range]:
    """For each row the rows of the head that it stands under; empty if none. Rows before ``after`` head nothing."""
    found, head = [], None
    for number, row in enumerate(rows):
        if row.is_heading:
            head = _head_ending(rows, number) if number >= after else None
            found.append(_NONE)
        else:
            head = head if head and head.heads(number, row) else None
            found.append(head.rows if head else _NONE)
    return found


def _head_ending(rows: Sequence[Row], last: int) -> _Head | None:
    """The head of which ``last`` is the last row so far; None if that row is the title of what follows."""
    first = last + 1
    while first and rows[first - 1].is_heading and not rows[first - 1].is_title:
        first -= 1
    if first > last:
        return None
    own = rows[first : last + 1]
    return _Head(
        range(first, last + 1),
        frozenset(area.left for row in own for area in row.headings),
        rows[last].block,
        min((area.last for area in rows[last].beside), default=len(rows)),
    )


def kept_rows(rows: Sequence[Row], heads: Sequence[range]) -> list[bool]:
    """Whether each row stays on the page of the row above."""
    ending = max((number for number, row in enumerate(rows) if row.block >= 0), default=0)
    return [
        number > 0
        and (
            rows[number - 1].is_heading
            or (row.is_heading and _entitles(rows[number - 1], heads[number - 1], row))
            or _leaves_one(rows, heads, number)
            or (number == ending and any(area.placed.total for area in row.areas))
        )
        for number, row in enumerate(rows)
    ]


def _leaves_one(rows: Sequence[Row], heads: Sequence[range], number: int) -> bool:
    """Whether a page that begins at the row would leave one low row of a sub-table alone, above or below."""
    head = heads[number]
    if not head:
        return False
    second = heads[number - 1] == head and heads[number - 2] != head
    last = number + 1 == len(rows) or heads[number + 1] != head
    return (second and rows[number - 1].height <= _LOW) or (last and rows[number].height <= _LOW)


def _entitles(above: Row, head: range, row: Row) -> bool:
    """Whether the row ``above`` is the title of the head that begins with ``row``."""
    return not head and above.height <= _ONE_LINE and above.block == row.block
