"""Where the pages of a worksheet end, and what is written again at the top of the next one. Pure.

Excel and LibreOffice break pages anywhere, through the rows of a head and through merged cells, and show the text of
a merged cell once. Here a page ends between rows, the head of a sub-table that goes on is repeated, and a cell over
several rows has a piece on each of its pages. Heights are in points, rows are counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from budgets.domain.sheets import Role, Sheet

from ..layout import Area, Layout, cut_to_height, needed_height, text_height, text_room, wrapping
from ..values import NUMERIC
from .heads import heads_of, kept_rows, rows_of

_REPEATED = 100.0
"""Height up to which the text of a cell is written again on the next page. A longer one goes on there."""
_LONELY = 0.15
"""Least share of the last page that is filled, if there are several."""
_FULL = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Shares of a page that are filled, tried until the last page is not lonely."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one page shows of an area, on rows ``first`` to ``last`` (inclusive) of the worksheet's grid.

    ``text`` is written in place of the cell's value unless it is None.
    """

    area: Area
    first: int
    last: int
    text: str | None = None


@dataclass(frozen=True)
class Pages:
    """The grid with its repeated heads. Pages begin at row 0 and at each of ``breaks``."""

    pieces: tuple[Piece, ...]
    heights: tuple[float, ...]
    breaks: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        return len(self.breaks) + 1

    @property
    def last_height(self) -> float:
        return sum(self.heights[self.breaks[-1] if self.breaks else 0 :])


def undivided(layout: Layout) -> Pages:
    """The grid as one page."""
    return Pages(tuple(Piece(area, area.first, area.last) for area in layout.areas), layout.heights)


def paginate(sheet: Sheet, layout: Layout, widths: Sequence[float], room: float) -> Pages:
    """Pages with ``room`` for the grid. Every page has the sheet's head; the last one has more than a row or two."""
    grid = _Grid(sheet, layout, widths)
    tried = (_Paginator(grid, room * full).pages() for full in _FULL)
    first = next(tried)
    return next((made for made in chain([first], tried) if _is_filled(made, first.count, room)), first)


def _is_filled(made: Pages, count: int, room: float) -> bool:
    return made.count == count and (count == 1 or made.last_height >= room * _LONELY)


class _Grid:
    """What is known of the rows before they are put on pages."""

    def __init__(self, sheet: Sheet, layout: Layout, widths: Sequence[float]) -> None:
        self.layout, self.widths = layout, widths
        self.rows = rows_of(sheet, layout)
        self.heads = heads_of(self.rows, layout.head)
        self.kept = kept_rows(self.rows, self.heads)
        self._sums = [0.0, *accumulate(layout.heights)]

    def height(self, rows: range) -> float:
        return self._sums[rows.stop] - self._sums[rows.start] if rows else 0.0

    def needed(self, area: Area) -> float:
        return needed_height(area.placed.cell, area.left, self.widths)

    def width(self, area: Area) -> float:
        return text_room(area.placed.cell, area.left, self.widths)

    def is_repeated(self, area: Area) -> bool:
        """Whether each page has the whole text. Numbers stand once, as they would be counted twice."""
        cell = area.placed.cell
        names = cell.rows > 1 or cell.role in (Role.LABEL, Role.HEADER)
        return names and cell.role not in NUMERIC and not area.note and self.needed(area) <= _REPEATED

    def may_end(self, row: int) -> bool:
        """Whether a page may end above ``row``."""
        return row == len(self.rows) or not self.kept[row]


@dataclass(frozen=True, slots=True)
class _Page:
    """Rows ``start`` to ``end`` (exclusive) of the layout, below the rows ``repeated``.

    ``grown`` is by how much rows get higher, because a piece of a cell needs more than its rows have.
    """

    start: int
    end: int
    repeated: range
    grown: dict[int, float]

    @property
    def rows(self) -> range:
        return range(self.start, self.end)

    def height(self, grid: _Grid) -> float:
        """The height of its rows without the repeated ones."""
        return grid.height(self.rows) + sum(self.grown.values())

    def shown(self, area: Area) -> range:
        """The rows of ``area`` on the page."""
        return range(max(area.first, self.start), min(area.last + 1, self.end))

    def room(self, area: Area, grid: _Grid) -> float:
        """The height that the page has for its piece of ``area``."""
        head = grid.height(self.repeated) if self.covers_head(area) else 0.0
        return (
            head + grid.height(self.shown(area)) + sum(self.grown.get(row, 0.0) for row in self.shown(area))
        )

    def covers_head(self, area: Area) -> bool:
        """Whether ``area`` stands beside the repeated head too."""
        return area.first < self.start and area.first <= self.repeated.start

    def ends(self, area: Area) -> bool:
        return area.last < self.end

    def divides(self, area: Area) -> bool:
        return area.first < self.start or not self.ends(area)


