"""The cell styles of the workbook: each a named style, made once and reused by name. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell as ExcelCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray

from budgets.domain.sheets import Cell, Role, Sheet

from ..layout import BODY_SIZE
from ..values import number, places

SONG, HEI = "宋体", "黑体"
NORMAL = "Times New Roman"
"""The font in whose digits a workbook measures its columns.

In 10.5 pt its digit is half a CJK character. Systems that lack it have one of the same measures, unlike for Calibri.
"""
TITLE_SIZE = 16.0

AMOUNT_FORMAT = "#,##0.00"
BLANK_ZERO_FORMAT = "#,##0.00;-#,##0.00;;@"
PERCENT_FORMAT = "0.00%"
COUNT_FORMAT = "0"
TEXT_FORMAT = "@"

_HAIRLINE = Side(style="thin", color="808080")
_GRID = Border(left=_HAIRLINE, right=_HAIRLINE, top=_HAIRLINE, bottom=_HAIRLINE)
_GREY = "F2F2F2"
_BLUE = "1F4E79"

_ALIGNED = {
    Role.HEADER: "center",
    Role.NUMBER: "center",
    Role.AMOUNT: "right",
    Role.PERCENT: "right",
    Role.COUNT: "right",
}
_FORMATS = {
    Role.AMOUNT: AMOUNT_FORMAT,
    Role.PERCENT: PERCENT_FORMAT,
    Role.COUNT: COUNT_FORMAT,
    Role.NUMBER: "0",
}


@dataclass(frozen=True, slots=True)
class Look:
    """The properties in which styles differ."""

    font: str = SONG
    size: float = BODY_SIZE
    bold: bool = False
    colour: str = ""
    filled: bool = False
    bordered: bool = True
    horizontal: str = "left"
    vertical: str = "center"
    indent: int = 0
    format: str = TEXT_FORMAT

    @property
    def name(self) -> str:
        kinds = [
            self.font,
            f"{self.size:g}",
            "bold" if self.bold else "",
            self.colour,
            "filled" if self.filled else "",
            "" if self.bordered else "bare",
            self.horizontal,
            self.vertical,
            str(self.indent or ""),
            "" if self.format == TEXT_FORMAT else self.format,
        ]
        return " ".join(kind for kind in kinds if kind)


NUMBER_LINE = Look(bordered=False, colour="000000")
TITLE = Look(HEI, TITLE_SIZE, bordered=False, horizontal="center")
UNIT_LINE = Look(bordered=False, horizontal="right")
NOTE = Look(bordered=False, vertical="top")
COVER_SIZE = 14.0
COVER_TITLE = Look(HEI, 26.0, bordered=False, horizontal="center")
COVER_LABEL = Look(SONG, COVER_SIZE, bordered=False, horizontal="right")
COVER_VALUE = Look(SONG, COVER_SIZE, bordered=False)
LISTED = Look()
LISTED_LINK = Look(colour=_BLUE)
LIST_HEAD = Look(HEI, filled=True, horizontal="center")


def look(cell: Cell, sheet: Sheet, *, total: bool, continued: bool) -> Look:
    """The style of ``cell``. A cell that is ``continued`` over several rows is aligned at the top."""
    header = cell.role is Role.HEADER
    form_label = sheet.is_form and cell.role is Role.LABEL
    return Look(
        font=HEI if header else SONG,
        bold=not header and (cell.strong or total),
        filled=header or form_label,
        horizontal=_horizontal(cell, sheet),
        vertical="top" if continued else "center",
        indent=cell.indent,
        format=_format(cell, sheet),
    )


def _horizontal(cell: Cell, sheet: Sheet) -> str:
    if cell.role is Role.LABEL:
        narrow = sheet.is_form and cell.columns * 4 <= len(sheet.widths)
        return "center" if narrow and not cell.indent else "left"
    return _ALIGNED.get(cell.role, "left")


def _format(cell: Cell, sheet: Sheet) -> str:
    value = number(cell)
    if value is None:
        return TEXT_FORMAT
    known = _FORMATS[cell.role]
    if cell.role is Role.AMOUNT and sheet.blank_zero:
        known = BLANK_ZERO_FORMAT
    if cell.role is Role.AMOUNT:
        return known.replace("0.00", "0." + "0" * max(places(value), 2))
    if cell.role is Role.COUNT and places(value):
        return f"{known}.{'0' * places(value)}"
    return known


class Styles:
    """The named styles of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        workbook._named_styles["Normal"].font = Font(name=NORMAL, size=BODY_SIZE)
        self._models: dict[Look, StyleArray] = {}

    def dress(self, cells: Iterable[ExcelCell], look: Look) -> None:
        """Give ``cells`` the style with ``look``. It is registered at its first use, and looked up by name only then."""
        for cell in cells:
            if look in self._models:
                cell._style = copy(self._models[look])
            else:
                self._workbook.add_named_style(_named_style(look))
                cell.style = look.name
                self._models[look] = copy(cell._style)


def _named_style(look: Look) -> NamedStyle:
    wrap = look.format == TEXT_FORMAT
    return NamedStyle(
        name=look.name,
        font=Font(name=look.font, size=look.size, bold=look.bold, color=look.colour or None, charset=134),
        fill=PatternFill("solid", fgColor=_GREY) if look.filled else PatternFill(),
        border=_GRID if look.bordered else Border(),
        alignment=Alignment(
            horizontal=look.horizontal, vertical=look.vertical, indent=look.indent, wrap_text=wrap
        ),
        number_format=look.format,
    )
