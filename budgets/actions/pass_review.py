"""初审通过: the reviewer has no objection."""

from __future__ import annotations

from django.contrib.auth.models import User

from ..domain.transitions import Verb
from ..models import Report
from ..review.checklist import checklist_of
from .base import ActionRefused, carrying_out
from .batch import Outcome, each_by_itself
from .sources import refuse_moved


def pass_review(report_id: int, user: User, seen: int) -> Report:
    """Pass the report. Refused while a point of the checklist is open or not met, or a source has changed."""
    with carrying_out(Verb.PASS, report_id, user, seen) as report:
        refuse_moved(report)
        obstacle = checklist_of(report).obstacle
        if obstacle:
            raise ActionRefused(f"{obstacle}，请先在“要点”中判断")
    return report


def pass_many(seen: dict[int, int], user: User) -> list[Outcome]:
    """Pass several reports, each by itself. ``seen`` are change counters by report id. Refuses open questions."""
    return each_by_itself(seen, lambda pk, counter: pass_review(pk, user, counter))
