"""Answers to the reviewers' comments."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ...actions import comments
from ...actions.base import ActionRefused
from ...forms.layout import say_at
from ...permissions import AuthenticatedHttpRequest
from .context import open_workspace, show
from .forms import AnswerForm
from .links import section_url
from .lookups import thread_for
from .report import refusal_status


@login_required
@require_POST
def answer(request: AuthenticatedHttpRequest, report: int, comment: int) -> HttpResponse:
    """Answer a thread, and go back to its section."""
    thread = thread_for(request, report, comment)
    form = AnswerForm(report, thread.pk, request.POST)
    form.full_clean()
    try:
        comments.answer(thread.pk, request.user, form.cleaned_data["text"])
    except ActionRefused as refused:
        space = open_workspace(request, report)
        return show(
            request,
            "entry/answer.html",
            space,
            status=422 if refused.field else refusal_status(refused),
            pinned=[replace(pinned, answer=form) for pinned in space.pinned([thread])],
            refusal=say_at(form, refused.field, refused.message),
        )
    messages.success(request, "答复已发出")
    space = open_workspace(request, report)
    if form.cleaned_data["on"] == "text" and space.has_text:
        return redirect(f"{reverse('entry:text', args=[report])}#comment-{thread.pk}")
    if space.entry(thread.section) is None:
        return redirect("entry:report", report)
    return redirect(f"{section_url(report, thread.section)}#comment-{thread.pk}")
