"""公开: what was approved is frozen and shown to everybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser

from ..models import Report
from ..publishing import freeze, secrets_given_away
from ..sections import load_dossier
from .base import ActionRefused, carrying_out
from .transitions import Verb


def publish(report_id: int, user: AbstractBaseUser, seen: int) -> Report:
    """By the department, or by the bureau on its behalf. A correction is published as a further revision."""
    with carrying_out(Verb.PUBLISH, report_id, user, seen) as report:
        names = secrets_given_away(load_dossier(report))
        if names:
            raise ActionRefused(f"不予公开项目“{names[0]}”的名称出现在将要公开的文字中，请退回改写")
        freeze(report, user, _reason(report))
    return report


def publish_many(report_ids: Iterable[int], user: AbstractBaseUser) -> list[tuple[Report, str]]:
    """Each report in its own transaction; returns it with why it was refused, or an empty text."""
    results = []
    for report in Report.objects.filter(pk__in=list(report_ids)).select_related("department", "fiscal_year"):
        try:
            results.append((publish(report.pk, user, report.changes), ""))
        except ActionRefused as error:
            results.append((report, error.message))
    return results


def _reason(report: Report) -> str:
    """Why there is another revision; empty for the first."""
    last = report.transitions.filter(verb=Verb.CORRECT, revision=report.revision).last()
    return last.reason if last else ""
