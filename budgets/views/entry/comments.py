"""Answers to the reviewers' comments."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ...actions import comments
from ...actions.base import ActionRefused
from ...requests import AuthenticatedHttpRequest
from .context import open_workspace, show
from .links import section_url
from .lookups import thread_for
from .report import refusal_status


@login_required
@require_POST
def answer(request: AuthenticatedHttpRequest, report: int, comment: int) -> HttpResponse:
    """Answer a thread, and go back to its section."""
    thread = thread_for(request, report, comment)
    text = request.POST.get("text", "")
    try:
        comments.answer(thread.pk, request.user, text)
    except ActionRefused as refused:
        space = open_workspace(request, report)
        status = 422 if refused.field else refusal_status(refused)
        return show(
            request, "entry/answer.html", space, status=status,
            pinned=space.pinned([thread]), text=text, refusal=refused.message,
        )  # fmt: skip
    messages.success(request, "答复已发出")
    space = open_workspace(request, report)
    if space.entry(thread.section) is None:
        return redirect("entry:report", report)
    return redirect(f"{section_url(report, thread.section)}#comment-{thread.pk}")
