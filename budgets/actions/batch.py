"""Several reports in one act, each in its own transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from ..models import Report
from ..review.blockers import obstacles_of
from .base import ActionRefused, lock_report

Outcome = tuple[Report, str]
"""A report and the reason why it was refused; empty if it was not."""


def each_by_itself(seen: Mapping[int, int], act: Callable[[int, int], object]) -> list[Outcome]:
    """Call ``act(report id, change counter seen)`` for each report. Refuses reports with open questions."""
    return [(report, _refusal(report, seen[report.pk], act)) for report in _reports(seen)]


def _reports(seen: Mapping[int, int]) -> list[Report]:
    return list(Report.objects.filter(pk__in=seen).select_related("department", "fiscal_year"))


def _refusal(report: Report, counter: int, act: Callable[[int, int], object]) -> str:
    """Lock the report while checking for open questions, so that none can be added before the act."""
    try:
        with transaction.atomic():
            obstacle = obstacles_of([lock_report(report.pk)])[report.pk]
            if obstacle:
                raise ActionRefused(obstacle)
            act(report.pk, counter)
    except ActionRefused as refused:
        return refused.message
    return ""
