"""没有: declare a section to be empty, or take the declaration back, from its page or from the check page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ...actions import declare_empty
from ...actions.base import ActionRefused
from ...domain.dossier import PROJECTS
from ...permissions import AuthenticatedHttpRequest
from ...storage.sections import report_sections
from . import check
from .context import open_workspace
from .links import section_url
from .lookups import report_for
from .report import refusal_status


@login_required
@require_POST
def declare(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """Declare that there is nothing in the section."""
    return _act(request, report, key, declare_empty.declare_empty, "已声明“{}”没有内容")


@login_required
@require_POST
def take_back(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """Take the declaration back."""
    return _act(request, report, key, declare_empty.take_back, "已撤销“{}”没有内容的声明")


def _act(
    request: AuthenticatedHttpRequest, report: int, key: str, act: Callable[..., str], said: str
) -> HttpResponse:
    """Go back to the page with the button. A refusal is shown on the check page."""
    found = report_for(request, report)
    if key != PROJECTS and key not in {section.key for section in report_sections(found.profile_key)}:
        raise Http404
    try:
        title = act(found.pk, request.user, key)
    except ActionRefused as refused:
        space = open_workspace(request, report)
        return check.show_check(request, space, refusal_status(refused), refused.message)
    messages.success(request, said.format(title))
    on_check = request.POST.get("on") == "check"
    return redirect(reverse("entry:check", args=[report]) if on_check else section_url(report, key))
