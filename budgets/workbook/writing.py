"""Write an entry workbook as xlsx: locked headings, lists of choices, notes, last year's figures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from copy import copy

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ..domain.dossier import Dossier
from ..domain.money import Unit
from ..files.spreadsheet.cells import MAX_ROWS
from ..renderers.layout import text_height
from .book import PROJECT_COLUMN, PROJECTS_TAB, Record, Tab, TabColumn
from .manifest import HEADER_ROW, META, Stamp, tab_name
from .reference import CHOICES, LAST_YEAR, SUBJECTS, write_guide, write_last_year, write_subjects
from .styles import FORMATS, Styles, protect, put

_WIDTHS = {"amount": 16, "count": 11, "code": 30, "choice": 22, "text": 34}
_PER_CHARACTER = 2.0
"""Excel's units of column width in one CJK character."""
_LOWEST, _HIGHEST = 18.0, 400.0
"""The greatest height of a row, in points. Excel's limit is 409."""
_MOST_NAMES = 500
"""The most projects whose names are offered."""


def write(dossier: Dossier, unit: Unit, tabs: Sequence[Tab], stamp: Stamp) -> bytes:
    """Write the workbook with ``tabs``; amounts are in ``unit``."""
    workbook = Workbook()
    Styles(workbook)
    write_guide(workbook.active, dossier, unit, tabs, stamp)
    lists = _Lists(workbook)
    for tab in tabs:
        sheet = workbook.create_sheet(tab_name(tab.title))
        if tab.upright:
            _upright(sheet, tab, lists)
        else:
            _list(sheet, tab, lists)
    write_subjects(workbook.create_sheet(SUBJECTS), dossier)
    write_last_year(workbook.create_sheet(LAST_YEAR), dossier, unit)
    lists.write()
    meta = workbook.create_sheet(META)
    meta["A1"] = stamp.dump()
    meta.sheet_state = "veryHidden"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