class _Paginator:
    """Fills page after page."""

    def __init__(self, grid: _Grid, room: float) -> None:
        self.grid, self.room = grid, room
        self.rest: dict[tuple[int, int], str] = {}
        """The text that is still to be written of each area that goes on, by its place."""
        self.pieces: list[Piece] = []
        self.heights: list[float] = []

    def pages(self) -> Pages:
        breaks, start = [], 0
        while start < len(self.grid.rows):
            page = self._page(start)
            self._write(page)
            breaks.append(len(self.heights))
            start = page.end
        return Pages(tuple(self.pieces), tuple(self.heights), tuple(breaks[:-1]))

    def _page(self, start: int) -> _Page:
        """The longest page from ``start`` that ends where a page may end; else the longest; one row at least."""
        room = self._room_from(start)
        longest = start + 1
        while longest < len(self.grid.rows) and self.grid.height(range(start, longest + 1)) <= room:
            longest += 1
        ends = range(longest, start, -1)
        fitting = (
            page
            for end in (*filter(self.grid.may_end, ends), *ends)
            if (page := self._grown(start, end)).height(self.grid) <= room
        )
        return next(fitting, None) or self._grown(start, start + 1)

    def _room_from(self, start: int) -> float:
        """The room for other rows than heads."""
        every = self.grid.height(range(self.grid.layout.head)) if start else 0.0
        return self.room - every - self.grid.height(self.grid.heads[start])

    def _grown(self, start: int, end: int) -> _Page:
        page = _Page(start, end, self.grid.heads[start], {})
        for area in self._divided(page):
            lacking = self._needed(area, page) - page.room(area, self.grid)
            if lacking > 0:
                last = page.shown(area)[-1]
                page.grown[last] = page.grown.get(last, 0.0) + round(lacking, 1)
        return page

    def _divided(self, page: _Page) -> Iterator[Area]:
        """The areas that the page has a part of."""
        rows = self.grid.rows
        yield from (area for area in rows[page.start].areas if page.divides(area))
        if page.end < len(rows):
            yield from (area for area in rows[page.end].areas if page.start < area.first < page.end)

    def _needed(self, area: Area, page: _Page) -> float:
        """The height that the page's piece of ``area`` needs. A text that goes on takes what there is."""
        if self.grid.is_repeated(area):
            return self.grid.needed(area)
        return text_height(self._text(area), self.grid.width(area)) if page.ends(area) else 0.0

    def _text(self, area: Area) -> str:
        return self.rest.get((area.first, area.left), wrapping(area.placed.cell))

    def _write(self, page: _Page) -> None:
        top = len(self.heights)
        heights = self.grid.layout.heights
        self.heights += (heights[row] for row in page.repeated)
        self.heights += (round(heights[row] + page.grown.get(row, 0.0), 1) for row in page.rows)
        self.pieces += self._repeated(page, top)
        self.pieces += (self._piece(area, page, top) for area in self._areas(page.rows))

    def _repeated(self, page: _Page, top: int) -> Iterator[Piece]:
        """The headings of the repeated head, from row ``top``. What stands beside them goes on there by itself."""
        above = page.repeated.start
        for area in self._areas(page.repeated):
            if area.placed.cell.role is Role.HEADER:
                yield Piece(area, top + area.first - above, top + area.last - above)

    def _piece(self, area: Area, page: _Page, top: int) -> Piece:
        shown, below = page.shown(area), top + len(page.repeated) - page.start
        first = top if page.covers_head(area) else below + shown.start
        return Piece(area, first, below + shown[-1], self._written(area, page))

    def _areas(self, rows: range) -> Iterator[Area]:
        """The areas with a part in ``rows``, each once."""
        for row in rows:
            yield from (a for a in self.grid.rows[row].areas if a.first == row or row == rows.start)

    def _written(self, area: Area, page: _Page) -> str | None:
        """The text of the page's piece of ``area``; None if it is the value of the cell."""
        if not page.divides(area) or self.grid.is_repeated(area):
            return None
        if area.placed.cell.role in NUMERIC:
            return None if area.first >= page.start else ""
        shown, rest = self._text(area), ""
        if not page.ends(area):
            shown, rest = cut_to_height(shown, self.grid.width(area), page.room(area, self.grid))
        self.rest[area.first, area.left] = rest
        return shown
