"""Puts a narrative together: chapters in the profile's order, headings numbered, nothing empty, wording as rewritten.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..domain.dossier import Dossier, derived
from ..domain.profile import get_profile
from ..domain.schema import Statement
from ..tables.wording import numeral
from .charts import numbered
from .document import Block, Document, Heading, SheetsHere
from .narrator import Narrator
from .passages import note, passages
from .rewording import reworded
from .settings import adjusted, all_chapters
from .spec import Chapter, NarrativeSpec


@dataclass(frozen=True)
class _Written:
    """A chapter that something stands in."""

    chapter: Chapter
    blocks: tuple[Block, ...]
    below: tuple[_Written, ...]


def build_narrative(dossier: Dossier, spec: NarrativeSpec | None = None) -> Document:
    """The narrative of a report, as its profile has it or by another ``spec``.

    What is published is told of a dossier that was redacted before (`budgets.analysis.redaction`). Raises LookupError
    for a profile without a narrative.
    """
    spec = spec or get_profile(dossier.header.profile).narrative
    if spec is None:
        raise LookupError(dossier.header.profile)
    spec = adjusted(spec, dossier.text_settings)
    written = _written(dossier, spec, spec.chapters)
    document = Document(_fixed(dossier, spec.title), tuple(_numbered(dossier, spec, written)))
    return reworded(numbered(document), dossier.part(Statement))


@derived
def narrative_of(dossier: Dossier) -> Document | None:
    """The narrative of a report; None if its profile has none."""
    spec = get_profile(dossier.header.profile).narrative
    return build_narrative(dossier, spec) if spec else None


def lacking(dossier: Dossier, spec: NarrativeSpec) -> Iterator[tuple[Chapter, str]]:
    """The chapters that the locality demands and nothing stands in, with their titles."""
    for chapter in all_chapters(adjusted(spec, dossier.text_settings).chapters):
        if chapter.needs and not any(_blocks(Narrator(dossier, spec, chapter))):
            yield chapter, _fixed(dossier, chapter.title)


def _written(dossier: Dossier, spec: NarrativeSpec, chapters: Iterable[Chapter]) -> tuple[_Written, ...]:
    found = (
        _Written(
            chapter,
            tuple(_blocks(Narrator(dossier, spec, chapter))),
            _written(dossier, spec, chapter.chapters),
        )
        for chapter in chapters
    )
    return tuple(each for each in found if each.blocks or each.below)


def _blocks(narrator: Narrator) -> Iterator[Block]:
    if narrator.chapter.build:
        yield from narrator.chapter.build(narrator)
    if narrator.chapter.chart and (chart := narrator.chapter.chart(narrator)):
        yield chart
    if narrator.chapter.sheets:
        yield SheetsHere(narrator.key("sheets"), narrator.chapter.sheets)
    yield from note(narrator)
    yield from passages(narrator)


def _numbered(
    dossier: Dossier, spec: NarrativeSpec, written: Iterable[_Written], level: int = 1
) -> Iterator[Block]:
    number = 0
    for each in written:
        title = each.chapter.title
        if title:
            number += 1
            pattern = spec.numbering[level - 1]
            text = _fixed(dossier, title)
            yield Heading(each.chapter.key, level, pattern.format(numeral(number), n=number), text)
        yield from each.blocks
        yield from _numbered(dossier, spec, each.below, level + bool(title))


def _fixed(dossier: Dossier, text: str) -> str:
    """A title with the year and the department's name in it."""
    text = text.replace("{year}", str(dossier.header.year))
    return text.replace("{department}", dossier.header.department_name)
