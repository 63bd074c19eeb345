"""A section filled in on its page: what a request makes of it, and what every such page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from ...actions.drafts import Drafts, drafts_of, posted, unit_of
from ...domain.profile import get_profile
from ...forms.context import EditContext
from ...forms.sections import SectionForm
from ...models import Draft
from ...storage.sections import Section
from .context import Workspace
from .outline import Entry
from .saving import Outcome, pin, save


@dataclass(frozen=True)
class Filling:
    """``outcome`` of a request; ``drafts`` are what is kept of the section, None after a post.

    ``going_on`` is the one of them that the page shows.
    """

    section: Section
    outcome: Outcome
    drafts: Drafts | None = None
    going_on: Draft | None = None

    @property
    def form(self) -> SectionForm:
        return self.outcome.form

    def shown(self, space: Workspace, entry: Entry) -> Mapping[str, Any]:
        """What its page says of it; where it is not saved, nothing of what was saved before.

        Findings are written under their controls, so that a sheet of these is rendered after this.
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


def fill_in(request: HttpRequest, space: Workspace, section: Section) -> Filling:
    """Open the section, with what was kept of the person's typing where that is asked for; or save what is posted."""
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


def _forget_messages(request: HttpRequest) -> None:
    """Take away what was to be said of an earlier save, whose answer never came: the page that comes now differs."""
    list(messages.get_messages(request))
