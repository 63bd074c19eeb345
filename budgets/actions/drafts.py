"""草稿: unsaved typing is kept as it stands and given back. It never changes the figures."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from ..changes.merge import merge
from ..domain.choices import DEPARTMENT_ROLES, Status
from ..domain.money import Unit
from ..domain.profile import get_profile
from ..domain.types import FORBIDDEN
from ..forms.context import EditContext
from ..forms.entered import Posted
from ..forms.sections import SectionForm
from ..models import Draft, Report
from ..models.drafts import BEFORE_PAGES
from ..permissions import entry_reports, roles_in
from ..storage.loading import load_dossier, load_section
from .base import ActionRefused, Forbidden, Stale

PRESENT = datetime.timedelta(minutes=15)
"""How long after a draft its author counts as present on the section."""
LARGEST = 3_000_000
"""The most characters of one draft."""
MOST = 10
"""The most drafts of one person for one section."""
NOT_KEPT = ("csrfmiddlewaretoken", "command", "next", "focus", "attempt", "lost")
PAGE = re.compile(r"[0-9a-f]{32}")

Data = Mapping[str, list[str]]


@dataclass(frozen=True)
class Drafts:
    """The drafts of one section: the person's own, latest first, and one of every other person who is typing there."""

    own: tuple[Draft, ...]
    others: tuple[Draft, ...]

    def of_page(self, page: str) -> Draft | None:
        """The person's draft of that page; the latest one if ``page`` is empty."""
        return next((draft for draft in self.own if page in ("", draft.page)), None)


def keep_draft(
    report_id: int, user: User, section: str, data: Iterable[tuple[str, list[str]]]
) -> Draft | None:
    """Keep ``data``, the values of the controls of the section's page. Raises `ActionRefused`.

    It replaces the page's earlier draft, and the draft that the page continues. Returns None for a late draft, whose
    content is saved already.
    """
    kept = {
        name: [FORBIDDEN.sub("", value) for value in values] for name, values in data if name not in NOT_KEPT
    }
    if sum(len(name) + sum(map(len, values)) for name, values in kept.items()) > LARGEST:
        raise ActionRefused("内容过多，草稿没有存上，请先保存")
    report = entry_reports(user).get(pk=report_id)
    _refuse(report, user)
    if _is_late(report, user, section, kept):
        return None
    page, *former = pages_of(kept) or [BEFORE_PAGES]
    mine = Draft.objects.filter(report=report, user=user, section=section)
    if mine.exclude(page__in=[page, *former]).count() >= MOST:
        raise ActionRefused(f"这一部分已有 {MOST} 份没有保存的草稿，新的没有存上，请先保存，或丢弃不要的草稿")
    with transaction.atomic():
        draft, _ = Draft.objects.update_or_create(
            report=report, user=user, section=section, page=page, defaults={"data": kept}
        )
        mine.filter(page__in=former).exclude(page=page).delete()
    return draft


def unit_of(data: Data) -> Unit:
    """The unit in which a page's amounts are typed."""
    said = data.get("unit", [""])[-1]
    return Unit(said) if said in list(Unit) else Unit.WAN


def pages_of(data: Data) -> list[str]:
    """The posted page, and the page whose draft it continues."""
    named = (data.get(name, [""])[-1] for name in ("page", "continues"))
    return [page for page in named if PAGE.fullmatch(page)]


def drop_drafts(report_id: int, user: User, section: str, pages: Iterable[str]) -> None:
    """Delete the person's drafts of ``pages``. What names no page is passed over."""
    known = [page for page in pages if PAGE.fullmatch(page)]
    Draft.objects.filter(report=report_id, user=user, section=section, page__in=known).delete()


def drafts_of(report: Report, user: User, section: str) -> Drafts:
    """The drafts of a section, in one query. Other people's drafts count for a quarter of an hour."""
    found = list(Draft.objects.filter(report=report, section=section).select_related("user"))
    since = timezone.now() - PRESENT
    others = {d.user_id: d for d in reversed(found) if d.user_id != user.pk and d.saved_at > since}
    return Drafts(own=tuple(d for d in found if d.user_id == user.pk), others=tuple(others.values()))


def posted(data: Data) -> QueryDict:
    """A draft's data as a post of its page."""
    found = QueryDict(mutable=True)
    for name, values in data.items():
        found.setlist(name, list(values))
    return found


def _is_late(report: Report, user: User, section: str, kept: Data) -> bool:
    """Whether the person has saved the whole content of the draft since its page was shown."""
    last = report.versions.filter(section=section).order_by("-number").values_list("number", "user").first()
    base = kept.get("base", [""])[-1]
    if last is None or last[1] != user.pk or base == str(last[0]):
        return False
    return not base.isdecimal() or _says_nothing_new(report, section, kept)


def _says_nothing_new(report: Report, section: str, kept: Data) -> bool:
    stored = load_section(report, section)
    if stored is None:
        return False
    dossier = load_dossier(report)
    context = EditContext(
        report=report,
        dossier=dossier,
        unit=unit_of(kept),
        profile=get_profile(dossier.header.profile),
        section_key=section,
    )
    form = SectionForm(stored.section, stored.content, Posted(posted(kept)), context)
    before = report.versions.filter(section=section, number=form.base).first()
    if before is None or not form.is_valid():
        return False
    joint = merge(before.content, form.content(), stored.content)
    return not joint.conflicts and joint.result == stored.content


def _refuse(report: Report, user: User) -> None:
    if not roles_in(user, report) & set(DEPARTMENT_ROLES):
        raise Forbidden("只有本部门的填报人、报送人可以填写")
    if not report.is_editable:
        raise Stale(f"编报现在是“{Status(report.status).label}”，不能修改，草稿没有存上")
