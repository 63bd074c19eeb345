"""更正: open a published report for a further revision. The last publication stays as it is."""

from __future__ import annotations

from django.contrib.auth.models import User

from ..domain.transitions import Verb
from ..models import Report
from .base import carrying_out
from .reasons import required_text


def correct(report_id: int, user: User, seen: int, reason: str) -> Report:
    """Open the correction. ``reason`` is published with the new revision."""
    reason = required_text(reason, "reason", "更正原因")
    with carrying_out(Verb.CORRECT, report_id, user, seen, reason) as report:
        report.revision += 1
        report.correction_reason = reason
    return report
