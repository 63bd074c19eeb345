"""公开表预览: every table of the draft, the rows behind its figures, and the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ...analysis.drilldown import Asked, rows_behind
from ...disclosure.publication import public_content
from ...domain.ledger import STAND_IN
from ...domain.sheets import Cell, Sheet
from ...permissions import AuthenticatedHttpRequest
from ...renderers import html
from .context import open_workspace, show
from .lookups import report_for


@dataclass(frozen=True)
class Shown:
    """A rendered table with its id on the page."""

    sheet: Sheet
    id: str
    markup: str


@login_required
@require_GET
def preview(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show everything that would be published, each table in its published unit."""
    space = open_workspace(request, report)
    content = public_content(space.report, space.dossier)

    def link(cell: Cell) -> str:
        return "" if STAND_IN in cell.key else space.links.cell(cell)

    tables = [
        Shown(sheet, html.sheet_id(sheet.table), html.render(sheet, link=link)) for sheet in content.sheets
    ]
    withheld = [project.identity.name for project in space.dossier.projects if project.withheld]
    return show(
        request,
        "entry/preview.html",
        space,
        current="preview",
        tables=tables,
        withheld=withheld,
        content=content,
    )


@login_required
@require_GET
def workbook(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Download the workbook that would be published."""
    file = public_content(report_for(request, report)).file("xlsx")
    return HttpResponse(
        file.read(),
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@login_required
@require_GET
def lines(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the rows behind a figure: ``?<filter>``, with ``year`` of an earlier year, with ``budget`` of the budget."""
    report_for(request, report)
    try:
        asked = Asked.parse(request.GET.urlencode())
    except ValueError:
        return render(request, "400.html", {"reason": "这个地址里的筛选条件无法识别。"}, status=400)
    space = open_workspace(request, report)
    rows = rows_behind(space.dossier, asked)
    own = not asked.of_budget and rows.year == space.dossier.header.year
    linked = [(row, space.links.line(row.line) if own else "") for row in rows.lines]
    return show(request, "entry/lines.html", space, rows=rows, linked=linked)
