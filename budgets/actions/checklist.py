"""审核要点: the bureau judges each point of the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from ..domain.choices import UNDER_REVIEW, Role, Status
from ..domain.profile import get_profile
from ..domain.transitions import Verb
from ..models import ChecklistMark
from .base import ActionRefused, Stale, lock_report, log, require_role, require_seen
from .reasons import required_text

ROLES = (Role.REVIEWER, Role.APPROVER)
LENGTH = 2000

UNJUDGED = "尚未判断"


@dataclass(frozen=True)
class Verdict:
    """A verdict. ``passed`` None means not judged, and removes an earlier mark."""

    passed: bool | None
    note: str = ""


def judge_points(report_id: int, user: User, seen: int, verdicts: Mapping[str, Verdict]) -> None:
    """Mark the points in ``verdicts`` by their keys; other marks stay. A point that is not met needs a note.

    An unchanged mark keeps its author and time. The trail, which is written before the mark, keeps earlier verdicts
    (`budgets.audit.trail`).
    """
    with transaction.atomic():
        report = lock_report(report_id)
        require_role(user, report, ROLES)
        if report.status not in UNDER_REVIEW:
            raise Stale(f"编报现在是“{Status(report.status).label}”，不能再判断要点，请刷新页面")
        require_seen(report, seen)
        texts = dict(get_profile(report.profile_key).checklist)
        marks = {mark.item: mark for mark in report.checklist_marks.filter(revision=report.revision)}
        for key, verdict in verdicts.items():
            if key not in texts:
                raise ActionRefused("编报没有这个要点，请刷新页面", key)
            mark = marks.get(key)
            if verdict.passed is None:
                if mark:
                    log(report, Verb.JUDGE, report.status, user, f"{texts[key]}：{mark.said} → {UNJUDGED}")
                    mark.delete()
                continue
            note = verdict.note.strip()
            if not verdict.passed or note:
                note = required_text(note, key, f"“{texts[key]}”的说明", LENGTH)
            if mark and (mark.passed, mark.note) == (verdict.passed, note):
                continue
            new = ChecklistMark(passed=verdict.passed, note=note)
            was = mark.said if mark else UNJUDGED
            log(report, Verb.JUDGE, report.status, user, f"{texts[key]}：{was} → {new.said}")
            ChecklistMark.objects.update_or_create(
                report=report,
                revision=report.revision,
                item=key,
                defaults={"passed": verdict.passed, "note": note, "user": user},
            )
