"""What people add to the generated text: the bureau below any heading, departments at the points that chapters mark.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.address import Address
from ..domain.schema import Passage, Statement
from .document import Block, Kind, Paragraph, Sentence, Value
from .narrator import Narrator
from .templates import merged

PASSAGES = "passages."
"""Begins the keys of what departments add."""

_ENDS = "。！？；：…”）"


def passages(narrator: Narrator) -> Iterator[Block]:
    """The passages of the chapter's point, a paragraph for each line."""
    point = narrator.chapter.point
    if point is None:
        return
    for passage in narrator.dossier.part(Statement).passages:
        if passage.point == point:
            yield from _paragraphs(passage)


def note(narrator: Narrator) -> Iterator[Block]:
    """What the bureau adds to the chapter, a paragraph for each line."""
    key, given = narrator.key("note"), narrator.chapter.note
    for name, line in _lines(key, given):
        yield Paragraph(name, (Sentence(name, (line,), is_fixed=True),))


def _paragraphs(passage: Passage) -> Iterator[Block]:
    address = Address("passages", passage.key, "text")
    for key, line in _lines(PASSAGES + passage.key, passage.text):
        stop = "" if line[-1] in _ENDS else "。"
        yield Paragraph(key, (Sentence(key, merged((Value(line, Kind.TEXT, address), stop))),))


def _lines(key: str, text: str) -> Iterator[tuple[str, str]]:
    """The lines of ``text`` that say something, each with a key of its own."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        yield key + (f"~{number}" if number > 1 else ""), line
