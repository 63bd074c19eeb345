"""A project that is added to a report: which of the department's it is, and what is known before it is typed."""

from __future__ import annotations

from django.db.models import Q

from ..domain.choices import ProjectType, ReportKind, Status
from ..domain.schema import Application
from ..models import ProjectApplication, Report


def keys_elsewhere(report: Report) -> dict[str, str]:
    """By name, the keys of the projects of the department's earlier reports that this one does not have.

    A project lives across years: one that is added under the name of an earlier one continues it, unless that
    ended with its year. Of two with the same name it is the one of the later year.
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
    """What the department says of itself in every application."""
    name = report.department.name_in(report.year)
    return Application(executing_unit=name, address=report.address, postcode=report.postcode)
