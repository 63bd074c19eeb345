"""Projects: the 申报表 in which each is entered, and the list of all with sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from ...actions import projects
from ...actions.base import ActionRefused
from ...domain.dossier import PROJECT, PROJECTS, ProjectDossier
from ...domain.profile import build_project_form
from ...permissions import AuthenticatedHttpRequest
from .context import Workspace, open_workspace, show
from .editing import Filling, edit
from .layout import filled_in, others, parts
from .links import section_url
from .lookups import report_for
from .outline import OutlineEntry
from .project_figures import bar, columns
from .sentences import sentences_of
from .session import after_saving

# --- one project ----------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def project_page(request: AuthenticatedHttpRequest, report: int, project: str) -> HttpResponse:
    """Show a project's 申报表, or save it."""
    key = PROJECT + project
    space, filling = edit(request, report, key)
    if not filling.outcome.is_saved:
        return _page(request, space, filling)
    following = _neighbours(space, key)[1] if "next" in request.POST else None
    return redirect(following.url if following else after_saving(request, section_url(report, key)))


def _page(request: AuthenticatedHttpRequest, space: Workspace, filling: Filling) -> HttpResponse:
    section, form = filling.section, filling.form
    entry, project = space.entry(section.key), space.dossier.project(section.project)
    if entry is None or project is None:
        raise Http404
    shown = filling.shown(space, entry)
    sheet = build_project_form(space.dossier, project, space.unit)
    previous, following = _neighbours(space, section.key)
    return show(
        request,
        "entry/project.html",
        space,
        **shown,
        project=project,
        sheet=filled_in(space, sheet, form) if sheet else "",
        others=list(others(form, sheet)) if sheet else [],
        parts=parts(section, form),
        told=sentences_of(space, section.key),
        bar=bar(space.dossier, project, form),
        previous=previous,
        next=following,
    )


def _neighbours(space: Workspace, key: str) -> tuple[OutlineEntry | None, OutlineEntry | None]:
    """The previous and the next project."""
    entries = _project_entries(space)
    at = [entry.key for entry in entries].index(key)
    return entries[at - 1] if at else None, entries[at + 1] if at + 1 < len(entries) else None


def _project_entries(space: Workspace) -> Sequence[OutlineEntry]:
    group = space.entry(PROJECTS)
    return group.children if group else ()


# --- the list -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """One project in the list, with its printed ``figures``."""

    project: ProjectDossier
    entry: OutlineEntry
    figures: tuple[str, ...]


@login_required
@require_http_methods(["GET"])
def projects_list(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """List all projects with sums."""
    return _list(request, open_workspace(request, report))


def _list(
    request: AuthenticatedHttpRequest, space: Workspace, status: int = 200, refusal: str = ""
) -> HttpResponse:
    figures = columns(space.dossier, space.unit)
    listed = zip(space.dossier.projects, _project_entries(space), figures.rows, strict=True)
    group = space.entry(PROJECTS)
    return show(
        request,
        "entry/projects.html",
        space,
        current=PROJECTS,
        status=status,
        rows=[Listed(*row) for row in listed],
        columns=figures,
        refusal=refusal,
        declared=group if group and group.declaration else None,
        findings=space.noted([f for f in group.findings if f.section == PROJECTS], PROJECTS) if group else [],
    )


@login_required
@require_POST
def reorder(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Move one project up or down. ``move`` is ``<key>:up``; the ``key`` values are the order on the page."""
    found = report_for(request, report)
    keys = request.POST.getlist("key")
    moved, _, direction = request.POST.get("move", "").rpartition(":")
    if moved in keys and direction in ("up", "down"):
        at = keys.index(moved)
        to = min(max(at + (-1 if direction == "up" else 1), 0), len(keys) - 1)
        keys[at], keys[to] = keys[to], keys[at]
    try:
        projects.reorder(found.pk, request.user, keys)
    except ActionRefused as refused:
        return _list(request, open_workspace(request, report), 409, refused.message)
    return redirect("entry:projects", report)


@login_required
@require_http_methods(["GET", "POST"])
def remove(request: AuthenticatedHttpRequest, report: int, project: str) -> HttpResponse:
    """Ask for confirmation, then remove a project from the report."""
    space = open_workspace(request, report)
    found = space.dossier.project(project)
    if found is None:
        raise Http404
    if request.method == "GET":
        return show(request, "entry/project_remove.html", space, current=PROJECT + project, project=found)
    try:
        projects.remove(space.report.pk, request.user, project)
    except ActionRefused as refused:
        return show(
            request,
            "entry/project_remove.html",
            space,
            current=PROJECT + project,
            status=409,
            project=found,
            refusal=refused.message,
        )
    messages.success(request, f"已删除项目“{found.identity.name}”")
    return redirect("entry:projects", report)
