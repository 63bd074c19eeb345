"""撤下: the notice in place of a withdrawn revision."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budgets.domain.choices import ReportKind
from budgets.models import Publication

from .caching import REVALIDATED
from .lookups import name_of


def is_withdrawn(publication: Publication) -> bool:
    return hasattr(publication, "withdrawal")


def gone(request: HttpRequest, publication: Publication) -> HttpResponse:
    """Answer 410 with a notice, for the page of a withdrawn revision and for each of its files."""
    report = publication.report
    newest = report.publications.order_by("-revision").select_related("withdrawal").first()
    context = {
        "publication": publication,
        "report": report,
        "name": name_of(publication),
        "kind": ReportKind(report.kind),
        "has_newer": newest is not None and newest.pk != publication.pk and not is_withdrawn(newest),
    }
    response = render(request, "public/withdrawn.html", context, status=410)
    response["Cache-Control"] = REVALIDATED
    return response
