"""Where the facts of a sentence are entered.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.address import Address
from ..domain.choices import Flow, Use
from ..domain.dossier import Dossier
from ..domain.ledger import Filter
from ..domain.profile import section_of
from ..domain.sheets import Lines
from .document import Sentence, Value
from .sources import singles


def sections_of(dossier: Dossier, sentence: Sentence) -> Iterator[str]:
    """The keys of the sections in which something of ``sentence`` is typed, one for each of its sources."""
    for value in sentence.values:
        yield from sections_behind(dossier, value)


def sections_behind(dossier: Dossier, value: Value) -> Iterator[str]:
    """The keys of the sections in which ``value`` is typed, one for each of its sources.

    A sum counts where one section alone makes it up: 本年收入 belongs to 收入与结转, 本年支出 to none (an empty key).
    """
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
