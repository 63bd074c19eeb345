"""The reference tabs of an entry workbook: instructions, subjects, and last year's figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..domain.choices import ReportKind
from ..domain.dossier import Dossier
from ..domain.ledger import Line
from ..domain.money import Unit, to_unit
from ..forms.fields import selectable
from .book import Tab
from .manifest import Stamp, tab_name
from .styles import protect, put

GUIDE, SUBJECTS, LAST_YEAR, CHOICES = "填写说明", "科目", "上年数", "_选项"


def write_guide(sheet: Worksheet, dossier: Dossier, unit: Unit, tabs: Sequence[Tab], stamp: Stamp) -> None:
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
        put(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font = Font(name="黑体" if row == 1 else "宋体", size=14 if row == 1 else 11)
    for row, tab in enumerate(tabs, len(lines) + 2):
        cell = sheet.cell(row, 1)
        put(cell, tab.title)
        cell.hyperlink = f"#'{tab_name(tab.title)}'!A1"
        cell.font = Font(name="宋体", size=11, color="1F4E79", underline="single")
    sheet.column_dimensions["A"].width = 100
    sheet.sheet_view.showGridLines = False


def write_subjects(sheet: Worksheet, dossier: Dossier) -> None:
    """The functional and economic subjects that a line may carry, side by side."""
    for column, (kind, title, names) in enumerate(
        (
            ("function", "支出功能分类（到项）", dossier.codes.function),
            ("economic", "支出经济分类（到款）", dossier.codes.economic),
        ),
        1,
    ):
        put(sheet.cell(1, column), title, "heading")
        for row, code in enumerate(selectable(kind, names), 2):
            put(sheet.cell(row, column), f"{code}-{names[code]}")
        sheet.column_dimensions[get_column_letter(column)].width = 50
    sheet.freeze_panes = "A2"
    protect(sheet)


def write_last_year(sheet: Worksheet, dossier: Dossier, unit: Unit) -> None:
    titles = ("类型", "项目", "功能分类", "经济分类", "资金来源", f"金额（{unit.label}）")
    for column, title in enumerate(titles, 1):
        put(sheet.cell(1, column), title, "heading")
        sheet.column_dimensions[get_column_letter(column)].width = (14, 36, 46, 34, 28, 16)[column - 1]
    for row, values in enumerate(_lines_before(dossier, unit), 2):
        for column, value in enumerate(values, 1):
            put(sheet.cell(row, column), value, "given" if column < len(titles) else "amount")
    sheet.freeze_panes = "A2"
    protect(sheet)


def _lines_before(dossier: Dossier, unit: Unit) -> Iterator[tuple[str | Decimal, ...]]:
    """A row of `write_last_year` for each of last year's lines."""
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
