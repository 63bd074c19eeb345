"""The first page of the entry site: the reports of the person's departments, and those that can be opened."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from ...actions.base import ActionRefused
from ...actions.open_report import open_report
from ...domain.choices import BUDGET_STANDS, FINISHED, ReportKind
from ...models import Department, FiscalYear, Report
from ...notifications import unread
from ...permissions import AuthenticatedHttpRequest, departments_of, districts_of
from .context import workspace
from .lookups import department_for, reports_of, year_for
from .next_step import next_step
from .session import unit_of

RECENT_YEARS = 2
"""The number of years, back from the newest one, for which final accounts are offered."""


@dataclass(frozen=True)
class Offer:
    """A report that can be started. ``source`` is the year it is copied from, 0 for none.

    Final accounts start from the budget of their own year.
    """

    department: Department
    year: FiscalYear
    kind: ReportKind
    source: int

    @property
    def deadline(self) -> datetime.date | None:
        """The last day on which the department may submit it."""
        return self.department.deadline_in(self.year, self.kind)

    @property
    def is_too_late(self) -> bool:
        """Whether it can be started but not submitted, unless the bureau grants an extension."""
        return self.year.is_closed_by(self.deadline)


@login_required
@require_GET
def home(request: AuthenticatedHttpRequest) -> HttpResponse:
    return _page(request)


@login_required
@require_POST
def open(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Open the report of ``year`` and ``kind`` for ``department``, and redirect to it."""
    numbers = {name: request.POST.get(name, "") for name in ("department", "year")}
    if not all(text.isascii() and text.isdigit() and len(text) < 10 for text in numbers.values()):
        raise Http404
    if request.POST.get("kind") not in list(ReportKind):
        raise Http404
    department = department_for(request, int(numbers["department"]))
    year = year_for(department, int(numbers["year"]))
    try:
        report = open_report(department, year, ReportKind(request.POST["kind"]), request.user)
    except ActionRefused as refused:
        return _page(request, refused.message, status=409)
    began = report.transitions.order_by("pk")[0].reason
    messages.success(request, "已经开始" + (f"：{began}" if began else ""))
    return redirect("entry:report", report.pk)


def _page(request: AuthenticatedHttpRequest, message: str = "", status: int = 200) -> HttpResponse:
    reports = list(reports_of(request).prefetch_related("department__extensions"))
    departments = list(departments_of(request.user).select_related("district").prefetch_related("extensions"))
    current = [report for report in reports if report.status not in FINISHED]
    spaces = [workspace(request, report, reports) for report in current]
    context = {
        "departments": departments,
        "spaces": [(space, next_step(space)) for space in spaces],
        "earlier": [report for report in reports if report.status in FINISHED],
        "offers": _offers(departments, reports),
        "reviews": not departments and (districts_of(request.user).exists() or request.user.is_staff),
        "unit": unit_of(request),
        "message": message,
        "notices": list(unread(request.user)),
    }
    return render(request, "entry/home.html", context, status=status)


def _offers(departments: Sequence[Department], reports: Iterable[Report]) -> list[Offer]:
    """For each department, the budgets and final accounts that can be started."""
    reports = list(reports)
    years = [
        year
        for year in FiscalYear.objects.filter(district__in={d.district_id for d in departments})
        .select_related("district")
        .order_by("year")
        if any(map(year.is_open, ReportKind))
    ]
    found: list[Offer] = []
    for department in departments:
        own = [report for report in reports if report.department_id == department.pk]
        open_to = [year for year in years if year.district_id == department.district_id]
        found += _budgets(department, own, [y for y in open_to if y.is_open(ReportKind.BUDGET)])
        found += _finals(department, own, open_to)
    return found


def _budgets(
    department: Department, reports: Sequence[Report], years: Sequence[FiscalYear]
) -> Iterator[Offer]:
    """The years after the newest budget; without a budget, the newest year. ``years`` are sorted, oldest first."""
    last = max((report.year for report in reports if report.kind == ReportKind.BUDGET), default=0)
    for year in [y for y in years if y.year > last] if last else years[-1:]:
        yield Offer(department, year, ReportKind.BUDGET, last if last == year.year - 1 else 0)


def _finals(
    department: Department, reports: Sequence[Report], years: Sequence[FiscalYear]
) -> Iterator[Offer]:
    """The years with a settled budget and without final accounts, at most `RECENT_YEARS` before the newest one.

    ``years`` are those that are open for any kind, oldest first.
    """
    standing = {r.year for r in reports if r.kind == ReportKind.BUDGET and r.status in BUDGET_STANDS}
    made = {r.year for r in reports if r.kind == ReportKind.FINAL}
    for year in years:
        is_recent = year.year >= years[-1].year - RECENT_YEARS
        if year.is_open(ReportKind.FINAL) and is_recent and year.year in standing - made:
            yield Offer(department, year, ReportKind.FINAL, year.year)
