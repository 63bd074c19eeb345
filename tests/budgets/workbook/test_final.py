"""The workbook of final accounts: its tabs are called as its pages are, and what it leaves to them is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from budgets.actions.open_report import open_report
from budgets.choices import ReportKind, Status
from tests.samples import adopt_sample

from .files import made

pytestmark = pytest.mark.django_db


def test_tabs_have_the_titles_of_the_pages_and_the_guide_says_what_is_entered_there():
    budget = adopt_sample(status=Status.ARCHIVED)
    year = budget.fiscal_year
    year.final_profile = "dongxihu_final_2024"
    year.save(update_fields=["final_profile"])
    report = open_report(budget.department, year, ReportKind.FINAL, None)

    final, planned = (load_workbook(io.BytesIO(made(of))) for of in (report, budget))
    assert {"重点工作", "年末国有资产", "项目支出决算明细"} <= set(final.sheetnames)
    assert {"年度工作任务", "上年末国有资产", "项目支出明细测算"} <= set(planned.sheetnames)
    guides = [" ".join(str(row[0].value) for row in book.worksheets[0].rows) for book in (final, planned)]
    assert ["各项目的指标完成情况" in guide for guide in guides] == [True, False]
