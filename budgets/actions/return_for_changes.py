"""退回: return the report to the department, with the reason."""

from __future__ import annotations

from django.contrib.auth.models import User

from ..domain.transitions import Verb
from ..models import Report
from .base import carrying_out
from .reasons import required_text


def return_for_changes(report_id: int, user: User, seen: int, reason: str) -> Report:
    reason = required_text(reason, "reason", "退回理由")
    with carrying_out(Verb.RETURN, report_id, user, seen, reason) as report:
        pass
    return report
