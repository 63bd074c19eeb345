"""要点: the points that a reviewer judges."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ...actions.base import ActionRefused, Forbidden
from ...actions.checklist import Verdict, judge_points
from ...permissions import AuthenticatedHttpRequest
from .context import Desk, open_desk
from .forms import SeenForm
from .page import desk_page, judged_points

VERDICTS = {"passed": True, "failed": False}


@require_POST
def save(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """Save the whole list. ``verdict-<point>`` is passed, failed or empty; ``note-<point>`` is a text."""
    desk = open_desk(request, report_id)
    if not desk.may_comment:
        raise Http404
    seen = SeenForm(request.POST)
    if not seen.is_valid():
        return _again(request, desk, "请刷新页面后再保存", 422)
    try:
        judge_points(desk.report.pk, request.user, seen.cleaned_data["seen"], _verdicts(request, desk))
    except Forbidden:
        raise Http404 from None
    except ActionRefused as refused:
        return _again(request, desk, refused.message, 409)
    messages.success(request, "要点已保存")
    return redirect(desk.tab("checklist"))


def _verdicts(request: AuthenticatedHttpRequest, desk: Desk) -> dict[str, Verdict]:
    post = request.POST
    return {
        point.key: Verdict(
            VERDICTS.get(post.get(f"verdict-{point.key}", "")), post.get(f"note-{point.key}", "")
        )
        for point in desk.checklist.points
        if f"note-{point.key}" in post
    }


def _again(request: AuthenticatedHttpRequest, desk: Desk, refusal: str, status: int) -> HttpResponse:
    """Show the list with the typed values."""
    points = judged_points(desk, _verdicts(request, desk))
    return desk_page(request, desk, "checklist", status, refusal=refusal, points=points)
