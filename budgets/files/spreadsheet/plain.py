"""The usual way in which programs write long parts: one element after another, without prefixes and comments.

A pattern reads it several times faster than a parser can call Python. The parser reads what stands around it, and all
of a part that is written in any other way.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from .markup import Attributes, Reader
from .texts import SHORT

LONGEST = 2 * 1024 * 1024
"""Characters of one element at most. A cell has 32,767, each of which may be written as an entity."""

_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));|&")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

Consume = Callable[[str], tuple[int, bool]]
"""Reads whole elements; returns where the rest begins, and whether that is the end of the list."""


class NotPlain(Exception):
    """The part is not written in the plain way, or not as XML at all."""


@dataclass
class Around:
    """What stands before and after the elements of ``name``."""

    name: str
    start: Callable[[str, Attributes], None]
    is_inside: bool = False
    is_utf8: bool = True

    def __post_init__(self) -> None:
        self.opening = re.compile(rb"<%s(?:\s[^<>]*)?(?<!/)>" % self.name.encode())
        self.reader = Reader(self._started)
        self.reader.parser.XmlDeclHandler = self._declared

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.is_utf8 = (encoding or "utf-8").lower() in ("utf-8", "utf8", "us-ascii")

    def _started(self, name: str, attributes: Attributes) -> None:
        self.is_inside = name == self.name
        self.start(name, attributes)


def read_plain(pieces: Iterable[bytes], around: Around, consume: Consume) -> None:
    """Read a part. Raises `NotPlain`, and `NotXml` where its beginning or end is no XML."""
    rest = iter(pieces)
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        text = decode(_head(rest, around))
        while True:
            at, is_end = consume(text)
            text = text[at:]
            if is_end:
                break
            piece = next(rest, None)
            if piece is None or len(text) > LONGEST:
                raise NotPlain
            text += decode(piece)
        around.reader.feed(f"</{around.name}>{text}".encode())
        around.reader.read(decode(piece).encode() for piece in rest)
    except UnicodeDecodeError as error:
        raise NotPlain from error


def _head(pieces: Iterator[bytes], around: Around) -> bytes:
    """Read up to the elements; returns the beginning of these."""
    head = b""
    for piece in pieces:
        head += piece
        found = around.opening.search(head)
        if found:
            around.reader.feed(head[: found.end()])
            if not around.is_inside or not around.is_utf8:
                raise NotPlain
            return head[found.end() :]
        if len(head) > LONGEST:
            break
    raise NotPlain


def without_entities(text: str) -> str:
    """The text as a parser gives it. Raises `NotPlain`."""
    return _remembered(text) if len(text) < SHORT else _without_entities(text)


def _without_entities(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ENTITY.sub(_character, text)


_remembered = lru_cache(maxsize=10_000)(_without_entities)


def _character(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    if not decimal and not hexadecimal:
        raise NotPlain
    number = int(decimal) if decimal else int(hexadecimal, 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or (number < 0x20 and number not in (9, 10, 13)):
        raise NotPlain
    return chr(number)
