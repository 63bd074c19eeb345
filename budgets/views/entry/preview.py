"""公开表预览: every table of the draft, the rows behind its figures, and the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ...behind import Asked, rows_behind
from ...exchange.exporting import export
from ...profiles import build_tables
from ...renderers import html
from ...sections import load_dossier
from ...sheets import Sheet
from .lookups import report_for
from .workspace import open_workspace, show


@dataclass(frozen=True)
class Shown:
    """A rendered table, and its id on the page."""

    sheet: Sheet
    id: str
    markup: str


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
    try:
        asked = Asked.parse(request.GET.urlencode())
    except ValueError:
        return render(request, "400.html", {"reason": "这个地址里的筛选条件无法识别。"}, status=400)
    space = open_workspace(request, report)
    rows = rows_behind(space.dossier, asked)
    own = not asked.of_budget and rows.year == space.dossier.header.year
    linked = [(row, space.addresses.line(row.line) if own else "") for row in rows.lines]
    return show(request, "entry/lines.html", space, rows=rows, linked=linked)
