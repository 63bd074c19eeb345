"""One project across the years, for its department."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ...analysis.project_timeline import trend
from ...models import Report
from ...permissions import AuthenticatedHttpRequest
from ...projects.story import current_story
from .lookups import reports_of
from .session import unit_of


@login_required
@require_safe
def story(request: AuthenticatedHttpRequest, department: str, project: str) -> HttpResponse:
    """Show the project from every report of the person's department that has it, drafts included."""

    def address(report: Report) -> str:
        return reverse("entry:project", args=[report.pk, project])

    found = current_story(reports_of(request), department, project, address)
    if found is None:
        raise Http404
    context = {"story": found, "trend": trend(found), "unit": unit_of(request)}
    return render(request, "entry/story.html", context)
