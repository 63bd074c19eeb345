"""A worksheet read back as a person reads it: by its labels and column headings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

CONTENTS = "目录"
NUMBERING = re.compile(r"^([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])")


def plain(value: object) -> str:
    """Text without white space."""
    return re.sub(r"\s", "", "" if value is None else str(value))


def bare(value: object) -> str:
    """A label without white space and numbering."""
    return NUMBERING.sub("", plain(value))


def shown(cell: Cell) -> object:
    """What the cell says: a number as its format shows it (a percentage as 0–100), or text."""
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return "" if cell.value is None else cell.value
    number = Decimal(str(cell.value))
    is_ratio = "%" in re.sub(r'"[^"]*"|\\.', "", cell.number_format)
    return number * 100 if is_ratio else number


@dataclass(frozen=True)
class Place:
    """The value of a cell, and the top left corner of the merged range that it is in."""

    value: object
    corner: tuple[int, int]


@dataclass(frozen=True)
class Page:
    """Rows of a worksheet, without heads that a page repeats. A merged range is in each of its places, with one corner."""

    name: str
    rows: tuple[tuple[Place, ...], ...]

    def __contains__(self, text: str) -> bool:
        return any(bare(place.value) == bare(text) for row in self.rows for place in row)

    def mentions(self, text: str) -> bool:
        return any(plain(text) in plain(place.value) for row in self.rows for place in row)

    def between(self, start: str, *ends: str) -> Page:
        """The rows below the one that begins with ``start``, up to one that begins with one of ``ends``."""
        first = next((i for i, row in enumerate(self.rows) if _begins(row, (start,))), None)
        if first is None:
            raise LookupError(f"{self.name}: no {start}")
        rest = range(first + 1, len(self.rows))
        last = next((i for i in rest if _begins(self.rows[i], ends)), len(self.rows))
        return Page(f"{self.name} {start}", self.rows[first + 1 : last])

    def column(self, *path: str, nth: int = 0) -> tuple[int, int]:
        """(row of the last heading, column) under the headings of ``path``, outermost first.

        ``nth`` chooses among headings of the same name side by side.
        """
        for r, row in enumerate(self.rows):
            corners = {
                place.corner: c
                for c, place in reversed(list(enumerate(row)))
                if bare(place.value) == bare(path[-1]) and self._is_under(r, c, path[:-1])
            }
            if len(corners) > nth:
                column = sorted(corners.values())[nth]
                corner = row[column].corner
                return max(i for i, below in enumerate(self.rows) if below[column].corner == corner), column
        raise LookupError(f"{self.name}: no column {' / '.join(path)}")

    def _is_under(self, row: int, column: int, path: tuple[str, ...]) -> bool:
        above = iter(bare(self.rows[r][column].value) for r in range(row))
        return all(any(value == bare(heading) for value in above) for heading in path)

    def at(self, label: str, *path: str, within: str = "") -> object:
        """The cell in the row of ``label`` under the headings of ``path``; ``within``: of that group of rows."""
        heading, column = self.column(*path)
        for row in self.rows[heading + 1 :]:
            labels = {bare(place.value) for place in row[:column]}
            if bare(label) in labels and (not within or bare(within) in labels):
                return row[column].value
        raise LookupError(f"{self.name}: no row {label}")

    def beside(self, label: str) -> object:
        """The cell right of a label in a form."""
        for row in self.rows:
            for c, place in enumerate(row):
                if bare(place.value) == bare(label):
                    others = (p.value for p in row[c + 1 :] if p.corner != place.corner)
                    return next(others, "")
        raise LookupError(f"{self.name}: no {label}")

    def records(self, *columns: tuple[str, ...]) -> list[tuple[object, ...]]:
        """The rows below the headings, each as the cells under ``columns``; rows that say nothing left out.

        The same path again is the next column of that name.
        """
        found = [self.column(*path, nth=columns[:index].count(path)) for index, path in enumerate(columns)]
        first = max(row for row, _ in found) + 1
        rows = [tuple(row[column].value for _, column in found) for row in self.rows[first:]]
        return [row for row in rows if any(plain(value) for value in row)]


def _begins(row: tuple[Place, ...], texts: tuple[str, ...]) -> bool:
    said = next((bare(place.value) for place in row if plain(place.value)), "")
    return said in {bare(text) for text in texts}


@dataclass(frozen=True)
class Workbook:
    pages: tuple[Page, ...]

    @classmethod
    def read(cls, content: bytes) -> Workbook:
        book = load_workbook(io.BytesIO(content))
        return cls(
            tuple(Page(sheet.title, _rows(sheet)) for sheet in book.worksheets if sheet.title != CONTENTS)
        )

    def titled(self, title: str, *, has: str = "") -> Page:
        """The page with that title at its top, and the text ``has`` in some cell."""
        for page in self.pages:
            top = {plain(place.value) for row in page.rows[:4] for place in row}
            if plain(title) in top and (not has or has in page):
                return page
        raise LookupError(f"no page {title} {has}")


def _rows(sheet: Worksheet) -> tuple[tuple[Place, ...], ...]:
    places = [[Place(shown(cell), (cell.row, cell.column)) for cell in row] for row in sheet.iter_rows()]
    for area in sheet.merged_cells.ranges:
        corner = places[area.min_row - 1][area.min_col - 1]
        for r, c in _inside(area.bounds):
            places[r][c] = corner
    repeated = _repeated(sheet, [tuple(place.value for place in row) for row in places])
    return tuple(tuple(row) for r, row in enumerate(places) if r not in repeated)


def _repeated(sheet: Worksheet, values: list[tuple[object, ...]]) -> set[int]:
    """The rows at the top of a page that repeat the head of a table which began on an earlier one."""
    found = set()
    for start in (each.id for each in sheet.row_breaks.brk):
        row = start
        while _has_heading(sheet, row) and values[row] in values[:start]:
            found.add(row)
            row += 1
    return found


def _has_heading(sheet: Worksheet, row: int) -> bool:
    return any(cell.font.name == "黑体" for cell in sheet[row + 1] if cell.value is not None)


def _inside(bounds: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = bounds
    return ((r - 1, c - 1) for r in range(top, bottom + 1) for c in range(left, right + 1))
