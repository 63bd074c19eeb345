"""What is printed as a document, whatever the format: a cover with contents, and elements in their order.

Pure. The formats (pdf, docx) differ in how they draw each element.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..narrative.document import Chart
from .paging import Page

EPOCH = datetime.date(2000, 1, 1)
"""The date of a file whose content has none."""


@dataclass(frozen=True, slots=True)
class Title:
    """A heading. Level 1 is a part, which begins a page; 2 and below are those of the text."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Paragraphs, or the items of a list with their numbers."""

    texts: tuple[str, ...]


class Face(StrEnum):
    """The lines of an official document that are no text (GB/T 9704): how each stands on the page."""

    ISSUER = "issuer"
    """发文机关标志, red."""
    NUMBER = "number"
    """发文字号, with the red rule below."""
    SUBJECT = "subject"
    """标题."""
    ADDRESSEE = "addressee"
    """主送机关."""
    ATTACHMENT = "attachment"
    """附件说明."""
    SIGNATURE = "signature"
    """署名, 成文日期."""
    COLOPHON = "colophon"
    """版记, between rules."""


@dataclass(frozen=True, slots=True)
class Special:
    face: Face
    text: str


Element = Title | Lines | Chart | Page | Special


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """``cover`` are labels and values below the title on a page of its own, which the contents follow; None: neither.

    ``date`` becomes that of the file, which is the same whenever it is made. ``identifier`` and ``version`` tell a file
    that comes back edited: of what it is, and in which state that was.
    """

    title: str
    author: str
    elements: Sequence[Element]
    cover: Sequence[tuple[str, str]] | None = None
    date: datetime.date = EPOCH
    identifier: str = ""
    version: str = ""
