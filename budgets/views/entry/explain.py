"""Explanations of warnings, posted from the check page or from a section."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ...actions.base import ActionRefused
from ...actions.explain import explain as keep
from ...requests import AuthenticatedHttpRequest
from ...review.validation import Point, key_of, last_years_explanations
from .context import Workspace, open_workspace, show
from .links import section_url
from .lookups import report_for
from .report import refusal_status

CHECK = "check"


@login_required
@require_POST
def explain(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Store the text, or with ``reuse`` last year's, and go back to the warning. A blank text removes it."""
    found = report_for(request, report)
    rule, section, object, field = point = _point(request)
    text = request.POST.get("text", "")
    if "reuse" in request.POST:
        text = last_years_explanations(found).get(point, text)
    try:
        keep(found.pk, request.user, rule, section, object, field, text, request.POST.get("seen", ""))
    except ActionRefused as refused:
        return _again(request, open_workspace(request, report), point, text, refused)
    space = open_workspace(request, report)
    on_section = request.POST.get("on") != CHECK and space.entry(section) is not None
    page = section_url(report, section) if on_section else reverse("entry:check", args=[report])
    return redirect(f"{page}#{key_of(point)}")


def _point(request: AuthenticatedHttpRequest) -> Point:
    given = request.POST
    return Point(*(given.get(name, "") for name in Point._fields))


def _again(
    request: AuthenticatedHttpRequest, space: Workspace, point: Point, text: str, refused: ActionRefused
) -> HttpResponse:
    about = [judged for judged in space.judgement.warnings if judged.point == point]
    return show(
        request,
        "entry/explain.html",
        space,
        status=422 if refused.field else refusal_status(refused),
        noted=next(iter(space.noted(about)), None),
        key=key_of(point),
        on=request.POST.get("on", ""),
        text=text,
        problem=refused.message,
    )
