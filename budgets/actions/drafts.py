"""草稿: what is being typed is kept as it stands, and given back; it never touches the figures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.http import QueryDict
from django.utils import timezone

from ..access import entry_reports, roles_in
from ..choices import DEPARTMENT_ROLES, Status
from ..models import Draft, Report
from ..scalars import FORBIDDEN
from .base import ActionRefused, Forbidden, Stale

PRESENT = datetime.timedelta(minutes=15)
"""How long after a draft its writer is taken to be on the section still."""
LARGEST = 3_000_000
"""Characters of one draft."""
NOT_KEPT = ("csrfmiddlewaretoken", "command", "next", "focus")

Data = Mapping[str, list[str]]


@dataclass(frozen=True)
class Drafts:
    """The drafts of one section: the person's own, and who else is typing there."""

    own: Draft | None
    others: tuple[Draft, ...]

    @property
    def data(self) -> QueryDict | None:
        """The own draft as its page would be posted."""
        return as_posted(self.own) if self.own else None


def keep_draft(
    report_id: int, user: AbstractBaseUser, section: str, data: Iterable[tuple[str, list[str]]]
) -> Draft | None:
    """Keep ``data``, what the controls of the section's page hold. Raises `ActionRefused`.

    None where the same person has saved the section since that page was shown: the draft came late.
    """
    kept = {
        name: [FORBIDDEN.sub("", value) for value in values] for name, values in data if name not in NOT_KEPT
    }
    if sum(len(name) + sum(map(len, values)) for name, values in kept.items()) > LARGEST:
        raise ActionRefused("内容过多，草稿没有存上，请先保存")
    report = entry_reports(user).get(pk=report_id)
    _refuse(report, user)
    if _is_late(report, user, section, kept.get("base", [""])[-1]):
        return None
    draft, _ = Draft.objects.update_or_create(
        report=report, user=user, section=section, defaults={"data": kept}
    )
    return draft


def drop_draft(report_id: int, user: AbstractBaseUser, section: str) -> None:
    """Forget what the person typed there."""
    Draft.objects.filter(report=report_id, user=user, section=section).delete()


def drafts_of(report: Report, user: AbstractBaseUser, section: str) -> Drafts:
    """In one query. Others' drafts count for a quarter of an hour."""
    found = list(Draft.objects.filter(report=report, section=section).select_related("user"))
    since = timezone.now() - PRESENT
    return Drafts(
        own=next((draft for draft in found if draft.user_id == user.pk), None),
        others=tuple(d for d in found if d.user_id != user.pk and d.saved_at > since),
    )


def as_posted(draft: Draft) -> QueryDict:
    """The draft as its page would be posted."""
    posted = QueryDict(mutable=True)
    for name, values in draft.data.items():
        posted.setlist(name, list(values))
    return posted


def _is_late(report: Report, user: AbstractBaseUser, section: str, base: str) -> bool:
    last = report.versions.filter(section=section).order_by("-number").values_list("number", "user").first()
    return last is not None and last[1] == user.pk and base != str(last[0])


def _refuse(report: Report, user: AbstractBaseUser) -> None:
    if not roles_in(user, report) & set(DEPARTMENT_ROLES):
        raise Forbidden("只有本部门的填报人、报送人可以填写")
    if not report.is_editable:
        raise Stale(f"编报现在是“{Status(report.status).label}”，不能修改，草稿没有存上")
