"""How sheets fit paper: the size of their type, tables split by columns, sub-tables with heads of their own.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..domain.sheets import Cell, Orientation, Region, Role, Row, Sheet, positions
from .columns import columns_of
from .layout import BODY_SIZE, column_widths, lay_out, line_count

PAGE_WIDTH = {Orientation.PORTRAIT: 47.0, Orientation.LANDSCAPE: 70.0}
"""The width of a table on A4 with margins of 18 mm, in CJK characters of 10.5 pt."""
SMALLEST = 8.0
"""The smallest type of a table, in points. A table that needs a smaller one is split by columns."""
ONE_PAGE_SIZES = (BODY_SIZE, 10.0, 9.5, 9.0, 8.5)
"""The sizes in which a table of little more than a page is tried on one."""
CONTINUED = "（续）"

LITTLE_MORE = 1.2
"""Pages of a form up to which it is made to fit one."""
_ROUNDING = 1.01
_FORM_TITLE = 26.0
"""The second title of a form, in points."""
_PAGE_HEIGHT = {Orientation.PORTRAIT: 675.0, Orientation.LANDSCAPE: 430.0}
"""The height that a page has below the title of a table, in points."""
_NOTE = 16.0
"""The height of a line of notes, in points."""
_TIGHTER = 0.93
"""Rows are lower here than in a workbook, for which their heights are computed."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a sheet below their own head, which is printed again on every page that they reach."""

    head: tuple[Row, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet, or the columns of one that fit a page. ``widths`` are in CJK characters, ``size`` in points.

    ``level`` is that of its heading.
    """

    sheet: Sheet
    widths: tuple[float, ...]
    size: float
    is_continued: bool = False
    level: int = 2

    @property
    def heading(self) -> str:
        return self.sheet.heading + (CONTINUED if self.is_continued else "")

    @property
    def title(self) -> str:
        """The printed title of a form, which its heading does not say; empty for others."""
        return self.sheet.title if self.sheet.is_form and self.sheet.title != self.heading else ""


def pages_of(sheet: Sheet) -> Iterator[Page]:
    """The sheet in type of at least `SMALLEST`: whole, or the groups of its columns with the labels repeated."""
    page = PAGE_WIDTH[sheet.orientation]
    columns = columns_of(sheet, page, page * BODY_SIZE / SMALLEST)
    if not columns.divided:
        yield _on_one(sheet, page) or _page(sheet, columns.widths, page)
        return
    for number, block in enumerate(columns.blocks):
        shown = [*range(columns.labels), *block]
        widths = [columns.widths[column] for column in shown]
        yield _page(_with_columns(sheet, shown), widths, page, is_continued=number > 0)


def _page(sheet: Sheet, widths: Sequence[float], page: float, *, is_continued: bool = False) -> Page:
    size = min(BODY_SIZE, BODY_SIZE * page / sum(widths))
    return Page(sheet, tuple(widths), round(size, 2), is_continued)


def _on_one(sheet: Sheet, page: float) -> Page | None:
    """The sheet in the largest type in which it fits one page; None if that were too small.

    A form is made smaller only if it is little longer than a page.
    """
    room = _PAGE_HEIGHT[sheet.orientation] - (_FORM_TITLE if sheet.is_form else 0)
    room -= sum(line_count(note, page) for note in sheet.notes) * _NOTE
    for size in ONE_PAGE_SIZES:
        widths = column_widths(sheet, page * BODY_SIZE / size)
        height = sum(lay_out(sheet, widths).heights) * _TIGHTER * size / BODY_SIZE
        if sheet.is_form and height > room * LITTLE_MORE:
            return None
        if height <= room and sum(widths) * size <= page * BODY_SIZE * _ROUNDING:
            return Page(sheet, tuple(widths), size)
    return None


def _with_columns(sheet: Sheet, columns: Sequence[int]) -> Sheet:
    """The sheet with these columns alone. Only tables of plain rows are split, never forms."""
    wanted = set(columns)
    rows: list[list[Cell]] = [[] for _ in sheet.rows]
    totals = [row.total for row in sheet.rows]
    for p in positions(sheet):
        span = [column for column in range(p.column, p.column + p.cell.columns) if column in wanted]
        if span:
            rows[p.row].append(replace(p.cell, columns=len(span)))
    made = [Row(tuple(cells), total) for cells, total in zip(rows, totals, strict=True)]
    head = len(sheet.head)
    return replace(
        sheet,
        widths=tuple(sheet.widths[column] for column in columns),
        head=tuple(made[:head]),
        body=tuple(made[head:]),
    )


def blocks_of(sheet: Sheet) -> list[Block]:
    """The rows of the sheet, cut before each sub-table with heads of its own and behind a `Region`, never within a cell.

    A table is one block with the sheet's head; the title of a sub-table belongs to its head.
    """
    blocks = [Block(sheet.head, ())]
    for each in sheet.body:
        last = blocks[-1]
        if isinstance(each, Region):
            titles = () if last.rows else blocks.pop().head
            blocks += [Block((*titles, *each.head), each.rows), Block((), ())]
        elif not _is_head(each):
            blocks[-1] = Block(last.head, (*last.rows, each))
        elif last.rows:
            blocks.append(Block((each,), ()))
        else:
            blocks[-1] = Block((*last.head, each), ())
    return _uncut([block for block in blocks if block.head or block.rows])


def _is_head(row: Row) -> bool:
    """Whether it is a title of a sub-table, or the headings of its columns."""
    return all(cell.role is Role.HEADER for cell in row.cells)


def _uncut(blocks: Sequence[Block]) -> list[Block]:
    """Blocks over whose border a cell reaches are one, without a head that is repeated."""
    whole: list[Block] = []
    reach = 0
    for block in blocks:
        rows = (*block.head, *block.rows)
        if whole and reach > 0:
            before = whole.pop()
            block = Block((), (*before.head, *before.rows, *rows))
        for row in rows:
            reach = max(reach, *(cell.rows for cell in row.cells), 0) - 1
        whole.append(block)
    return whole


def is_centred(cell: Cell, sheet: Sheet) -> bool:
    """Heads, running numbers, and the labels of a form that take no more than a quarter of its width."""
    if cell.role is Role.LABEL:
        return sheet.is_form and cell.columns * 4 <= len(sheet.widths) and not cell.indent
    return cell.role in (Role.HEADER, Role.NUMBER)
