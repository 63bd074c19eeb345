"""The report's page, which shows one tab at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from ...actions.checklist import Verdict
from ...disclosure.papers import Paper, paper_file
from ...disclosure.publication import PublicContent, ReadyFile, StoredContent
from ...domain.choices import UNDER_REVIEW
from ...domain.money import share
from ...domain.profile import get_profile
from ...domain.schema import Explanations
from ...exchange.documents import WHOLE
from ...exchange.exporting import export
from ...models import Annex
from ...permissions import AuthenticatedHttpRequest
from ...renderers.pdf import NotDrawn
from ...review.validation import Judged
from .changes import completion_rows, figure_changes, project_changes, subject_changes
from .context import Desk, open_desk, show
from .forms import CommentForm
from .lookups import report_for
from .revisions import revisions, with_revision
from .since_return import since_handed_back
from .tables import forms, sheets, tables
from .text import text_tab
from .threads import answerable
from .trail import trail
from .waivers import may_waive, rules_of

REVISION = re.compile(r"[0-9]{1,4}")
SIGNS = {"error": "✕", "warning": "!", "info": "i"}


@dataclass(frozen=True)
class Tab:
    """A tab. ``context`` computes its own data; ``count`` stands beside its title unless it is 0."""

    key: str
    title: str
    context: Callable[[Desk], dict[str, Any]]
    count: Callable[[Desk], int] = lambda desk: 0


@dataclass(frozen=True)
class Noted:
    """A finding in the list. ``explanation`` is the department's current explanation, if any.

    ``can_waive``: the person may set its rule aside now.
    """

    judged: Judged
    sign: str
    section: str
    explanation: str
    can_waive: bool


def _changes(desk: Desk) -> dict[str, Any]:
    functions, economics = subject_changes(desk.dossier)
    return {
        "figures": figure_changes(desk.dossier),
        "completion": completion_rows(desk.dossier),
        "projects": project_changes(desk.dossier),
        "last_year": desk.report.year - 1,
        "functions": functions,
        "economics": economics,
        "since": since_handed_back(desk.report, desk.dossier),
        "revisions": revisions(desk.report),
    }


def _tables(desk: Desk) -> dict[str, Any]:
    return {"shown": tables(desk, desk.is_whole)}


def _forms(desk: Desk) -> dict[str, Any]:
    return {"shown": forms(desk, desk.is_whole)}


def _projects(desk: Desk) -> dict[str, Any]:
    changes = {change.key: change for change in project_changes(desk.dossier) if change.key}
    total = sum((p.amount for p in desk.dossier.projects), start=desk.total.current * 0)
    return {
        "rows": [
            {
                "project": project,
                "change": changes[project.key],
                "share": share(project.amount, total),
                "findings": [f for f in desk.findings if f.section == project.section and not f.is_waived],
                "threads": [t for t in desk.open_threads if t.section == project.section],
            }
            for project in desk.dossier.projects
        ],
        "total": total,
        "project_form": get_profile(desk.dossier.header.profile).project_form,
    }


def _findings(desk: Desk) -> dict[str, Any]:
    noted = [_noted(desk, judged) for judged in desk.findings]
    waivers = list(desk.report.waivers.filter(lifted_at=None).select_related("user"))
    return {"noted": noted, "waivers": waivers, "may_waive": may_waive(desk), "rules": rules_of(desk)}


def _noted(desk: Desk, judged: Judged) -> Noted:
    at = judged.field
    is_reason = at is not None and at.object == "explanations"
    reason = desk.dossier.part(Explanations).reason(at.row) if at and is_reason else ""
    section = desk.sections.get(judged.section, "")
    can_waive = may_waive(desk) and not judged.is_waived
    explanation = judged.explanation or ("" if judged.outdated else reason)
    return Noted(judged, SIGNS[judged.severity], section, explanation, can_waive)


def _checklist(desk: Desk) -> dict[str, Any]:
    may_judge = desk.may_comment and desk.status in UNDER_REVIEW
    return {"points": judged_points(desk), "may_judge": may_judge}


def judged_points(desk: Desk, typed: Mapping[str, Verdict] | None = None) -> list[dict[str, Any]]:
    """Every point with its verdict: the ``typed`` unsaved one, else the stored one."""
    submitted_at = desk.report.submitted_at
    rows = []
    for point in desk.checklist.points:
        mark = point.mark
        verdict = (typed or {}).get(point.key) or (Verdict(mark.passed, mark.note) if mark else Verdict(None))
        is_old = mark is not None and submitted_at is not None and mark.at < submitted_at
        rows.append({"point": point, "verdict": verdict, "is_old": is_old})
    return rows


def _comments(desk: Desk) -> dict[str, Any]:
    return {"threads": answerable(desk, desk.threads)}


TABS = (
    Tab("changes", "变化", _changes),
    Tab("tables", "公开表", _tables),
    Tab("text", "说明", text_tab),
    Tab("projects", "项目", _projects, lambda desk: len(desk.dossier.projects)),
    Tab("performance", "绩效", _forms),
    Tab("findings", "校验", _findings, lambda desk: desk.errors + desk.warnings),
    Tab("checklist", "要点", _checklist, lambda desk: desk.checklist.remaining),
    Tab("comments", "意见", _comments, lambda desk: len(desk.open_threads)),
    Tab("trail", "留痕", trail),
)


@require_safe
def change(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """Show the report. Nothing is posted here. ``?revision=<n>`` compares it with that published revision."""
    desk, tab = open_desk(request, report_id), request.GET.get("tab", TABS[0].key)
    number = request.GET.get("revision", "")
    if not number:
        return desk_page(request, desk, tab)
    found = with_revision(desk.report, desk.dossier, int(number)) if REVISION.fullmatch(number) else None
    if found is None:
        raise Http404
    return desk_page(request, desk, "changes", compared=found, compared_with=int(number))


def desk_page(
    request: AuthenticatedHttpRequest, desk: Desk, key: str, status: int = 200, **context: object
) -> HttpResponse:
    """The tab with ``key``; 404 for an unknown one."""
    current = next((tab for tab in TABS if tab.key == key), None)
    if current is None:
        raise Http404
    tabs = [
        {"title": tab.title, "url": desk.tab(tab.key), "count": tab.count(desk), "current": tab is current}
        for tab in TABS
    ]
    return show(
        request,
        "desk.html",
        desk,
        desk.title,
        status,
        **{
            "tabs": tabs,
            "tab": current,
            "tab_template": f"admin/budgets/report/tabs/{current.key}.html",
            "comment_form": CommentForm(
                desk.sections, desk.url("comment"), initial={"section": request.GET.get("section", "")}
            ),
            **current.context(desk),
            **context,
        },
    )


@require_safe
def workbook(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """Download the workbook that would be published; with ``?whole=1`` the whole report's, named accordingly."""
    desk = open_desk(request, report_id)
    if desk.is_whole:
        [made] = export(desk.dossier, ["xlsx"], [each.sheet for each in sheets(desk.dossier)])
        file, name = ReadyFile.of(made), f"不公开-{made.name}"
    else:
        file = desk.content.file("xlsx")
        name = file.name
    return _attachment(file, name)


