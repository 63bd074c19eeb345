"""初审通过: the business section has no objection."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser

from ..models import Report
from .base import carrying_out
from .transitions import Verb


def pass_review(report_id: int, user: AbstractBaseUser, seen: int) -> Report:
    with carrying_out(Verb.PASS, report_id, user, seen) as report:
        pass
    return report
