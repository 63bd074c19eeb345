"""The reports of a page: those of one district, year and kind, chosen in the address."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import urlencode

from ...domain.choices import ReportKind
from ...domain.sheets import Sheet
from ...exchange.exporting import XLSX
from ...models import District, FiscalYear, Report
from ...permissions import AuthenticatedHttpRequest, districts_of
from ...renderers import xlsx


@dataclass(frozen=True)
class Choice:
    """One fiscal year and kind. ``years`` are those of all the person's districts, newest first."""

    fiscal_year: FiscalYear
    kind: ReportKind
    years: tuple[FiscalYear, ...]

    @property
    def district(self) -> District:
        return self.fiscal_year.district

    @property
    def title(self) -> str:
        return f"{self.district.name} {self.fiscal_year.year} 年{self.kind.label}"

    @property
    def is_open(self) -> bool:
        return self.fiscal_year.is_open(self.kind)

    @property
    def deadline(self) -> datetime.date | None:
        """The deadline without extensions."""
        return self.fiscal_year.deadline(self.kind)

    @property
    def file_stem(self) -> str:
        """``420112-2023-budget``."""
        return f"{self.district.code}-{self.fiscal_year.year}-{self.kind.value}"

    @property
    def values(self) -> dict[str, str]:
        """The choice as form values."""
        return _values(self.fiscal_year, self.kind)

    def query(self, **more: str) -> str:
        return "?" + urlencode(self.values | more)

    @property
    def links(self) -> list[dict[str, Any]]:
        """Every choice in this district, and the newest one of each other district."""
        others = {year.district: year for year in reversed(self.years) if year.district != self.district}
        offered = [
            *(
                (year, kind, False)
                for year in self.years
                if year.district == self.district
                for kind in kinds(year)
            ),
            *((year, kinds(year)[0], True) for year in others.values()),
        ]
        return [
            {
                "title": f"{year.district.name if is_other else ''} {year.year} 年{kind.label}".strip(),
                "url": "?" + urlencode(_values(year, kind)),
                "current": (year, kind) == (self.fiscal_year, self.kind),
            }
            for year, kind, is_other in offered
        ]


def _values(year: FiscalYear, kind: ReportKind) -> dict[str, str]:
    return {"district": year.district.code, "year": str(year.year), "kind": kind.value}


def kinds(year: FiscalYear) -> list[ReportKind]:
    """The kinds of reports for the year; budgets if nothing is set up yet."""
    return [kind for kind in ReportKind if year.profile(kind)] or [ReportKind.BUDGET]


def choose(request: AuthenticatedHttpRequest) -> Choice | None:
    """The choice in the address, by default the newest year and kind that is open or has reports, else the newest.

    None if the bureau has no year yet.

    404 for people who review nothing, and for a district, year or kind outside their scope.
    """
    districts = districts_of(request.user)
    if not (request.user.is_active and districts.exists()):
        raise Http404
    years = tuple(
        FiscalYear.objects.filter(district__in=districts)
        .select_related("district", "edition")
        .order_by("district__code", "-year")
    )
    asked = {name: request.GET.get(name, "") for name in ("district", "year", "kind")}
    fitting = [
        (year, kind)
        for year in years
        for kind in kinds(year)
        if all(not value or value == _values(year, kind)[name] for name, value in asked.items())
    ]
    if not fitting:
        if any(asked.values()):
            raise Http404
        return None
    used = set(Report.objects.filter(fiscal_year__in=years).values_list("fiscal_year", "kind").distinct())
    in_use = [(year, kind) for year, kind in fitting if year.is_open(kind) or (year.pk, kind.value) in used]
    return Choice(*(in_use or fitting)[0], years)


def page(request: AuthenticatedHttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Render a page of the board inside the admin's frame."""
    frame = {**admin.site.each_context(request), "title": title, "is_fullwidth": "1"}
    return TemplateResponse(request, f"admin/budgets/board/{template}", frame | context)


def workbook(sheets: Sequence[Sheet], title: str, stem: str) -> HttpResponse:
    """The sheets as a download. ``stem`` is ASCII."""
    return HttpResponse(
        xlsx.render(sheets, title=title),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{stem}.xlsx"'},
    )
