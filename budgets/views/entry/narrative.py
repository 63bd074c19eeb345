"""公开说明 or 情况说明: the text that the figures make, each of them with the way to where it is typed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from ...disclosure.publication import public_content
from ...narrative.document import Sentence
from ...permissions import AuthenticatedHttpRequest
from ...renderers.narrative import render
from .context import open_workspace, show


@login_required
@require_GET
def narrative(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the text that is or would be published, without what is withheld; 404 if the locality has none."""
    space = open_workspace(request, report)
    if not space.has_text:
        raise Http404
    document = public_content(space.report, space.dossier).narrative
    threads = [thread for thread in space.threads if thread.sentence]
    open_at = {thread.sentence for thread in threads if thread.is_open}

    def mark(sentence: Sentence) -> str:
        return "has-comment" if sentence.key in open_at else ""

    return show(
        request,
        "entry/narrative.html",
        space,
        current="narrative",
        document=document,
        text=render(document, space.links.value, level=3, mark=mark) if document else "",
        pinned=space.pinned(threads),
        withheld=[project.identity.name for project in space.dossier.projects if project.withheld],
    )
