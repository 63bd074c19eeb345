"""What every worksheet of the workbook has in common: text that stays text, widths, links, the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.cell import Cell as ExcelCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.sheets import Orientation

from ..values import FORMULA_STARTS, text
from .print import MARGIN_BOTTOM, MARGIN_SIDE, MARGIN_TOP

_UNITS_PER_CHARACTER = 2.0
"""Excel's units of column width, digits of `budgets.renderers.xlsx_styles.NORMAL`, in one CJK character."""
_A4 = 9
_LONGEST_TEXT = 32_767
_CUT = "…（超出单元格上限，余下内容见网页）"


class Merged(MultiCellRange):
    """Merged ranges in a fixed order. The order of a set differs from run to run."""

    def __iter__(self) -> Iterator[CellRange]:
        return iter(self.sorted())


def set_text(target: ExcelCell, value: str) -> None:
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


def link(cell: ExcelCell, name: str, tooltip: str | None = None) -> None:
    """Make ``cell`` a link to the worksheet ``name``."""
    quoted = name.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1", tooltip=tooltip)


def set_widths(worksheet: Worksheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = width * _UNITS_PER_CHARACTER


def set_up_page(worksheet: Worksheet, orientation: Orientation, *, numbered: bool = True) -> None:
    """A4 with its margins, and the number of the page below unless it is not ``numbered``."""
    worksheet.page_setup.paperSize, worksheet.page_setup.orientation = _A4, orientation.value
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = MARGIN_SIDE
    margins.top, margins.bottom = MARGIN_TOP, MARGIN_BOTTOM
    margins.header = margins.footer = 0.35
    if numbered:
        worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
        worksheet.oddFooter.center.size = 9
    worksheet.sheet_view.showGridLines = False


def fit_on_one_page(worksheet: Worksheet) -> None:
    fit_to_width(worksheet, pages=1)


def fit_to_width(worksheet: Worksheet, *, pages: int = 0) -> None:
    """Shrink the columns to one page, and the rows to as many as ``pages`` says, 0 for any number."""
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, pages
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
