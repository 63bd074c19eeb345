"""Saying something to every warning of a report, as its department would."""

from __future__ import annotations

from django.contrib.auth.models import User

from budgets.actions.explain import explain
from budgets.judging import judge
from budgets.models import Report
from budgets.sections import load_dossier


def explain_all(report: Report, user: User, text: str = "按实际情况编列") -> int:
    """How many warnings there were to explain."""
    warnings = judge(report, load_dossier(report)).unexplained
    for warning in warnings:
        explain(report.pk, user, *warning.point, text)
    return len(warnings)
