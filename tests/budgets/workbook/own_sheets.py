"""Sheets that a department made for itself, and what would be taken of them."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from budgets.actions.write_workbook import preview
from budgets.models import Report
from budgets.workbook.preview import ImportPlan
from budgets.workbook.reading import read_workbook

HEADINGS = ("活动", "内容", "经济分类", "金额（元）", "测算依据", "备注")
OUTSOURCING = ("劳务外包", "聘用二人", "30227-委托业务费", 120000, "2 人×6 万元", None)
PRINTING = ("印刷", "宣传册", "印刷费", 30000.5, "1 万册×3 元", "含税")
NAME = "综合业务"


def book(**sheets: Sequence[Sequence[Any]]) -> Workbook:
    """A workbook of those rows by sheet."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return workbook


def saved(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def looked_at(report: Report, workbook: Workbook, **answers: str) -> ImportPlan:
    said = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return preview(report, read_workbook(saved(workbook)), said)


def problems(taken: ImportPlan) -> list[tuple[str, str]]:
    return [(problem.place, problem.message) for problem in taken.problems]


def activities(taken: ImportPlan) -> list[tuple[str, list[tuple[str, str]]]]:
    """Name, and by line subject and amount in 元, of every activity that would be written."""
    (section,) = [section for section in taken.sections if section.key.startswith("project:")]
    return [
        (a.get("name", ""), [(line.get("economic", ""), line.get("amount", "0.00")) for line in a["lines"]])
        for a in section.content["activities"]["activities"]
    ]


def left_out(taken: ImportPlan) -> list[tuple[str, str, str]]:
    """Place, text and reason of what would not be taken; of columns without their rows."""
    found = [(left.place, left.text, left.why) for table in taken.tables for left in table.left]
    return sorted((re.sub(r"!([A-Z]+)[0-9]+:\1[0-9]+$", r"!\1:\1", place), *rest) for place, *rest in found)


BOTH = [("劳务外包", [("30227", "120000.00")]), ("印刷", [("30202", "30000.50")])]


ONE, TWO = ("劳务外包", "聘用二人", "30227", 120000, "2 人×6 万元"), ("印刷", "宣传册", "30202", 30000.5)
SUM = 150000.5


def sheet(*rows: tuple[Any, ...]) -> Workbook:
    return book(综合业务=rows)


def open_questions(taken: ImportPlan) -> list[str]:
    return [question.name for table in taken.tables for question in table.open]
