"""Save a section: compare with saves of others since, and merge if possible."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..changes.merge import Merge, merge
from ..classification.codes import Codes
from ..classification.lookup import subjects_of
from ..domain.choices import DEPARTMENT_ROLES, Status
from ..domain.dossier import PROJECTS, Dossier
from ..domain.problems import PartError
from ..models import Report, SectionVersion
from ..storage.loading import StoredSection, load_section
from ..storage.sections import Section, SectionInvalid, SectionValues
from .base import ActionRefused, Stale, lock_report, require_role

Content = Mapping[str, Any]

REMOVED = "这个部分已被删除，您填写的内容没有保存"
OWN_WINDOW = "您的另一窗口"
"""The name of the other side of a conflict if it was the same person."""


@dataclass(frozen=True)
class Joined:
    """Whose changes a save was merged with: those of ``others``, those of the person's ``own`` other window.

    ``moved``: they had reordered rows too, and the order of this save was kept.
    """

    others: bool = False
    own: bool = False
    moved: bool = False


@dataclass(frozen=True)
class Saved:
    """A saved section. ``number`` is its new version. ``merged`` and ``joined`` tell of changes from other saves."""

    number: int
    changes: int
    merged: bool
    content: Content
    joined: Joined = Joined()


class Conflict(ActionRefused):
    """The same fields were saved meanwhile. Nothing was written.

    ``merged`` is the section with both sides' changes, mine where both changed the same field. Save it on ``number`` to
    resolve the conflict. ``conflicts`` lists the fields. ``who`` saved ``when``; if both another person and the
    person's own other window saved, it is the other person. ``moved``: both sides reordered the rows of a list, and
    ``merged`` has my order.
    """

    def __init__(
        self, number: int, current: Content, joint: Merge, who: str, when: datetime.datetime
    ) -> None:
        at = timezone.localtime(when).strftime("%H:%M")
        super().__init__(f"{who}在 {at} 改了同样的内容。两处都列在下面，请核对后再保存，尚未写入任何改动")
        self.number = number
        self.current = current
        self.merged = joint.result
        self.conflicts = joint.conflicts
        self.moved = bool(joint.moved)
        self.who = who
        self.when = when
        self.is_own = who == OWN_WINDOW


def current_number(report: Report, section_key: str) -> int:
    """The number of the section's last version; 0 if it was never saved in the entry site."""
    last = report.versions.filter(section=section_key).order_by("-number").values_list("number", flat=True)
    return last.first() or 0


@dataclass(frozen=True)
class Attempt:
    """A page's attempt to save: its name, and the names of earlier attempts (``lost``) that got no answer."""

    name: str = ""
    lost: Collection[str] = ()


def save_section(
    report_id: int,
    user: User,
    section_key: str,
    base: int,
    content: Content | SectionValues,
    attempt: Attempt = Attempt(),
) -> Saved:
    """Save ``content``, read or as JSON by part key, which is based on version ``base``.

    If a lost attempt of the same page was saved after all, ``content`` is based on that version.

    Raises `Conflict`, `Stale` if the report can no longer be edited, `Forbidden`, or `ActionRefused` if the content
    cannot be stored; then nothing is written.
    """
    with transaction.atomic():
        report = lock_editable(report_id, user)
        stored = load_section(report, section_key)
        if stored is None:
            raise Stale(REMOVED)
        return save_values(report, user, stored, base, read_values(stored.section, content), attempt)


def save_values(
    report: Report,
    user: User,
    stored: StoredSection,
    base: int,
    mine: SectionValues,
    attempt: Attempt = Attempt(),
) -> Saved:
    """Like `save_section`, for a caller that has locked the report, loaded the section and read what was entered.

    After any refusal the caller's transaction has to be rolled back.
    """
    section, current, key = stored.section, stored.content, stored.section.key
    require_editable(report, user)
    number = current_number(report, key)
    base = _found_again(report, user, key, base, attempt.lost)
    result, joined = _merged(report, user, section, base, number, current, mine)
    merged = joined != Joined()
    if result.json == current:
        return Saved(number, report.changes, merged, current, joined)
    _write(stored, result, subjects_of(report.fiscal_year.edition).ids)
    before = [_version(report, key, 0, current, None)] if number == 0 else []
    version = _version(report, key, number + 1, result.json, user)
    version.attempt = attempt.name
    SectionVersion.objects.bulk_create([*before, version])
    if key in report.declared_empty and _holds(section, result):
        forget_declaration(report, key)
    count_change(report)
    return Saved(number + 1, report.changes, merged, result.json, joined)


