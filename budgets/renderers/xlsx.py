"""Sheets as an Excel workbook: a contents sheet, then one worksheet per sheet, ready to print on A4.

Pure. Numbers are real numbers, text is never a formula, and the same sheets give the same bytes, because
published files are addressed by their content.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from budgets.domain.sheets import Cell, Orientation, Role, Sheet

from . import xlsx_styles as styles
from .layout import MAX_ROW, Layout, column_widths, lay_out, text_height
from .values import FORMULA_STARTS, department_line, number, text, unit_line
from .xlsx_styles import Look, Styles

CONTENTS = "目录"
EPOCH = datetime(2000, 1, 1)
"""The default creation time of a workbook."""

_PAGE_WIDTH = {Orientation.PORTRAIT: 49.0, Orientation.LANDSCAPE: 72.5}
"""Printable width of A4, in CJK characters."""
_UNITS_PER_CHARACTER = 2.0
"""Excel's units of column width (digits) in one CJK character."""
_A4 = 9
_LONGEST_TEXT = 32_767
_CUT = "…（超出单元格上限，余下内容见网页）"
_LONGEST_NAME = 31
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = {"history", CONTENTS}
_UNIT_WIDTH = 7.0
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def render(sheets: Sequence[Sheet], *, title: str, creator: str = "", created: datetime = EPOCH) -> bytes:
    """The workbook of ``sheets`` in their order, under a contents sheet headed ``title``.

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
    _write_contents(contents, looks, title, sheets, names)
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


class _Merged(MultiCellRange):
    """Merged ranges in a fixed order. The order of a set differs from run to run."""

    def __iter__(self) -> Iterator[CellRange]:
        return iter(self.sorted())


class _SheetWriter:
    """Writes one sheet: number, title, department and unit, head, body, notes."""

    def __init__(self, worksheet: Worksheet, looks: Styles, sheet: Sheet) -> None:
        self.worksheet, self.looks, self.sheet = worksheet, looks, sheet
        self.page = _PAGE_WIDTH[sheet.orientation]
        self.widths = column_widths(sheet, self.page)
        self.row = 0
        worksheet.merged_cells = _Merged()

    def write(self) -> None:
        sheet, worksheet = self.sheet, self.worksheet
        _set_widths(worksheet, self.widths)
        self._line(sheet.number, styles.NUMBER_LINE)
        self._line(sheet.title, styles.TITLE)
        self._department_and_unit()
        layout = lay_out(sheet, self.widths)
        head_end = self.row + layout.head
        self._grid(layout)
        for note in sheet.notes:
            self._line(note, styles.NOTE)
        if not sheet.is_form:
            worksheet.freeze_panes = f"A{head_end + 1}"
        worksheet.print_title_rows = f"1:{head_end}"
        worksheet.print_area = f"A1:{get_column_letter(len(self.widths))}{self.row}"
        _set_up_page(worksheet, sheet.orientation)
        self._back_link()

    def _line(self, value: str, look: Look) -> None:
        """A line of text over the whole width, on as many rows as it needs."""
        height = text_height(text(value), sum(self.widths), look.size)
        pieces = max(1, -int(-height // MAX_ROW))
        self._put(value, look, self.row, self.row + pieces - 1, 0, len(self.widths) - 1)
        for piece in range(pieces):
            self._height(self.row + piece, height / pieces)
        self.row += pieces

    def _department_and_unit(self) -> None:
        """Write 部门 at the left and 单位 at the right, over as many last columns as it needs."""
        left, right = department_line(self.sheet), unit_line(self.sheet)
        last = len(self.widths) - 1
        split = last
        while split > 1 and sum(self.widths[split:]) < _UNIT_WIDTH:
            split -= 1
        if not right or split == 0:
            self._line(f"{left}　{right}".strip(), styles.NUMBER_LINE)
            return
        self._put(left, styles.NUMBER_LINE, self.row, self.row, 0, split - 1)
        self._put(right, styles.UNIT_LINE, self.row, self.row, split, last)
        self._height(
            self.row,
            max(text_height(left, sum(self.widths[:split])), text_height(right, sum(self.widths[split:]))),
        )
        self.row += 1

    def _grid(self, layout: Layout) -> None:
        for area in layout.areas:
            placed = area.placed
            look = styles.look(placed.cell, self.sheet, total=placed.total, continued=area.continued)
            self._put(placed.cell, look, self.row + area.first, self.row + area.last, area.left, area.right)
        for offset, height in enumerate(layout.heights):
            self._height(self.row + offset, height)
        self.row += len(layout.heights)

    def _put(self, value: Cell | str, look: Look, top: int, bottom: int, left: int, right: int) -> None:
        """Write ``value`` over an area, counted from 0. Every cell is styled, for the borders."""
        name = self.looks.name(look)
        for row in range(top + 1, bottom + 2):
            for column in range(left + 1, right + 2):
                self.worksheet.cell(row, column).style = name
        if (bottom, right) != (top, left):
            area = CellRange(min_row=top + 1, max_row=bottom + 1, min_col=left + 1, max_col=right + 1)
            self.worksheet.merged_cells.ranges.add(area)
        first = self.worksheet.cell(top + 1, left + 1)
        if isinstance(value, Cell):
            _set_value(first, value)
        else:
            _set_text(first, value)

    def _height(self, row: int, height: float) -> None:
        self.worksheet.row_dimensions[row + 1].height = round(height, 1)

    def _back_link(self) -> None:
        """Write the link 返回目录 beside the printed area."""
        cell = self.worksheet.cell(1, len(self.widths) + 2)
        cell.style = self.looks.name(styles.LINK)
        _set_text(cell, f"返回{CONTENTS}")
        _link(cell, CONTENTS)
        self.worksheet.column_dimensions[cell.column_letter].width = 10


def _set_value(target: ExcelCell, cell: Cell) -> None:
    value = number(cell)
    if value is None:
        _set_text(target, text(cell.value))
    else:
        target.value = Decimal(value) / 100 if cell.role is Role.PERCENT else value


def _set_text(target: ExcelCell, value: str) -> None:
    """Write text as text. openpyxl would read '=…' as a formula and '#N/A' as an error."""
    value = text(value)
    if not value:
        return
    if len(value) > _LONGEST_TEXT:
        value = value[: _LONGEST_TEXT - len(_CUT)] + _CUT
    target.value = value
    target.data_type = "s"
    if value.startswith(FORMULA_STARTS):
        target.quotePrefix = True


def _link(cell: ExcelCell, name: str) -> None:
    quoted = name.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")


def _set_widths(worksheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = width * _UNITS_PER_CHARACTER


def _set_up_page(worksheet: Worksheet, orientation: Orientation) -> None:
    setup = worksheet.page_setup
    setup.paperSize, setup.orientation = _A4, orientation.value
    setup.fitToWidth, setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    margins.header = margins.footer = 0.35
    worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    worksheet.oddFooter.center.size = 9
    worksheet.sheet_view.showGridLines = False


def _write_contents(
    worksheet: Worksheet, looks: Styles, title: str, sheets: Sequence[Sheet], names: Sequence[str]
) -> None:
    """目录: number and title of every sheet, each a link to it."""
    worksheet.merged_cells = _Merged()
    widths = (9.0, 40.0)
    _set_widths(worksheet, widths)
    worksheet.merged_cells.ranges.add(CellRange("A1:B1"))
    _contents_row(worksheet, looks, 1, (title, ""), (styles.TITLE, styles.TITLE))
    worksheet.row_dimensions[1].height = text_height(text(title), sum(widths), styles.TITLE_SIZE) + 12
    _contents_row(worksheet, looks, 2, ("表号", "名称"), (styles.LIST_HEAD, styles.LIST_HEAD))
    worksheet.row_dimensions[2].height = text_height("", widths[0])
    listed = zip(sheets, names, _listed_titles(sheets), strict=True)
    for row, (sheet, name, listed_title) in enumerate(listed, 3):
        entry = (sheet.number, listed_title)
        _contents_row(worksheet, looks, row, entry, (styles.LISTED, styles.LISTED_LINK))
        _link(worksheet.cell(row, 2), name)
        worksheet.row_dimensions[row].height = max(
            text_height(text(value), width) for value, width in zip(entry, widths, strict=True)
        )
    worksheet.print_title_rows = "1:2"
    worksheet.print_area = f"A1:B{len(sheets) + 2}"
    worksheet.freeze_panes = "A3"
    _set_up_page(worksheet, Orientation.PORTRAIT)


def _contents_row(
    worksheet: Worksheet, looks: Styles, row: int, values: tuple[str, str], of: tuple[Look, Look]
) -> None:
    for column, (value, look) in enumerate(zip(values, of, strict=True), 1):
        cell = worksheet.cell(row, column)
        cell.style = looks.name(look)
        _set_text(cell, value)


def _listed_titles(sheets: Sequence[Sheet]) -> list[str]:
    """The titles. Sheets that share a title get their names as well."""
    alike = Counter(sheet.title for sheet in sheets)
    return [
        sheet.title
        if alike[sheet.title] == 1
        else f"{sheet.title}：{sheet.name.removeprefix(sheet.number).strip()}"
        for sheet in sheets
    ]


def _saved(workbook: Workbook) -> bytes:
    """The bytes of the file. openpyxl stamps zip entries with the current time, so they are written again."""
    raw = io.BytesIO()
    ExcelWriter(workbook, ZipFile(raw, "w", ZIP_STORED)).save()
    out = io.BytesIO()
    with ZipFile(raw) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _ZIP_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return out.getvalue()
