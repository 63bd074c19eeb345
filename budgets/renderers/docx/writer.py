"""A manuscript as a Word document, in the faces and measures of official documents (GB/T 9704) as far as tables allow.

Pure: the same manuscript gives the same bytes. Headings are real heading styles, the contents are a field, and faces are
named as offices have them, with what stands in for each where it is missing.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.shared import Mm
from lxml import etree

from ...domain.sheets import Orientation
from ...narrative.document import Chart
from .. import charts
from ..manuscript import Element, Lines, Manuscript, Special, Title
from ..packaging import settled
from ..paging import Page, blocks_of
from ..values import department_line, text, unit_line
from .styles import (
    COVER_LINE,
    COVER_TITLE,
    FIGURE,
    GAP,
    LIST_TITLE,
    NOTE,
    PAGE_NUMBER,
    SPECIAL,
    STAND_INS,
    STYLES,
    TABLE_LINE,
    TABLE_TITLE,
    style_element,
    style_id,
)
from .tables import table
from .xml import twips_of_mm, w

_BOOKMARK = "_Toc"
DEPTH = 2
"""Levels of headings in the contents."""
_DEEPEST = 5
_LONGEST_PROPERTY = 255
_PICTURE = Mm(156)


@dataclass(frozen=True, slots=True)
class _Paper:
    """The pages of a section, in mm."""

    width: int = 210
    height: int = 297
    top: int = 20
    bottom: int = 20
    left: int = 18
    right: int = 18
    is_numbered: bool = True

    @property
    def text(self) -> int:
        """The width between the margins."""
        return self.width - self.left - self.right


_COVER = _Paper(top=37, bottom=35, left=28, right=26, is_numbered=False)
_TEXT = _Paper(top=37, bottom=35, left=28, right=26)
_SHEETS = {Orientation.PORTRAIT: _Paper(), Orientation.LANDSCAPE: _Paper(297, 210)}


def render(manuscript: Manuscript) -> bytes:
    """The bytes of the document."""
    document = docx.Document()
    _set_properties(document, manuscript)
    _set_styles(document)
    _set_fonts(document)
    _drop_leavings(document)
    _Writer(document, manuscript).write()
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def _set_properties(document: WordDocument, manuscript: Manuscript) -> None:
    properties = document.core_properties
    properties.title, properties.author = (
        text(said)[:_LONGEST_PROPERTY] for said in (manuscript.title, manuscript.author)
    )
    made = datetime.datetime.combine(manuscript.date, datetime.time())
    properties.created = properties.modified = made
    properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.language = "zh-CN"
    properties.identifier, properties.version = manuscript.identifier, manuscript.version
    properties.revision = 1


def _drop_leavings(document: WordDocument) -> None:
    """Take away what the template has of the program that made it: a picture of a page, the program's name."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith(("/thumbnail", "/extended-properties")):
            del package.rels[key]


def _set_styles(document: WordDocument) -> None:
    """Put the styles of `STYLES` in the place of those of the template with their names."""
    styles = document.styles.element
    for made in STYLES:
        for old in styles.xpath("w:style"):
            if old.find(f"{{{old.nsmap['w']}}}name").val.lower() == made.name.lower():
                styles.remove(old)
        styles.append(style_element(made))


def _set_fonts(document: WordDocument) -> None:
    """Tell what stands in for a face that the machine lacks."""
    fonts = (w("font", w("altName", val=other), name=face) for face, other in STAND_INS.items())
    parts = document.part.package.iter_parts()
    part: Any = next(part for part in parts if part.partname == "/word/fontTable.xml")
    part._blob = etree.tostring(w("fonts", *fonts), xml_declaration=True, encoding="UTF-8", standalone=True)


