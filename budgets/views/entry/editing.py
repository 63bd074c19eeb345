"""Editing a section on its page: handling of the request, and the context that such pages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages

from ...actions.drafts import Drafts, drafts_of, posted, unit_of
from ...domain.profile import get_profile
from ...forms.context import EditContext
from ...forms.sections import SectionForm
from ...models import Draft
from ...permissions import AuthenticatedHttpRequest
from ...storage.sections import Section
from .context import Workspace
from .outline import OutlineEntry
from .saving import Outcome, pin, save


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
        unsaved = form.data is not None or status == 409
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


def fill_in(request: AuthenticatedHttpRequest, space: Workspace, section: Section) -> Filling:
    """Open the section, with a draft if the address asks for one; or save a post."""
    context = EditContext(
        report=space.report,
        dossier=space.dossier,
        unit=space.unit,
        profile=get_profile(space.dossier.header.profile),
        section_key=section.key,
        editable=space.report.is_editable,
    )
    content = section.content(space.dossier)
    if request.method == "GET":
        kept = drafts_of(space.report, request.user, section.key)
        wanted = context.editable and "draft" in request.GET
        draft = kept.of_page(request.GET["draft"]) if wanted else None
        if draft is None:
            return Filling(
                section, Outcome(200, SectionForm(section, content, None, context, base=space.number)), kept
            )
        _forget_messages(request)
        form = SectionForm(section, content, posted(draft.data), context).going_on(
            draft.page, unit_of(draft.data)
        )
        return Filling(section, Outcome(200, form), kept, draft)
    form = SectionForm(section, content, request.POST, context, base=space.number)
    outcome = save(request, space.report, section, form)
    _forget_messages(request)
    if outcome.is_saved:
        messages.success(request, outcome.message)
    return Filling(section, outcome)


def _forget_messages(request: AuthenticatedHttpRequest) -> None:
    """Drop the messages about an earlier save whose answer never arrived, because this page has another content."""
    list(messages.get_messages(request))
