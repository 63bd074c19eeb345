"""Saying something to every warning of a report, as its department would."""

from __future__ import annotations

from django.contrib.auth.models import User

from budgets.models import Report, WarningExplanation
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier


def explain_all(report: Report, user: User, text: str = "按实际情况编列") -> int:
    """How many warnings there were to explain.

    Writes what `actions.explain` writes, which runs every check for each of them; it has tests of its own.
    """
    warnings = judge(report, load_dossier(report)).unexplained
    rows = []
    for warning in warnings:
        rule, section, object, field = warning.point
        about = {"rule": rule, "section": section, "object": object, "field": field}
        rows.append(WarningExplanation(report=report, **about, text=text, stamp=warning.stamp, user=user))
    WarningExplanation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["report", "rule", "section", "object", "field"],
        update_fields=["text", "stamp", "user"],
    )
    return len(warnings)
