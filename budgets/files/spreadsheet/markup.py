"""XML of spreadsheets, read piece by piece. Documents with a DTD are refused, so there are no entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

MAIN = frozenset(
    {
        "",
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    }
)
"""The namespaces of spreadsheets: usual, strict, and none."""
BETWEEN = " "
"""Stands between a namespace and a name."""

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]


class NotXml(Exception):
    """What is read is no XML, or has a DTD."""


class Reader:
    """Calls the handlers of elements of the spreadsheet namespaces by their local names."""

    def __init__(
        self,
        start: Start,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        spaces: frozenset[str] = MAIN,
    ) -> None:
        self.parser = expat.ParserCreate(namespace_separator=BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse
        names: dict[str, str] = {}

        def local(name: str) -> str:
            """The local name; empty for another namespace."""
            known = names.get(name)
            if known is None:
                space, _, bare = name.rpartition(BETWEEN)
                known = names[name] = bare if space in spaces else ""
            return known

        def started(name: str, attributes: Attributes) -> None:
            start(local(name), attributes)

        self.parser.StartElementHandler = started
        if end is not None:
            ended = end
            self.parser.EndElementHandler = lambda name: ended(local(name))
        if text is not None:
            self.parser.CharacterDataHandler = text

    def feed(self, piece: bytes, is_last: bool = False) -> None:
        """Raises `NotXml`."""
        try:
            self.parser.Parse(piece, is_last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise NotXml from error

    def read(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self.feed(piece)
        self.feed(b"", is_last=True)


def _refuse(*args: object) -> None:
    raise NotXml


def is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")
