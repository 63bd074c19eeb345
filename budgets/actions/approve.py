"""批复: the budget section approves, by a document with a number and a date."""

from __future__ import annotations

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from ..models import Report
from .base import ActionRefused, Forbidden, carrying_out
from .batch import Outcome, each_by_itself
from .reasons import required_text
from .transitions import Verb

NUMBER_LENGTH = 60


def approve(
    report_id: int, user: AbstractBaseUser, seen: int, number: str, date: datetime.date | None
) -> Report:
    """``number`` is 批复文号, ``date`` 批复日期 as on the document. Whoever submitted cannot approve."""
    number = required_text(number, "number", "批复文号", NUMBER_LENGTH)
    if date is None:
        raise ActionRefused("请填写批复日期", "date")
    with carrying_out(Verb.APPROVE, report_id, user, seen, number) as report:
        if report.submitted_by_id == user.pk:
            raise Forbidden("报送人不能批复自己报送的编报")
        if date > timezone.localdate():
            raise ActionRefused("批复日期不能晚于今天", "date")
        if date < timezone.localdate(report.submitted_at):
            raise ActionRefused("批复日期不能早于报送日期", "date")
        report.approval_number = number
        report.approval_date = date
    return report


def approve_many(
    seen: dict[int, int], user: AbstractBaseUser, number: str, date: datetime.date | None
) -> list[Outcome]:
    """By one document, each report by itself; ``seen`` are change counters by report id.

    Not where anything is still open. Raises `ActionRefused` where the document itself is at fault.
    """
    number = required_text(number, "number", "批复文号", NUMBER_LENGTH)
    if date is None:
        raise ActionRefused("请填写批复日期", "date")
    return each_by_itself(seen, lambda pk, counter: approve(pk, user, counter, number, date))
