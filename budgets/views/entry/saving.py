"""Save a section from its page: the possible outcomes, and the page after each."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from ...actions.base import ActionRefused, Forbidden
from ...actions.drafts import drop_drafts, keep_draft, pages_of
from ...actions.save_section import Attempt, Conflict, Joined, save_values
from ...domain.address import Address
from ...forms.base import PartForm
from ...forms.sections import SectionForm
from ...models import Report
from ...permissions import AuthenticatedHttpRequest
from ...review.validation import Judged
from ...storage.loading import StoredSection
from .context import Noted

MOST_LOST = 50
"""The most lost attempts that a page may name."""

_NAME = re.compile(r"[\w-]{1,32}")
"""The name of an attempt."""

MOVED = "行的顺序双方都改过，按本次保存的顺序"


@dataclass(frozen=True)
class Outcome:
    """The outcome of a post: 302 saved, 200 rows changed without saving, 422 invalid, 403 or 409 refused.

    Unless it was saved, show ``form`` again with everything that was typed. After a conflict it is the merged section
    on the current version, and ``notes`` hold texts about conflicts without a field.
    """

    status: int
    form: SectionForm
    message: str = ""
    notes: Sequence[str] = ()

    @property
    def is_saved(self) -> bool:
        return self.status == 302


def save(
    request: AuthenticatedHttpRequest, report: Report, stored: StoredSection, form: SectionForm
) -> Outcome:
    """Carry out the post in ``form`` on the locked report. Roll back unless it was saved."""
    if not form.is_valid():
        return Outcome(422, form, "有内容不能保存，请改正后再保存。")
    try:
        saved = save_values(report, request.user, stored, form.base, form.values, _attempt(request))
    except Conflict as conflict:
        merged = SectionForm(stored.section, conflict.merged, None, form.context, base=conflict.number)
        notes = merged.annotate(conflict.conflicts, "另一窗口" if conflict.is_own else "对方")
        return Outcome(409, merged, conflict.message, [*notes, MOVED] if conflict.moved else notes)
    except ActionRefused as refused:
        return Outcome(403 if isinstance(refused, Forbidden) else 409, form, refused.message)
    return Outcome(302, form, _said(saved.joined))


def drop_saved(request: AuthenticatedHttpRequest, report_id: int, key: str) -> None:
    """Drop the draft of the page that was saved. Belongs into the transaction of the save: both or neither."""
    drop_drafts(report_id, request.user, key, pages_of(dict(request.POST.lists())))


def keep_refused(request: AuthenticatedHttpRequest, report_id: int, key: str) -> None:
    """Keep a draft of the page that was refused."""
    with contextlib.suppress(ActionRefused):
        keep_draft(report_id, request.user, key, request.POST.lists())


def _said(joined: Joined) -> str:
    """The message after a save: ``已保存，并合并了他人刚才的修改；行的顺序双方都改过，按本次保存的顺序``."""
    whose = ("他人刚才", joined.others), ("另一窗口", joined.own)
    merged = "和".join(name for name, is_in in whose if is_in)
    said = f"已保存，并合并了{merged}的修改" if merged else "已保存"
    return f"{said}；{MOVED}" if joined.moved else said


def _attempt(request: AuthenticatedHttpRequest) -> Attempt:
    name, lost = request.POST.get("attempt", ""), request.POST.get("lost", "").split(",")[:MOST_LOST]
    return Attempt(name if _NAME.fullmatch(name) else "", [name for name in lost if _NAME.fullmatch(name)])


def pin(form: SectionForm, findings: Sequence[Noted]) -> list[Noted]:
    """Write each finding under its control; returns the findings that have to be listed as well.

    These have no control on the page, or are warnings, which are listed with their explanation.
    """
    left = []
    for noted in findings:
        address = noted.finding.field
        place = _control(form, address) if address else None
        if address is None or place is None or not form.context.editable:
            left.append(noted)
            continue
        place.notes[address.field] = format_html("{}{}", place.notes.get(address.field, ""), _under(noted))
        if noted.judged.is_warning:
            left.append(noted)
    return left


def _control(form: SectionForm, address: Address) -> PartForm | None:
    found = (editor.controls.get(address.on_page) for editor in form.editors.values())
    return next((control for control in found if control is not None), None)


def _under(noted: Noted) -> SafeString:
    severity = noted.finding.severity
    return format_html(
        '<p class="finding-under finding-{}"><span aria-hidden="true">{}</span> {}：{}{}</p>',
        severity.value,
        noted.sign,
        severity.label,
        noted.finding.message,
        _way_to_explain(noted.judged),
    )


def _way_to_explain(judged: Judged) -> SafeString | str:
    if judged.is_waived:
        return "（已豁免）"
    if not judged.is_warning:
        return ""
    return format_html(' <a href="#{}">{}</a>', judged.key, "已说明" if judged.explanation else "说明")
