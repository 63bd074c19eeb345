"""说明: the text as it would be published, its sentences one by one, and what became of them since they were last seen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from ...changes.sentences import SentenceChange
from ...domain.figures import Base
from ...domain.sheets import Lines
from ...models import Comment
from ...narrative.document import Sentence, SheetsHere, Value
from ...narrative.passages import PASSAGES
from ...narrative.places import sections_of
from ...narrative.rewording import as_generated
from ...narrative.sources import Budgeted
from ...permissions import AuthenticatedHttpRequest
from ...renderers.markup import markup
from ...renderers.narrative import render, render_sentence, sentence_id
from ..scope import is_administrator
from ..texts import url_of
from .context import Desk, open_desk, show
from .forms import CommentForm
from .since_return import sentences_since_handed_back
from .threads import answerable

LONGEST = 60
"""The most characters of a sentence in the place of a comment."""


def text_tab(desk: Desk) -> dict[str, Any]:
    """The public text: every sentence leads to its page. Empty if there is none."""
    document = desk.content.narrative
    if document is None:
        return {}
    since = sentences_since_handed_back(desk.report, desk.dossier, document)
    corrected = desk.content.difference
    changed = {change.key for change in (since.sentences if since else corrected.sentences)}

    def mark(sentence: Sentence) -> str:
        marks = {
            "is-changed": sentence.key in changed,
            "is-reworded": bool(sentence.original),
            "is-ours": sentence.is_ours,
            "has-comment": Comment.OF_SENTENCE + sentence.key in desk.open_targets,
        }
        return " ".join(name for name, is_so in marks.items() if is_so)

    def sheets(place: SheetsHere) -> SafeString:
        return markup('<p><a href="{}">{}</a></p>', desk.tab("sheets"), place.kind.label)

    return {
        "document": document,
        "text": render(
            document,
            lambda value: "",
            level=3,
            mark=mark,
            at=lambda one: desk.sentence_url(one.key),
            sheets=sheets,
        ),
        "since": since,
        "corrected": corrected,
        "reworded": [(place, one, as_generated(one).text) for place, one in document.placed if one.original],
        "passages": [
            (place, one) for place, one in document.placed if one.key.startswith(PASSAGES) and one.values
        ],
        "ours": sum(one.is_ours for one in document.sentences),
        "threads": [(thread, desk.target_url(thread)) for thread in desk.threads if thread.sentence],
    }


@require_safe
def sentence(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """``?key=<key>``: show one sentence of the text."""
    return sentence_page(request, open_desk(request, report_id), request.GET.get("key", ""))


def sentence_page(
    request: AuthenticatedHttpRequest, desk: Desk, key: str, status: int = 200, **context: object
) -> HttpResponse:
    """Show the sentence with that key, its figures leading to their rows; 404 if the text has none."""
    found = find_sentence(desk, key)
    document = desk.content.narrative
    if found is None or document is None:
        raise Http404
    place, said = found
    since = sentences_since_handed_back(desk.report, desk.dossier, document)
    target = Comment.OF_SENTENCE + key
    sections = (section for section in sections_of(desk.dossier, said) if section in desk.sections)
    return show(
        request,
        "sentence.html",
        desk,
        f"说明：{place} | {desk.title}",
        status,
        **{
            "place": place,
            "said": render_sentence(said, lambda value: _rows_url(desk, value)),
            "setting_url": _setting_url(request, desk, said),
            "has_rows": any(_rows_url(desk, value) for value in said.values),
            "generated": as_generated(said).text if said.original else "",
            "before": _before(key, since.sentences if since else ()),
            "corrected": _before(key, desk.content.difference.sentences),
            "threads": answerable(desk, desk.threads_at(target)),
            "comment_form": CommentForm(
                desk.sections,
                desk.url("comment"),
                initial={"target": target, "section": next(sections, "")},
            ),
            "stands_at": desk.tab("text", sentence_id(key)),
            **context,
        },
    )


def find_sentence(desk: Desk, key: str) -> tuple[str, Sentence] | None:
    """The sentence with that key, after the heading above it."""
    document = desk.content.narrative
    placed = document.placed if document else ()
    return next(((place, one) for place, one in placed if one.key == key), None)


def place_of_sentence(place: str, sentence: Sentence) -> str:
    """``说明 · 财政拨款收支总体情况“2023年财政拨款收支总预算…”``"""
    said = sentence.text if len(sentence.text) <= LONGEST else f"{sentence.text[: LONGEST - 1]}…"
    return f"说明 · {place[:LONGEST]}“{said}”"


def _setting_url(request: AuthenticatedHttpRequest, desk: Desk, said: Sentence) -> str:
    """The page on which an administrator words the sentence for all departments; empty for others."""
    if not said.pattern or not is_administrator(request):
        return ""
    return url_of(desk.report.fiscal_year, desk.report.kind, said.chapter, said.pattern)


def _before(key: str, changes: tuple[SentenceChange, ...]) -> SentenceChange | None:
    return next((change for change in changes if change.key == key), None)


def _rows_url(desk: Desk, value: Value) -> str:
    """The address of the rows that a figure sums; empty if it is not the sum of rows."""
    match value.source:
        case Lines(filter=filter, year=year):
            return f"{desk.url('lines')}?{f'year={year}&' if year else ''}{filter.query()}"
        case Budgeted(filter=filter, base=base):
            return f"{desk.url('lines')}?{'budget=1&' if base == Base.INITIAL else ''}{filter.query()}"
    return ""
