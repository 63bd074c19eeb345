"""The Word document, read back: styles, numbers, contents, sections, tables with their heads, pictures with words."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from budgets.files.docx_text import read_docx
from budgets.renderers import charts
from budgets.renderers import docx as renderer
from budgets.renderers.docx.styles import BIAOSONG, FANGSONG, HEI, KAI, STAND_INS, STYLES, style_id
from budgets.renderers.manuscript import Lines, Manuscript, Title
from budgets.renderers.paging import Page, blocks_of
from budgets.renderers.values import printed
from tests.manuscripts import RARE, REPORTS, booklet


@cache
def made(name: str) -> bytes:
    return renderer.render(booklet(name).manuscript)


def opened(name: str) -> docx.document.Document:
    return docx.Document(BytesIO(made(name)))


@pytest.mark.parametrize("name", REPORTS)
def test_every_sentence_is_a_line_of_it(name):
    document = booklet(name).document
    assert document is not None
    lines = "\n".join(read_docx(made(name)).lines)
    for sentence in document.sentences:
        assert sentence.text.strip() in lines, sentence.key


@pytest.mark.parametrize("name", REPORTS)
def test_every_cell_of_every_table_says_what_is_printed(name):
    pages = [element for element in booklet(name).manuscript.elements if isinstance(element, Page)]
    blocks = [(page, block) for page in pages for block in blocks_of(page.sheet)]
    tables = read_docx(made(name)).tables
    assert len(tables) == len(blocks)
    for (page, block), table in zip(blocks, tables, strict=True):
        wanted = [
            printed(cell, blank_zero=page.sheet.blank_zero)
            for row in (*block.head, *block.rows)
            for cell in row.cells
        ]
        said = [cell for row in table.rows for cell in row if cell]
        assert said == [text.strip() for text in wanted if text.strip()], page.sheet.table


def test_the_same_content_has_the_same_bytes():
    charts._svg.cache_clear()
    assert renderer.render(booklet("001").manuscript) == made("001")
    with zipfile.ZipFile(BytesIO(made("001"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_have_heading_styles():
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in opened("000").paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith("Heading")
    ]
    assert headings[0][0] == "Heading 1" and headings[0][1].startswith("第一部分")
    assert ("Heading 2", "一、部门基本情况") in headings
    assert ("Heading 3", "（一）部门主要职能") in headings
    assert ("Heading 2", "表1 2023年部门收支总表") in headings


def test_faces_and_measures_are_those_of_official_documents():
    styles = {style.name: style for style in opened("000").styles}
    normal = styles["Normal"]
    faces = normal.element.rPr.rFonts
    assert faces.get(qn("w:eastAsia")) == FANGSONG and normal.font.size.pt == 16
    assert normal.paragraph_format.line_spacing.pt == 28
    eastern = {
        name: styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Heading 1", "Heading 2", "Heading 3")
    }
    assert eastern == {"Heading 1": BIAOSONG, "Heading 2": HEI, "Heading 3": KAI}
    with zipfile.ZipFile(BytesIO(made("000"))) as archive:
        fonts = archive.read("word/fontTable.xml").decode()
    assert all(face in fonts and other in fonts for face, other in STAND_INS.items())


def test_every_style_that_is_used_is_there():
    document = opened("000")
    known = {style.style_id for style in document.styles}
    used = {element.get(qn("w:val")) for element in document.element.body.iter(qn("w:pStyle"))}
    assert used <= known
    assert {style_id(style.name) for style in STYLES} <= known
    names = [style.name for style in document.styles]
    assert len(names) == len(set(names))


def test_contents_are_a_field_with_an_entry_for_each_heading():
    body = opened("000").element.body
    fields = [element.text.strip() for element in body.iter(qn("w:instrText"))]
    assert fields[0].startswith('TOC \\o "1-2"')
    targets = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert targets == marks and len(targets) > 20
    begins = sum(e.get(qn("w:fldCharType")) == "begin" for e in body.iter(qn("w:fldChar")))
    ends = sum(e.get(qn("w:fldCharType")) == "end" for e in body.iter(qn("w:fldChar")))
    assert begins == ends == len(targets) + 1


def test_wide_tables_lie_and_heads_are_repeated():
    document = opened("000")
    assert {section.orientation for section in document.sections} == {WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE}
    for section in document.sections:
        assert (section.page_width > section.page_height) == (section.orientation == WD_ORIENT.LANDSCAPE)
    for table in document.tables[:9]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    footers = [section.footer.paragraphs[0].text for section in list(document.sections)[1:]]
    assert set(footers) == {"— 1 —"}
    assert (
        document.sections[0].footer.paragraphs[0].text == ""
        or document.sections[0].footer.is_linked_to_previous
    )


def test_pictures_are_told_in_words():
    described = [element.get("descr") for element in opened("000").element.body.iter(qn("wp:docPr"))]
    document = booklet("000").document
    assert document is not None
    assert described == [chart.alternative for chart in document.charts]


def test_properties_of_a_paragraph_stand_in_the_order_of_the_schema():
    """Word refuses a file in which they do not."""
    order = (
        *(
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
        ),
        *("spacing", "ind", "jc", "outlineLvl", "rPr", "sectPr"),
    )
    document = opened("000")
    ours = [style.element for style in document.styles if style.name in {made.name for made in STYLES}]
    for tree in (document.element.body, *ours):
        for properties in tree.iter(qn("w:pPr")):
            names = [child.tag.partition("}")[2] for child in properties]
            assert names == sorted(names, key=order.index), names


def test_rare_and_forbidden_characters():
    lines = (RARE, "a\x0bb\x00c", "<w:t>&amp;", " 前后 ")
    made = renderer.render(
        Manuscript(title="x", author="y", elements=[Title(1, "题"), Lines(lines)], cover=[])
    )
    assert read_docx(made).lines[-4:] == (RARE, "abc", "<w:t>&amp;", "前后")
