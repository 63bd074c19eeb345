"""Lookups of the review. Each checks permission, so that anything out of scope is 404."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from ...models import Comment, Report
from ...permissions import AnyUser, AuthenticatedHttpRequest, review_reports


def reports_of(user: AnyUser) -> QuerySet[Report]:
    """The reports that ``user`` reviews, with the data that pages show of each."""
    return (
        review_reports(user)
        .select_related("fiscal_year__district", "fiscal_year__edition", "department", "submitted_by")
        .prefetch_related("department__earlier_names")
    )


def report_for(request: AuthenticatedHttpRequest, report_id: int) -> Report:
    return get_object_or_404(reports_of(request.user), pk=report_id)


def thread_for(report: Report, comment_id: int) -> Comment:
    return get_object_or_404(report.comments.threads(), pk=comment_id)
