"""撤销: take an approval back before publication, and return the report."""

from __future__ import annotations

from django.contrib.auth.models import User

from ..disclosure.publication import drop_approved
from ..domain.transitions import Verb
from ..models import Report
from .base import carrying_out
from .reasons import required_text


def revoke(report_id: int, user: User, seen: int, reason: str) -> Report:
    """Clear number, date and content of the approval. The trail keeps the number."""
    reason = required_text(reason, "reason", "撤销理由")
    with carrying_out(Verb.REVOKE, report_id, user, seen, reason) as report:
        report.approval_number = ""
        report.approval_date = None
        drop_approved(report)
    return report
