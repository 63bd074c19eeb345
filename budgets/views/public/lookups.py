"""Lookups of the public site: publications, by default the last one of each report."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse

from budgets.analysis.project_record import Account, parse_account
from budgets.domain.choices import Disclosure, ReportKind, Status
from budgets.domain.formats import ACCOUNTS, current
from budgets.models import Department, ProjectApplication, Publication


def latest() -> QuerySet[Publication]:
    """The last publication of every report, with the data for lists and without the frozen content.

    Reports whose last publication is withdrawn are left out.
    """
    return (
        _last()
        .filter(withdrawal=None)
        .select_related("report__department__district", "report__fiscal_year")
        .prefetch_related("report__department__earlier_names")
        .defer("full_dossier", "dossier", "sheets", "difference", "narrative")
        .order_by("-report__fiscal_year__year", "report__department__code", "report__kind")
    )


def _last() -> QuerySet[Publication]:
    last = Publication.objects.filter(report=OuterRef("report")).order_by("-revision").values("pk")[:1]
    return Publication.objects.filter(pk=Subquery(last))


def publications_of(year: int, code: str, kind: ReportKind) -> QuerySet[Publication]:
    """The publications of one report, newest first. Withdrawn ones are included, so that their addresses answer.

    Each has ``approval``, a mapping with the ``number`` and ``date`` of its 批复.
    """
    return (
        Publication.objects.filter(
            report__department__code=code, report__fiscal_year__year=year, report__kind=kind
        )
        .select_related("report__department__district", "report__fiscal_year", "withdrawal")
        .prefetch_related("files", "report__department__earlier_names")
        .annotate(approval=F("dossier__approval"))
        .defer("full_dossier", "dossier")
        .order_by("-revision")
    )


def publication_or_404(year: int, code: str, kind: ReportKind, revision: int) -> Publication:
    return get_object_or_404(publications_of(year, code, kind), revision=revision)


def name_of(publication: Publication) -> str:
    """The name of the department at the time of the publication."""
    report = publication.report
    return publication.summary.get("department") or report.department.name_in(report.year)


# --- projects across the years --------------------------------------------------------------------


@dataclass(frozen=True)
class Published:
    """The published accounts of a department's projects, and the time of its last publication."""

    accounts: tuple[Account, ...]
    changed_at: datetime.datetime | None


def published_accounts(department: Department) -> Published:
    """The accounts with the addresses of their reports, without projects that were withheld then or later."""
    rows = list(
        _last()
        .filter(report__department=department, withdrawal=None)
        .values_list(
            "report__fiscal_year__year", "report__kind", "published_at", "dossier__accounts", "format"
        )
    )
    withheld = withheld_until(department)
    found = []
    for year, kind, _, accounts, format in rows:
        address = reverse("public:report", args=[year, department.code, kind])
        for data in current(ACCOUNTS, accounts, format) or ():
            account = parse_account(data)
            hidden = withheld.get(account.key, 0)
            if hidden < year:
                past = tuple(entry for entry in account.past if entry.year > hidden)
                found.append(replace(account, address=address, past=past))
    return Published(tuple(found), max((row[2] for row in rows), default=None))


def withheld_until(department: Department) -> dict[str, int]:
    """The last year in which each project was withheld, by published and by archived reports.

    The project's pages show nothing up to that year, although the publications themselves stay. Unpublished reports do
    not count, because the public may not learn of a department's plans.
    """
    frozen = (
        _last()
        .filter(report__department=department)
        .values_list("report__fiscal_year__year", "full_dossier__withheld")
    )
    archived = ProjectApplication.objects.filter(
        report__department=department, report__status=Status.ARCHIVED, disclosure=Disclosure.WITHHELD
    ).values_list("report__fiscal_year__year", "project__key")
    until: dict[str, int] = {}
    for year, key in [*((year, key) for year, keys in frozen for key in keys or ()), *archived]:
        until[key] = max(year, until.get(key, 0))
    return until


def named_projects(department: Department, publications: Iterable[Publication]) -> list[tuple[str, str]]:
    """(key, name) of every project that has an account in ``publications``, which are sorted newest first."""
    until = withheld_until(department)
    names: dict[str, str] = {}
    for publication in publications:
        for key, name in publication.summary.get("project_names", {}).items():
            if until.get(key, 0) < publication.report.year:
                names.setdefault(key, name)
    return list(names.items())
