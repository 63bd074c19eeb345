"""The paragraphs and tables of a Word document as its reader sees them: insertions taken, deletions gone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from lxml import etree

from ..domain.types import FORBIDDEN
from .office import DAMAGED, PackageRefused, check_package

MOST_PARAGRAPHS = 20_000
LONGEST = 20_000
"""Characters of one paragraph."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN, _STYLES = "word/document.xml", "word/styles.xml"
_BESIDE = {"word/comments.xml": "批注", "word/footnotes.xml": "脚注", "word/endnotes.xml": "尾注"}
_CONTENTS = "toc"
"""Begins the names of the styles of a table of contents, whose entries repeat headings."""


@dataclass(frozen=True, slots=True)
class Table:
    """``at`` is the number of lines before it, ``rows`` the texts of its cells."""

    at: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DocxText:
    """``lines`` are the paragraphs with text outside of tables and contents; ``beside`` the comments and notes."""

    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    beside: tuple[str, ...]


def read_docx(content: bytes) -> DocxText:
    """Raises `PackageRefused` for what is no such document, is damaged, or is too long."""
    check_package(content, "docx")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            body = _parsed(archive.read(_MAIN))
            styles = _contents_styles(_parsed(archive.read(_STYLES))) if _STYLES in names else set()
            beside = tuple(
                f"{what}“{said}”"
                for name, what in _BESIDE.items()
                if name in names
                for said in _said(_parsed(archive.read(name)))
            )
    except (*DAMAGED, KeyError, etree.XMLSyntaxError) as error:
        raise PackageRefused("docx 文件已损坏，不能打开") from error
    lines, tables = _read(body, styles)
    return DocxText(tuple(lines), tuple(tables), beside)


def _parsed(content: bytes) -> Any:
    """Without entities, which could expand or name files."""
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


def _read(body: Any, contents: set[str]) -> tuple[list[str], list[Table]]:
    lines: list[str] = []
    tables: list[Table] = []
    inside: set[Any] = set()
    for element in body.iter(f"{_W}p", f"{_W}tbl"):
        if element.getparent() in inside:
            inside.add(element)
        elif element.tag == f"{_W}tbl":
            tables.append(Table(len(lines), tuple(_rows(element))))
            inside.update(element.iter())
        elif not _is_of(element, contents):
            lines += (line for line in _text(element).split("\n") if line.strip())
        if len(lines) > MOST_PARAGRAPHS:
            raise PackageRefused(f"文件过长，最多 {MOST_PARAGRAPHS} 段")
    if any(len(line) > LONGEST for line in lines):
        raise PackageRefused(f"有一段过长，最多 {LONGEST} 个字")
    return lines, tables


def _is_of(paragraph: Any, styles: set[str]) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val") in styles


def _rows(table: Any) -> Iterator[tuple[str, ...]]:
    for row in table.iterchildren(f"{_W}tr"):
        yield tuple("\n".join(_said(cell)) for cell in row.iterchildren(f"{_W}tc"))


def _said(element: Any) -> Iterator[str]:
    """The text of each paragraph in it that has one."""
    for paragraph in element.iter(f"{_W}p"):
        if text := _text(paragraph):
            yield text


def _text(paragraph: Any) -> str:
    """Deleted text is `delText`, and the instruction of a field is `instrText`: neither is read."""
    pieces = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{_W}br":
            pieces.append("\n")
        elif element.getparent().tag == f"{_W}r":
            pieces.append("\t")
    return FORBIDDEN.sub("", "".join(pieces)).strip()
