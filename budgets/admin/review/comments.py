"""意见: ask, answer, settle. The views act on POST and lead back to the page of the comment."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ...actions import comments
from ...actions.base import ActionRefused, Forbidden
from ...forms.layout import say_at
from ...models import Comment
from ...permissions import AuthenticatedHttpRequest
from .cell_labels import place_of
from .context import Desk, open_desk
from .figure import figure_page
from .forms import AnswerForm, CommentForm
from .lookups import report_for, thread_for
from .page import desk_page
from .tables import find_cell
from .text import find_sentence, place_of_sentence, sentence_page
from .threads import answerable

ACTS: dict[str, tuple[Callable[..., Comment], str]] = {
    "answer": (comments.answer, "答复已发出"),
    "resolve": (comments.resolve, "意见已解决"),
    "reopen": (comments.reopen, "意见已重新打开"),
}


@require_POST
def add(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """Start a thread on a section or, with ``target``, on a figure or a sentence, which give its place."""
    desk = open_desk(request, report_id)
    form = CommentForm(desk.sections, desk.url("comment"), request.POST)
    form.full_clean()
    given, target, text = (form.cleaned_data[name] for name in ("section", "target", "text"))
    section = given if given in desk.sections else ""
    place = _place(desk, target) if target else desk.sections.get(section, "")
    sentence = target.removeprefix(Comment.OF_SENTENCE) if target.startswith(Comment.OF_SENTENCE) else ""
    try:
        added = comments.add(desk.report, request.user, section, text, target, place)
    except Forbidden:
        raise Http404 from None
    except ActionRefused as refused:
        # The form stands at the end of the page: what is said at the field is said above too.
        say_at(form, refused.field, refused.message)
        shown = {"comment_form": form, "refusal": refused.message}
        if sentence:
            return sentence_page(request, desk, sentence, 409, **shown)
        if target:
            return figure_page(request, desk, target, 409, **shown)
        return desk_page(request, desk, "comments", 409, **shown)
    messages.success(request, "意见已提出")
    return redirect(desk.target_url(added) or desk.tab("comments"))


def _place(desk: Desk, target: str) -> str:
    """What the comment is about, in words; 404 if the report has no such figure or sentence."""
    if target.startswith(Comment.OF_SENTENCE):
        if said := find_sentence(desk, target.removeprefix(Comment.OF_SENTENCE)):
            return place_of_sentence(*said)
    elif found := find_cell(desk, target):
        return place_of(found[0], target)
    raise Http404


@require_POST
def act(request: AuthenticatedHttpRequest, report_id: int, comment_id: int, verb: str) -> HttpResponse:
    """Answer, resolve or reopen a thread of the report."""
    if verb not in ACTS:
        raise Http404
    thread = thread_for(report_for(request, report_id), comment_id)
    carry_out, message = ACTS[verb]
    desk = open_desk(request, report_id)
    form = AnswerForm(thread.pk, desk.url("comment_act", thread.pk, "answer"), request.POST)
    form.full_clean()
    try:
        carry_out(thread.pk, request.user, *([form.cleaned_data["text"]] if verb == "answer" else []))
    except Forbidden:
        raise Http404 from None
    except ActionRefused as refused:
        say_at(form, refused.field, refused.message)
        threads = answerable(desk, desk.threads, {thread.pk: form})
        return desk_page(request, desk, "comments", 409, refusal=refused.message, threads=threads)
    messages.success(request, message)
    return redirect(desk.tab("comments", f"comment-{thread.pk}"))
