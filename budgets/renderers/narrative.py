"""A generated document as HTML: headings, paragraphs and lists, each figure with the way to where it comes from.

Pure. Every sentence has an id, so that a link or a comment can point to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from re import compile
from typing import Any

from django.utils.safestring import SafeString

from ..narrative.document import (
    Block,
    Chart,
    Document,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Piece,
    Sentence,
    SheetsHere,
    Value,
)
from . import charts
from .markup import attributes, joined, markup

Link = Callable[[Value], str]
"""The address to which a figure leads; empty for none."""
Hint = Callable[[Value], str]
"""What hovering over a figure says; empty for nothing."""
Tool = Callable[[Sentence], SafeString | None]
"""What stands behind a sentence: a link by which it is reworded."""
Marked = Callable[[Sentence], str]
"""Further classes of a sentence: ``has-comment``, ``is-changed``."""
At = Callable[[Sentence], str]
"""The address to which a whole sentence leads, whose figures then lead nowhere; empty for none."""
Picture = Callable[[Chart], SafeString]
"""The picture of a chart."""
Sheets = Callable[[SheetsHere], SafeString]
"""What stands at the place of the tables and forms: the way to them."""

_NOT_IN_ID = compile(r"[^\w.~-]")


def sentence_id(key: str) -> str:
    """The ``id`` of the sentence or heading with that key: ``n-three_public.reception``."""
    return "n-" + _NOT_IN_ID.sub("-", key)


def drawn(chart: Chart) -> SafeString:
    """The picture within the page."""
    return markup(
        '<div class="chart-picture" role="img" aria-label="{}"><div aria-hidden="true">{}</div></div>',
        chart.alternative,
        SafeString(charts.svg(chart)),
    )


def image(chart: Chart, address: str) -> SafeString:
    """The picture from a file."""
    return markup('<img class="chart-picture" src="{}" alt="{}" loading="lazy">', address, chart.alternative)


@dataclass(frozen=True)
class _Renderer:
    link: Link
    level: int = 2
    mark: Marked = lambda sentence: ""
    at: At = lambda sentence: ""
    tool: Tool = lambda sentence: None
    hint: Hint = lambda value: ""
    picture: Picture = drawn
    sheets: Sheets = lambda place: SafeString()

    def block(self, block: Block) -> SafeString:
        match block:
            case Heading():
                return self._heading(block)
            case Listing():
                items = (self._item(block, number, item) for number, item in enumerate(block.items, 1))
                return _element("ol", joined(items), class_="narrative-list")
            case Paragraph():
                return _element("p", joined(self.sentence(sentence) for sentence in block.sentences))
            case Chart():
                return self.chart(block)
            case SheetsHere():
                return self.sheets(block)

    def chart(self, chart: Chart) -> SafeString:
        """The picture with its caption and the table behind it, which is open where there is no picture."""
        picture = self.picture(chart)
        caption = _element("figcaption", markup("{}", chart.caption))
        data = markup(
            '<details class="chart-data"{}><summary>数据</summary>{}</details>',
            SafeString("" if picture else " open"),
            self._data(chart),
        )
        content = joined((picture, caption, data))
        return _element("figure", content, class_="narrative-chart", id=sentence_id(chart.key))

    def _data(self, chart: Chart) -> SafeString:
        has_shares = any(mark.share for mark in chart.marks)
        heads = ("项目", *chart.series, *(("占比",) if has_shares else ()))
        head = joined(_element("th", markup("{}", name), scope="col") for name in heads)
        rows = (_element("tr", joined(self._datum(mark, has_shares))) for mark in chart.marks)
        return markup(
            "<table><thead><tr>{}</tr></thead><tbody>{}</tbody></table>", SafeString(head), joined(rows)
        )

    def _datum(self, mark: Mark, has_shares: bool) -> Iterator[SafeString]:
        yield _element("th", markup("{}", mark.label), scope="row")
        for value in (*mark.amounts, *((mark.share,) if has_shares else ())):
            yield _element("td", self._piece(value) if value else SafeString())

    def sentence(self, sentence: Sentence) -> SafeString:
        pieces = joined(self._piece(piece) for piece in sentence.pieces)
        attrs = {"id": sentence_id(sentence.key), "class_": f"sentence {self.mark(sentence)}".rstrip()}
        address = self.at(sentence)
        said = _element("a", pieces, href=address, **attrs) if address else _element("span", pieces, **attrs)
        tool = self.tool(sentence)
        return joined((said, tool)) if tool else said

    def _piece(self, piece: Piece) -> SafeString:
        if isinstance(piece, str):
            return markup("{}", piece)
        attrs = {"href": self.link(piece), "title": self.hint(piece)}
        given = {name: value for name, value in attrs.items() if value}
        tag = "a" if "href" in given else "span"
        return _element(
            tag, markup("{}", piece.text), class_=f"narrative-value is-{piece.kind.value}", **given
        )

    def _heading(self, heading: Heading) -> SafeString:
        tag = f"h{min(heading.level + self.level - 1, 6)}"
        return _element(tag, markup("{}{}", heading.number, heading.text), id=sentence_id(heading.key))

    def _item(self, listing: Listing, number: int, item: Sentence) -> SafeString:
        mark = markup('<span class="narrative-number">{}</span>', listing.number.format(number))
        return _element("li", joined((mark, self.sentence(item))))


def render(document: Document, link: Link, level: int = 2, **options: Any) -> SafeString:
    """The blocks below the title. ``level`` is that of the outermost headings: ``h2``.

    ``options`` are ``mark`` (`Marked`), ``at`` (`At`), ``tool`` (`Tool`), ``hint`` (`Hint`), ``picture`` (`Picture`)
    and ``sheets`` (`Sheets`).
    """
    renderer = _Renderer(link, level, **options)
    return joined(renderer.block(block) for block in document.blocks)


def render_chart(chart: Chart, link: Link, **options: Any) -> SafeString:
    """A chart that stands in no document."""
    return _Renderer(link, **options).chart(chart)


def render_sentence(sentence: Sentence, link: Link) -> SafeString:
    return _Renderer(link).sentence(sentence)


def _element(tag: str, content: SafeString, *, class_: str = "", **attrs: str) -> SafeString:
    given = {**attrs, **({"class": class_} if class_ else {})}
    return markup("<{}{}>{}</{}>", SafeString(tag), attributes(given), content, SafeString(tag))
