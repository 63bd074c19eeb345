"""Lists of reports by district, year and department."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from budgets.domain.money import Unit
from budgets.models import Department, District, Publication

from .caching import revalidate
from .lookups import latest, name_of, named_projects

MAX_QUERY = 100


@dataclass(frozen=True)
class ListedReport:
    """One published report in a list. ``total`` in 元."""

    publication: Publication
    name: str
    total: Decimal

    @classmethod
    def of(cls, publication: Publication) -> ListedReport:
        total = publication.summary.get("figures", {}).get("total", {}).get("amount", "0")
        return cls(publication, name_of(publication), Decimal(total))


def _by_year(publications: list[Publication]) -> list[tuple[int, list[ListedReport]]]:
    years: dict[int, list[ListedReport]] = defaultdict(list)
    for publication in publications:
        years[publication.report.year].append(ListedReport.of(publication))
    return sorted(years.items(), reverse=True)


@require_safe
@revalidate
def home(request: HttpRequest) -> HttpResponse:
    """List every district with its newest reports. ``q`` searches departments by name or code."""
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    found = list(latest())
    if query:
        found = [p for p in found if query in _searchable(p)]
    districts: dict[District, list[Publication]] = defaultdict(list)
    for publication in found:
        districts[publication.report.department.district].append(publication)
    groups = [(d, _by_year(rows)) for d, rows in sorted(districts.items(), key=lambda item: item[0].code)]
    return render(request, "public/home.html", {"districts": groups, "query": query, "unit": Unit.WAN})


def _searchable(publication: Publication) -> str:
    department = publication.report.department
    names = [department.name, department.code, *(n.name for n in department.earlier_names.all())]
    return "\n".join([*names, name_of(publication)])


@require_safe
@revalidate
def district(request: HttpRequest, code: str) -> HttpResponse:
    """List everything that a district's departments have published, by year."""
    place = get_object_or_404(District, code=code)
    found = list(latest().filter(report__department__district=place))
    if not found:
        raise Http404
    return render(
        request, "public/district.html", {"district": place, "years": _by_year(found), "unit": Unit.WAN}
    )


@require_safe
@revalidate
def department(request: HttpRequest, code: str) -> HttpResponse:
    """List everything that one department has published under any of its names."""
    unit = get_object_or_404(Department.objects.select_related("district"), code=code)
    found = list(latest().filter(report__department=unit))
    if not found:
        raise Http404
    context = {
        "department": unit,
        "earlier_names": unit.earlier_names.all(),
        "entries": [ListedReport.of(publication) for publication in found],
        "projects": named_projects(unit, found),
        "unit": Unit.WAN,
    }
    return render(request, "public/department.html", context)
