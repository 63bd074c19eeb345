"""Find tables in a department's own sheet by their headings, wherever they stand.

Knows cells and headings only; `budgets.workbook.department_sheets` uses the tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..domain.money import AnyUnit
from ..forms.headings import (
    NUMBERING,
    Headings,
    plain,
    unit_in_heading,
    unit_said,
    unknown_unit,
    unknown_unit_said,
)
from ..forms.row_kinds import RowKind, kind_of
from .book import PROJECT_COLUMN, PROJECTS_TAB, Tab
from .reading import Raw, as_text

PROJECT = "_project"
"""The name of the column with the project of a row."""

LEAST = 2
"""The least number of columns that a heading row names."""

LONGEST = 40
"""The most characters of a heading."""

SUBJECTS = frozenset(
    {
        "科目",
        "科目编码",
        "科目代码",
        "科目名称",
        "科目编号",
        "预算科目",
        "支出科目",
        "会计科目",
        "预算科目编码",
    }
    | {"预算科目名称", "科目编码及名称", "科目代码及名称", "编码", "代码", "支出科目编码", "支出科目名称"}
)
"""Headings of subjects (科目) that do not tell whether they are functional or economic."""

_MERELY_SAID = frozenset({"remark", PROJECT})
"""Columns that any table may have. By themselves, or with amounts, they do not identify a table."""


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, ``rows`` from row 1 on. ``merged`` maps every covered cell to the cell with its value.

    Rows and columns are counted from 0 here, as in ``rows``.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    _texts: dict[int, Sequence[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The texts of the rows that were asked for."""

    def cell(self, row: int, column: int) -> Raw:
        """The text of the cell itself."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def shown(self, row: int, column: int) -> Raw:
        """The visible text: for a covered cell the value of the merged cell."""
        at = self.merged.get((row, column)) if self.merged else None
        return self.cell(*at) if at else self.cell(row, column)

    def right_of(self, row: int, column: int) -> int:
        """The column to the right of a cell, and of the cells merged with it."""
        column += 1
        while self.merged.get((row, column), (row, column)) != (row, column):
            column += 1
        return column

    def is_blank(self, row: int) -> bool:
        """Whether the row has nothing, not even a formula without a result, which shows no text."""
        return all(cell is None for cell in self.rows[row])

    def texts(self, row: int) -> Sequence[str]:
        """The texts of the row without blank cells."""
        if row not in self._texts:
            self._texts[row] = [text for cell in self.rows[row] if (text := as_text(cell).strip())]
        return self._texts[row]

    @cached_property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


@dataclass(frozen=True)
class Target:
    """A tab of the entry workbook to which a table may belong, identified by its headings."""

    tab: Tab
    titles: Mapping[str, str]
    """The titles of the columns by name, with the project of a row."""
    headings: Headings
    telling: frozenset[str]
    """Columns that tables of another kind do not have."""

    @classmethod
    def of(cls, tab: Tab, year: int) -> Target:
        titles = {column.name: column.title for column in tab.columns}
        if tab.leads and tab.leads[0] == PROJECT_COLUMN:
            titles[PROJECT] = PROJECT_COLUMN
        amounts = {column.name for column in tab.columns if column.kind in ("amount", "count")}
        return cls(tab, titles, Headings(titles, year), frozenset(titles) - amounts - _MERELY_SAID)

    @property
    def has_subjects(self) -> bool:
        return any(column.kind == "code" for column in self.tab.columns)

    @property
    def is_of_projects(self) -> bool:
        return not self.tab.section


@dataclass(frozen=True)
class Heading:
    """The headings of one table, read for one tab. ``columns`` maps the sheet's columns to the tab's.

    ``unknown`` has the text of every column that matches none of the tab's, or one that is taken already. ``coded`` are
    columns of subjects (科目) whose heading does not tell of which kind.
    """

    target: Target
    columns: Mapping[int, str]
    unknown: Mapping[int, str]
    rows: int
    """The number of heading rows."""
    coded: Mapping[int, str] = field(default_factory=dict)

    @property
    def known(self) -> int:
        """The number of columns that it names."""
        return len(self.columns) + len(self.coded)

    @property
    def is_one(self) -> bool:
        named = set(self.columns.values())
        return (
            self.known >= LEAST
            and (
                self.known > len(self.unknown) or (self.known > LEAST and len(self.unknown) <= 2 * self.known)
            )
            and bool(named & self.target.telling or self.coded)
        ) or (len(named) == 1 and not self.unknown and len(self.target.tab.columns) == 1)


@dataclass(frozen=True)
class Table:
    """One table of a sheet. ``first`` and ``last`` are its rows of data, from 0; ``over`` are the rows above.

    ``headings`` are the best fits; several if tabs have the same columns. ``again`` are the rows within it that print
    the headings once more, with 续表 above them.
    """

    grid: Grid
    at: int
    first: int
    last: int
    headings: Sequence[Heading]
    over: range
    again: frozenset[int] = frozenset()

    @property
    def above(self) -> list[str]:
        """The texts above it, from the table before on."""
        return [text for row in self.over for text in self.grid.texts(row)]

    @property
    def rows(self) -> list[int]:
        """The rows of its data."""
        return [row for row in range(self.first, self.last + 1) if row not in self.again]

    @cached_property
    def kinds(self) -> Mapping[int, RowKind]:
        """The kind of each row of its data that has a text."""
        found: dict[int, RowKind] = {}
        above = RowKind.DATA
        for row in self.rows:
            if texts := self.grid.texts(row):
                above = found[row] = kind_of(texts, above)
        return found

    @property
    def numbering(self) -> int | None:
        """The row right below the headings that only counts the columns; None without one."""
        return self.first if self.kinds.get(self.first) is RowKind.NUMBERING else None

    def titles(self, column: int) -> list[str]:
        """The texts above one column, from the top."""
        said = (as_text(self.grid.shown(row, column)).strip() for row in range(self.at, self.first))
        return list(dict.fromkeys(text for text in said if text))

    def unit(self, columns: Sequence[int], said_before: AnyUnit | None) -> AnyUnit | None:
        """The unit of its amounts, from the heading, else from the lines above, the name of the sheet, or before."""
        headings = [text for column in columns for text in self.titles(column)]
        units = {unit for text in headings if (unit := unit_in_heading(text))}
        if units or self.unknown_unit(columns):
            is_plain = len(units) == 1 and not self.unknown_unit(columns) and not self.contradicts(columns)
            return units.pop() if is_plain else None
        return unit_said(self.above) or unit_said([self.grid.name]) or said_before

    def contradicts(self, columns: Sequence[int]) -> str:
        """The unit of a line above or below that is another one than that of the headings; empty without one."""
        headings = {unit for at in columns for text in self.titles(at) if (unit := unit_in_heading(text))}
        ends = range(self.last, max(self.first, self.last - 3) - 1, -1)
        below = [text for row in ends if len(self.grid.texts(row)) == 1 for text in self.grid.texts(row)]
        said = unit_said([*self.above, *below])
        return said.label if said is not None and headings and said not in headings else ""

    def unknown_unit(self, columns: Sequence[int]) -> str:
        """A unit that it names and nobody can convert (美元); empty without one."""
        headings = (unknown_unit(text) for column in columns for text in self.titles(column))
        return next(filter(None, headings), "") or unknown_unit_said([*self.above, self.grid.name])


def find_tables(grid: Grid, targets: Sequence[Target], first: int = 0) -> list[Table]:
    """The tables of ``grid`` from row ``first`` on, in order. Each ends where the next begins.

    A table whose headings are printed again on the next page is one table.
    """
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
    tables: list[Table] = []
    start = first
    for number, (at, headings) in enumerate(found):
        begin = at + headings[0].rows
        end = found[number + 1][0] if number + 1 < len(found) else len(grid.rows)
        last = _last(grid, begin, end, is_end=end == len(grid.rows))
        if tables and (again := _continued(tables[-1], at, headings[0].rows)) is not None:
            tables[-1] = replace(tables[-1], last=last, again=tables[-1].again | again)
        else:
            tables.append(Table(grid, at, begin, last, headings, range(start, at)))
        start = last + 1
    return tables


def _continued(table: Table, at: int, rows: int) -> frozenset[int] | None:
    """The rows of headings at ``at``, and 续表 above them, if ``table`` goes on there; None if another one begins."""
    grid = table.grid
    if rows != table.first - table.at or any(
        grid.texts(at + n) != grid.texts(table.at + n) for n in range(rows)
    ):
        return None
    between = range(table.last + 1, at)
    if any(kind_of(grid.texts(row)) is not RowKind.CONTINUED for row in between if grid.texts(row)):
        return None
    return frozenset((*between, *range(at, at + rows)))


def _is_known(text: str, targets: Sequence[Target], known: dict[str, bool]) -> bool:
    """Whether the text is a heading of any of the tabs. ``known`` caches the answers."""
    if text not in known:
        known[text] = len(text) <= LONGEST and (
            plain(text) in SUBJECTS or any(target.headings.find(text.strip()) for target in targets)
        )
    return known[text]


def _best(grid: Grid, row: int, targets: Sequence[Target], known: dict[str, bool]) -> list[Heading]:
    """The best readings of the row, or of it and the row below, as headings."""
    if not any(_is_known(cell, targets, known) for cell in grid.rows[row] if isinstance(cell, str)):
        return []
    if any(isinstance(cell, int | float) for cell in grid.rows[row]) or not _may_be_headings(
        grid, row, targets, known
    ):
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
        return heading.known, -len(heading.unknown)

    best = max(map(fit, headings))
    fitting = [heading for heading in headings if fit(heading) == best]
    least = min(heading.rows for heading in fitting)
    if least > 1 and _is_line_above(grid, row, targets, known, best[0]):
        return []
    return [heading for heading in fitting if heading.rows == least]


def _may_be_headings(grid: Grid, row: int, targets: Sequence[Target], known: dict[str, bool]) -> bool:
    """Whether the row, or it and the row below, has as many known words as a heading needs."""
    here = [cell for cell in grid.rows[row] if isinstance(cell, str)]
    below = [cell for cell in grid.rows[row + 1] if isinstance(cell, str)] if row + 1 < len(grid.rows) else []
    words = sum(_is_known(cell, targets, known) for cell in here)
    return (
        words >= LEAST or len(here) == 1 or words + sum(_is_known(t, targets, known) for t in below) >= LEAST
    )


def _is_line_above(
    grid: Grid, row: int, targets: Sequence[Target], known: dict[str, bool], best: int
) -> bool:
    """Whether ``项目名称｜综合业务`` stands above headings that are as good without it (``best`` columns)."""
    texts = grid.texts(row)
    headings = [text for text in texts if _is_known(text, targets, known)]
    if len(headings) * 2 > len(texts) or any(map(unit_in_heading, headings)):
        return False
    if any(grid.merged.get((row + 1, column), (row + 1,))[0] == row for column in range(grid.width)):
        return False
    return any(read_headings(grid, row + 1, 1, target).known >= best for target in targets)


def read_headings(grid: Grid, row: int, rows: int, target: Target) -> Heading:
    columns: dict[int, str] = {}
    unknown: dict[int, str] = {}
    coded: dict[int, str] = {}
    for column in range(grid.width):
        at = grid.merged.get((row, column))
        if rows == 1 and at and at[1] != column:
            continue
        said = [as_text(grid.shown(row + n, column)).strip() for n in range(rows)]
        said = list(dict.fromkeys(text for text in said if text))
        name = target.headings.find(*said)
        if name == "" or (said and (plain(said[-1]) in NUMBERING or said[-1] in target.tab.hidden)):
            continue
        if name is None and target.has_subjects and plain(said[-1]) in SUBJECTS:
            coded[column] = "".join(said)
        elif name is None or name in columns.values():
            unknown[column] = "".join(said)
        else:
            columns[column] = name
    return Heading(target, columns, unknown, rows, coded)


def _last(grid: Grid, begin: int, end: int, *, is_end: bool) -> int:
    """The table's last row, before blank rows and the title of the next table."""
    last = end - 1
    while last >= begin:
        texts = grid.texts(last)
        if texts and (is_end or not _is_title(grid, last)):
            break
        last -= 1
    return last


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
                beside = grid.right_of(row, column)
                if value := as_text(grid.cell(row, beside)).strip():
                    yield value


def kind_of_tab(tab: Tab) -> str:
    """The words that distinguish a tab from one with the same columns: 长期, 年度, 采购."""
    return tab.title.removeprefix(PROJECTS_TAB)[:2]


def first_of(table: Table, least: int) -> int:
    """The first row, from 0, of a table that stands below other rows: its title, or its headings."""
    first = table.at
    while first > least and (not table.grid.texts(first - 1) or _is_title(table.grid, first - 1)):
        first -= 1
    return first
