"""A project that is added to a report: which earlier project it continues, and what it starts with."""

from __future__ import annotations

from django.db.models import Q

from ..domain.choices import ProjectType, ReportKind, Status
from ..domain.schema import Application
from ..models import ProjectApplication, Report


def keys_elsewhere(report: Report) -> dict[str, str]:
    """Keys, by name, of projects in the department's earlier reports that this report does not have.

    A project that is added under the name of an earlier one continues it, unless that one ended with its year. If two
    have the same name, the later one counts.
    """
    year = Q(report__fiscal_year__year__lt=report.year)
    if report.kind == ReportKind.FINAL:
        year |= Q(report__fiscal_year__year=report.year, report__kind=ReportKind.BUDGET)
    found = (
        ProjectApplication.objects.filter(year, project__department=report.department_id)
        .exclude(report__status=Status.DRAFT)
        .exclude(project__applications__report=report)
        .order_by("report__fiscal_year__year", "-report__kind")
        .values_list("name", "project__key", "type", "report__fiscal_year__year")
    )
    latest = {name: (key, type, year) for name, key, type, year in found if name}
    return {
        name: key
        for name, (key, type, year) in latest.items()
        if type != ProjectType.ONE_OFF or year == report.year
    }


def start_of(report: Report) -> Application:
    """The fields that the department fills in the same way in every application."""
    name = report.department.name_in(report.year)
    return Application(executing_unit=name, address=report.address, postcode=report.postcode)
