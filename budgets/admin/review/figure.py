"""The page of one figure: the rows it sums, and the comments on it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from ...analysis.drilldown import Asked, rows_behind
from ...domain.sheets import Lines, Role
from ...permissions import AuthenticatedHttpRequest
from ...renderers.values import printed
from .cell_context import findings_beside, reason_beside
from .cell_labels import place_of, section_of_cell
from .context import Desk, open_desk, show
from .forms import CommentForm
from .tables import cell_url, find_cell
from .threads import answerable


@require_safe
def figure(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """``?cell=<key>``: show a figure of a table."""
    desk = open_desk(request, report_id)
    return figure_page(request, desk, request.GET.get("cell", ""))


def figure_page(
    request: AuthenticatedHttpRequest, desk: Desk, key: str, status: int = 200, **context: object
) -> HttpResponse:
    """Show the cell with that key; 404 if no table has it."""
    found = find_cell(desk, key)
    if found is None:
        raise Http404
    sheet, cell = found
    source = cell.source
    rows = rows_behind(desk.dossier, Asked(source.filter, source.year)) if isinstance(source, Lines) else None
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
            "rows": rows,
            "findings": findings_beside(desk, cell, [behind.line for behind in own]),
            "reason": reason_beside(desk, cell),
            "threads": answerable(desk, desk.threads_at(key)),
            "comment_form": CommentForm(
                desk.sections,
                desk.url("comment"),
                initial={"target": key, "section": section_of_cell(cell, desk.dossier)},
            ),
            "stands_at": cell_url(desk, sheet, key),
            **context,
        },
    )


@require_safe
def lines(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """``?<filter>``: show the matching rows, with ``year`` those of an earlier year; 404 for an invalid filter.

    With ``budget``, show those of the year's budget, which final accounts are compared with.
    """
    desk = open_desk(request, report_id)
    try:
        asked = Asked.parse(request.GET.urlencode())
    except ValueError:
        raise Http404 from None
    rows = rows_behind(desk.dossier, asked)
    return show(request, "lines.html", desk, f"明细 | {desk.title}", rows=rows)
