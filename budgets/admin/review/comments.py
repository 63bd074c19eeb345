"""意见: ask, answer, settle. The views act on POST and lead back to the page of the comment."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ...actions import comments
from ...actions.base import ActionRefused, Forbidden
from ...models import Comment
from ...requests import AuthenticatedHttpRequest
from .cell_labels import place_of
from .context import open_desk
from .figure import figure_page
from .lookups import report_for, thread_for
from .page import desk_page
from .tables import figure_url, find_cell

ACTS: dict[str, tuple[Callable[..., Comment], str]] = {
    "answer": (comments.answer, "答复已发出"),
    "resolve": (comments.resolve, "意见已解决"),
    "reopen": (comments.reopen, "意见已重新打开"),
}


@require_POST
def add(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """Start a thread on a section or, with ``target``, on a figure. The tables give the figure's place."""
    desk = open_desk(request, report_id)
    given, target = request.POST.get("section", ""), request.POST.get("target", "")
    section = given if given in desk.sections else ""
    text = request.POST.get("text", "")
    found = find_cell(desk, target) if target else None
    if target and found is None:
        raise Http404
    place = place_of(found[0], target) if found else desk.sections.get(section, "")
    try:
        comments.add(desk.report, request.user, section, text, target, place)
    except Forbidden:
        raise Http404 from None
    except ActionRefused as refused:
        typed = {"refusal": refused.message, "typed": text, "typed_section": section}
        if target:
            return figure_page(request, desk, target, 409, **typed)
        return desk_page(request, desk, "comments", 409, **typed)
    messages.success(request, "意见已提出")
    return redirect(figure_url(desk, target) if target else desk.tab("comments"))


@require_POST
def act(request: AuthenticatedHttpRequest, report_id: int, comment_id: int, verb: str) -> HttpResponse:
    """Answer, resolve or reopen a thread of the report."""
    if verb not in ACTS:
        raise Http404
    thread = thread_for(report_for(request, report_id), comment_id)
    carry_out, message = ACTS[verb]
    text = request.POST.get("text", "")
    desk = open_desk(request, report_id)
    try:
        carry_out(thread.pk, request.user, *([text] if verb == "answer" else []))
    except Forbidden:
        raise Http404 from None
    except ActionRefused as refused:
        return desk_page(
            request, desk, "comments", 409, refusal=refused.message, answered=thread.pk, typed_answer=text
        )
    messages.success(request, message)
    return redirect(desk.tab("comments", f"comment-{thread.pk}"))