class _Lists:
    """Write each list of choices once, in a column of a hidden sheet."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.columns: dict[tuple[str, ...], str] = {}

    def name(self, choices: tuple[str, ...]) -> str:
        """The defined name of a list."""
        return self.columns.setdefault(choices, f"选项{len(self.columns) + 1}")

    def write(self) -> None:
        sheet = self.workbook.create_sheet(CHOICES)
        for column, (choices, name) in enumerate(self.columns.items(), 1):
            for row, choice in enumerate(choices, 1):
                put(sheet.cell(row, column), choice)
            letter = get_column_letter(column)
            reference = f"'{CHOICES}'!${letter}$1:${letter}${len(choices)}"
            self.workbook.defined_names[name] = DefinedName(name, attr_text=reference)
        sheet.sheet_state = "hidden"


# --- tabs -----------------------------------------------------------------------------------------


def _upright(sheet: Worksheet, tab: Tab, lists: _Lists) -> None:
    """Write one label and value per row, in the order of the columns."""
    record = tab.records[0]
    put(sheet.cell(1, 1), "灰色格子不用填；其余按左侧名称填写。", "about")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=2)
    for row, column in enumerate(tab.columns, HEADER_ROW):
        put(sheet.cell(row, 1), column.title, "heading")
        cell = sheet.cell(row, 2)
        put(cell, record.values[column.name], _style(column))
        if column.note:
            sheet.cell(row, 1).comment = _comment(column.note)
        _offer(sheet, column.choices, lists, cell.coordinate)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 80
    for row in range(1, HEADER_ROW + len(tab.columns)):
        _fit(sheet, row)
    protect(sheet)


def _list(sheet: Worksheet, tab: Tab, lists: _Lists) -> None:
    lead = len(tab.leads)
    put(sheet.cell(1, 1), _about(tab), "about")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(2, len(tab.columns) + lead))
    sheet.row_dimensions[1].height = 30
    for number, title in enumerate(tab.leads, 1):
        put(sheet.cell(HEADER_ROW, number), title, "heading")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 28
        _dress(sheet, letter, "typed" if tab.open else "given")
    last = MAX_ROWS if tab.open else HEADER_ROW + len(tab.records)
    if PROJECT_COLUMN in tab.leads:
        _offer_names(sheet, f"A{HEADER_ROW + 1}:A{last}")
    if tab.subjects:
        letter = get_column_letter(lead)
        _offer(sheet, tab.subjects, lists, f"{letter}{HEADER_ROW + 1}:{letter}{last}")
    for number, column in enumerate(tab.columns, 1 + lead):
        heading = sheet.cell(HEADER_ROW, number)
        put(heading, column.title, "heading")
        if column.note:
            heading.comment = _comment(column.note)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS[column.kind]
        _dress(sheet, letter, _style(column) if tab.open else "given")
        _offer(sheet, column.choices, lists, f"{letter}{HEADER_ROW + 1}:{letter}{last}")
    first_hidden = len(tab.columns) + lead + 1
    for number, name in enumerate(tab.hidden, first_hidden):
        put(sheet.cell(HEADER_ROW, number), name, "given")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].hidden = True
        _dress(sheet, letter, "typed" if tab.open else "given")
    for row, record in enumerate(tab.records, HEADER_ROW + 1):
        _row(sheet, row, tab, record, lead)
        _fit(sheet, row)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1 + lead)
    protect(sheet)


def _row(sheet: Worksheet, row: int, tab: Tab, record: Record, lead: int) -> None:
    around = "typed" if tab.open else "given"
    for number, said in enumerate(record.leads, 1):
        put(sheet.cell(row, number), said, around)
    for number, column in enumerate(tab.columns, 1 + lead):
        put(sheet.cell(row, number), record.values.get(column.name), _style(column))
    for number, name in enumerate(tab.hidden, len(tab.columns) + lead + 1):
        put(sheet.cell(row, number), record.hidden.get(name) or None, around)


def _fit(sheet: Worksheet, row: int) -> None:
    """Fit the height of a row to its texts, because not every program does so."""
    heights = [
        text_height(cell.value, sheet.column_dimensions[cell.column_letter].width / _PER_CHARACTER)
        for cell in sheet[row]
        if isinstance(cell.value, str) and not sheet.column_dimensions[cell.column_letter].hidden
    ]
    sheet.row_dimensions[row].height = min(max([*heights, _LOWEST]), _HIGHEST)


def _dress(sheet: Worksheet, letter: str, style: str) -> None:
    """Style a whole column, so that empty rows are locked or unlocked as well."""
    model = Cell(sheet, row=1, column=1)
    model.style = style
    sheet.column_dimensions[letter]._style = copy(model._style)


def _about(tab: Tab) -> str:
    if not tab.open:
        return "行是固定的，只填白色格子。"
    said = "一行一条，可在下方空行继续填写，也可从其他表格复制后“选择性粘贴—数值”；整行清空即删除。"
    if tab.leads:
        said += "“所属项目”填“项目”页中的项目名称，与上一行相同时可以不填。"
    return said


def _style(column: TabColumn) -> str:
    return column.kind if column.kind in FORMATS else "typed"


def _comment(text: str) -> Comment:
    return Comment(text, "阳光预算", width=260, height=70)


def _offer(sheet: Worksheet, choices: tuple[str, ...], lists: _Lists, cells: str) -> None:
    if choices:
        _add_list(sheet, lists.name(choices), cells)


def _offer_names(sheet: Worksheet, cells: str) -> None:
    """The range with the names of projects, in the first column of their tab."""
    _add_list(sheet, f"'{PROJECTS_TAB}'!$A${HEADER_ROW + 1}:$A${HEADER_ROW + _MOST_NAMES}", cells)


def _add_list(sheet: Worksheet, formula: str, cells: str) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
    rule.add(cells)
    sheet.add_data_validation(rule)
