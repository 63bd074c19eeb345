"""An entry workbook as xlsx: headings that cannot be changed, lists to choose from, notes, last year's figures."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..choices import ReportKind
from ..dossier import Dossier
from ..forms.fields import selectable
from ..ledger import Line
from ..models import Report
from ..money import Unit, to_unit
from ..renderers.layout import text_height
from ..renderers.values import FORMULA_STARTS
from .book import Column, Record, Tab, Value

FORMAT = "yangguang-entry/1"
MAX_ROWS = 20_000
GUIDE, SUBJECTS, LAST_YEAR, CHOICES, META = "填写说明", "科目", "上年数", "_选项", "_编报"
HEADER_ROW = 2
"""Of every list: the first row says what the tab is, the second has the headings."""

_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDTHS = {"amount": 16, "count": 11, "code": 30, "choice": 22, "text": 34}
_PER_CHARACTER = 2.0
"""Excel's units of width in one CJK character."""
_LOWEST, _HIGHEST = 18.0, 400.0
"""Of a row, in points; Excel stops at 409."""
_FORMATS = {"amount": "#,##0.00####", "count": "0"}


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a workbook says of itself. ``bases`` are the sections' version numbers when it was made.

    ``adds``: it was handed out empty, what it holds comes in addition.
    """

    department: str
    year: int
    kind: str
    profile: str
    unit: str
    bases: Mapping[str, int]
    project: str = ""
    adds: bool = False

    def dump(self) -> str:
        return json.dumps({"format": FORMAT, **self.__dict__, "bases": dict(self.bases)}, ensure_ascii=False)


def write(report: Report, dossier: Dossier, unit: Unit, tabs: Sequence[Tab], stamp: Stamp) -> bytes:
    """The workbook of ``tabs``, amounts in ``unit``."""
    workbook = Workbook()
    _Styles(workbook)
    _guide(workbook.active, dossier, unit, tabs, stamp)
    lists = _Lists(workbook)
    for tab in tabs:
        sheet = workbook.create_sheet(tab_name(tab.title))
        if tab.upright:
            _upright(sheet, tab, lists)
        else:
            _list(sheet, tab, lists)
    _subjects(workbook.create_sheet(SUBJECTS), dossier)
    _last_year(workbook.create_sheet(LAST_YEAR), dossier, unit)
    lists.write()
    meta = workbook.create_sheet(META)
    meta["A1"] = stamp.dump()
    meta.sheet_state = "veryHidden"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def tab_name(title: str) -> str:
    """A tab's title as Excel takes it."""
    return title.replace("/", "、")[:31]


class _Styles:
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
        for kind, number_format in _FORMATS.items():
            looks[kind] = {
                **looks["typed"],
                "alignment": Alignment(horizontal="right", vertical="top"),
                "number_format": number_format,
            }
        for name, look in looks.items():
            workbook.add_named_style(NamedStyle(name=name, **look))


class _Lists:
    """The lists of choices, each in a column of a hidden sheet and once."""

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
                _put(sheet.cell(row, column), choice)
            letter = get_column_letter(column)
            reference = f"'{CHOICES}'!${letter}$1:${letter}${len(choices)}"
            self.workbook.defined_names[name] = DefinedName(name, attr_text=reference)
        sheet.sheet_state = "hidden"


def _put(cell: Cell, value: Value, style: str = "") -> None:
    if style:
        cell.style = style
    if value is None:
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True


# --- tabs -----------------------------------------------------------------------------------------


def _upright(sheet: Worksheet, tab: Tab, lists: _Lists) -> None:
    """A label and a value a row; the record's order is the columns'."""
    record = tab.records[0]
    _put(sheet.cell(1, 1), "灰色格子不用填；其余按左侧名称填写。", "about")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=2)
    for row, column in enumerate(tab.columns, HEADER_ROW):
        _put(sheet.cell(row, 1), column.title, "heading")
        cell = sheet.cell(row, 2)
        _put(cell, record.values[column.name], _style(column))
        if column.note:
            sheet.cell(row, 1).comment = _comment(column.note)
        _offer(sheet, column, lists, cell.coordinate)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 80
    for row in range(1, HEADER_ROW + len(tab.columns)):
        _fit(sheet, row)
    _protect(sheet)


