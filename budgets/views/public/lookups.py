"""What the public may see: publications, and of each report the last one unless an older is asked for."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from budgets.choices import ReportKind
from budgets.models import Publication


def latest() -> QuerySet[Publication]:
    """The last publication of every report, with what a list shows of it and not the frozen content."""
    last = Publication.objects.filter(report=OuterRef("report")).order_by("-revision").values("pk")[:1]
    return (
        Publication.objects.filter(pk=Subquery(last))
        .select_related("report__department__district", "report__fiscal_year")
        .prefetch_related("report__department__earlier_names")
        .defer("full_dossier", "dossier", "sheets", "difference")
        .order_by("-report__fiscal_year__year", "report__department__code", "report__kind")
    )


def publications_of(year: int, code: str, kind: ReportKind) -> QuerySet[Publication]:
    """The publications of one report, newest first."""
    return (
        Publication.objects.filter(
            report__department__code=code, report__fiscal_year__year=year, report__kind=kind
        )
        .select_related("report__department__district", "report__fiscal_year")
        .prefetch_related("files", "report__department__earlier_names")
        .defer("full_dossier", "dossier")
        .order_by("-revision")
    )


def publication_or_404(year: int, code: str, kind: ReportKind, revision: int) -> Publication:
    return get_object_or_404(publications_of(year, code, kind), revision=revision)
