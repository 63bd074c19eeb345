"""Proof that nothing of a department's own sheets is left untold: every cell is taken, a heading, listed, or unread.

It knows only the uploaded cells and what the page shows of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl.utils import column_index_from_string

from budgets.domain.money import UNITS, AnyUnit
from budgets.files.spreadsheet import Uncomputed
from budgets.forms.headings import plain
from budgets.forms.row_kinds import RowKind, kind_of
from budgets.workbook.book import PROJECTS_TAB
from budgets.workbook.placed import LEFT_OUT, DepartmentTable
from budgets.workbook.reading import Raw, WorkbookCells, as_text, cell_name

Cell = tuple[int, int]
"""Row and column from 0."""

AMOUNTS = frozenset({"amount", "total_budget"})
"""Fields that hold an amount, without their part."""
MOST_HEADING_ROWS = 2
_UNIT = re.compile("金额以(.*)为单位")
_TABLE = re.compile(r"“(?P<sheet>.*)”页第 (?P<first>\d+)(?: 至 (?P<last>\d+))? 行", re.DOTALL)
_EMPTY = re.compile(
    r"“(?P<sheet>.*)”页第 (?P<first>\d+)(?: 至 (?P<last>\d+))? 行的栏名，下面没有行", re.DOTALL
)
_SHEET = re.compile(r"“(?P<sheet>.*)”页(?:的各项)?", re.DOTALL)
_RANGE = re.compile(r"(?P<sheet>.*)!(?P<c1>[A-Z]+)(?P<r1>\d+)(?::(?P<c2>[A-Z]+)(?P<r2>\d+))?", re.DOTALL)


def untold(upload: WorkbookCells, tables: Sequence[DepartmentTable]) -> list[str]:
    """The places of cells of visible sheets that are neither taken nor told. ``tables`` have no open questions."""
    return [
        cell_name(name, row + 1, column + 1)
        for name in upload.tabs
        if name not in upload.hidden
        for row, column in sorted(SheetTold(upload, name, tables).untold)
    ]


@dataclass(frozen=True)
class Area:
    """Where a table stands: its rows of data from ``first`` to ``last``, from 0."""

    table: DepartmentTable
    first: int
    last: int

    @property
    def is_read(self) -> bool:
        return self.tab not in ("", LEFT_OUT)

    @property
    def answers(self) -> dict[int, str]:
        """What each column is taken for."""
        return {
            column_index_from_string(c.letter) - 1: c.question.answer
            for c in self.table.columns
            if c.question.answer != LEFT_OUT
        }

    @property
    def tab(self) -> str:
        return next(q.answer for q in self.table.questions if q.name.endswith("-tab"))

    @property
    def is_of_list(self) -> bool:
        """Whether each row is one of a list. A row of projects has scalars."""
        return self.is_read and self.tab != PROJECTS_TAB

    @property
    def amounts(self) -> list[int]:
        """The columns of amounts in 元."""
        return [at for at, name in self.answers.items() if name.rpartition("-")[2] in AMOUNTS]

    @property
    def unit(self) -> AnyUnit:
        """The unit that the page tells."""
        asked = [q.answer for q in self.table.questions if q.name.endswith("-unit")]
        said = [match[1] for note in self.table.notes if (match := _UNIT.fullmatch(note))]
        (label,) = asked + said
        return UNITS[label]


_PLACES = (_TABLE, _EMPTY, _SHEET)


class SheetTold:
    """One sheet and what the page tells of it."""

    def __init__(self, upload: WorkbookCells, name: str, tables: Sequence[DepartmentTable]) -> None:
        self.rows = upload.tabs[name]
        self.areas: list[Area] = []
        self.forms: list[DepartmentTable] = []
        self.empty: list[int] = []
        """The rows of headings that have no rows below them."""
        self.is_unread = False
        listed: list[str] = []
        for table in tables:
            match = next(found for kind in _PLACES if (found := kind.fullmatch(table.place)))
            if match["sheet"] != name:
                continue
            listed += [left.place for left in table.left]
            said = match.groupdict()
            first, last = int(said.get("first") or 1) - 1, int(said.get("last") or said.get("first") or 1) - 1
            if match.re is _TABLE:
                self.areas.append(Area(table, first, last))
            elif match.re is _EMPTY:
                self.empty += range(first, last + 1)
            elif table.place.endswith("的各项"):
                self.forms.append(table)
            else:
                self.is_unread = bool(table.notes)
        self.listed = {cell for place in listed for cell in _cells(place, name)}

    @property
    def written(self) -> set[Cell]:
        """All cells that show something."""
        return {
            (row, column)
            for row, cells in enumerate(self.rows)
            for column, cell in enumerate(cells)
            if _is_written(cell)
        }

    @property
    def untold(self) -> set[Cell]:
        if self.is_unread:
            return set()
        found = self.written - self.listed
        for area in self.areas:
            found -= set(self._headings(area))
            found -= set(self._taken(area))
        for row in self.empty:
            found -= {(row, column) for column in range(len(self.rows[row]))}
        for form in self.forms:
            found -= set(self._labels(form))
        return found

    def texts(self, row: int) -> list[str]:
        return [text for cell in self.rows[row] if (text := as_text(cell).strip())]

    def taken_rows(self, area: Area) -> list[int]:
        """The rows of a table that are not listed as left out, nor headings printed again."""
        if not area.is_read:
            return []
        again = {tuple(self.texts(row)) for row in self._heading_rows(area)}
        return [
            row
            for row in range(area.first, min(area.last + 1, len(self.rows)))
            if self._rest(row) and tuple(self.texts(row)) not in again and not self._is_continued(row)
        ]

    def _rest(self, row: int) -> bool:
        """Whether the row has cells that no line of the list covers whole; columns that are listed do not count."""
        across = {
            column
            for column, cell in enumerate(self.rows[row])
            if _is_written(cell) and (row, column) not in self.listed
        }
        return bool(across)

    def _is_continued(self, row: int) -> bool:
        return kind_of(self.texts(row)) is RowKind.CONTINUED

    def _heading_rows(self, area: Area) -> list[int]:
        """The rows right above the data that are not listed."""
        found: list[int] = []
        for row in range(area.first - 1, max(area.first - 1 - MOST_HEADING_ROWS, -1), -1):
            others = (other for other in self.areas if other is not area)
            if any(other.first <= row <= other.last for other in others) or not self._rest(row):
                break
            found.append(row)
        return found

    def _headings(self, area: Area) -> Iterator[Cell]:
        rows = self._heading_rows(area)
        again = {tuple(self.texts(row)) for row in rows}
        for row in range(area.first, min(area.last + 1, len(self.rows))):
            if tuple(self.texts(row)) in again or self._is_continued(row):
                rows.append(row)
        for row in rows:
            yield from ((row, column) for column in range(len(self.rows[row])))

    def _taken(self, area: Area) -> Iterator[Cell]:
        if not area.is_read:
            for row in range(area.first, min(area.last + 1, len(self.rows))):
                yield from ((row, column) for column in range(len(self.rows[row])))
            return
        for row in self.taken_rows(area):
            yield from ((row, column) for column in area.answers)

    def _labels(self, form: DepartmentTable) -> Iterator[Cell]:
        """The values of a form, and its labels in the same rows."""
        for taken in form.columns:
            ((row, column),) = _cells(f"!{taken.letter}", "")
            yield row, column
            yield from (
                (row, at)
                for at, cell in enumerate(self.rows[row])
                if plain(as_text(cell)) == plain(taken.heading)
            )


def _is_written(cell: Raw) -> bool:
    return isinstance(cell, Uncomputed) or bool(as_text(cell).strip())


def _cells(place: str, sheet: str) -> Iterator[Cell]:
    match = _RANGE.fullmatch(place)
    if match is None or match["sheet"] != sheet:
        return
    r1, c1 = int(match["r1"]) - 1, column_index_from_string(match["c1"]) - 1
    r2, c2 = int(match["r2"] or r1 + 1) - 1, column_index_from_string(match["c2"] or match["c1"]) - 1
    yield from ((row, column) for row in range(r1, r2 + 1) for column in range(c1, c2 + 1))
