"""Find tables in a department's own sheet by their headings, wherever they stand.

Knows cells and headings only; `budgets.workbook.department_sheets` uses the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.money import Measure
from ..forms.headings import (
    NUMBERING,
    Headings,
    plain,
    unit_in_heading,
    unit_said,
    unknown_unit,
    unknown_unit_said,
)
from .book import PROJECT_COLUMN, Tab
from .reading import Raw, as_text

PROJECT = "_project"
"""The name of the column with the project of a row."""

LEAST = 2
"""The least number of columns that a heading row names."""

LONGEST = 40
"""The most characters of a heading."""

TOTALS = frozenset({"合计", "小计", "总计", "共计", "累计", "合计金额", "总合计"})

_MERELY_SAID = frozenset({"remark", PROJECT})
"""Columns that any table may have. By themselves, or with amounts, they do not identify a table."""

_FOOTER = re.compile(
    r"^(?:注|备注|说明|填[报表制]人?|制表人?|编制人?|审核人?|复核人?|负责人|经办人?|日期|单位负责人|联系电话)"
    r"[0-9]*[:：]"
)


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, ``rows`` from row 1 on. ``merged`` maps every covered cell to the cell with its value.

    Rows and columns are counted from 0 here, as in ``rows``.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Raw:
        """The text of the cell itself."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def shown(self, row: int, column: int) -> Raw:
        """The visible text: for a covered cell the value of the merged cell."""
        at = self.merged.get((row, column))
        return self.cell(*at) if at else self.cell(row, column)

    def texts(self, row: int) -> list[str]:
        """The texts of the row without blank cells."""
        return [text for cell in self.rows[row] if (text := as_text(cell).strip())]

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True)
class Target:
    """A tab of the entry workbook to which a table may belong, identified by its headings."""

    tab: Tab
    headings: Headings
    telling: frozenset[str]
    """Columns that tables of another kind do not have."""

    @classmethod
    def of(cls, tab: Tab, year: int) -> Target:
        titles = {column.name: column.title for column in tab.columns}
        if tab.leads and tab.leads[0] == PROJECT_COLUMN:
            titles[PROJECT] = PROJECT_COLUMN
        amounts = {column.name for column in tab.columns if column.kind in ("amount", "count")}
        return cls(tab, Headings(titles, year), frozenset(titles) - amounts - _MERELY_SAID)

    @property
    def is_of_projects(self) -> bool:
        return not self.tab.section


@dataclass(frozen=True)
class Heading:
    """The headings of one table, read for one tab. ``columns`` maps the sheet's columns to the tab's.

    ``unknown`` has the text of every column that matches none of the tab's, or one that is taken already.
    """

    target: Target
    columns: Mapping[int, str]
    unknown: Mapping[int, str]
    rows: int
    """The number of heading rows."""

    @property
    def is_one(self) -> bool:
        named = set(self.columns.values())
        return (
            len(named) >= LEAST and len(named) > len(self.unknown) and bool(named & self.target.telling)
        ) or (len(named) == 1 and not self.unknown and len(self.target.tab.columns) == 1)


@dataclass(frozen=True)
class Table:
    """One table of a sheet. ``first`` and ``last`` are its rows of data, from 0; ``over`` are the rows above.

    ``headings`` are the best fits; several if tabs have the same columns.
    """

    grid: Grid
    at: int
    first: int
    last: int
    headings: Sequence[Heading]
    over: range

    @property
    def above(self) -> list[str]:
        """The texts above it, from the table before on."""
        return [text for row in self.over for text in self.grid.texts(row)]

    @property
    def rows(self) -> range:
        """The range of its data."""
        return range(self.first, self.last + 1)

    def titles(self, column: int) -> list[str]:
        """The texts above one column, from the top."""
        said = (as_text(self.grid.shown(row, column)).strip() for row in range(self.at, self.first))
        return list(dict.fromkeys(text for text in said if text))

    def unit(self, columns: Sequence[int], said_before: Measure | None) -> Measure | None:
        """The unit of its amounts, from the heading, else from the lines above, the name of the sheet, or before."""
        headings = [text for column in columns for text in self.titles(column)]
        units = {unit for text in headings if (unit := unit_in_heading(text))}
        if units or self.unknown_unit(columns):
            return units.pop() if len(units) == 1 and not self.unknown_unit(columns) else None
        return unit_said(self.above) or unit_said([self.grid.name]) or said_before

    def unknown_unit(self, columns: Sequence[int]) -> str:
        """A unit that it names and nobody can convert (美元); empty without one."""
        headings = (unknown_unit(text) for column in columns for text in self.titles(column))
        return next(filter(None, headings), "") or unknown_unit_said([*self.above, self.grid.name])


