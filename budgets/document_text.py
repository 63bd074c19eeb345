"""The words in an uploaded document (docx, pdf), to be searched for what is withheld."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO
from itertools import islice

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .packages import DAMAGED
from .scalars import FORBIDDEN

LONGEST = 4_000_000
"""Characters that are kept of one document."""

MOST_PAGES = 2000

_WORDS = re.compile(
    r"word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml|docProps/core\.xml"
)
_TAG = re.compile(r"<[^>]*>")


def text_of(content: bytes, format: str) -> str | None:
    """The words of a document of that format; None where they cannot be read, or there are none: pictures."""
    text = _of_pdf(content) if format == "pdf" else _of_docx(content)
    text = FORBIDDEN.sub("", text or "").strip()[:LONGEST]
    return text or None


def _of_pdf(content: bytes) -> str | None:
    try:
        reader = PdfReader(BytesIO(content))
        said = [str(value) for value in (reader.metadata or {}).values()]
        return "\n".join([*said, *(page.extract_text() for page in islice(reader.pages, MOST_PAGES))])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return None  # a document that a viewer may show all the same: nobody can say what is in it


def _of_docx(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [name for name in archive.namelist() if _WORDS.fullmatch(name)]
            return "\n".join(_of_xml(archive.read(name)) for name in sorted(parts))
    except (*DAMAGED, KeyError):
        return None


def _of_xml(content: bytes) -> str:
    """What stands between the tags: a word may be cut into many."""
    return html.unescape(_TAG.sub("", content.decode("utf-8", "replace")))
