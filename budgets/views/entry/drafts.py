"""草稿: keep drafts while people type, and drop them on request."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ...actions.base import ActionRefused, Forbidden
from ...actions.drafts import drop_drafts, keep_draft
from ...domain.dossier import PROJECT
from ...models import Report
from ...permissions import AuthenticatedHttpRequest
from ...storage.sections import report_sections
from .links import section_url
from .lookups import report_for


@login_required
@require_POST
def keep(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """Keep the values of the page. Answers with the time, or with the reason of a refusal."""
    found = report_for(request, report)
    if not _is_section(found, key):
        raise Http404
    try:
        draft = keep_draft(found.pk, request.user, key, request.POST.lists())
    except ActionRefused as refused:
        status = 403 if isinstance(refused, Forbidden) else 409
        return JsonResponse({"message": refused.message}, status=status)
    if draft is None:
        return JsonResponse({"message": ""})
    at = timezone.localtime(draft.saved_at)
    return JsonResponse({"message": f"草稿已存 {at:%H:%M}"})


@login_required
@require_POST
def drop(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """Delete the draft and show the saved section."""
    found = report_for(request, report)
    if not _is_section(found, key):
        raise Http404
    drop_drafts(found.pk, request.user, key, request.POST.getlist("page"))
    messages.success(request, "草稿已丢弃，以下是已保存的内容")
    return redirect(section_url(found.pk, key))


def _is_section(report: Report, key: str) -> bool:
    if key.startswith(PROJECT):
        return report.applications.filter(project__key=key.removeprefix(PROJECT)).exists()
    return any(section.key == key for section in report_sections(report.profile_key))
