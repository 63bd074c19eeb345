"""Extract the text of an uploaded document (docx, pdf), to search it for withheld projects."""

from __future__ import annotations

import html
import re
import time
import zipfile
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from ..domain.types import FORBIDDEN
from .office import DAMAGED

LONGEST = 4_000_000
"""The most characters that are kept of one document."""

SECONDS = 10
"""The time limit for reading one PDF, because a person waits for it."""

_PARTS = re.compile(r".*\.(xml|rels)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""=\s*(?:"([^"<]*)"|'([^'<]*)')""")


@dataclass(frozen=True)
class DocumentText:
    """``words`` is None if a program can read none. ``is_whole``: no part is a picture, and nothing was cut off."""

    words: str | None
    is_whole: bool


def text_of(content: bytes, format: str) -> DocumentText:
    """The text of a document in that format. Never raises."""
    text, is_whole = _of_pdf(content) if format == "pdf" else _of_docx(content)
    words = FORBIDDEN.sub("", text).strip()
    return DocumentText(words[:LONGEST] or None, is_whole and 0 < len(words) <= LONGEST)


def _of_pdf(content: bytes) -> tuple[str, bool]:
    """Read a PDF. A page without text counts as a picture."""
    said: list[str] = []
    is_whole, end = True, time.monotonic() + SECONDS
    try:
        reader = PdfReader(BytesIO(content))
        said += [str(value) for value in (reader.metadata or {}).values()]
        for page in reader.pages:
            if time.monotonic() > end:
                return "\n".join(said), False
            words = page.extract_text()
            said.append(words)
            is_whole = is_whole and bool(words.strip())
    except Exception:  # encrypted, damaged, exotic: a viewer may show it all the same
        return "\n".join(said), False
    return "\n".join(said), is_whole


def _of_docx(content: bytes) -> tuple[str, bool]:
    """Read all XML of a docx with its attributes: descriptions of pictures, addresses, charts. Not pictures."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            parts = sorted(name for name in names if _PARTS.fullmatch(name))
            has_pictures = any(name.startswith("word/media/") for name in names)
            return "\n".join(_of_xml(archive.read(name)) for name in parts), not has_pictures
    except (*DAMAGED, KeyError):
        return "", False


def _of_xml(content: bytes) -> str:
    """The text between the tags, which may split a word, followed by the attributes."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if is_wide else "utf-8", "replace")
    text = _CDATA.sub(lambda match: html.escape(match[1]), text)
    attributes = (a or b for a, b in _ATTRIBUTE.findall(text))
    return html.unescape("\n".join([_TAG.sub("", text), *attributes]))
