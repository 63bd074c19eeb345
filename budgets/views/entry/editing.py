"""Editing a section on its page: handling of the request, and the context that such pages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404

from ...actions.drafts import Drafts, drafts_of, posted, unit_of
from ...domain.profile import get_profile
from ...forms.context import EditContext
from ...forms.entered import Posted
from ...forms.sections import SectionForm
from ...models import Draft
from ...permissions import AuthenticatedHttpRequest
from ...storage.sections import Section, find_section
from .context import Workspace, open_to_save, open_workspace
from .outline import OutlineEntry
from .saving import Outcome, drop_saved, keep_refused, pin, save


@dataclass(frozen=True)
class Filling:
    """The ``outcome`` of a request. ``drafts`` are the section's drafts, None after a post.

    ``going_on`` is the draft that the page continues.
    """

    section: Section
    outcome: Outcome
    drafts: Drafts | None = None
    going_on: Draft | None = None

    @property
    def form(self) -> SectionForm:
        return self.outcome.form

    def shown(self, space: Workspace, entry: OutlineEntry) -> Mapping[str, Any]:
        """The context of its page. If nothing was saved, messages about earlier saves are left out.

        Findings are written under their controls, so call this before rendering the sheet with the controls.
        """
        form, status = self.form, self.outcome.status
        unsaved = form.entered is not None or status == 409
        return {
            **({"messages": ()} if unsaved else {}),
            "current": self.section.key,
            "status": status,
            "section": self.section,
            "entry": entry,
            "form": form,
            "outcome": self.outcome,
            "problems": list(form.problems()) if status == 422 else [],
            "findings": pin(form, space.noted(entry.findings, self.section.key)),
            "pinned": space.pinned(entry.threads),
            "drafts": self.drafts,
            "going_on": self.going_on,
            "unsaved": unsaved,
        }


def edit(request: AuthenticatedHttpRequest, report_id: int, key: str) -> tuple[Workspace, Filling]:
    """Open the section of the report, or take what its page posted; 404 for no such section, or out of scope."""
    is_post = request.method == "POST"
    if is_post and not request.POST.get("command"):
        return take_post(request, report_id, key)
    space = open_workspace(request, report_id, key)
    section = find_section(space.dossier, key)
    if section is None:
        raise Http404
    return space, (_commanded if is_post else _opened)(request, space, section)


def _commanded(request: AuthenticatedHttpRequest, space: Workspace, section: Section) -> Filling:
    """The section after a command, which changes rows of the page and stores nothing."""
    content, context = section.content(space.dossier), _context(space, section.key)
    _forget_messages(request)
    return Filling(section, Outcome(200, SectionForm(section, content, Posted(request.POST), context)))


def _opened(request: AuthenticatedHttpRequest, space: Workspace, section: Section) -> Filling:
    """The section as it is stored, with a draft if the address asks for one."""
    context, content = _context(space, section.key), section.content(space.dossier)
    kept = drafts_of(space.report, request.user, section.key)
    wanted = context.editable and "draft" in request.GET
    draft = kept.of_page(request.GET["draft"]) if wanted else None
    if draft is None:
        form = SectionForm(section, content, None, context, base=space.number)
        return Filling(section, Outcome(200, form), kept)
    _forget_messages(request)
    form = SectionForm(section, content, Posted(posted(draft.data)), context)
    return Filling(section, Outcome(200, form.going_on(draft.page, unit_of(draft.data))), kept, draft)


def take_post(request: AuthenticatedHttpRequest, report_id: int, key: str) -> tuple[Workspace, Filling]:
    """Save what the page of the section posted. A refused post is kept as a draft."""
    with open_to_save(request, report_id, key) as (space, stored):
        form = SectionForm(stored.section, stored.content, Posted(request.POST), _context(space, key))
        outcome = save(request, space.report, stored, form)
        if outcome.is_saved:
            drop_saved(request, report_id, key)
        else:
            transaction.set_rollback(True)
    if not outcome.is_saved:
        keep_refused(request, report_id, key)
    _forget_messages(request)
    if outcome.is_saved:
        messages.success(request, outcome.message)
    return space, Filling(stored.section, outcome)


def _context(space: Workspace, key: str) -> EditContext:
    return EditContext(
        report=space.report,
        dossier=space.dossier,
        unit=space.unit,
        profile=get_profile(space.dossier.header.profile),
        section_key=key,
        editable=space.report.is_editable,
    )


def _forget_messages(request: AuthenticatedHttpRequest) -> None:
    """Drop the messages about an earlier save whose answer never arrived, because this page has another content."""
    list(messages.get_messages(request))
