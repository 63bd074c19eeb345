"""Sheets as departments hand them in, made at random, each with what must come of it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

import xlwt
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from budgets.domain.money import UNITS
from budgets.workbook.placed import LEFT_OUT, TAKEN_IN, Question

PROJECTS = ("综合业务", "设备更新")
NEW_PROJECTS = ("档案数字化", "安全生产（二期）")
TAB = "项目支出明细测算"
SAID_UNITS = ("元", "元", "元", "万元", "万元", "千元", "百元", "十万元", "百万元")
SUBJECTS = {"30201": "办公费", "30202": "印刷费", "30211": "差旅费", "30227": "委托业务费", "30226": "劳务费"}

NAME = ("活动", "子项目", "项目活动", "活 动", "活动名称", "1.活动")
CONTENT = ("内容", "活动内容", "支出内容", "工作内容")
CODE = ("经济分类", "支出经济分类", "经济科目", "部门经济分类", "支出经济分类科目编码")
AMOUNT = ("金额", "预算金额", "预算数", "本年预算", "金 额", "2024年预算")
BASIS = ("测算依据", "计算依据", "测算依据及说明")
UNKNOWN = ("经办科室", "审批文号", "完成情况")
TOTAL = ("合计", "合 计", "总计", "支出合计", "（合计）", "共计：")
NOTES = (
    ("注：本表不含税",),
    ("备注：", None, "见附件"),
    ("填表人：甲", None, "审核人：乙"),
    ("第1页 共1页",),
    ("注：1. 单价经询价确定",),
)
JUNK = ("通知", "附件一", 12, 3.5, "联系电话：027", "各单位：", "截止日期", "=A1", "\u200b", "二〇二四年")
FORMATS = ("General", "#,##0.00", "0.00", '#,##0.00"元"', "¥#,##0.00", "0.00_ ", "#,##0.00;[Red]-#,##0.00")

Cell = Any
Row = list[Cell]
Line = tuple[str, Decimal]
"""Subject and amount in 元."""


@dataclass
class Page:
    """A sheet in preparation. ``formats`` are number formats by row and column from 0."""

    name: str
    rows: list[Row] = field(default_factory=list)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    styled: bool = False
    taken: set[int] = field(default_factory=set)
    """The rows, from 1 as people count them, that are rows of the table."""

    def add(self, *cells: Cell) -> int:
        self.rows.append(list(cells))
        return len(self.rows) - 1


@dataclass
class Difficult:
    """A file and what must come of it. ``lines`` are those of each project, if every question is answered rightly."""

    content: bytes
    pages: list[Page]
    is_spoilt: bool
    unit: str
    project: str
    lines: dict[str, Counter[Line]]

    def answer(self, question: Question, page: Page | None) -> str:
        """The right answer to an open question."""
        asked = question.name.split("-", 2)[2]
        if asked == "tab":
            return TAB
        if asked == "unit":
            return self.unit
        if asked == "project":
            offered = [value for value, _ in question.options]
            return next(value for value in offered if value.lstrip("+") == self.project)
        if asked.startswith("row-") and page is not None:
            return TAKEN_IN if int(asked.removeprefix("row-")) in page.taken else LEFT_OUT
        return LEFT_OUT


def difficult(seed: int) -> Difficult:
    """The file of that number."""
    return _Maker(Random(seed)).make()


class _Maker:
    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.unit = draw.choice(SAID_UNITS)
        self.factor = UNITS[self.unit].factor
        self.unit_at = draw.choice(
            ("heading", "heading", "stroke", "line", "title", "sheet", "nowhere", "foreign")
        )
        self.project_at = draw.choice(("sheet", "line", "line", "column", "column", "nowhere"))
        self.project = draw.choice((*PROJECTS, *PROJECTS, *NEW_PROJECTS))
        if self.project_at == "nowhere":
            self.project = draw.choice(PROJECTS)
        self.lines: dict[str, Counter[Line]] = {}
        self.columns: list[tuple[str, str]] = []
        self.may_leave_names_blank = True
        self.is_below_hidden = False

    def chance(self, share: float) -> bool:
        return self.draw.random() < share

    def make(self) -> Difficult:
        self._choose_columns()
        repeats = self.project_at == "sheet" and self.chance(0.3)
        self.may_leave_names_blank = not repeats
        page = self._page()
        pages = [page]
        if repeats and page.taken:
            pages.insert(0, self._summary(page))
        for n in range(self.draw.choice((0, 0, 0, 1, 2))):
            pages.insert(self.draw.randrange(len(pages) + 1), self._junk(n))
        content = _as_xls(pages) if self.chance(0.2) else _as_xlsx(pages)
        spoilt = self._spoilt(content) if self.chance(0.06) else content
        return Difficult(spoilt, pages, spoilt != content, self.unit, self.project, self.lines)

    # --- columns ---

    def _choose_columns(self) -> None:
        draw = self.draw
        columns: list[tuple[str, str]] = [("name", draw.choice(NAME))]
        if self.chance(0.3):
            columns.insert(0, ("number", "序号"))
        if self.project_at == "column":
            columns.insert(draw.randrange(2), ("project", draw.choice(("项目名称", "所属项目", "项目"))))
        if self.chance(0.5):
            columns.append(("content", draw.choice(CONTENT)))
        codes = [
            [("code", draw.choice(CODE))],
            [("code", "科目编码"), ("subject", "科目名称")],
            [("subjects", "科目名称")],
        ]
        columns += draw.choice([codes[0], codes[0], *codes])
        columns.append(("amount", self._heading_of_amount()))
        if self.chance(0.4):
            columns.append(("basis", draw.choice(BASIS)))
        if self.chance(0.15):
            columns.insert(draw.randrange(len(columns) + 1), ("unknown", draw.choice(UNKNOWN)))
        if self.chance(0.1):
            columns.append(("unnamed", ""))
        self.columns = columns

    def _heading_of_amount(self) -> str:
        said = self.draw.choice(AMOUNT)
        if self.unit_at == "heading":
            return f"{said}（{self.unit}）"
        if self.unit_at == "stroke":
            return f"{said}/{self.unit}"
        return f"{said}（美元）" if self.unit_at == "foreign" else said

    # --- a page with one table ---

    def _page(self) -> Page:
        name = (
            self.project if self.project_at == "sheet" else self.draw.choice(("测算", "Sheet1", "支出明细"))
        )
        if self.unit_at == "sheet":
            if self.project_at == "sheet":
                self.unit_at = "line"
            else:
                name += f"（{self.unit}）"
        page = Page(name, styled=self.chance(0.1))
        self._above(page)
        page.add(*(title or None for _, title in self.columns))
        if self.chance(0.1) and len(self.columns) > 2:
            page.add(*range(1, len(self.columns) + 1))
        self._rows(page)
        self._below(page)
        return page

    def _above(self, page: Page) -> None:
        if self.unit_at == "title":
            page.add(f"项目支出明细（{self.unit}）")
        elif self.chance(0.4):
            page.add("2024 年项目支出明细表")
            page.merged.append((0, 0, 0, 3))
        if self.project_at == "line":
            page.add(*self.draw.choice([(f"项目名称：{self.project}",), ("项目名称", self.project)]))
        if self.unit_at == "line":
            page.add(
                *self.draw.choice(
                    [(f"单位：{self.unit}",), ("编制单位：某中心", None, f"金额单位：人民币{self.unit}")]
                )
            )
        if self.chance(0.2):
            page.add()

    def _rows(self, page: Page) -> None:
        total = Decimal(0)
        for group in range(self.draw.choice((1, 1, 1, 2))):
            at = None
            if self.chance(0.2):
                at = page.add(*self._cells(name=f"{'一二'[group]}、业务费"))
            part = Decimal(0)
            first = len(page.rows)
            for _ in range(self.draw.randint(1, 5)):
                part += self._row(page, len(page.rows) == first)
                self._between(page)
            if at is not None:
                wrong = self.factor if self.chance(0.2) else 0
                page.rows[at] = self._cells(
                    name=page.rows[at][self._at("name")], amount=self._number(part + wrong)
                )
            total += part
        if self.chance(0.6):
            wrong = self.factor if self.chance(0.2) else 0
            word = self.draw.choice(TOTAL)
            page.add(*self._cells(name=word, amount=self._number(total + wrong)))

    def _row(self, page: Page, is_first: bool) -> Decimal:
        """Add one row of the table; returns its amount, 0 if it is hidden."""
        draw, at = self.draw, len(page.rows)
        project = self.project
        if self.project_at == "column" and self.chance(0.3):
            project = draw.choice((*PROJECTS, *NEW_PROJECTS))
        follows = (
            not is_first
            and not self.is_below_hidden
            and self.may_leave_names_blank
            and self.project_at != "column"
            and self.chance(0.15)
        )
        self.is_below_hidden = is_hidden = not follows and self.chance(0.04)
        subject = draw.choice(list(SUBJECTS))
        amount = (
            Decimal(draw.randint(1, 9_999_999))
            / (100 if self.factor == 1 else 1)
            * min(self.factor, Decimal(100))
        )
        cell, amount = self._amount_cell(amount)
        cells = self._cells(
            number=at,
            project=project + draw.choice(("", "", "\u200b", " ")),
            name=None if follows else f"{draw.choice(('劳务外包', '印刷', '调研', '培训'))}{at}",
            content=None if follows else draw.choice(("聘用二人", "宣传册", None)),
            code=self._code(subject),
            subject=SUBJECTS[subject],
            subjects=SUBJECTS[subject],
            amount=cell,
            basis=None if follows else draw.choice(("2 人×6 万元", None)),
            unknown=draw.choice(("一科", "东财〔2024〕3号")),
            unnamed=draw.choice(("核", None)),
        )
        page.add(*cells)
        if isinstance(cell, int | float):
            page.formats[at, self._at("amount")] = draw.choice(FORMATS)
        if is_hidden:
            page.hidden.add(at)
            return Decimal(0)
        page.taken.add(at + 1)
        self.lines.setdefault(project, Counter())[subject, amount] += 1
        return amount

    def _between(self, page: Page) -> None:
        """Lines that are no rows, below one."""
        if self.chance(0.04):
            page.add(*self._cells(name="其中：社保", amount=self._number(self.factor)))
        if self.chance(0.04):
            page.add()

    def _below(self, page: Page) -> None:
        if self.chance(0.08):
            page.add(
                *self._cells(name=self.draw.choice(("差额", "去年实际")), amount=self._number(self.factor))
            )
        if self.chance(0.3):
            if self.chance(0.5):
                page.add()
            page.add(*self.draw.choice(NOTES))
        elif self.chance(0.1):
            page.add()
            page.add(*self._cells(name="去年花了", amount=self._number(self.factor * 7)))

    # --- cells ---

    def _at(self, wanted: str) -> int:
        return [key for key, _ in self.columns].index(wanted)

    def _cells(self, **values: Cell) -> Row:
        return [values.get(key) for key, _ in self.columns]

    def _number(self, yuan: Decimal) -> float:
        return float(yuan / self.factor)

    def _amount_cell(self, yuan: Decimal) -> tuple[Cell, Decimal]:
        """A cell as people write an amount, and what it means."""
        said = yuan / self.factor
        how = self.draw.randrange(12)
        if how == 0:
            return self.draw.choice(("-", "—", "/", "无", " ¥ -   ")), Decimal("0.00")
        if how == 1:
            return f"{said.normalize():f}", yuan
        if how == 2:
            return f"{said:,f}", yuan
        if how == 3:
            return f"\u200b{said.normalize():f}\ufeff", yuan
        if how == 4:
            return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in f"{said.normalize():f}"), yuan
        return float(said), yuan

    def _code(self, code: str) -> Cell:
        forms: Sequence[Callable[[str], Cell]] = (
            str,
            str,
            int,
            float,
            lambda c: f"{c}-{SUBJECTS[c]}",
            lambda c: f"{c} {SUBJECTS[c]}",
            lambda c: f"[{c}]{SUBJECTS[c]}",
            lambda c: f"{c}00",
            lambda c: f"{c}\u200b",
        )
        return self.draw.choice(forms)(code)

    # --- other pages ---

    def _summary(self, page: Page) -> Page:
        """A page of all projects that repeats the rows of ``page``."""
        found = Page("汇总")
        heading = [title or None for _, title in self.columns]
        heading[self._at("amount")] = f"金额（{self.unit}）"
        found.add("项目名称", *heading)
        for number in sorted(page.taken):
            at = found.add(self.project, *page.rows[number - 1])
            found.taken.add(at + 1)
        return found

    def _junk(self, n: int) -> Page:
        page = Page(f"附件{n + 1}")
        for _ in range(self.draw.randrange(6)):
            page.add(*(self.draw.choice((*JUNK, None, None)) for _ in range(self.draw.randrange(4))))
        return page

    def _spoilt(self, content: bytes) -> bytes:
        if self.chance(0.5):
            return content[: self.draw.randrange(len(content))]
        wrong = bytearray(content)
        for _ in range(self.draw.randrange(1, 30)):
            wrong[self.draw.randrange(len(wrong))] = self.draw.randrange(256)
        return bytes(wrong)


def _as_xlsx(pages: Sequence[Page]) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for page in pages:
        sheet = workbook.create_sheet(page.name)
        for row in page.rows:
            sheet.append(row)
        for (row, column), format in page.formats.items():
            sheet.cell(row + 1, column + 1).number_format = format
        for top, left, bottom, right in page.merged:
            sheet.merge_cells(
                start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
            )
        for row in page.hidden:
            sheet.row_dimensions[row + 1].hidden = True
        if page.styled:
            sheet.cell(1, 300).fill = PatternFill("solid", fgColor="FFFF00")
            sheet.cell(5000, 2).fill = PatternFill("solid", fgColor="FFFF00")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _as_xls(pages: Sequence[Page]) -> bytes:
    book = xlwt.Workbook()
    styles = {format: xlwt.easyxf(num_format_str=format) for format in FORMATS}
    for page in pages:
        sheet = book.add_sheet(page.name)
        for row, cells in enumerate(page.rows):
            for column, cell in enumerate(cells):
                if cell is None:
                    continue
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write(row, column, xlwt.Formula(cell[1:]))
                else:
                    sheet.write(row, column, cell, styles[page.formats.get((row, column), "General")])
        for row in page.hidden:
            sheet.row(row).hidden = True
        if page.styled:
            sheet.write(len(page.rows) + 500, 200, None, xlwt.easyxf("pattern: pattern solid"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
