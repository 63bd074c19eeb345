"""The sentences of a generated text that differ from those of another one. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..narrative.document import Document


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """``old`` or ``new`` is None if that text has no sentence of the key. ``place`` names the nearest heading."""

    key: str
    place: str
    old: str | None
    new: str | None


def changed_sentences(old: Document, new: Document) -> list[SentenceChange]:
    """The sentences that differ, in the order of ``new``, followed by those that are gone.

    Compared by key: neither a moved sentence nor another number of a heading or list item is a change.
    """
    before, after = (
        {sentence.key: (place, sentence.text) for place, sentence in side.placed} for side in (old, new)
    )
    changes = []
    for key in {**after, **before}:
        (was_at, was), (place, now) = before.get(key, ("", None)), after.get(key, ("", None))
        if was != now:
            changes.append(SentenceChange(key, place or was_at, was, now))
    return changes
