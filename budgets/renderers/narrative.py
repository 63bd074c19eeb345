"""A generated document as HTML: headings, paragraphs and lists, each figure with the way to where it comes from.

Pure. Every sentence has an id, so that a link or a comment can point to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from re import compile

from django.utils.safestring import SafeString

from ..narrative.document import Block, Document, Heading, Listing, Paragraph, Piece, Sentence, Value
from .markup import attributes, joined, markup

Link = Callable[[Value], str]
"""The address to which a figure leads; empty for none."""

_NOT_IN_ID = compile(r"[^\w.-]")


def sentence_id(key: str) -> str:
    """The ``id`` of the sentence or heading with that key: ``n-three_public.reception``."""
    return "n-" + _NOT_IN_ID.sub("-", key)


def render(document: Document, link: Link, level: int = 2) -> SafeString:
    """The blocks below the title. ``level`` is that of the outermost headings: ``h2``."""
    return joined(_block(block, link, level) for block in document.blocks)


def render_sentence(sentence: Sentence, link: Link) -> SafeString:
    pieces = _pieces(sentence.pieces, link)
    return _element("span", joined(pieces), id=sentence_id(sentence.key), class_="sentence")


def _block(block: Block, link: Link, level: int) -> SafeString:
    match block:
        case Heading():
            return _heading(block, level)
        case Listing():
            items = (_item(block, number, item, link) for number, item in enumerate(block.items, 1))
            return _element("ol", joined(items), class_="narrative-list")
        case Paragraph():
            return _element("p", joined(render_sentence(sentence, link) for sentence in block.sentences))


def _heading(heading: Heading, level: int) -> SafeString:
    tag = f"h{min(heading.level + level - 1, 6)}"
    return _element(tag, markup("{}{}", heading.number, heading.text), id=sentence_id(heading.key))


def _item(listing: Listing, number: int, item: Sentence, link: Link) -> SafeString:
    mark = markup('<span class="narrative-number">{}</span>', listing.number.format(number))
    return _element("li", joined((mark, render_sentence(item, link))))


def _pieces(pieces: Iterable[Piece], link: Link) -> Iterable[SafeString]:
    return (markup("{}", piece) if isinstance(piece, str) else _value(piece, link) for piece in pieces)


def _value(value: Value, link: Link) -> SafeString:
    address = link(value)
    kind = f"narrative-value is-{value.kind.value}"
    if not address:
        return _element("span", markup("{}", value.text), class_=kind)
    return _element("a", markup("{}", value.text), href=address, class_=kind)


def _element(tag: str, content: SafeString, *, class_: str = "", **attrs: str) -> SafeString:
    given = {**attrs, **({"class": class_} if class_ else {})}
    return markup("<{}{}>{}</{}>", SafeString(tag), attributes(given), content, SafeString(tag))