class _Writer:
    """Writes one manuscript into an empty document, section by section."""

    def __init__(self, document: WordDocument, manuscript: Manuscript) -> None:
        self.document, self.manuscript = document, manuscript
        self.end = document.element.body.sectPr
        self.footers = self._footers(is_official=manuscript.cover is None)
        self.paper = _TEXT if manuscript.cover is None else _COVER
        self.is_numbered = False
        self.headings = 0

    def write(self) -> None:
        manuscript = self.manuscript
        if manuscript.cover is not None:
            self._cover(manuscript.title, manuscript.cover)
            self._turn_to(_TEXT)
            self._contents(manuscript.elements)
        for element in manuscript.elements:
            self._element(element)
        self._set_up(self.end)

    def _element(self, element: Element) -> None:
        match element:
            case Title():
                self._title(element)
            case Lines():
                self._turn_to(_TEXT)
                for line in element.texts:
                    self._paragraph(line)
            case Special():
                self._turn_to(_TEXT)
                self._paragraph(element.text, SPECIAL[element.face])
            case Chart():
                self._turn_to(_TEXT)
                self._chart(element)
            case Page():
                self._sheet(element)

    # --- what stands in it ------------------------------------------------------------------------

    def _cover(self, title: str, cover: Sequence[tuple[str, str]]) -> None:
        self._paragraph(title, COVER_TITLE)
        for label, value in cover:
            self._paragraph(f"{label}：{value}", COVER_LINE)

    def _contents(self, elements: Sequence[Element]) -> None:
        """目录: a field with its entries. The program that opens the document fills in the pages."""
        self._paragraph("目录", LIST_TITLE)
        entries = [heading for heading in map(_heading, elements) if heading and heading[0] <= DEPTH]
        for place, (level, words) in enumerate(entries):
            begins = _field(rf'TOC \o "1-{DEPTH}" \h \z \u') if place == 0 else ()
            ends = (_mark("end"),) if place == len(entries) - 1 else ()
            style = w("pPr", w("pStyle", val=f"toc{level}"))
            self.end.addprevious(w("p", style, *begins, _entry(f"{_BOOKMARK}{place}", words), *ends))

    def _title(self, title: Title) -> None:
        begins_page = title.level == 1 and self.paper is _TEXT
        self._turn_to(_TEXT)
        made = self._paragraph(title.text, f"Heading {min(title.level, _DEEPEST)}", begins_page=begins_page)
        if title.level <= DEPTH:
            self._bookmark(made)

    def _bookmark(self, heading: Any) -> None:
        """The place to which an entry of the contents leads."""
        name = f"{_BOOKMARK}{self.headings}"
        heading.insert(1, w("bookmarkStart", id=self.headings, name=name))
        heading.append(w("bookmarkEnd", id=self.headings))
        self.headings += 1

    def _chart(self, chart: Chart) -> None:
        paragraph = self.document.add_paragraph()
        paragraph._p.get_or_add_pPr().append(w("pStyle", val=style_id(FIGURE)))
        picture: Any = paragraph.add_run().add_picture(io.BytesIO(charts.png(chart)), width=_PICTURE)
        picture._inline.docPr.set("descr", text(chart.alternative))
        picture._inline.docPr.set("title", text(chart.caption))
        self._paragraph(chart.caption, "Caption")

    def _sheet(self, page: Page) -> None:
        sheet, paper = page.sheet, _SHEETS[page.sheet.orientation]
        begins_page = self.paper is paper
        self._turn_to(paper)
        more = (w("ind", firstLineChars=0, firstLine=0), *(() if page.title else (w("jc", val="center"),)))
        if page.is_continued:
            self._paragraph(page.heading, TABLE_TITLE, begins_page=begins_page)
        else:
            heading = self._paragraph(page.heading, f"Heading {page.level}", *more, begins_page=begins_page)
            self._bookmark(heading)
        if page.title:
            self._paragraph(page.title, TABLE_TITLE)
        stop = w("tabs", w("tab", val="right", pos=twips_of_mm(paper.text)))
        self._paragraph(f"{department_line(sheet)}\t{unit_line(sheet)}", TABLE_LINE, stop)
        for place, block in enumerate(blocks_of(sheet)):
            if place:
                self._paragraph("", GAP)
            self.end.addprevious(parse_xml(table(page, block, twips_of_mm(paper.text))))
        for note in sheet.notes or ("",):
            self._paragraph(note, NOTE if note else GAP)

    # --- paragraphs and sections ------------------------------------------------------------------

    def _paragraph(self, words: str, style: str = "Normal", *more: Any, begins_page: bool = False) -> Any:
        """A paragraph; ``more`` are properties in the order of the schema."""
        breaks = (w("pageBreakBefore"),) if begins_page else ()
        properties = w("pPr", w("pStyle", val=style_id(style)), *breaks, *more)
        made = w("p", properties, *([_run(words)] if words else []))
        self.end.addprevious(made)
        return made

    def _turn_to(self, paper: _Paper) -> None:
        """Go on with pages of that kind: the section before ends where another one is needed."""
        if paper is self.paper or self.end.getprevious() is None:
            self.paper = paper
            return
        section = w("sectPr")
        self._set_up(section)
        self._paragraph("", GAP).pPr.append(section)
        self.paper = paper

    def _set_up(self, section: Any) -> None:
        paper = self.paper
        for child in list(section):
            section.remove(child)
        if paper.is_numbered:
            section.extend(deepcopy(self.footers))
        turned = {"orient": "landscape"} if paper.width > paper.height else {}
        section.append(w("type", val="nextPage"))
        section.append(w("pgSz", w=twips_of_mm(paper.width), h=twips_of_mm(paper.height), **turned))
        sides = {side: twips_of_mm(getattr(paper, side)) for side in ("top", "bottom", "left", "right")}
        section.append(w("pgMar", **sides, header=twips_of_mm(10), footer=twips_of_mm(14), gutter=0))
        if paper.is_numbered and not self.is_numbered:
            section.append(w("pgNumType", start=1))
            self.is_numbered = True

    def _footers(self, *, is_official: bool) -> list[Any]:
        """— 1 —, once for all sections: in the middle, of an official document on the outer side (GB/T 9704)."""
        first = self.document.sections[0]
        _number(first.footer, "right" if is_official else "center")
        if is_official:
            self.document.settings.odd_and_even_pages_header_footer = True
            _number(first.even_page_footer, "left")
        return list(self.end.xpath("w:footerReference"))


