"""The bureau's settings for a year's 说明: headings, their order, notes and the wording of sentences.

Pure. A setting that does not fit the locality's chapters, because a later release has others, has no effect.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ..domain.dossier import TextSetting
from .rewording import VALUE, WordingRefused, refuse_own_facts
from .spec import Chapter, NarrativeSpec
from .templates import required_slots, slots_of

ANYWHERE = frozenset({"year", "last_year", "department", "who"})
"""Slots that every sentence may use."""


def adjusted(spec: NarrativeSpec, settings: Iterable[TextSetting]) -> NarrativeSpec:
    """``spec`` as the bureau has set it."""
    settings = tuple(settings)
    if not settings:
        return spec
    of_chapters = {each.chapter: each for each in settings if not each.pattern}
    templates: dict[str, dict[str, str]] = {}
    for each in settings:
        if each.pattern and each.template:
            templates.setdefault(each.chapter, {})[each.pattern] = each.template
    return replace(spec, chapters=_chapters(spec.chapters, of_chapters, templates))


def all_chapters(chapters: Iterable[Chapter]) -> Iterator[Chapter]:
    """Every chapter, those below it behind it."""
    for chapter in chapters:
        yield chapter
        yield from all_chapters(chapter.chapters)


def templates_of(chapter: Chapter) -> Mapping[str, str]:
    """The templates that a chapter's sentences may be said in, by pattern."""
    known = sys.modules[chapter.build.__module__].WORDING if chapter.build else {}
    return {**known, **chapter.wording}


def template_problem(default: str, text: str) -> str:
    """Why ``text`` cannot stand for the template ``default``, in Chinese; empty if it can."""
    try:
        used = slots_of(text)
        needed = required_slots(default) - required_slots(text)
    except ValueError:
        return "方括号或花括号没有成对，或用错了地方"
    if unknown := used - slots_of(default) - ANYWHERE:
        return "原来的写法里没有" + "、".join(f"{{{name}}}" for name in sorted(unknown))
    if outside := required_slots(text) - required_slots(default) - ANYWHERE:
        return "、".join(f"{{{name}}}" for name in sorted(outside)) + " 不一定有，只能写在方括号里"
    if twice := [
        name for name in sorted(used - ANYWHERE) if text.count(f"{{{name}}}") > default.count(f"{{{name}}}")
    ]:
        return "、".join(f"{{{name}}}" for name in twice) + " 只能写一次"
    if needed:
        return "缺少" + "、".join(f"{{{name}}}" for name in sorted(needed)) + "，不能删去，也不能放进方括号"
    if "〔" in text or "〕" in text:
        return "不能有〔〕：它用来标出部门可以改写的句子里的数字"
    try:
        refuse_own_facts(_without_slots(text), _without_slots(default))
    except WordingRefused as refused:
        return refused.message
    return ""


def _without_slots(template: str) -> str:
    return re.sub(r"[\[\]]", "", re.sub(r"\{[a-z_]+\}", VALUE, template))


def _chapters(
    chapters: tuple[Chapter, ...],
    settings: Mapping[str, TextSetting],
    templates: Mapping[str, Mapping[str, str]],
) -> tuple[Chapter, ...]:
    made = [_chapter(chapter, settings, templates) for chapter in chapters]
    moved = sorted((each.position, each.chapter) for each in settings.values() if each.position is not None)
    for position, key in moved:
        chapter = next((chapter for chapter in made if chapter.key == key), None)
        if chapter is not None:
            made.remove(chapter)
            made.insert(position - 1, chapter)
    return tuple(made)


def _chapter(
    chapter: Chapter, settings: Mapping[str, TextSetting], templates: Mapping[str, Mapping[str, str]]
) -> Chapter:
    given = settings.get(chapter.key, TextSetting(chapter.key))
    known = templates_of(chapter)
    fitting = {
        pattern: template
        for pattern, template in templates.get(chapter.key, {}).items()
        if pattern in known and not template_problem(known[pattern], template)
    }
    return replace(
        chapter,
        title=given.title if given.title and chapter.title else chapter.title,
        note=given.note or chapter.note,
        wording={**chapter.wording, **fitting},
        chapters=_chapters(chapter.chapters, settings, templates),
    )
