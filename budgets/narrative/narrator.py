"""What a builder tells with: values read from their sources, sentences made of templates.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..domain.address import Address
from ..domain.dossier import Dossier
from ..domain.money import ZERO, growth, percent, share, to_unit, written
from ..domain.profile import get_profile
from . import words
from .document import Block, Kind, Listing, Paragraph, Pieces, Sentence, Value
from .sources import HEADER, Source, read
from .spec import Chapter, NarrativeSpec, Style
from .templates import Slot, fill

FINEST = 4
"""The most decimals of a share."""


@dataclass(frozen=True)
class Narrator:
    """One chapter of one report. ``defaults`` are the builder's templates, which the chapter's ``wording`` replaces."""

    dossier: Dossier
    spec: NarrativeSpec
    chapter: Chapter
    defaults: Mapping[str, str] = field(default_factory=dict)

    def worded(self, defaults: Mapping[str, str]) -> Narrator:
        return replace(self, defaults=defaults)

    @cached_property
    def style(self) -> Style:
        return replace(self.spec.style, **self.chapter.style)

    def option(self, name: str, default: Any = None) -> Any:
        return self.chapter.options.get(name, default)

    # --- values -----------------------------------------------------------------------------------

    def amount(self, source: Source) -> Value | None:
        """The money at ``source``; None if nothing is known."""
        found = read(self.dossier, source)
        return None if found is None else Value(self._written(found), Kind.AMOUNT, source, found)

    def listed(self, source: Source) -> Value | None:
        """The money at ``source``; None too where there is none and the locality leaves such items out."""
        value = self.amount(source)
        return value if value and (value.amount or self.style.list_zero) else None

    def zero(self, source: Source) -> Value:
        """No money, for the reason that stands at ``source``."""
        return Value(self._written(ZERO), Kind.AMOUNT, source, ZERO)

    def count(self, source: Source) -> Value | None:
        found = read(self.dossier, source)
        return None if found is None else Value(str(found), Kind.COUNT, source, found)

    def share(self, part: Source, whole: Source) -> Value | None:
        """``part`` in percent of ``whole``; None where that means nothing: on a zero or negative base."""
        some, all_of = read(self.dossier, part), read(self.dossier, whole)
        if some is None or all_of is None or all_of <= 0 or some < 0:
            return None
        found = share(some, all_of, self.style.share_places)
        for places in range(self.style.share_places + 1, FINEST + 1):
            # 99.97 % is not said to be all of it, nor 0.04 % nothing.
            if (found == 0 and some) or (found == 100 and some != all_of):
                found = share(some, all_of, places)
        return Value(self._percent(found), Kind.SHARE, part, found, whole)

    def typed(self, address: Address | None) -> Value | None:
        """The text that somebody typed at ``address``, as the end of a clause; None if it says nothing."""
        text = words.clause(read(self.dossier, address) or "")
        return Value(text, Kind.TEXT, address) if text else None

    def name(self, text: str, source: Source) -> Value | None:
        return Value(text, Kind.NAME, source) if text else None

    def names(self, names: Sequence[str], source: Source) -> Value | None:
        """``names`` as an enumeration; None without any."""
        return Value("、".join(names), Kind.LIST, source) if names else None

    def year(self, back: int = 0) -> Value:
        year = self.dossier.header.year - back
        return Value(str(year), Kind.YEAR, Address(HEADER, field="year"), year)

    # --- changes ----------------------------------------------------------------------------------

    def change(self, now: Source, before: Source, basis: Slot = None) -> Pieces | None:
        """``比2022年预算减少1714.23万元，下降35.8%``; ``与2022年预算持平``; None where either amount is unknown."""
        moved = self.moved(now, before)
        if moved is None:
            return None
        slots: dict[str, Slot] = {
            "before": basis or fill(self.style.before, self._common()),
            "direction": self._word(moved, now, before),
            "amount": Value(self._written(abs(moved)), Kind.AMOUNT, now, moved, before),
            "way": Value(self.style.up if moved > 0 else self.style.down, Kind.DIRECTION, now, moved, before),
            "rate": self._rate(now, before),
        }
        return fill(self.style.changed if self.is_told(moved) else self.style.unchanged, slots)

    def versus(self, actual: Source, budgeted: Source) -> Value | None:
        """大于 or 小于; None where the two are equal when they are rounded, or one is unknown."""
        moved = self.moved(actual, budgeted)
        if moved is None or not self.is_told(moved):
            return None
        return Value(
            self.style.above if moved > 0 else self.style.below, Kind.DIRECTION, actual, moved, budgeted
        )

    def short_change(self, now: Source, before: Source) -> Pieces | None:
        """``增加83.30万元``; None without a change that can be told."""
        moved = self.moved(now, before)
        if moved is None or not self.is_told(moved):
            return None
        amount = Value(self._written(abs(moved)), Kind.AMOUNT, now, moved, before)
        return (self._word(moved, now, before), amount)

    def is_told(self, amount: Decimal) -> bool:
        """Whether ``amount`` (元) is more than zero when it is rounded."""
        return bool(to_unit(amount, self.style.unit, self.style.places))

    def moved(self, now: Source, before: Source) -> Decimal | None:
        """The change in 元; None where either amount is unknown."""
        current, previous = read(self.dossier, now), read(self.dossier, before)
        return None if current is None or previous is None else current - previous

    def _word(self, moved: Decimal, now: Source, before: Source) -> Value:
        style = self.style
        word = (style.more if moved > 0 else style.less) if self.is_told(moved) else style.same
        return Value(word, Kind.DIRECTION, now, moved, before)

    def _rate(self, now: Source, before: Source) -> Value | None:
        """None on a zero or negative base, and where the rate rounds to nothing."""
        current, previous = read(self.dossier, now), read(self.dossier, before)
        found = growth(current, previous, self.style.rate_places) if previous > 0 else None
        return Value(self._percent(abs(found)), Kind.RATE, now, abs(found), before) if found else None

    # --- sentences --------------------------------------------------------------------------------

    def say(self, pattern: str, subject: str = "", /, **slots: Slot) -> Sentence | None:
        """The sentence of that ``pattern``, keyed by the chapter and ``subject``; None if it cannot be said.

        Besides ``slots`` a template may use ``{year}``, ``{last_year}``, ``{department}`` and ``{who}`` (本部门).
        """
        template = self.chapter.wording.get(pattern, self.defaults[pattern])
        pieces = fill(template, self._common() | slots) if template else None
        if not pieces:
            return None
        chapter = self.chapter
        key = self.key(subject or pattern)
        return Sentence(key, pieces, is_fixed=chapter.is_fixed, chapter=chapter.key, pattern=pattern)

    def phrase(self, pattern: str, /, **slots: Slot) -> Pieces | None:
        """A part of a sentence, by template."""
        template = self.chapter.wording.get(pattern, self.defaults[pattern])
        return fill(template, self._common() | slots) if template else None

    def paragraph(self, subject: str, sentences: Iterable[Sentence | None]) -> Iterator[Block]:
        """A paragraph of what could be said; none if nothing could."""
        if said := tuple(sentence for sentence in sentences if sentence):
            yield Paragraph(self.key(subject), said)

    def listing(self, subject: str, items: Iterable[Sentence | None], number: str = "") -> Iterator[Block]:
        if said := tuple(item for item in items if item):
            yield Listing(self.key(subject), said, number or self.spec.item_numbers)

    def key(self, subject: str) -> str:
        return f"{self.chapter.key}.{subject}"

    def _common(self) -> dict[str, Slot]:
        header, members = self.dossier.header, self.dossier.members
        address = Address(HEADER, field="department_name")
        return {
            "year": self.year(),
            "last_year": self.year(1),
            "department": self.name(header.department_name, address),
            "who": "所汇总部门" if members else f"本{get_profile(header.profile).word}",
        }

    def _written(self, amount: Decimal) -> str:
        style = self.style
        return written(
            amount, style.unit, style.places, separators=style.separators, keep_zeros=style.keep_zeros
        )

    def _percent(self, value: Decimal | None) -> str:
        return percent(value or Decimal(0), keep_zeros=self.style.keep_rate_zeros)
