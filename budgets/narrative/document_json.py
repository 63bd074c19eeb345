"""Documents as JSON and back, without loss, to be frozen with the sheets of a publication.

Pure. Wording is a string and a value an object. What is empty is left out. A filter is its query, by which a page
links to the rows behind a figure.
"""

from __future__ import annotations

from typing import Any

from ..domain.address import Address
from ..domain.figures import Base
from ..domain.ledger import Filter
from ..domain.money import Unit
from ..domain.sheet_json import dump_value, load_value
from ..domain.sheets import Lines
from .document import (
    Block,
    Chart,
    Document,
    Heading,
    Kind,
    Listing,
    Mark,
    Paragraph,
    Piece,
    Sentence,
    Shape,
    SheetKind,
    SheetsHere,
    Value,
)
from .sources import Budgeted, Source, Sum

Json = Any


def dump_document(document: Document) -> dict[str, Json]:
    return {"title": document.title, "blocks": [_dump_block(block) for block in document.blocks]}


def load_document(data: dict[str, Json]) -> Document:
    """The document that `dump_document` wrote."""
    return Document(data["title"], tuple(_load_block(block) for block in data["blocks"]))


def dump_chart(chart: Chart) -> dict[str, Json]:
    """A chart alone, for a page that has no document."""
    return {
        "key": chart.key,
        "chart": chart.title,
        "number": chart.number,
        "shape": chart.shape.value,
        "unit": chart.unit.value,
        "series": [*chart.series],
        "marks": [_dump_mark(mark) for mark in chart.marks],
    }


def load_chart(data: dict[str, Json]) -> Chart:
    """The chart that `dump_chart` wrote."""
    return Chart(
        data["key"],
        data["chart"],
        Shape(data["shape"]),
        tuple(data["series"]),
        tuple(_load_mark(mark) for mark in data["marks"]),
        Unit(data["unit"]),
        data["number"],
    )


def _dump_mark(mark: Mark) -> Json:
    found = {"label": mark.label, "amounts": [_dump_piece(one) if one else None for one in mark.amounts]}
    return found | ({"share": _dump_piece(mark.share)} if mark.share else {})


def _load_mark(data: Json) -> Mark:
    amounts = tuple(_load_value(one) if one else None for one in data["amounts"])
    return Mark(data["label"], amounts, _load_value(data["share"]) if "share" in data else None)


def _dump_block(block: Block) -> dict[str, Json]:
    match block:
        case Heading():
            return {"key": block.key, "level": block.level, "number": block.number, "heading": block.text}
        case Paragraph():
            return {"key": block.key, "paragraph": [_dump_sentence(one) for one in block.sentences]}
        case Listing():
            items = [_dump_sentence(one) for one in block.items]
            return {"key": block.key, "list": items, "number": block.number}
        case Chart():
            return dump_chart(block)
        case SheetsHere():
            return {"key": block.key, "sheets": block.kind.value}


def _load_block(data: dict[str, Json]) -> Block:
    key = data["key"]
    if "heading" in data:
        return Heading(key, data["level"], data["number"], data["heading"])
    if "paragraph" in data:
        return Paragraph(key, tuple(_load_sentence(one) for one in data["paragraph"]))
    if "chart" in data:
        return load_chart(data)
    if "sheets" in data:
        return SheetsHere(key, SheetKind(data["sheets"]))
    return Listing(key, tuple(_load_sentence(one) for one in data["list"]), data["number"])


def _dump_sentence(sentence: Sentence) -> dict[str, Json]:
    return {"key": sentence.key, "pieces": [_dump_piece(piece) for piece in sentence.pieces]}


def _load_sentence(data: dict[str, Json]) -> Sentence:
    return Sentence(data["key"], tuple(_load_piece(piece) for piece in data["pieces"]))


def _dump_piece(piece: Piece) -> Json:
    if isinstance(piece, str):
        return piece
    found = {
        "text": piece.text,
        "kind": piece.kind.value,
        "amount": dump_value(piece.amount),
        "source": _dump_source(piece.source),
        "base": _dump_source(piece.base),
    }
    return {name: value for name, value in found.items() if value is not None}


def _load_piece(data: Json) -> Piece:
    return data if isinstance(data, str) else _load_value(data)


def _load_value(data: Json) -> Value:
    source, base = _load_source(data.get("source")), _load_source(data.get("base"))
    amount: Any = load_value(data.get("amount"))
    return Value(data["text"], Kind(data["kind"]), source, amount, base)


def _dump_source(source: Source) -> Json:
    match source:
        case Address():
            return {"field": [source.owner, source.field, source.project]}
        case Lines():
            return {"lines": source.filter.query(), "year": source.year}
        case Budgeted():
            return {"budget": source.filter.query(), "base": source.base.value}
        case Sum():
            return {"plus": [*map(_dump_source, source.plus)], "minus": [*map(_dump_source, source.minus)]}
    return None


def _load_source(data: Json) -> Source:
    match data:
        case {"field": [owner, field, project]}:
            return Address.of(owner, field, project)
        case {"lines": query, "year": year}:
            return Lines(Filter.parse(query), year)
        case {"budget": query, "base": base}:
            return Budgeted(Filter.parse(query), Base(base))
        case {"plus": plus, "minus": minus}:
            return Sum(tuple(map(_load_source, plus)), tuple(map(_load_source, minus)))
    return None
