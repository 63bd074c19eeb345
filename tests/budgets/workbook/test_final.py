"""The workbook of final accounts: its tabs are called as its pages are, and what it leaves to them is said."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from budgets.actions.open_report import open_report
from budgets.actions.write_workbook import preview
from budgets.domain.choices import ReportKind, Status
from budgets.models import Report
from budgets.workbook.reading import read_workbook
from tests.sample_world import make_final_world
from tests.samples import adopt_sample

from .files import edited, made, put

pytestmark = pytest.mark.django_db


def test_tabs_have_the_titles_of_the_pages_and_the_guide_says_what_is_entered_there():
    budget = adopt_sample(status=Status.ARCHIVED)
    year = budget.fiscal_year
    year.final_profile, year.final_open = "dongxihu_final_2024", True
    year.save(update_fields=["final_profile", "final_open"])
    report = open_report(budget.department, year, ReportKind.FINAL, None)

    final, planned = (load_workbook(io.BytesIO(made(of))) for of in (report, budget))
    assert {"重点工作", "年末国有资产", "项目支出决算明细"} <= set(final.sheetnames)
    assert {"年度工作任务", "上年末国有资产", "项目支出明细测算"} <= set(planned.sheetnames)
    guides = [" ".join(str(row[0].value) for row in book.worksheets[0].rows) for book in (final, planned)]
    assert ["指标完成情况" in guide for guide in guides] == [True, False]


@pytest.fixture
def final() -> Report:
    return make_final_world(Status.DRAFT).report


def test_what_was_handed_out_changes_nothing(final):
    taken = preview(final, read_workbook(made(final)))
    assert (taken.problems, taken.sections) == ([], [])


def test_results_scores_and_weights_come_back_of_the_department_and_of_projects(final):
    def edit(book: Workbook) -> None:
        own = book["指标完成情况"]
        put(own, 3, 实际完成值="64 万元", 评分说明="按发票")
        of_projects = book["项目指标完成情况"]
        put(of_projects, 3, 得分=1.5, 评分说明="从严")
        weights = book["项目权重"]
        put(weights, 4, 权重=19)

    upload = read_workbook(edited(made(final), edit))
    taken = preview(final, upload)
    assert [(p.place, p.message) for p in taken.problems] == []
    assert len(taken.changes) >= 4


def test_a_score_that_is_none_is_refused_at_its_cell(final):
    content = edited(made(final), lambda book: put(book["项目指标完成情况"], 3, 得分="优"))
    (problem,) = preview(final, read_workbook(content)).problems
    assert problem.place.startswith("项目指标完成情况!")
    assert "数字" in problem.message
