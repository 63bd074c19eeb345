"""Sheets as an Excel workbook: a contents sheet, then one worksheet per sheet, ready to print on A4.

Pure. Numbers are real numbers, text is never a formula, and the same sheets give the same bytes, because
published files are addressed by their content.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from budgets.domain.sheets import Cell, Role, Sheet

from ..columns import divided_spans
from ..layout import Area
from ..packaging import settled
from ..values import number, text
from . import styles
from .front import CONTENTS, COVER, write_contents, write_cover
from .pages import Piece
from .print import plan
from .styles import Look, Styles
from .worksheet import Merged, fit_on_one_page, link, set_text, set_up_page, set_widths

EPOCH = datetime(2000, 1, 1)
"""The default creation time of a workbook."""

_LONGEST_NAME = 31
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = {"history", CONTENTS, COVER}


def render(
    sheets: Sequence[Sheet],
    *,
    title: str,
    cover: Sequence[tuple[str, str]] = (),
    creator: str = "",
    created: datetime = EPOCH,
) -> bytes:
    """The workbook of ``sheets`` in their order, under a contents sheet headed ``title``.

    With ``cover``, pairs of a label and a value, a cover stands before it: 公开表, with title, department and the pairs.
    ``creator`` and ``created`` become document properties. Nothing else in the file depends on who made it or when.
    """
    workbook = Workbook()
    properties = workbook.properties
    properties.title, properties.creator = text(title), text(creator)
    properties.created = properties.modified = created.replace(microsecond=0, tzinfo=None)
    looks = Styles(workbook)
    contents = workbook.active
    contents.title = CONTENTS
    names = _sheet_names(sheets)
    for sheet, name in zip(sheets, names, strict=True):
        _SheetWriter(workbook.create_sheet(name), looks, sheet).write()
    write_contents(contents, looks, title, sheets, names)
    if cover:
        write_cover(workbook.create_sheet(COVER, 0), looks, title, sheets, cover)
    return _saved(workbook)


def _sheet_names(sheets: Sequence[Sheet]) -> list[str]:
    """Tab names that Excel accepts: at most 31 characters, none of them forbidden, no two alike."""
    taken = set(_RESERVED)
    names = []
    for sheet in sheets:
        wanted = _NOT_IN_NAME.sub("", text(sheet.name)).strip(" '") or text(sheet.table)
        name, count = wanted[:_LONGEST_NAME].strip(" '"), 1
        while name.casefold() in taken:
            count += 1
            suffix = f" ({count})"
            name = wanted[: _LONGEST_NAME - len(suffix)] + suffix
        taken.add(name.casefold())
        names.append(name)
    return names


class _SheetWriter:
    """Writes one sheet: number, title, department and unit, head, body, notes, as planned for print."""

    def __init__(self, worksheet: Worksheet, looks: Styles, sheet: Sheet) -> None:
        self.worksheet, self.looks, self.sheet = worksheet, looks, sheet
        self.plan = plan(sheet)
        self.columns = self.plan.columns
        self.top = len(self.plan.caption_heights)
        """The row in which the grid begins."""
        worksheet.merged_cells = Merged()

    def write(self) -> None:
        set_widths(self.worksheet, self.columns.widths)
        for caption in self.plan.captions:
            self._put(caption.text, caption.look, caption.row, caption.row, caption.left, caption.right)
        self._grid()
        for row, height in enumerate((*self.plan.caption_heights, *self.plan.pages.heights), 1):
            self.worksheet.row_dimensions[row].height = height
        self._back_link()
        self._set_up_print()

    def _grid(self) -> None:
        for piece in self.plan.pages.pieces:
            for left, right in divided_spans(piece.area.left, piece.area.right, self.columns.edges()):
                self._put_piece(piece, left, right)

    def _put_piece(self, piece: Piece, left: int, right: int) -> None:
        """Write a piece of an area. What is divided by columns is a heading, of which each block has the text."""
        placed = piece.area.placed
        value = placed.cell if piece.text is None else piece.text
        self._put(value, self._look(piece.area), self.top + piece.first, self.top + piece.last, left, right)

    def _look(self, area: Area) -> Look:
        if area.note:
            return styles.NOTE
        placed = area.placed
        return styles.look(placed.cell, self.sheet, total=placed.total, continued=area.continued)

    def _put(self, value: Cell | str, look: Look, top: int, bottom: int, left: int, right: int) -> None:
        """Write ``value`` over an area, counted from 0. Every cell is styled, for the borders."""
        for row in range(top + 1, bottom + 2):
            across = range(left + 1, right + 2)
            self.looks.dress((self.worksheet.cell(row, column) for column in across), look)
        if (bottom, right) != (top, left):
            area = CellRange(min_row=top + 1, max_row=bottom + 1, min_col=left + 1, max_col=right + 1)
            self.worksheet.merged_cells.ranges.add(area)
        first = self.worksheet.cell(top + 1, left + 1)
        if isinstance(value, Cell):
            _set_value(first, value)
        else:
            set_text(first, value)

    def _back_link(self) -> None:
        """Make the number, or else the title, a link to the contents that does not look like one."""
        first = next((caption for caption in self.plan.captions if caption.text), None)
        if first:
            cell = self.worksheet.cell(first.row + 1, first.left + 1)
            link(cell, CONTENTS, f"返回{CONTENTS}")

    def _set_up_print(self) -> None:
        worksheet, columns = self.worksheet, self.columns
        head_end = self.top + self.plan.layout.head
        last = get_column_letter(len(columns.widths))
        if not self.sheet.is_form:
            worksheet.freeze_panes = f"{get_column_letter(columns.labels + 1)}{head_end + 1}"
        worksheet.print_title_rows = f"1:{head_end}"
        worksheet.print_area = f"A1:{last}{self.top + len(self.plan.pages.heights)}"
        set_up_page(worksheet, self.sheet.orientation)
        self._set_pages()

    def _set_pages(self) -> None:
        """One page is fitted. More have breaks, which Excel ignores where it fits."""
        worksheet, columns = self.worksheet, self.columns
        worksheet.page_setup.scale = self.plan.scale
        if self.plan.is_one_page:
            fit_on_one_page(worksheet)
            return
        for row in self.plan.pages.breaks:
            worksheet.row_breaks.append(Break(id=self.top + row))
        for column in columns.edges():
            worksheet.col_breaks.append(Break(id=column))
        if columns.divided and columns.labels:
            worksheet.print_title_cols = f"A:{get_column_letter(columns.labels)}"


def _set_value(target: ExcelCell, cell: Cell) -> None:
    value = number(cell)
    if value is None:
        set_text(target, text(cell.value))
    else:
        target.value = Decimal(value) / 100 if cell.role is Role.PERCENT else value


def _saved(workbook: Workbook) -> bytes:
    """The bytes of the file, without the time that openpyxl stamps on its entries."""
    raw = io.BytesIO()
    ExcelWriter(workbook, ZipFile(raw, "w", ZIP_STORED)).save()
    return settled(raw.getvalue())
