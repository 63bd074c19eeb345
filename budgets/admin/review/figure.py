"""One figure: the rows it is the sum of, and what was said about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from ...choices import ReportKind
from ...dossier import Dossier
from ...ledger import Filter, Ledger, Line
from ...renderers.values import printed
from ...sheets import Lines, Role
from .beside import findings_beside, reason_beside
from .desk import Desk, open_desk, show
from .place import place_of, section_of
from .tables import cell_url, find_cell


@dataclass(frozen=True)
class Behind:
    """A line with the names of its codes."""

    line: Line
    function: str
    economic: str
    project: str
    activity: str


@dataclass(frozen=True)
class Rows:
    """The lines of one report behind a figure, ``label`` says which; ``known`` False: there is none."""

    year: int
    label: str
    known: bool
    lines: list[Behind]
    total: Decimal
    has_adjusted: bool


@require_safe
def figure(request: HttpRequest, report_id: int) -> HttpResponse:
    """``?cell=<key>``: a figure of a table."""
    desk = open_desk(request, report_id)
    return figure_page(request, desk, request.GET.get("cell", ""))


def figure_page(
    request: HttpRequest, desk: Desk, key: str, status: int = 200, **context: object
) -> HttpResponse:
    """The page of the cell with that key; 404 where no table has it."""
    found = find_cell(desk, key)
    if found is None:
        raise Http404
    sheet, cell = found
    source = cell.source
    rows = rows_behind(desk, source.filter, source.year) if isinstance(source, Lines) else None
    own = rows.lines if rows and rows.year == desk.report.year else []
    return show(
        request,
        "figure.html",
        desk,
        f"{place_of(sheet, key)} | {desk.title}",
        status,
        **{
            "sheet": sheet,
            "cell": cell,
            "place": place_of(sheet, key),
            "value": f"{printed(cell)} {sheet.unit.label}" if cell.role == Role.AMOUNT else printed(cell),
            "section": section_of(cell, desk.dossier),
            "rows": rows,
            "findings": findings_beside(desk, cell, [behind.line for behind in own]),
            "reason": reason_beside(desk, cell),
            "threads": desk.threads_at(key),
            "stands_at": cell_url(desk, sheet, key),
            **context,
        },
    )


@require_safe
def lines(request: HttpRequest, report_id: int) -> HttpResponse:
    """``?<filter>``, of an earlier year with ``year``: the rows that match; 404 for what is no filter.

    With ``budget`` those of the year's budget, which final accounts are compared with.
    """
    desk = open_desk(request, report_id)
    query = request.GET.copy()
    of_budget = bool(query.pop("budget", []))
    year, filter = _parse(query)
    rows = rows_behind(desk, filter, year, of_budget=of_budget)
    return show(request, "lines.html", desk, f"明细 | {desk.title}", rows=rows)


def rows_behind(desk: Desk, filter: Filter, year: int = 0, *, of_budget: bool = False) -> Rows:
    year = year or desk.report.year
    dossier = desk.dossier.budget if of_budget else desk.dossier.year(year)
    found = dossier.ledger.where(filter) if dossier else Ledger()
    kind = dossier.header.kind if dossier else ReportKind.BUDGET if of_budget else desk.report.kind
    return Rows(
        year,
        f"{year} 年{ReportKind(kind).label}",
        dossier is not None,
        _named(dossier, found) if dossier else [],
        found.total(),
        any(line.adjusted is not None for line in found),
    )


def _parse(query: QueryDict) -> tuple[int, Filter]:
    rest = query.copy()
    years = rest.pop("year", ["0"])
    try:
        return int(years[-1]), Filter.parse(rest.urlencode())
    except ValueError:
        raise Http404 from None


def _named(dossier: Dossier, found: Ledger) -> list[Behind]:
    projects = {project.key: project.identity.name for project in dossier.projects}
    activities = {a.key: a.name for project in dossier.projects for a in project.activities}
    return [
        Behind(
            line,
            dossier.codes.function_name(line.function),
            dossier.codes.economic_name(line.economic),
            projects.get(line.project, ""),
            activities.get(line.activity, ""),
        )
        for line in found
    ]
