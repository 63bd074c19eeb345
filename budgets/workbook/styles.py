"""The styles of an entry workbook's cells, and which cells are locked."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..renderers.values import FORMULA_STARTS
from .book import Value

FORMATS = {"amount": "#,##0.00####", "count": "0"}

_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


class Styles:
    """The looks, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        wrapped = Alignment(vertical="top", wrap_text=True)
        looks: dict[str, dict[str, Any]] = {
            "heading": {
                "font": Font(name="宋体", size=11, bold=True),
                "fill": PatternFill("solid", fgColor="E8EEF4"),
                "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
                "border": _BORDER,
            },
            "about": {"font": Font(name="宋体", size=10, color="595959"), "alignment": wrapped},
            "typed": {
                "font": Font(name="宋体", size=11),
                "alignment": wrapped,
                "border": _BORDER,
                "protection": Protection(locked=False),
                "number_format": "@",
            },
            "given": {
                "font": Font(name="宋体", size=11),
                "fill": PatternFill("solid", fgColor="F2F2F2"),
                "alignment": wrapped,
                "border": _BORDER,
            },
        }
        for kind, number_format in FORMATS.items():
            looks[kind] = {
                **looks["typed"],
                "alignment": Alignment(horizontal="right", vertical="top"),
                "number_format": number_format,
            }
        for name, look in looks.items():
            workbook.add_named_style(NamedStyle(name=name, **look))


def put(cell: Cell, value: Value, style: str = "") -> None:
    if style:
        cell.style = style
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True


def protect(sheet: Worksheet) -> None:
    """Lock the headings, without a password. Rows can be added, deleted, sorted and resized.

    The tab is printed in landscape on A4, fitted to the width of the page.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    protection = sheet.protection
    protection.sheet = True
    protection.insertRows = protection.deleteRows = protection.sort = protection.autoFilter = False
    protection.formatCells = protection.formatColumns = protection.formatRows = False
