"""The pdf, read back: text, tags, language, title, alternative texts, heads of tables, embedded fonts, bookmarks."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from pdfua import validate
from pypdf import PdfReader

from budgets.domain.sheets import Role, Row
from budgets.renderers import pdf
from budgets.renderers.manuscript import Lines, Manuscript, Title
from budgets.renderers.paging import Page, blocks_of
from budgets.renderers.values import printed
from tests.manuscripts import RARE, REPORTS, booklet, needs_fonts

pytestmark = needs_fonts

HOSTILE = (
    '#read("/etc/passwd")',
    "$x^2$",
    "*bold*",
    "\\",
    "#let x = 1",
    "@label",
    "<script>",
    "= 标题",
    "`raw`",
)
MEGABYTE = 1024 * 1024


@cache
def made(name: str) -> bytes:
    return pdf.render(booklet(name).manuscript)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@cache
def words(name: str) -> str:
    """The text of all pages, without blanks and the numbers of pages."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(made(name))).pages]
    return squeezed("".join(re.sub(r"—\s*\d+\s*—", "", page) for page in pages))


def document(name: str) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(made(name)))


def structure(element: pikepdf.Object) -> list[pikepdf.Dictionary]:
    """All elements of structure below ``element``, in order."""
    found = []
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += [kid, *structure(kid)]
    return found


def plain_rows(page: Page) -> list[Row]:
    """Rows of one line each: what they say stands side by side in the text of the page."""
    return [
        row
        for block in blocks_of(page.sheet)
        for row in block.rows
        if all(cell.rows == 1 for cell in row.cells) and any(cell.role is Role.AMOUNT for cell in row.cells)
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_every_sentence_and_every_row_of_amounts_stands_in_it(name):
    said = words(name)
    whole = booklet(name)
    assert whole.document is not None
    for sentence in whole.document.sentences:
        assert squeezed(sentence.text) in said, sentence.key
    for element in whole.manuscript.elements:
        if isinstance(element, Page) and not element.sheet.is_form:
            for row in plain_rows(element):
                line = "".join(printed(cell, blank_zero=element.sheet.blank_zero) for cell in row.cells)
                assert squeezed(line) in said, element.sheet.table


@pytest.mark.parametrize("name", REPORTS)
def test_it_is_small_and_the_same_every_time(name):
    assert len(made(name)) < 2 * MEGABYTE
    assert pdf.render(booklet(name).manuscript) == made(name)


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_machine_can_check_of_pdf_ua(name, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(made(name))
    report = validate(path)
    assert [(finding.rule_id, finding.message) for finding in report.findings] == []


def test_language_title_and_claims():
    with document("000") as found:
        assert str(found.Root.Lang) == "zh-CN"
        assert bool(found.Root.MarkInfo.Marked)
        assert bool(found.Root.ViewerPreferences.DisplayDocTitle)
        metadata = found.open_metadata()
        assert metadata["dc:title"] == booklet("000").title
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"


def test_tables_have_heads_and_charts_a_text():
    with document("000") as found:
        tags = structure(found.Root.StructTreeRoot)
        kinds = [str(tag.S) for tag in tags]
        assert {"/H1", "/H2", "/Table", "/TR", "/TH", "/TD", "/Figure", "/TOC"} <= set(kinds)
        alternatives = [str(tag.Alt) for tag in tags if str(tag.S) == "/Figure" and "/Alt" in tag]
        whole = booklet("000")
        assert whole.document is not None
        for chart in whole.document.charts:
            assert chart.alternative in alternatives
        tables = [tag for tag in tags if str(tag.S) == "/Table"]
        first = [str(tag.S) for tag in structure(tables[0])]
        assert first.index("/TH") < first.index("/TD")


def test_bookmarks_are_the_headings():
    outline = PdfReader(BytesIO(made("000"))).outline
    titles = [entry.title for entry in outline if not isinstance(entry, list)]
    below = [
        entry.title
        for part in outline
        if isinstance(part, list)
        for entry in part
        if not isinstance(entry, list)
    ]
    assert titles[0].startswith("第一部分") and titles[1].startswith("第二部分")
    assert "一、部门基本情况" in below
    assert {sheet.heading for sheet in booklet("000").sheets} <= set(below)


def test_every_font_is_embedded():
    with document("000") as found:
        fonts = [
            font
            for page in found.pages
            for font in dict(page.Resources.get("/Font", {})).values()
            for font in font.get("/DescendantFonts", [font])
        ]
        assert fonts
        for font in fonts:
            descriptor = font.FontDescriptor
            assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), font.BaseFont


def test_rare_characters_come_out():
    assert RARE in words("000")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("张\ue863项目", "张〓项目"),
        ("人才\ufeff引\u200d进", "人才引进"),
        ("𪚥生态", "〓生态"),
        ("\U0001f468\u200d\U0001f469 ไทย \ufdd0a\x9fb", "〓〓〓〓〓〓a〓b"),
    ],
)
def test_what_the_fonts_lack_is_printed_as_printers_do(text, printed):
    made = pdf.render(
        Manuscript(title=text, author="部门", elements=[Title(1, "题"), Lines((text,))], cover=[])
    )
    said = squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages))
    assert printed in said


def test_any_other_failure_says_that_there_is_no_pdf(monkeypatch):
    monkeypatch.setattr(pdf, "_TEMPLATE", b"#panic()")
    with pytest.raises(pdf.NotDrawn, match="不能生成 PDF"):
        pdf.render(booklet("000").manuscript)


def test_texts_are_never_markup():
    elements = [Title(1, "；".join(HOSTILE)), Lines(HOSTILE), Lines(("{{ x }}", "末"))]
    made = pdf.render(
        Manuscript(title="".join(HOSTILE), author="部门", elements=elements, cover=[("值", HOSTILE[0])])
    )
    said = squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages))
    for text in HOSTILE:
        assert squeezed(text) in said
    assert "root:" not in said


def test_a_missing_font_is_told_with_its_package(monkeypatch):
    monkeypatch.setattr(pdf, "FONTS", ("没有的字体", *pdf.FONTS))
    with pytest.raises(pdf.FontsMissing) as refused:
        pdf.render(booklet("000").manuscript)
    assert "没有的字体" in str(refused.value) and pdf.PACKAGE in str(refused.value)
