"""The sentences of the narrative that tell of one section, for the page on which it is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.safestring import SafeString

from ...domain.address import Address
from ...domain.choices import Flow, Use
from ...domain.dossier import Dossier
from ...domain.ledger import Filter
from ...domain.profile import section_of
from ...domain.sheets import Lines
from ...narrative.document import Sentence
from ...narrative.sources import singles
from ...renderers.narrative import render_sentence
from .context import Workspace


def sentences_of(space: Workspace, section: str) -> list[SafeString]:
    """Every sentence with something in it that is typed in the section with that key, as markup.

    Of sums those that one section alone makes up: 本年收入 belongs to 收入与结转, 本年支出 to none.
    """
    document = space.document
    if document is None:
        return []
    told = (sentence for sentence in document.sentences if section in _sections(space.dossier, sentence))
    return [render_sentence(sentence, space.links.value) for sentence in told]


def _sections(dossier: Dossier, sentence: Sentence) -> Iterator[str]:
    for value in sentence.values:
        for source in singles(value.source):
            if isinstance(source, Lines) and not source.year:
                yield section_of(dossier, _owner(source.filter))
            elif isinstance(source, Address):
                yield section_of(dossier, source)


def _owner(filter: Filter) -> Address:
    """The object of which all lines that ``filter`` matches are; one without a name if there are several."""
    if len(filter.project) == 1:
        return Address("lines", project=filter.project[0])
    if filter.flow and Flow.EXPENDITURE not in filter.flow:
        return Address("income")
    if filter.use and Use.PROJECT not in filter.use:
        return Address("expenditure")
    return Address("")
