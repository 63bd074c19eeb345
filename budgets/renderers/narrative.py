"""A generated document as HTML: headings, paragraphs and lists, each figure with the way to where it comes from.

Pure. Every sentence has an id, so that a link or a comment can point to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from re import compile
from typing import Any

from django.utils.safestring import SafeString

from ..narrative.document import Block, Document, Heading, Listing, Paragraph, Piece, Sentence, Value
from .markup import attributes, joined, markup

Link = Callable[[Value], str]
"""The address to which a figure leads; empty for none."""
Mark = Callable[[Sentence], str]
"""Further classes of a sentence: ``has-comment``, ``is-changed``."""
At = Callable[[Sentence], str]
"""The address to which a whole sentence leads, whose figures then lead nowhere; empty for none."""

_NOT_IN_ID = compile(r"[^\w.-]")


def sentence_id(key: str) -> str:
    """The ``id`` of the sentence or heading with that key: ``n-three_public.reception``."""
    return "n-" + _NOT_IN_ID.sub("-", key)


@dataclass(frozen=True)
class _Renderer:
    link: Link
    level: int = 2
    mark: Mark = lambda sentence: ""
    at: At = lambda sentence: ""

    def block(self, block: Block) -> SafeString:
        match block:
            case Heading():
                return self._heading(block)
            case Listing():
                items = (self._item(block, number, item) for number, item in enumerate(block.items, 1))
                return _element("ol", joined(items), class_="narrative-list")
            case Paragraph():
                return _element("p", joined(self.sentence(sentence) for sentence in block.sentences))

    def sentence(self, sentence: Sentence) -> SafeString:
        pieces = joined(_pieces(sentence.pieces, self.link))
        attrs = {"id": sentence_id(sentence.key), "class_": f"sentence {self.mark(sentence)}".rstrip()}
        address = self.at(sentence)
        return _element("a", pieces, href=address, **attrs) if address else _element("span", pieces, **attrs)

    def _heading(self, heading: Heading) -> SafeString:
        tag = f"h{min(heading.level + self.level - 1, 6)}"
        return _element(tag, markup("{}{}", heading.number, heading.text), id=sentence_id(heading.key))

    def _item(self, listing: Listing, number: int, item: Sentence) -> SafeString:
        mark = markup('<span class="narrative-number">{}</span>', listing.number.format(number))
        return _element("li", joined((mark, self.sentence(item))))


def render(document: Document, link: Link, level: int = 2, **options: Any) -> SafeString:
    """The blocks below the title. ``level`` is that of the outermost headings: ``h2``.

    ``options`` are ``mark`` (`Mark`) and ``at`` (`At`).
    """
    renderer = _Renderer(link, level, **options)
    return joined(renderer.block(block) for block in document.blocks)


def render_sentence(sentence: Sentence, link: Link) -> SafeString:
    return _Renderer(link).sentence(sentence)


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