@require_safe
def document(request: AuthenticatedHttpRequest, report_id: int, format: str) -> HttpResponse:
    """Download the full text that would be published, as ``format`` (pdf, docx); 404 if it was published without."""
    if format not in WHOLE:
        raise Http404
    content = open_desk(request, report_id).content
    return _made(request, lambda: content.file(format))


@require_safe
def paper(request: AuthenticatedHttpRequest, report_id: int, kind: str, format: str) -> HttpResponse:
    """Download 批复文件 or 公开审签单 as ``format`` (pdf, docx), with ``?revision=`` of an earlier one.

    404 before the approval.
    """
    if format not in WHOLE or kind not in dict(Paper.pairs()):
        raise Http404
    desk = open_desk(request, report_id)
    content = _of_revision(desk, request.GET["revision"]) if "revision" in request.GET else desk.content
    return _made(request, lambda: paper_file(content, Paper(kind), format))


def _of_revision(desk: Desk, revision: str) -> PublicContent:
    """What was published as that revision."""
    if not REVISION.fullmatch(revision):
        raise Http404
    return StoredContent(desk.report, get_object_or_404(desk.report.publications, revision=int(revision)))


def _made(request: AuthenticatedHttpRequest, make: Callable[[], ReadyFile]) -> HttpResponse:
    try:
        file = make()
    except LookupError:
        raise Http404 from None
    except NotDrawn as missing:
        return render(request, "400.html", {"reason": str(missing)}, status=503)
    return _attachment(file, file.name)


def _attachment(file: ReadyFile, name: str) -> HttpResponse:
    response = HttpResponse(file.read(), content_type=file.content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
def annex(request: AuthenticatedHttpRequest, report_id: int) -> FileResponse:
    """Download the annex."""
    attached = Annex.objects.filter(report=report_for(request, report_id)).first()
    if attached is None:
        raise Http404
    return FileResponse(attached.file.open("rb"), as_attachment=True, filename=attached.name)
