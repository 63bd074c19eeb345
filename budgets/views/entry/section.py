"""One whole-report section: guidance, what is missing, its parts to fill in, comments."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ...actions.drafts import Drafts, drafts_of
from ...forms.context import EditContext
from ...forms.sections import SectionForm
from ...profiles import build_section_form, get_profile
from ...sections import Section, find_section
from .contents import flat, following
from .layout import filled_in
from .saving import Outcome, pin, save
from .workspace import Workspace, open_workspace, show


@login_required
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, report: int, key: str) -> HttpResponse:
    """Show the section, or save it and stay or go on to the next."""
    space = open_workspace(request, report, key if request.method == "GET" else "")
    found = find_section(space.dossier, key)
    if found is None or found.project:
        raise Http404
    context = EditContext(
        report=space.report,
        dossier=space.dossier,
        unit=space.unit,
        profile=get_profile(space.dossier.header.profile),
        section_key=key,
        editable=space.report.is_editable,
    )
    kept = drafts_of(space.report, request.user, key) if request.method == "GET" else None
    data = (
        request.POST if kept is None else kept.data if context.editable and "draft" in request.GET else None
    )
    form = SectionForm(found, found.content(space.dossier), data, context, base=space.number)
    if kept is not None or data is None:
        return _page(request, space, found, Outcome(200, form), kept)
    outcome = save(request, space.report, found, form)
    if not outcome.is_saved:
        return _page(request, space, found, outcome)
    messages.success(request, outcome.message)
    if "next" not in data:
        return redirect("entry:section", report, key)
    after = following(space.contents, key)
    return redirect(after.url) if after else redirect("entry:check", report)


def _page(
    request: HttpRequest, space: Workspace, found: Section, outcome: Outcome, kept: Drafts | None = None
) -> HttpResponse:
    entry = next(entry for entry in flat(space.contents) if entry.key == found.key)
    form, dossier = outcome.form, space.dossier
    sheet = build_section_form(dossier, found.key, space.unit)
    return show(
        request,
        "entry/section.html",
        space,
        current=found.key,
        status=outcome.status,
        section=found,
        entry=entry,
        form=form,
        sheet=filled_in(space, sheet, form) if sheet else "",
        headlines=[headline for part in found.parts for headline in part.headlines(dossier)],
        parts=[(part.title, form.editors[part.key]) for part in found.parts if part.key in form.editors],
        outcome=outcome,
        problems=list(form.problems()) if outcome.status == 422 else [],
        findings=pin(form, space.noted(entry.findings)),
        pinned=space.pinned(entry.threads),
        drafts=kept,
        from_draft=kept is not None and form.data is not None,
        unsaved=form.data is not None or outcome.status == 409,
        next=following(space.contents, found.key),
    )
