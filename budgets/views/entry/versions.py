"""历次保存: the changes of each save of a section, and the restoration of an earlier one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ...actions.base import ActionRefused, Forbidden
from ...actions.restore_section import restore_section
from ...actions.save_section import current_number
from ...changes.wording import FieldChange, worded_changes
from ...models import SectionVersion
from ...permissions import AuthenticatedHttpRequest
from ...storage.sections import Section, find_section
from .context import Workspace, open_workspace, show
from .links import section_url

SHOWN = 20
"""The most saves that are listed. The trail has all of them."""


@dataclass(frozen=True)
class Save:
    """One save, and the changes that restoring it would make."""

    version: SectionVersion
    changes: tuple[FieldChange, ...]
    back: tuple[FieldChange, ...]

    @property
    def who(self) -> str:
        user = self.version.user
        return (user.get_full_name() or user.get_username()) if user else "系统"


@login_required
@require_http_methods(["GET", "POST"])
def versions(request: AuthenticatedHttpRequest, report: int, key: str) -> HttpResponse:
    """List the last saves of a section. A post restores the save that it names."""
    space = open_workspace(request, report)
    section = find_section(space.dossier, key)
    if section is None:
        raise Http404
    if request.method == "GET":
        return _page(request, space, section)
    number, seen = (_number(request.POST.get(name, "")) for name in ("number", "seen"))
    try:
        restore_section(space.report.pk, request.user, key, number, seen)
    except ActionRefused as refused:
        status = 403 if isinstance(refused, Forbidden) else 409
        return _page(request, open_workspace(request, report), section, status, refused.message)
    messages.success(request, f"已恢复到第 {number} 次保存")
    return redirect(section_url(space.report.pk, key))


def _page(
    request: AuthenticatedHttpRequest,
    space: Workspace,
    section: Section,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    return show(
        request,
        "entry/versions.html",
        space,
        current=section.key,
        status=status,
        refusal=refusal,
        section=section,
        url=section_url(space.report.pk, section.key),
        saves=_saves(space, section),
        seen=current_number(space.report, section.key),
        shown=SHOWN,
    )


def _saves(space: Workspace, section: Section) -> list[Save]:
    """The saves, newest first. The version before the first save is the section's initial content."""
    rows = list(
        SectionVersion.objects.filter(report=space.report, section=section.key)
        .select_related("user")
        .order_by("-number")[: SHOWN + 1]
    )
    if not rows:
        return []
    types = {part.key: (part.title, part.type) for part in section.parts}
    now = section.content(space.dossier)

    def between(old: SectionVersion | None, new: dict) -> tuple[FieldChange, ...]:
        before = _known(old.content, section) if old else {}
        return tuple(worded_changes(before, new, types, {}))

    found = []
    for row, before in zip(rows, [*rows[1:], None], strict=True):
        content = _known(row.content, section)
        found.append(
            Save(
                row,
                between(before, content) if before else (),
                tuple(worded_changes(now, content, types, {})),
            )
        )
    return found[:SHOWN]


def _known(content: dict, section: Section) -> dict:
    """The content, limited to the parts that the section has now."""
    return {part.key: content.get(part.key, {}) for part in section.parts}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
