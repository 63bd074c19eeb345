"""批复文件 and 公开审签单: of what was approved, and of nothing else."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from budgets.actions.approve import approve
from budgets.actions.correct import correct
from budgets.disclosure.papers import Paper, chinese_date, has_papers, paper_file
from budgets.disclosure.publication import PublicContent, public_content
from budgets.domain.choices import Status
from budgets.files.docx_text import DocxText, read_docx
from budgets.models import Report
from tests.manuscripts import needs_fonts
from tests.small_year import NUMBER, SmallYear, small_year

pytestmark = pytest.mark.django_db


def content(year: SmallYear) -> PublicContent:
    return public_content(year.current(year.budget))


@pytest.fixture
def approved() -> SmallYear:
    year = small_year()
    year.to_approved(year.budget)
    return year


def word(year: SmallYear, kind: Paper) -> DocxText:
    return read_docx(paper_file(content(year), kind, "docx").read())


def test_there_are_none_before_the_approval():
    year = small_year()
    assert not has_papers(content(year))
    with pytest.raises(LookupError):
        paper_file(content(year), Paper.APPROVAL, "docx")


def test_the_approval_says_number_totals_and_term(approved):
    said = word(approved, Paper.APPROVAL)
    today = timezone.localdate()
    district, department = approved.world.district.name, approved.world.department.name
    assert said.lines[:4] == (
        f"{district}财政局文件",
        NUMBER,
        f"关于批复{department}2023年部门预算的通知",
        f"{department}：",
    )
    text = "\n".join(said.lines)
    assert "支出预算合计50.00 万元" in text and "项目支出50.00 万元" in text
    assert "含上年结转" not in text and "人民代表大会批准" in text and "第十四条" in text
    assert f"不晚于{chinese_date(today + timedelta(days=20))}" in text
    at = said.lines.index(f"{district}财政局")
    assert said.lines[at + 1] == f"（印章）　{chinese_date(today)}"
    assert said.lines[-1] == f"{district}财政局\t{chinese_date(today)}印发"
    for sheet in content(approved).sheets:
        least = 1 if sheet.is_form else 2  # in the list too; forms of projects are one line there
        assert sum(sheet.heading in line for line in said.lines) >= least, sheet.heading


def test_the_approval_of_a_correction_says_what_it_replaces(approved):
    budget = approved.budget
    approved.publish(budget)
    correct(budget.pk, approved.world.approver, approved.current(budget).changes, "单位地址有误")
    Report.objects.filter(pk=budget.pk).update(address="新地址")
    approved.submit(budget)
    approved.pass_review(budget)
    seen = approved.current(budget).changes
    approve(budget.pk, approved.world.approver, seen, "东财预〔2023〕20 号", timezone.localdate())
    said = word(approved, Paper.APPROVAL)
    text = "\n".join(said.lines)
    assert said.lines[2].startswith("关于更正") and said.lines[1] == "东财预〔2023〕20 号"
    assert NUMBER in text and "单位地址有误" in text and "原批复同时废止" in text
    client = Client()
    client.force_login(approved.world.reviewer)
    page = client.get(reverse("admin:budgets_report_publications", args=[budget.pk])).text
    first = reverse("admin:budgets_report_paper", args=[budget.pk, "approval", "docx"]) + "?revision=1"
    assert first in page
    assert read_docx(client.get(first).content).lines[1] == NUMBER
    for revision in ("2", "x", "99"):
        assert client.get(first.replace("=1", f"={revision}")).status_code == 404


def test_the_sign_off_names_the_bytes_that_are_signed(approved):
    said = word(approved, Paper.SIGN_OFF)
    [table] = [table for table in said.tables if any("校验值" in cell for row in table.rows for cell in row)]
    cells = [cell for table in said.tables for row in table.rows for cell in row]
    assert "审查人（签字）" in cells and "负责人（签字）" in cells
    told = "\n".join(cells)
    named = [file for file in content(approved).files if file.name in told]
    assert named and all(file.sha256 in told for file in named)
    assert any(file.format == "xlsx" for file in named)
    assert table


@needs_fonts
@pytest.mark.parametrize("kind", Paper)
def test_pdf_says_what_word_says(approved, kind):
    made = paper_file(content(approved), kind, "pdf")
    said = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(made.read())).pages))
    for line in word(approved, kind).lines:
        assert re.sub(r"\s", "", line) in said, line
    assert made.read() == paper_file(content(approved), kind, "pdf").read()


def test_both_sides_download_them(approved):
    for person, name in (
        (approved.world.preparer, "entry:paper"),
        (approved.world.reviewer, "admin:budgets_report_paper"),
    ):
        client = Client()
        client.force_login(person)
        for kind in Paper:
            answer = client.get(reverse(name, args=[approved.budget.pk, kind.value, "docx"]))
            assert answer.status_code == 200
            assert read_docx(answer.content).lines


def test_both_sides_find_them(approved):
    client = Client()
    client.force_login(approved.world.submitter)
    assert "批复文件" in client.get(reverse("entry:publish", args=[approved.budget.pk])).text
    client.force_login(approved.world.reviewer)
    assert "公开审签单" in client.get(reverse("admin:budgets_report_change", args=[approved.budget.pk])).text


@needs_fonts
def test_several_approvals_are_one_archive_that_says_what_is_missing(approved):
    client = Client()
    client.force_login(approved.world.approver)
    draft = approved.budget.department.reports.exclude(pk=approved.budget.pk).get()
    Report.objects.filter(pk=draft.pk).update(
        status=Status.SUBMITTED, submitted_by=approved.world.submitter, submitted_at=timezone.now()
    )
    data = {"action": "approvals_of_selected", "_selected_action": [approved.budget.pk, draft.pk]}
    answer = client.post(reverse("admin:budgets_report_changelist"), data)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        names = archive.namelist()
        listed = archive.read("清单.txt").decode("utf-8-sig")
    assert names == ["112001-2023-budget-批复文件.pdf", "112001-2023-budget-批复文件.docx", "清单.txt"]
    assert f"{draft}：没有批复，不在其中" in listed


def test_an_archive_of_nothing_is_refused():
    year = small_year()
    year.submit(year.budget)
    client = Client()
    client.force_login(year.world.approver)
    data = {"action": "approvals_of_selected", "_selected_action": [year.budget.pk]}
    page = client.post(reverse("admin:budgets_report_changelist"), data, follow=True)
    assert "没有批复文件" in page.text