def _found_again(report: Report, user: User, section_key: str, base: int, lost: Collection[str]) -> int:
    """The version that the page's ``lost`` attempts made of ``base``, one upon the other.

    A merged version does not count, because it has changes that the page has never seen.
    """
    if not lost:
        return base
    found = report.versions.filter(section=section_key, user=user, attempt__in=lost, number__gt=base)
    for number in found.order_by("number").values_list("number", flat=True):
        if number != base + 1:
            break
        base = number
    return base


def lock_editable(report_id: int, user: User) -> Report:
    """Lock the report. Refuses if ``user`` may not change its figures now."""
    report = lock_report(report_id)
    require_editable(report, user)
    return report


def require_editable(report: Report, user: User) -> None:
    """Refuse if ``user`` may not change the figures of the locked report now."""
    require_role(user, report, DEPARTMENT_ROLES)
    if not report.is_editable:
        raise Stale(f"编报现在是“{Status(report.status).label}”，不能修改，您填写的内容没有保存")


def count_change(report: Report) -> None:
    """Increase the change counter, so that people who saw the report before have to look again.

    Stores the declarations of empty sections as well.
    """
    report.changes += 1
    report.changed_at = timezone.now()
    report.save(update_fields=["changes", "changed_at", "declared_empty"])


def forget_declaration(report: Report, section_key: str) -> None:
    """Remove the declaration that the section is empty; `count_change` stores that."""
    report.declared_empty = {key: said for key, said in report.declared_empty.items() if key != section_key}


def _write(stored: StoredSection, result: SectionValues, codes: Codes) -> None:
    """Write the parts that differ from the ``stored`` ones."""
    for part in stored.section.parts:
        if result.json[part.key] == stored.content.get(part.key):
            continue
        try:
            part.rewrite(stored.owner, result.values[part.key], codes, *stored.rows[part])
        except PartError as error:
            raise ActionRefused(f"{part.title}：{error.message}") from None


def _holds(section: Section, result: SectionValues) -> bool:
    return any(part.holds(result.values[part.key]) for part in section.parts)


def save_order(report: Report, user: User, keys: list[str]) -> None:
    """Append a version of the list of projects."""
    number = current_number(report, PROJECTS)
    _version(report, PROJECTS, number + 1, {"projects": keys}, user).save()
    if keys:
        forget_declaration(report, PROJECTS)
    count_change(report)


def keep_last(report: Report, user: User, section: Section, dossier: Dossier) -> None:
    """Append the last content of a section before it is removed."""
    number = current_number(report, section.key)
    _version(report, section.key, number + 1, section.content(dossier), user).save()


def read_values(section: Section, content: Content | SectionValues) -> SectionValues:
    """Read JSON by part key, unless it was read already. Raises `ActionRefused`."""
    if isinstance(content, SectionValues):
        return content
    try:
        return SectionValues.parse(section, content)
    except SectionInvalid as error:
        raise ActionRefused(error.messages[0]) from None


def _merged(
    report: Report,
    user: User,
    section: Section,
    base: int,
    number: int,
    current: Content,
    mine: SectionValues,
) -> tuple[SectionValues, Joined]:
    if base == number:
        return mine, Joined()
    before = report.versions.filter(section=section.key, number=base).first()
    if before is None:
        raise Stale("页面已过期，请刷新后重试，您填写的内容没有保存")
    joint = merge(before.content, mine.json, current)
    since = report.versions.filter(section=section.key, number__gt=base, number__lte=number)
    if joint.conflicts:
        saves = list(since.select_related("user").defer("content").order_by("number"))
        last = [*saves, *(save for save in saves if save.user_id != user.pk)][-1]
        raise Conflict(number, current, joint, _called(last.user, user), last.at)
    by_own = {saver == user.pk for saver in since.values_list("user_id", flat=True)}
    joined = Joined(others=False in by_own, own=True in by_own, moved=bool(joint.moved))
    return read_values(section, joint.result), joined


def _called(saver: Any, user: User) -> str:
    """The name of the person who saved, as shown to ``user``."""
    if saver is None:
        return "系统"
    if saver.pk == user.pk:
        return OWN_WINDOW
    return saver.get_full_name() or saver.get_username()


def _version(
    report: Report, section_key: str, number: int, content: Content, user: User | None
) -> SectionVersion:
    return SectionVersion(report=report, section=section_key, number=number, content=content, user=user)
