"""公开说明 or 情况说明: the text that the figures make, each of them with the way to where it is typed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from ...analysis.redaction import redact
from ...narrative.build import build_narrative
from ...permissions import AuthenticatedHttpRequest
from ...renderers.narrative import render
from .context import open_workspace, show


@login_required
@require_GET
def narrative(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the text as it would be published, without what is withheld; 404 if the locality has none."""
    space = open_workspace(request, report)
    if not space.has_text:
        raise Http404
    document = build_narrative(redact(space.dossier))
    return show(
        request,
        "entry/narrative.html",
        space,
        current="narrative",
        document=document,
        text=render(document, space.links.value, level=3),
        withheld=[project.identity.name for project in space.dossier.projects if project.withheld],
    )
