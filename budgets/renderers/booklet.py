"""公开文本: everything that a report publishes as one document, in the order in which it is printed. Pure."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..domain.sheets import Sheet
from ..narrative.document import Chart, Document, Heading, Listing, Paragraph, SheetKind, SheetsHere
from .manuscript import EPOCH, Element, Lines, Manuscript, Title
from .paging import Page, pages_of

_PART = "第"
"""Begins the number of a part: 第一部分."""


@dataclass(frozen=True, kw_only=True)
class Booklet:
    """``cover`` are labels and values below the title; ``annexes`` the titles of what is published beside it."""

    title: str
    department: str
    document: Document | None
    sheets: Sequence[Sheet]
    cover: Sequence[tuple[str, str]] = ()
    annexes: Sequence[str] = ()
    date: datetime.date = EPOCH
    identifier: str = ""

    @property
    def manuscript(self) -> Manuscript:
        return Manuscript(
            title=self.title,
            author=self.department,
            elements=list(_elements(self)),
            cover=self.cover,
            date=self.date,
            identifier=self.identifier,
            version=state_of(self.document),
        )


def state_of(document: Document | None) -> str:
    """Tells one state of a text from another."""
    said = document.text() if document else ""
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def is_of(sheet: Sheet, kind: SheetKind) -> bool:
    """Whether the sheet is of that kind."""
    return kind is SheetKind.ALL or sheet.is_form == (kind is SheetKind.FORMS)


def _elements(booklet: Booklet) -> Iterator[Element]:
    """Sheets that have no place in the text stand behind it."""
    placed: set[str] = set()
    for element in _text(booklet):
        if isinstance(element, SheetsHere):
            sheets = [sheet for sheet in booklet.sheets if is_of(sheet, element.kind)]
            placed |= {sheet.table for sheet in sheets}
            yield from _pages(sheets)
        else:
            yield element
    if rest := [sheet for sheet in booklet.sheets if sheet.table not in placed]:
        yield Title(1, "公开表")
        yield from _pages(rest)
    if booklet.annexes:
        yield Title(1, "另附文件")
        yield Lines(tuple(f"{n}. {title}" for n, title in enumerate(booklet.annexes, 1)))


def _text(booklet: Booklet) -> Iterator[Title | Lines | Chart | SheetsHere]:
    blocks = booklet.document.blocks if booklet.document else ()
    has_parts = any(isinstance(block, Heading) and block.number.startswith(_PART) for block in blocks)
    if blocks and not has_parts:
        yield Title(1, booklet.title)
    for block in blocks:
        match block:
            case Heading():
                yield Title(block.level if has_parts else block.level + 1, block.number + block.text)
            case Paragraph():
                yield Lines(tuple(block.text.split("\n")))
            case Listing():
                yield Lines(tuple(block.lines))
            case Chart() | SheetsHere():
                yield block


def _pages(sheets: Sequence[Sheet]) -> Iterator[Page]:
    return (page for sheet in sheets for page in pages_of(sheet))
