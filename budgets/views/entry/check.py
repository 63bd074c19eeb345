"""校验与报送: the findings of all checks, and the submission."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ...actions import submit
from ...actions.base import ActionRefused, AlreadyDone
from ...domain.choices import EDITABLE
from ...domain.transitions import Verb
from ...models import Draft
from ...permissions import AuthenticatedHttpRequest
from ...storage.sources import SourceReport, standing_of
from .context import CHECK, Noted, Workspace, open_workspace, show
from .outline import OutlineEntry, flat
from .report import refusal_status, seen_of


@dataclass(frozen=True)
class Group:
    """The findings of one section; of the whole report if ``entry`` is None."""

    entry: OutlineEntry | None
    findings: Sequence[Noted]


@login_required
@require_http_methods(["GET", "POST"])
def check(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the findings by section. POST submits the report as the person saw it."""
    space = open_workspace(request, report)
    if request.method == "POST":
        try:
            submit.submit(space.report.pk, request.user, seen_of(request))
        except AlreadyDone:
            pass  # the first half of a double click did it, and has not been seen
        except ActionRefused as refused:
            status = refusal_status(refused)
            return show_check(request, open_workspace(request, report), status, refused.message)
        messages.success(request, f"{space.title}已报送")
        return redirect("entry:report", report)
    return show_check(request, space)


def show_check(
    request: AuthenticatedHttpRequest, space: Workspace, status: int = 200, refusal: str = ""
) -> HttpResponse:
    """Render the page. ``refusal`` is the reason why a request was refused."""
    standing = standing_of(space.report)
    return show(
        request,
        "entry/check.html",
        space,
        current="check",
        status=status,
        groups=_groups(space),
        incomplete=[e for e in flat(space.contents) if e.missing and not e.is_group],
        declared=[e for e in space.contents if e.declaration],
        blocked=_blocked(space, standing.sources),
        standing=standing,
        unsaved=_unsaved(space),
        refusal=refusal,
    )


def _unsaved(space: Workspace) -> list[tuple[OutlineEntry, Draft]]:
    """Unsaved drafts by section; empty if the report cannot be edited."""
    if space.report.status not in EDITABLE:
        return []
    drafts = space.report.drafts.select_related("user")
    found = ((space.entry(draft.section), draft) for draft in drafts)
    return [(entry, draft) for entry, draft in found if entry is not None]


def _groups(space: Workspace) -> list[Group]:
    entries = list(flat(space.contents))
    known = {entry.key for entry in entries}
    groups = [
        Group(e, space.noted([f for f in space.findings if f.section == e.key], CHECK)) for e in entries
    ]
    groups.append(Group(None, space.noted([f for f in space.findings if f.section not in known], CHECK)))
    return [group for group in groups if group.findings]


def _blocked(space: Workspace, sources: Sequence[SourceReport]) -> str:
    """The reason why the person cannot submit now; empty if they can."""
    if space.report.status not in EDITABLE:
        return f"编报现在是“{space.status.label}”，不用再报送。"
    if space.closed:
        return space.closed
    if Verb.SUBMIT not in space.verbs:
        return "只有报送人可以报送。填写完成后，请报送人登录后在此报送。"
    unsettled = next((source for source in sources if not source.is_settled), None)
    if unsettled is not None:
        return f"{submit.unsettled(unsettled)}，它的数字还会变；批复或公开之后，才能报送读取它的编报。"
    if space.errors:
        return f"还有 {space.errors} 处错误，改正后才能报送。"
    if space.warnings:
        changed = f"（其中 {space.outdated} 处金额已变，要重新确认）" if space.outdated else ""
        return f"还有 {space.warnings} 处提醒没有说明{changed}，逐条说明后才能报送。"
    return ""
