"""The documents of a publication: made with the approval, whole, the same for everybody, silent about what is withheld."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from budgets.actions import approve as approving
from budgets.actions.base import ActionRefused
from budgets.disclosure.publication import StoredContent, public_content
from budgets.domain.choices import Status
from budgets.files.docx_text import read_docx
from budgets.models import Publication, Report
from budgets.renderers import pdf
from tests.manuscripts import needs_fonts
from tests.project_years import project
from tests.small_year import NUMBER, YEAR, SmallYear, small_year

pytestmark = [pytest.mark.django_db, needs_fonts]

SECRET = "乙号专班联络经费"
STEM = f"112001-{YEAR}-budget"


@pytest.fixture(autouse=True)
def _documents(settings):
    settings.PUBLISHED_DOCUMENTS = ["pdf", "docx", "svg"]


def published(year: SmallYear) -> Publication:
    year.to_published(year.budget)
    return year.budget.publications.get()


def texts(publication: Publication) -> dict[str, str]:
    """What each document says, by its name, without blanks."""
    found = {}
    for file in publication.files.all():
        content = file.file.read()
        if file.format == "pdf":
            found[file.name] = "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        elif file.format == "docx":
            said = read_docx(content)
            found[file.name] = "\n".join(
                [*said.lines, *(c for t in said.tables for row in t.rows for c in row)]
            )
        elif file.format == "svg":
            found[file.name] = re.sub(r"<[^>]+>", " ", content.decode())
    return {name: re.sub(r"\s", "", text) for name, text in found.items()}


def test_every_format_is_published_and_says_the_same():
    said = texts(published(small_year()))
    assert {
        f"{STEM}.pdf",
        f"{STEM}.docx",
        f"{STEM}-chart-expenditure.svg",
        f"{STEM}-chart-page-projects.svg",
    } <= set(said)
    for name in (f"{STEM}.pdf", f"{STEM}.docx"):
        assert "日常业务" in said[name] and "50万元" in said[name]
        assert "".join(NUMBER.split()) in said[name]
    assert "日常业务" in said[f"{STEM}-chart-page-projects.svg"]


def test_nothing_withheld_is_in_any_of_them():
    year = small_year(
        project("a", "500000.00", name="日常业务"),
        project("b", "7919113.37", name=SECRET, disclosure="withheld"),
        project("c", "6029451.83", name="另一专班", disclosure="withheld"),
    )
    for name, said in texts(published(year)).items():
        assert SECRET not in said and "另一专班" not in said, name
        assert "791.91" not in said and "602.95" not in said, name
        if "projects" in name or not name.endswith(".svg"):
            assert "不予公开项目" in said, name


def test_what_was_approved_is_published_byte_for_byte():
    year = small_year()
    year.to_approved(year.budget)
    content = public_content(year.current(year.budget))
    assert isinstance(content, StoredContent)
    approved = {file.name: file.sha256 for file in content.files}
    Report.objects.filter(pk=year.budget.pk).update(address="搬走了")
    year.publish(year.budget)
    files = {file.name: file.sha256 for file in year.budget.publications.get().files.all()}
    assert files == approved


def test_files_are_made_before_anything_is_locked(monkeypatch):
    order = []
    frame, render = approving.carrying_out, pdf.render
    monkeypatch.setattr(approving, "carrying_out", lambda *args: order.append("lock") or frame(*args))
    monkeypatch.setattr(pdf, "render", lambda *args: order.append("render") or render(*args))
    year = small_year()
    year.to_approved(year.budget)
    assert order == ["render", "lock"]


def test_without_fonts_the_approval_is_refused_and_nothing_is_changed(monkeypatch):
    monkeypatch.setattr(pdf, "FONTS", ("没有的字体",))
    year = small_year()
    year.submit(year.budget)
    year.pass_review(year.budget)
    with pytest.raises(ActionRefused, match=pdf.PACKAGE):
        year.approve(year.budget)
    assert year.current(year.budget).status == Status.REVIEWED
    assert year.current(year.budget).approval_number == ""


def test_a_correction_says_which_revision_it_is():
    year = small_year()
    published(year)
    from budgets.actions.correct import correct

    correct(year.budget.pk, year.world.approver, year.current(year.budget).changes, "更正单位地址")
    Report.objects.filter(pk=year.budget.pk).update(address="新地址 1 号")
    year.to_published(year.budget)
    second = year.budget.publications.get(revision=2)
    said = texts(second)[f"{STEM}.docx"]
    assert "第2版（更正）" in said


def test_the_page_shows_the_pictures_and_offers_the_documents():
    publication = published(small_year())
    client = Client()
    page = client.get(reverse("public:report", args=[YEAR, "112001", "budget"])).text
    pictures = re.findall(r'<img class="chart-picture" src="([^"]+)" alt="([^"]+)"', page)
    assert len(pictures) == publication.files.filter(format="svg").count() > 4
    for address, alternative in pictures:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
        b"".join(answer.streaming_content)
        assert "万元" in alternative
    assert "下载全文（PDF）" in page and "下载全文（Word）" in page
    assert f"{STEM}-annex" not in page


def test_a_publication_without_pictures_shows_their_tables(settings):
    settings.PUBLISHED_DOCUMENTS = []
    published(small_year())
    page = Client().get(reverse("public:report", args=[YEAR, "112001", "budget"])).text
    assert "chart-picture" not in page
    assert page.count('<details class="chart-data" open>') > 4
