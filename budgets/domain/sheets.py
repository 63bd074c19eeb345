"""Sheet: a grid of merged, role-styled cells. Every table and form is one before it is rendered.

Pure. Rows are written as in HTML: a cell spans rows and columns, and later rows leave out what is
covered. `positions` gives absolute coordinates for renderers that need them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from .address import Address
from .ledger import Filter
from .money import Unit


class Role(StrEnum):
    HEADER = "header"
    LABEL = "label"
    TEXT = "text"
    CODE = "code"
    AMOUNT = "amount"
    PERCENT = "percent"
    COUNT = "count"
    NUMBER = "number"
    """A running number (行次, 序号)."""


class Orientation(StrEnum):
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


@dataclass(frozen=True, slots=True)
class Lines:
    """The cell is the total of the lines that ``filter`` matches. ``year``, if not 0, names an earlier year's report."""

    filter: Filter
    year: int = 0


Source = Address | Lines | None
Value = str | Decimal | int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. An amount is a `Decimal` already in the sheet's unit; a percentage is 0–100.

    ``key`` is ``table/row/column``, unique in its table and stable across revisions: comments,
    explanations, comparison and links hang on it. Empty on headers and labels.
    """

    value: Value = None
    role: Role = Role.TEXT
    rows: int = 1
    columns: int = 1
    key: str = ""
    source: Source = None
    indent: int = 0
    strong: bool = False
    scope: str = ""
    """For headers and labels: ``col``, ``row``, ``colgroup``, ``rowgroup`` (accessibility)."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Region:
    """A sub-table that is a formset when edited: ``rows`` are what is printed.

    ``fields`` names, left to right, the form field of each cell when edited, and ``columns`` its span;
    ``name`` is the formset's. ``head`` rows are printed above ``rows``; where an edited row has other
    fields than a printed one, ``edit_headers`` (one per field) take their place. A region without head
    and rows is edited and never printed.
    """

    name: str
    rows: tuple[Row, ...]
    fields: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    head: tuple[Row, ...] = ()
    edit_headers: tuple[str, ...] = ()


Block = Row | Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A printed sheet.

    ``table`` is the table's key in the profile (``T05``, or ``T13.<project key>`` for one sheet of many); ``number``
    the printed number (``表5``), ``title`` the printed title, ``name`` a short name for a tab.
    ``widths`` are relative column widths in CJK characters. ``head`` rows are repeated on every page.
    """

    table: str
    number: str
    title: str
    name: str
    department: str
    unit: Unit
    widths: tuple[float, ...]
    head: tuple[Row, ...]
    body: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    orientation: Orientation = Orientation.PORTRAIT
    show_unit: bool = True
    is_form: bool = False
    """Forms are label–value pages, tables are lists: they are styled and edited differently."""
    blank_zero: bool = False

    @property
    def heading(self) -> str:
        """``表5 2023年一般公共预算支出表``; of a form, of which there are many, its short name: ``表13-2 综合业务``."""
        name = self.name if self.is_form else self.title
        return name if name.startswith(self.number) else f"{self.number} {name}"

    @property
    def rows(self) -> Iterator[Row]:
        """All rows as printed, head first."""
        yield from self.head
        for block in self.body:
            if isinstance(block, Region):
                yield from block.head
                yield from block.rows
            else:
                yield block

    @property
    def cells(self) -> dict[str, Cell]:
        """The keyed cells by key."""
        return {cell.key: cell for row in self.rows for cell in row.cells if cell.key}


@dataclass(frozen=True, slots=True)
class Placed:
    row: int
    column: int
    cell: Cell
    in_head: bool
    total: bool


def positions(sheet: Sheet) -> Iterator[Placed]:
    """Every cell with its absolute place, counted from 0; raises ValueError where spans collide or overrun."""
    covered: set[tuple[int, int]] = set()
    width = len(sheet.widths)
    for r, row in enumerate(sheet.rows):
        c = 0
        for cell in row.cells:
            while (r, c) in covered:
                c += 1
            area = {(r + i, c + j) for i in range(cell.rows) for j in range(cell.columns)}
            if c + cell.columns > width or covered & area:
                raise ValueError(f"{sheet.table}: row {r} does not fit its {width} columns")
            covered |= area
            yield Placed(r, c, cell, r < len(sheet.head), row.total)
            c += cell.columns
        if any((r, i) not in covered for i in range(width)):
            raise ValueError(f"{sheet.table}: row {r} leaves columns empty")


def merge_equal(rows: list[Row], columns: int) -> list[Row]:
    """Merge equal neighbours downwards in the first ``columns`` cells, outer columns first.

    A cell is merged with the one above only where everything to its left is merged too. All rows must
    have the same cells, unspanned.
    """
    if not rows:
        return rows
    grid = [list(row.cells) for row in rows]
    drop: set[tuple[int, int]] = set()
    starts = [0] * columns
    for r in range(1, len(grid)):
        for c in range(columns):
            if grid[r][c].value == grid[starts[c]][c].value and grid[r][c].value not in ("", None):
                head = grid[starts[c]][c]
                grid[starts[c]][c] = replace(head, rows=head.rows + 1)
                drop.add((r, c))
            else:
                for inner in range(c, columns):
                    starts[inner] = r
                break
    return [
        replace(rows[r], cells=tuple(cell for c, cell in enumerate(grid[r]) if (r, c) not in drop))
        for r in range(len(grid))
    ]


@dataclass
class HeaderTree:
    """A header written as a tree, laid out over as many rows as it is deep.

    ``HeaderTree([("收入", ["项目", "预算数"]), "合计"]).rows()``
    """

    nodes: list[str | tuple[str, list]] = field(default_factory=list)

    def rows(self) -> tuple[Row, ...]:
        depth = _depth(self.nodes)
        out: list[list[Cell]] = [[] for _ in range(depth)]
        _lay(self.nodes, 0, depth, out)
        return tuple(Row(tuple(cells)) for cells in out)


def _depth(nodes: list) -> int:
    return max((1 + (_depth(n[1]) if isinstance(n, tuple) else 0) for n in nodes), default=0)


def _width(node: str | tuple) -> int:
    return sum(_width(n) for n in node[1]) if isinstance(node, tuple) else 1


def _lay(nodes: list, level: int, depth: int, out: list[list[Cell]]) -> None:
    for node in nodes:
        if isinstance(node, tuple):
            out[level].append(Cell(node[0], Role.HEADER, columns=_width(node), scope="colgroup"))
            _lay(node[1], level + 1, depth, out)
        else:
            out[level].append(Cell(node, Role.HEADER, rows=depth - level, scope="col"))