def _number(footer: Any, align: str) -> None:
    footer.is_linked_to_previous = False
    old = footer.paragraphs[0]._p
    page = (*_field("PAGE"), _run("1"), _mark("end"))
    properties = w("pPr", w("pStyle", val=style_id(PAGE_NUMBER)), w("jc", val=align))
    old.getparent().replace(old, w("p", properties, _run("— "), *page, _run(" —")))


def _heading(element: Element) -> tuple[int, str] | None:
    match element:
        case Title():
            return element.level, element.text
        case Page(is_continued=False):
            return element.level, element.heading
    return None


def _entry(bookmark: str, words: str) -> Any:
    """An entry of the contents, with the field of its page."""
    page = (*_field(rf"PAGEREF {bookmark} \h"), _mark("end"))
    return w("hyperlink", _run(f"{words}\t"), *page, anchor=bookmark)


def _run(words: str) -> Any:
    return w("r", *_pieces(text(words)))


def _pieces(words: str) -> Iterator[Any]:
    """The text of a run, its tabs and line breaks as elements."""
    for number, line in enumerate(words.split("\n")):
        if number:
            yield w("br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                yield w("tab")
            said = w("t", **{"xml:space": "preserve"})
            said.text = piece
            yield said


def _field(instruction: str) -> Iterator[Any]:
    """The beginning of a field, up to its result, which the program computes that opens it; `_mark` ends it."""
    yield w("r", w("fldChar", fldCharType="begin", dirty=1))
    told = w("instrText", **{"xml:space": "preserve"})
    told.text = f" {instruction} "
    yield w("r", told)
    yield _mark("separate")


def _mark(kind: str) -> Any:
    return w("r", w("fldChar", fldCharType=kind))
