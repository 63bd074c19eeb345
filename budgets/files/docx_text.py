"""The paragraphs and tables of a Word document as its reader sees them: insertions taken, deletions gone."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from ..domain.types import FORBIDDEN
from .office import DAMAGED, MEGABYTE, PackageRefused, check_package

MOST_PARAGRAPHS = 20_000
MOST_CHARACTERS = 1_000_000
LONGEST = 20_000
"""Characters of one paragraph."""
LARGEST_PART = 24 * MEGABYTE
MOST_TAGS = 800_000
"""Tags of one part. A full text of sixty pages has a tenth of them."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN, _STYLES, _CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
_BESIDE = {"word/comments.xml": "批注", "word/footnotes.xml": "脚注", "word/endnotes.xml": "尾注"}
_MARGINS = re.compile(r"word/(header|footer)\d*\.xml")
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_VERSION = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"
_CONTENTS = "toc"
"""Begins the names of the styles of a table of contents, whose entries repeat headings."""
_P, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_TEXT = {f"{_W}t": "", f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""Says again what stands before it, for older programs."""
_UNREAD = {
    "oMath": "公式",
    "sym": "特殊符号",
    "object": "嵌入对象",
    "drawing": "图片或图形",
    "pict": "图片或图形",
}


@dataclass(frozen=True, slots=True)
class Table:
    """``at`` is the number of lines before it, ``rows`` the texts of its cells."""

    at: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DocxText:
    """``lines`` are the paragraphs with text outside of tables and contents; ``beside`` the comments and notes.

    ``margins`` is the text of headers and footers without numbers of pages, ``unread`` counts what has no text here.
    ``identifier`` and ``version`` are properties of the document, empty where it has none.
    """

    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    beside: tuple[str, ...]
    margins: str = ""
    unread: Counter[str] = field(default_factory=Counter)
    identifier: str = ""
    version: str = ""


def read_docx(content: bytes) -> DocxText:
    """Raises `PackageRefused` for what is no such document, is damaged, or is too long."""
    if content.startswith(b"%PDF"):
        raise PackageRefused("这是 PDF 文件，请上传改过的 Word 文件（docx）")
    check_package(content, "docx")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _read(archive)
    except (*DAMAGED, KeyError, etree.XMLSyntaxError) as error:
        raise PackageRefused("docx 文件已损坏，不能打开") from error


def _read(archive: zipfile.ZipFile) -> DocxText:
    names = archive.namelist()

    def parsed(name: str) -> Any:
        return _parsed(archive, name) if name in names else etree.Element("none")

    body = parsed(_MAIN)
    lines, tables = _body(body, _contents_styles(parsed(_STYLES)))
    beside = (f"{what}“{said}”" for name, what in _BESIDE.items() for said in _said(parsed(name)))
    margins = {"".join(_said(parsed(name))) for name in names if _MARGINS.fullmatch(name)}
    core = parsed(_CORE)
    return DocxText(
        tuple(lines),
        tuple(tables),
        tuple(beside),
        re.sub(r"[\d\s]", "", " ".join(sorted(margins))),
        _unread(body),
        (core.findtext(_IDENTIFIER) or "").strip(),
        (core.findtext(_VERSION) or "").strip(),
    )


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    """A part of the package, without entities, which could expand or name files."""
    with archive.open(name) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART or content.count(b"<") > MOST_TAGS:
        raise PackageRefused("docx 文件内容过多，不像是由系统写出的全文改成的")
    return etree.fromstring(
        content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def _contents_styles(styles: Any) -> set[str]:
    return {
        style.get(f"{_W}styleId")
        for style in styles.iter(f"{_W}style")
        for name in style.findall(f"{_W}name")
        if name.get(f"{_W}val", "").lower().startswith(_CONTENTS)
    }


def _body(body: Any, contents: set[str]) -> tuple[list[str], list[Table]]:
    lines: list[str] = []
    tables: list[Table] = []
    characters = 0
    for number, element in enumerate(_blocks(body)):
        if number >= MOST_PARAGRAPHS:
            raise PackageRefused(f"文件过长，最多 {MOST_PARAGRAPHS} 段")
        if element.tag == _TABLE:
            tables.append(Table(len(lines), tuple(_rows(element))))
        elif not _is_of(element, contents):
            found = [line.strip() for line in _text(element).split("\n") if line.strip()]
            lines += found
            characters += sum(map(len, found))
        if characters > MOST_CHARACTERS or any(len(line) > LONGEST for line in lines[-1:]):
            raise PackageRefused(f"文字过长，一段最多 {LONGEST} 个字")
    return lines, tables


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs, also those within others (text boxes), and outermost tables, in their order."""
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if here.tag == _ALTERNATIVE:
            continue
        if here.tag in (_P, _TABLE):
            yield here
        if here.tag != _TABLE:
            waiting += reversed(here)


def _is_of(paragraph: Any, styles: set[str]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val") in styles


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iterchildren(_ROW):
        yield tuple("\n".join(_said(cell)) for cell in row.iterchildren(_CELL))


def _said(element: Any) -> Iterator[str]:
    """The text of each paragraph in it that has one."""
    for paragraph in element.iter(_P):
        if text := _text(paragraph):
            yield text


def _text(paragraph: Any) -> str:
    """Its own text, not that of paragraphs within it.

    Deleted text is `delText`, and the instruction of a field is `instrText`: neither is read.
    """
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        here = waiting.pop()
        if here.tag in _TEXT:
            pieces.append(here.text or _TEXT[here.tag])
        elif here.tag not in (_P, _ALTERNATIVE) and here.tag != f"{_W}tabs":
            waiting += reversed(here)
    return FORBIDDEN.sub("", "".join(pieces)).strip()


def _unread(body: Any) -> Counter[str]:
    """What a reader sees and is no text, by its Chinese name."""
    names = (etree.QName(element).localname for element in body.iter("{*}*"))
    return Counter(_UNREAD[name] for name in names if name in _UNREAD)