def _list(sheet: Worksheet, tab: Tab, lists: _Lists) -> None:
    lead = len(tab.leads)
    _put(sheet.cell(1, 1), _about(tab), "about")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=max(2, len(tab.columns) + lead))
    sheet.row_dimensions[1].height = 30
    for number, title in enumerate(tab.leads, 1):
        _put(sheet.cell(HEADER_ROW, number), title, "heading")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 28
        _dress(sheet, letter, "typed" if tab.open else "given")
    last = MAX_ROWS if tab.open else HEADER_ROW + len(tab.records)
    for number, column in enumerate(tab.columns, 1 + lead):
        heading = sheet.cell(HEADER_ROW, number)
        _put(heading, column.title, "heading")
        if column.note:
            heading.comment = _comment(column.note)
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = _WIDTHS[column.kind]
        _dress(sheet, letter, _style(column) if tab.open else "given")
        _offer(sheet, column, lists, f"{letter}{HEADER_ROW + 1}:{letter}{last}")
    first_hidden = len(tab.columns) + lead + 1
    for number, name in enumerate(tab.hidden, first_hidden):
        _put(sheet.cell(HEADER_ROW, number), name, "given")
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].hidden = True
        _dress(sheet, letter, "typed" if tab.open else "given")
    for row, record in enumerate(tab.records, HEADER_ROW + 1):
        _row(sheet, row, tab, record, lead)
        _fit(sheet, row)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1 + lead)
    _protect(sheet)


def _row(sheet: Worksheet, row: int, tab: Tab, record: Record, lead: int) -> None:
    around = "typed" if tab.open else "given"
    for number, said in enumerate(record.leads, 1):
        _put(sheet.cell(row, number), said, around)
    for number, column in enumerate(tab.columns, 1 + lead):
        _put(sheet.cell(row, number), record.values.get(column.name), _style(column))
    for number, name in enumerate(tab.hidden, len(tab.columns) + lead + 1):
        _put(sheet.cell(row, number), record.hidden.get(name) or None, around)


def _fit(sheet: Worksheet, row: int) -> None:
    """Make a row as high as its texts: not every program does that by itself."""
    heights = [
        text_height(cell.value, sheet.column_dimensions[cell.column_letter].width / _PER_CHARACTER)
        for cell in sheet[row]
        if isinstance(cell.value, str) and not sheet.column_dimensions[cell.column_letter].hidden
    ]
    sheet.row_dimensions[row].height = min(max([*heights, _LOWEST]), _HIGHEST)


def _dress(sheet: Worksheet, letter: str, style: str) -> None:
    """The look of a whole column: rows that nobody has filled in yet are open or closed by it."""
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


def _style(column: Column) -> str:
    return column.kind if column.kind in _FORMATS else "typed"


def _comment(text: str) -> Comment:
    return Comment(text, "阳光预算", width=260, height=70)


def _offer(sheet: Worksheet, column: Column, lists: _Lists, cells: str) -> None:
    if not column.choices:
        return
    rule = DataValidation(
        type="list",
        formula1=lists.name(column.choices),
        allow_blank=True,
        showErrorMessage=False,
    )
    rule.add(cells)
    sheet.add_data_validation(rule)


