"""The page of one section of the report: guidance, missing content, its parts, comments."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ...domain.dossier import PROJECT
from ...domain.profile import build_section_form
from ...permissions import AuthenticatedHttpRequest
from .context import Workspace, show
from .editing import Filling, edit
from .layout import filled_in, parts
from .links import section_url
from .outline import flat, following
from .sentences import sentences_of
from .session import after_saving


@login_required
@require_http_methods(["GET", "POST"])
def section(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """Show the section, or save it and stay or go on to the next one."""
    if key.startswith(PROJECT):
        raise Http404
    space, filling = edit(request, report, key)
    if not filling.outcome.is_saved:
        return _page(request, space, filling)
    if "next" not in request.POST:
        return redirect(after_saving(request, section_url(report, key)))
    after = following(space.contents, key)
    return redirect(after.url) if after else redirect("entry:check", report)


def _page(request: AuthenticatedHttpRequest, space: Workspace, filling: Filling) -> HttpResponse:
    section, form, dossier = filling.section, filling.form, space.dossier
    entry = next(entry for entry in flat(space.contents) if entry.key == section.key)
    shown = filling.shown(space, entry)
    sheet = build_section_form(dossier, section.key, space.unit)
    return show(
        request,
        "entry/section.html",
        space,
        **shown,
        sheet=filled_in(space, sheet, form) if sheet else "",
        headlines=[headline for part in section.parts for headline in part.headlines(dossier)],
        parts=parts(section, form),
        told=sentences_of(space, section.key),
        next=following(space.contents, section.key),
    )
