"""公开表预览: every table of the draft, the rows behind its figures, and the workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from ...analysis.drilldown import Asked, rows_behind
from ...disclosure.papers import Paper, paper_file
from ...disclosure.publication import ReadyFile, public_content
from ...domain.ledger import STAND_IN
from ...domain.sheets import Cell, Sheet
from ...exchange.documents import WHOLE
from ...permissions import AuthenticatedHttpRequest
from ...renderers import html
from ...renderers.pdf import NotDrawn
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
    return _download(request, report, "xlsx")


@login_required
@require_GET
def document(request: AuthenticatedHttpRequest, report: int, format: str) -> HttpResponse:
    """Download the full text that would be published, as ``format`` (pdf, docx); 404 if it was published without."""
    if format not in WHOLE:
        raise Http404
    return _download(request, report, format)


@login_required
@require_GET
def paper(request: AuthenticatedHttpRequest, report: int, kind: str, format: str) -> HttpResponse:
    """Download 批复文件 or 公开审签单 as ``format`` (pdf, docx); 404 before the approval."""
    if format not in WHOLE or kind not in dict(Paper.pairs()):
        raise Http404
    content = public_content(report_for(request, report))
    return _answer(request, lambda: paper_file(content, Paper(kind), format))


def _download(request: AuthenticatedHttpRequest, report: int, format: str) -> HttpResponse:
    content = public_content(report_for(request, report))
    return _answer(request, lambda: content.file(format))


def _answer(request: AuthenticatedHttpRequest, make: Callable[[], ReadyFile]) -> HttpResponse:
    """The file as a download; 404 if there is none."""
    try:
        file = make()
    except LookupError:
        raise Http404 from None
    except NotDrawn as missing:
        return render(request, "400.html", {"reason": str(missing)}, status=503)
    disposition = content_disposition_header(True, file.name)
    return HttpResponse(
        file.read(), content_type=file.content_type, headers={"Content-Disposition": disposition}
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