def _protect(sheet: Worksheet) -> None:
    """Headings are locked without a password; rows can be added, deleted, sorted and made wider.

    Printed across A4, as wide as a page.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    protection = sheet.protection
    protection.sheet = True
    protection.insertRows = protection.deleteRows = protection.sort = protection.autoFilter = False
    protection.formatCells = protection.formatColumns = protection.formatRows = False


# --- what can be looked up ------------------------------------------------------------------------


def _guide(sheet: Worksheet, dossier: Dossier, unit: Unit, tabs: Sequence[Tab], stamp: Stamp) -> None:
    sheet.title = GUIDE
    head = dossier.header
    lines = [
        f"{head.department_name} {head.year} 年{head.kind.label}填报工作簿",
        f"金额单位：{unit.label}。只填数字，不带单位。",
        "填好后在填报页面的“用 Excel 填报”中上传，先看改动再确认，确认之前不会写入任何内容。",
        "科目可填编码或名称，见“科目”页；上年的数见“上年数”页。",
        "请不要改动页名和标题行。合计、占比和公开表由系统算出，本簿中没有。",
    ]
    if head.kind == ReportKind.FINAL:
        lines.append("绩效目标取自预算的不用再填；各指标的完成情况和得分在“指标完成情况”各页填写。")
    if stamp.adds:
        lines.append("这是空白工作簿：填写的行会添加到已有内容之后，留空的格子不改动已有内容。")
    else:
        lines.append("这是带有现有内容的工作簿：删去的行在上传后也会删除，确认前会逐条列出。")
    for row, line in enumerate(lines, 1):
        _put(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = Font(name="黑体" if row == 1 else "宋体", size=14 if row == 1 else 11)
    for row, tab in enumerate(tabs, len(lines) + 2):
        cell = sheet.cell(row, 1)
        _put(cell, tab.title)
        cell.hyperlink = f"#'{tab_name(tab.title)}'!A1"
        cell.font = Font(name="宋体", size=11, color="1F4E79", underline="single")
    sheet.column_dimensions["A"].width = 100
    sheet.sheet_view.showGridLines = False


def _subjects(sheet: Worksheet, dossier: Dossier) -> None:
    """Function and economic subjects that a line may carry, side by side."""
    for column, (kind, title, names) in enumerate(
        (
            ("function", "支出功能分类（到项）", dossier.codes.function),
            ("economic", "支出经济分类（到款）", dossier.codes.economic),
        ),
        1,
    ):
        _put(sheet.cell(1, column), title, "heading")
        for row, code in enumerate(selectable(kind, names), 2):
            _put(sheet.cell(row, column), f"{code}-{names[code]}")
        sheet.column_dimensions[get_column_letter(column)].width = 50
    sheet.freeze_panes = "A2"
    _protect(sheet)


def _last_year(sheet: Worksheet, dossier: Dossier, unit: Unit) -> None:
    titles = ("类型", "项目", "功能分类", "经济分类", "资金来源", f"金额（{unit.label}）")
    for column, title in enumerate(titles, 1):
        _put(sheet.cell(1, column), title, "heading")
        sheet.column_dimensions[get_column_letter(column)].width = (14, 36, 46, 34, 28, 16)[column - 1]
    for row, values in enumerate(_lines_before(dossier, unit), 2):
        for column, value in enumerate(values, 1):
            _put(sheet.cell(row, column), value, "given" if column < len(titles) else "amount")
    sheet.freeze_panes = "A2"
    _protect(sheet)


def _lines_before(dossier: Dossier, unit: Unit) -> Iterator[tuple[str, str, str, str, str, Decimal]]:
    previous = dossier.previous
    if previous is None:
        return
    names = {project.key: project.identity.name for project in previous.projects}
    codes = dossier.codes

    def said(code: str, name: str) -> str:
        return f"{code}-{name}" if code else ""

    for line in previous.ledger:
        yield (
            _kind_of(line),
            names.get(line.project, ""),
            said(line.function, codes.function_name(line.function)),
            said(line.economic, codes.economic_name(line.economic)),
            line.fund.label,
            to_unit(line.amount, unit, 6 if unit is Unit.WAN else 2),
        )


def _kind_of(line: Line) -> str:
    return line.use.label if line.use else line.flow.label
