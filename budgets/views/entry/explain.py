"""Explanations of warnings, posted from the check page or from a section."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from ...actions.base import ActionRefused
from ...actions.explain import explain as keep
from ...forms.layout import say_at
from ...permissions import AuthenticatedHttpRequest
from ...review.validation import Point, key_of, last_years_explanations
from .context import CHECK, Workspace, open_workspace, show
from .forms import ExplanationForm
from .links import section_url
from .lookups import report_for
from .report import refusal_status


@login_required
@require_POST
def explain(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Store the text, or with ``reuse`` last year's, and go back to the warning. A blank text removes it."""
    found = report_for(request, report)
    form = ExplanationForm(request.POST)
    if not form.is_valid():
        return render(request, "400.html", {"reason": "提交的内容中有不可见的控制字符。"}, status=400)
    rule, section, object, field = point = form.point
    given, text = form.cleaned_data, form.cleaned_data["text"]
    if "reuse" in request.POST:
        text = last_years_explanations(found).get(point, text)
    try:
        keep(found.pk, request.user, rule, section, object, field, text, given["seen"])
    except ActionRefused as refused:
        return _again(request, open_workspace(request, report), point, given["on"], text, refused)
    space = open_workspace(request, report)
    on_section = given["on"] != CHECK and space.entry(section) is not None
    page = section_url(report, section) if on_section else reverse("entry:check", args=[report])
    return redirect(f"{page}#{key_of(point)}")


def _again(
    request: AuthenticatedHttpRequest,
    space: Workspace,
    point: Point,
    on: str,
    text: str,
    refused: ActionRefused,
) -> HttpResponse:
    about = [judged for judged in space.judgement.warnings if judged.point == point]
    noted = next(iter(space.noted(about, on)), None)
    form, problem = None, refused.message
    if noted and space.report.is_editable:
        form = ExplanationForm.under(noted.judged, space.report.pk, on, noted.last_year, text)
        problem = say_at(form, refused.field, refused.message)
    return show(
        request,
        "entry/explain.html",
        space,
        status=422 if refused.field else refusal_status(refused),
        noted=noted,
        key=key_of(point),
        form=form,
        text=text,
        problem=problem,
    )
