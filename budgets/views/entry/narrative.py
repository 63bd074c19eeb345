"""公开说明 or 情况说明: the text that the figures make, each of them with the way to where it is typed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from ...permissions import AuthenticatedHttpRequest
from ...renderers.narrative import render
from .context import open_workspace, show


@login_required
@require_GET
def narrative(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the text as it would be published, without what is withheld; 404 if the locality has none."""
    space = open_workspace(request, report)
    if space.document is None:
        raise Http404
    return show(
        request,
        "entry/narrative.html",
        space,
        current="narrative",
        text=render(space.document, space.links.value, level=3),
        withheld=[project.identity.name for project in space.dossier.projects if project.withheld],
    )
