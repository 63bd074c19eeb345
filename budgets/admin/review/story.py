"""One project across the years, for the bureau: from the reports that it reviews."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ...analysis.project_timeline import trend
from ...domain.money import Unit
from ...domain.profile import get_profile
from ...models import Report
from ...permissions import AuthenticatedHttpRequest
from ...projects.story import current_story
from ...renderers.html import sheet_id
from .context import show
from .lookups import reports_of


@require_safe
def story(request: AuthenticatedHttpRequest, department: str, project: str) -> HttpResponse:
    """Show the project; 404 for one of another district, or one that only drafts have."""

    def address(report: Report) -> str:
        page = reverse("admin:budgets_report_change", args=[report.pk])
        form = get_profile(report.profile_key).project_form
        return f"{page}?tab=performance#{sheet_id(f'{form}.{project}')}" if form else f"{page}?tab=projects"

    found = current_story(reports_of(request.user), department, project, address)
    if found is None:
        raise Http404
    title = found.name or "未命名项目"
    return show(request, "story.html", None, title, story=found, trend=trend(found), unit=Unit.WAN)
