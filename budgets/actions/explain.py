"""说明: the department explains why the figures of a warning are right."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ..domain.profile import rule_called
from ..domain.transitions import Verb
from ..models import Report, WarningExplanation
from ..review.validation import Point, judge
from ..storage.loading import load_dossier
from ..storage.section_titles import section_title
from .base import Stale, log
from .reasons import required_text
from .save_section import lock_editable

LENGTH = 1000

NONE = "（无）"


def explain(
    report_id: int,
    user: User,
    rule: str,
    section: str,
    object: str,
    field: str,
    text: str,
    seen: str = "",
) -> WarningExplanation | None:
    """Store ``text`` as the explanation of a current warning. A blank text removes the explanation.

    It holds for the current figures; posting the same text again confirms it for new figures. ``object`` and ``field``
    are those of the finding, empty without them. ``seen`` is the `Judged.seen` that the person saw, empty if unknown.
    Raises `Stale` if the figures have changed since.
    """
    with transaction.atomic():
        report = lock_editable(report_id, user)
        point = Point(rule, section, object, field)
        about: dict[str, Any] = {"rule": rule, "section": section, "object": object, "field": field}
        before = report.warning_explanations.filter(**about).first()
        if not text.strip():
            if before:
                _log(report, user, before.rule, before.section, "", before.text, "")
                before.delete()
            return None
        text = required_text(text, "text", "说明", LENGTH)
        found = {warning.point: warning for warning in judge(report, load_dossier(report)).warnings}
        warning = found.get(point)
        if warning is None:
            raise Stale("这条提醒已经没有了，请刷新页面，您填写的说明没有保存")
        if seen and seen != warning.seen:
            raise Stale("这条提醒的金额刚刚变了，请看过现在的金额再保存，您填写的说明没有保存")
        if before is None or (before.text, before.stamp) != (text, warning.stamp):
            _log(report, user, rule, section, warning.place, before.text if before else "", text)
        said, _ = WarningExplanation.objects.update_or_create(
            report=report, **about, defaults={"text": text, "stamp": warning.stamp, "user": user}
        )
        return said


def _log(report: Report, user: User, rule: str, section: str, place: str, old: str, new: str) -> None:
    """Log ``BAL-1 收支平衡 › 收入与结转 › 其他收入：（无） → 按合同``, before the text is written (`budgets.audit.trail`)."""
    title = section_title(report, section)
    about = " › ".join([rule_called(rule, report.profile_key), title, *([place] if place else [])])
    said = f"重新确认“{new}”" if old == new else f"{old or NONE} → {new or NONE}"
    log(report, Verb.EXPLAIN, report.status, user, f"{about}：{said}")
