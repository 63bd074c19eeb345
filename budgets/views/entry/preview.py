"""公开表预览: every table of the draft, the rows behind its figures, and the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ...choices import ReportKind
from ...dossier import Dossier
from ...exchange.exporting import export
from ...ledger import Filter, Ledger, Line
from ...profiles import build_tables
from ...renderers import html
from ...sections import load_dossier
from ...sheets import Sheet
from .lookups import report_for
from .workspace import Workspace, open_workspace, show


@dataclass(frozen=True)
class Shown:
    """A rendered table, and its id on the page."""

    sheet: Sheet
    id: str
    markup: str


@dataclass(frozen=True)
class Behind:
    """A line as the page of a figure lists it; ``url`` leads to where its amount is typed."""

    line: Line
    function: str
    economic: str
    project: str
    activity: str
    url: str


@login_required
@require_GET
def preview(request: HttpRequest, report: int) -> HttpResponse:
    """All tables in the person's unit; forms that have their own unit keep it."""
    space = open_workspace(request, report)
    tables = [
        Shown(sheet, html.sheet_id(sheet.table), html.render(sheet, link=space.addresses.cell))
        for sheet in build_tables(space.dossier, space.unit)
    ]
    return show(request, "entry/preview.html", space, current="preview", tables=tables)


@login_required
@require_GET
def workbook(request: HttpRequest, report: int) -> HttpResponse:
    """The draft's tables as a workbook, each in the unit in which it is published."""
    [file] = export(load_dossier(report_for(request, report)), ["xlsx"])
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@login_required
@require_GET
def lines(request: HttpRequest, report: int) -> HttpResponse:
    """The rows behind a figure: ``?<filter>``, of an earlier year with ``year``, of the year's budget with ``budget``."""
    report_for(request, report)
    query = request.GET.copy()
    of_budget = bool(query.pop("budget", []))
    parsed = _parse(query)
    if parsed is None:
        return render(request, "400.html", {"reason": "这个地址里的筛选条件无法识别。"}, status=400)
    year, filter = parsed
    space = open_workspace(request, report)
    dossier = space.dossier.budget if of_budget else space.dossier.year(year or space.report.year)
    found = dossier.ledger.where(filter) if dossier else Ledger()
    kind = ReportKind.BUDGET if of_budget else ReportKind(space.report.kind)
    return show(
        request,
        "entry/lines.html",
        space,
        year=year or space.report.year,
        label=f"{year or space.report.year} 年{kind.label}",
        has_adjusted=any(line.adjusted is not None for line in found),
        known=dossier is not None,
        rows=_behind(space, dossier, found) if dossier else [],
        total=found.total() if len(found) else Decimal(0),
    )


def _parse(query: QueryDict) -> tuple[int, Filter] | None:
    """Year (0: this one) and filter; None where the query is not one."""
    rest = query.copy()
    years = rest.pop("year", ["0"])
    if len(years) != 1 or not (years[0].isascii() and years[0].isdigit() and len(years[0]) <= 4):
        return None
    try:
        return int(years[0]), Filter.parse(rest.urlencode())
    except ValueError:
        return None


def _behind(space: Workspace, dossier: Dossier, found: Ledger) -> list[Behind]:
    projects = {project.key: project for project in dossier.projects}
    activities = {a.key: a.name for project in dossier.projects for a in project.activities}
    own = dossier is space.dossier
    return [
        Behind(
            line=line,
            function=dossier.codes.function_name(line.function),
            economic=dossier.codes.economic_name(line.economic),
            project=projects[line.project].identity.name if line.project else "",
            activity=activities.get(line.activity, ""),
            url=space.addresses.line(line) if own else "",
        )
        for line in found
    ]