def find_tables(grid: Grid, targets: Sequence[Target], first: int = 0) -> list[Table]:
    """The tables of ``grid`` from row ``first`` on, in order. Each ends where the next begins."""
    found: list[tuple[int, list[Heading]]] = []
    known: dict[str, bool] = {}
    row = first
    while row < len(grid.rows):
        best = _best(grid, row, targets, known)
        if best:
            found.append((row, best))
            row += best[0].rows
        else:
            row += 1
    tables = []
    start = first
    for number, (at, headings) in enumerate(found):
        begin = at + headings[0].rows
        end = found[number + 1][0] if number + 1 < len(found) else len(grid.rows)
        last = _last(grid, begin, end, is_end=end == len(grid.rows))
        tables.append(Table(grid, at, begin, last, headings, range(start, at)))
        start = last + 1
    return tables


def _is_known(text: str, targets: Sequence[Target], known: dict[str, bool]) -> bool:
    """Whether the text is a heading of any of the tabs. ``known`` caches the answers."""
    if text not in known:
        known[text] = len(text) <= LONGEST and any(target.headings.find(text.strip()) for target in targets)
    return known[text]


def _best(grid: Grid, row: int, targets: Sequence[Target], known: dict[str, bool]) -> list[Heading]:
    """The best readings of the row, or of it and the row below, as headings."""
    if not any(_is_known(cell, targets, known) for cell in grid.rows[row] if isinstance(cell, str)):
        return []
    headings = [
        heading
        for target in targets
        for rows in (1, 2)
        if row + rows <= len(grid.rows) and (heading := read_headings(grid, row, rows, target)).is_one
    ]
    if not headings:
        return []

    def fit(heading: Heading) -> tuple[int, int]:
        return len(heading.columns), -len(heading.unknown)

    best = max(map(fit, headings))
    fitting = [heading for heading in headings if fit(heading) == best]
    least = min(heading.rows for heading in fitting)
    return [heading for heading in fitting if heading.rows == least]


def read_headings(grid: Grid, row: int, rows: int, target: Target) -> Heading:
    columns: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for column in range(grid.width):
        at = grid.merged.get((row, column))
        if rows == 1 and at and at[1] != column:
            continue
        said = [as_text(grid.shown(row + n, column)).strip() for n in range(rows)]
        said = list(dict.fromkeys(text for text in said if text))
        name = target.headings.find(*said)
        if name == "" or (said and (plain(said[-1]) in NUMBERING or said[-1] in target.tab.hidden)):
            continue
        if name is None or name in columns.values():
            unknown[column] = "".join(said)
        else:
            columns[column] = name
    return Heading(target, columns, unknown, rows)


def _last(grid: Grid, begin: int, end: int, *, is_end: bool) -> int:
    """The table's last row, before blank rows and the title of the next table."""
    last = end - 1
    while last >= begin:
        texts = grid.texts(last)
        if texts and (is_end or not _is_title(grid, last)):
            break
        last -= 1
    return last


def is_footer(texts: Sequence[str]) -> bool:
    """Whether a row is a signature, a date or a note."""
    return bool(texts) and bool(_FOOTER.match("".join(texts[0].split())))


def is_total(texts: Sequence[str]) -> bool:
    """Whether a row is a sum: it has no text besides numbers and the word for a sum."""
    words = [text for text in texts if not _is_number(text)]
    return len(words) == 1 and plain(words[0]) in TOTALS


def has_total(texts: Sequence[str]) -> bool:
    """Whether a row has the word for a sum, whatever else it has."""
    return any(plain(text) in TOTALS for text in texts)


def is_numbering(texts: Sequence[str]) -> bool:
    """Whether a row below the headings only counts the columns: 1, 2, 3 or 栏次, 1, 2."""
    numbers = texts[1:] if texts and plain(texts[0]) in NUMBERING else texts
    return len(numbers) > 1 and list(numbers) == [str(n) for n in range(1, len(numbers) + 1)]


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-+¥￥0-9.,，%％/\s]*(?:万?元)?", text))


def _is_title(grid: Grid, row: int) -> bool:
    """Whether a row has only one text, like the title of a table, or a title with its unit."""
    texts = grid.texts(row)
    return len(texts) == 1 or (len(texts) == 2 and unit_said(texts) is not None)


def said_beside(grid: Grid, label: str, rows: range) -> Iterator[str]:
    """The text after a label: ``项目名称：综合业务`` in one cell, or in the next cell."""
    wanted = plain(label)
    for row in rows:
        for column in range(grid.width):
            text = as_text(grid.cell(row, column)).strip()
            before, colon, after = text.replace("：", ":").partition(":")
            if colon and after.strip() and plain(before) == wanted:
                yield after.strip()
            elif plain(text) == wanted and text:
                beside = next(
                    (c for c in range(column + 1, grid.width) if grid.merged.get((row, c)) != (row, column)),
                    None,
                )
                if beside is not None and (value := as_text(grid.cell(row, beside)).strip()):
                    yield value


def first_of(table: Table, least: int) -> int:
    """The first row, from 0, of a table that stands below other rows: its title, or its headings."""
    first = table.at
    while first > least and (not table.grid.texts(first - 1) or _is_title(table.grid, first - 1)):
        first -= 1
    return first
