"""Lookups of the entry site. Each checks permission, so that anything out of scope is 404."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from ...domain.choices import UploadState
from ...models import Comment, Department, FiscalYear, Report, Upload
from ...permissions import AuthenticatedHttpRequest, departments_of, entry_reports
from ...storage.loading import with_context


def reports_of(request: AuthenticatedHttpRequest) -> QuerySet[Report]:
    """All reports of the person's departments, newest year first, with the data that pages show of each."""
    return with_context(entry_reports(request.user))


def report_for(request: AuthenticatedHttpRequest, report_id: int) -> Report:
    return get_object_or_404(reports_of(request), pk=report_id)


def department_for(request: AuthenticatedHttpRequest, department_id: int) -> Department:
    return get_object_or_404(departments_of(request.user), pk=department_id)


def year_for(department: Department, year: int) -> FiscalYear:
    """The fiscal year of the department's district."""
    return get_object_or_404(FiscalYear, district=department.district_id, year=year)


def thread_for(request: AuthenticatedHttpRequest, report_id: int, comment_id: int) -> Comment:
    """A thread of comments on a report of the person's departments."""
    threads = Comment.objects.threads().filter(report__in=entry_reports(request.user))
    return get_object_or_404(threads, report=report_id, pk=comment_id)


def uploads_of(request: AuthenticatedHttpRequest, report: Report) -> QuerySet[Upload]:
    """The report's uploads that the person may see, newest first: those that were written, and their own that wait."""
    own = Q(user=request.user, state=UploadState.WAITING)
    written = Q(state__in=[UploadState.TAKEN, UploadState.UNDONE])
    return Upload.objects.filter(own | written, report=report).select_related("user", "undone_by")
