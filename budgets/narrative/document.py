"""A generated document: headings, paragraphs and lists whose figures know where they come from.

Pure. Figures, direction words, names and typed texts are `Value` pieces; everything else in a sentence is wording.
Keys name paragraph and subject (``three_public.reception``), never a place, so that they are the same in every year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ..domain.choices import Choices
from ..domain.money import Unit
from .sources import Source


class Kind(StrEnum):
    """What a value tells."""

    AMOUNT = "amount"
    """Money; with a ``base`` the size of the difference between the two."""
    SHARE = "share"
    """``source`` in percent of ``base``: shares, and how much of a budget was carried out."""
    RATE = "rate"
    """The change from ``base`` to ``source`` in percent of ``base``, without its sign."""
    DIRECTION = "direction"
    """The word for the change from ``base`` to ``source``."""
    YEAR = "year"
    COUNT = "count"
    SCORE = "score"
    """Points of a self-evaluation."""
    NAME = "name"
    """A name from master data, of a project or of a person's making."""
    LIST = "list"
    """Names that are put together from what has money."""
    TEXT = "text"
    """A text that somebody typed: a reason, a purpose, a duty."""


@dataclass(frozen=True, slots=True)
class Value:
    """One locked piece. ``text`` is what is printed, with its unit.

    ``amount`` is exact: 元 for money and for a direction (signed there), percent as printed for shares and rates, a
    number for counts and years; None for words. ``source`` is None for constants of the locality alone.
    """

    text: str
    kind: Kind
    source: Source = None
    amount: Decimal | int | None = None
    base: Source = None


Piece = str | Value
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``original`` are the generated pieces of a sentence in the department's wording. No department rewords one that
    ``is_fixed``. ``chapter`` and ``pattern`` name its template. ``is_ours``: it defines a term in our words, for want
    of the official ones. None of these is frozen with a publication.
    """

    key: str
    pieces: Pieces
    original: Pieces = field(default=(), compare=False)
    is_fixed: bool = field(default=False, compare=False)
    chapter: str = field(default="", compare=False)
    pattern: str = field(default="", compare=False)
    is_ours: bool = field(default=False, compare=False)

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    @property
    def values(self) -> tuple[Value, ...]:
        return _values(self.pieces)

    @property
    def generated(self) -> Pieces:
        """The pieces before the department changed their wording."""
        return self.original or self.pieces

    @property
    def generated_values(self) -> tuple[Value, ...]:
        return _values(self.generated)


@dataclass(frozen=True, slots=True)
class Heading:
    """``level`` counts from 1. ``number`` is printed before the text, with its punctuation: ``（一）``."""

    key: str
    level: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    key: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return "".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Listing:
    """A numbered list. ``number`` is the pattern of an item's number (``{}.``); items are numbered by their order."""

    key: str
    items: tuple[Sentence, ...]
    number: str = "{}."

    @property
    def lines(self) -> Iterator[str]:
        return (self.number.format(place) + item.text for place, item in enumerate(self.items, 1))


class Shape(StrEnum):
    """How a chart is drawn."""

    COLUMNS = "columns"
    """A group of columns for each mark, one for each of the series: totals of several years."""
    BARS = "bars"
    """A bar for each mark with its share: what a total is made of."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One label of a chart with its amount in each series, None where it is unknown, and its ``share`` of the whole."""

    label: str
    amounts: tuple[Value | None, ...]
    share: Value | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """图: amounts as a picture. ``number`` counts the charts of the document from 1, and is 0 outside of one.

    ``series`` names the amounts of each mark, as many as it has: 2023年, 2024年.
    """

    key: str
    title: str
    shape: Shape
    series: tuple[str, ...]
    marks: tuple[Mark, ...]
    unit: Unit = Unit.WAN
    number: int = 0

    @property
    def caption(self) -> str:
        """``图1 收入支出总体变动情况``."""
        return f"图{self.number} {self.title}" if self.number else self.title

    @property
    def alternative(self) -> str:
        """What the picture shows, in words, for those who do not see it."""
        return f"{self.caption}（{'柱形图' if self.shape is Shape.COLUMNS else '条形图'}）：{'；'.join(self._said())}。"

    def _said(self) -> Iterator[str]:
        for mark in self.marks:
            names = self.series if len(self.series) > 1 else ("",)
            known = zip(names, mark.amounts, strict=True)
            amounts = [f"{name} {amount.text}".lstrip() for name, amount in known if amount]
            share = f"，占 {mark.share.text}" if mark.share else ""
            yield f"{mark.label} {'，'.join(amounts)}{share}"


class SheetKind(Choices):
    """The sheets that stand at one place of the document."""

    ALL = "all", "公开表"
    TABLES = "tables", "公开表"
    FORMS = "forms", "附表"


@dataclass(frozen=True, slots=True)
class SheetsHere:
    """The place of the published tables and forms (公开表) within the document. They are not part of it."""

    key: str
    kind: SheetKind


Block = Heading | Paragraph | Listing | Chart | SheetsHere


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    blocks: tuple[Block, ...]

    @property
    def placed(self) -> Iterator[tuple[str, Sentence]]:
        """Every sentence, after the text of the heading above it, or the title of the document."""
        place = self.title
        for block in self.blocks:
            match block:
                case Heading():
                    place = block.text
                case Paragraph():
                    yield from ((place, sentence) for sentence in block.sentences)
                case Listing():
                    yield from ((place, item) for item in block.items)

    @property
    def charts(self) -> Iterator[Chart]:
        return (block for block in self.blocks if isinstance(block, Chart))

    @property
    def sentences(self) -> Iterator[Sentence]:
        return (sentence for _, sentence in self.placed)

    def sentence(self, key: str) -> Sentence | None:
        return next((sentence for sentence in self.sentences if sentence.key == key), None)

    def text(self) -> str:
        """The document as plain text, a line for each heading, paragraph and item."""
        return "\n".join([self.title, *(line for block in self.blocks for line in _lines(block))])


def _values(pieces: Pieces) -> tuple[Value, ...]:
    return tuple(piece for piece in pieces if isinstance(piece, Value))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.number + block.text
        case Listing():
            yield from block.lines
        case Paragraph():
            yield block.text
        case Chart():
            yield block.alternative
