"""用 Excel 填报: hand out the entry workbook, and take a filled-in one, which `budgets.views.entry.uploads` shows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods

from ...actions.keep_upload import keep_upload
from ...actions.write_workbook import WorkbookHasProblems, section_numbers
from ...forms.layout import say_at
from ...models import Upload
from ...permissions import AuthenticatedHttpRequest
from ...workbook.book import StoredForms, make_tabs
from ...workbook.manifest import Stamp
from ...workbook.preview import Preview
from ...workbook.reading import MAX_SIZE, WorkbookRefused
from ...workbook.writing import write
from .context import Workspace, open_workspace, show
from .forms import WorkbookForm
from .lookups import report_for, uploads_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_http_methods(["GET", "POST"])
def page(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Offer the workbooks. An uploaded one is read, kept and then shown; nothing is written."""
    if request.method == "GET":
        return fill_page(request, open_workspace(request, report))
    found = report_for(request, report)
    if not found.is_editable:
        space = open_workspace(request, report)
        return fill_page(request, space, 409, refusal=space.locked_reason)
    form = WorkbookForm(report, request.POST, request.FILES)
    form.full_clean()
    upload = form.cleaned_data["file"]
    if upload is None:
        return _refused(request, report, form, "请选择填好的工作簿")
    if upload.size is not None and upload.size > MAX_SIZE:
        return _refused(request, report, form, f"文件过大，最多 {MAX_SIZE // 1024 // 1024} MB")
    try:
        kept = keep_upload(found, request.user, upload.name or "", upload.read())
    except WorkbookRefused as refused:
        return _refused(request, report, form, refused.message)
    except WorkbookHasProblems as refused:
        return fill_page(request, open_workspace(request, report), 422, taken=refused.taken)
    return redirect("entry:upload", report, kept.pk)


@login_required
@require_GET
def download(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Download the workbook with the typed data; with ``empty`` without it, with ``project`` for one project only."""
    space = open_workspace(request, report)
    head = space.dossier.header
    project, empty = request.GET.get("project", ""), "empty" in request.GET
    chosen = space.dossier.project(project)
    if project and chosen is None:
        raise Http404
    stamp = Stamp(
        department=head.department_code,
        year=head.year,
        kind=head.kind.value,
        profile=head.profile,
        unit=space.unit.value,
        bases=section_numbers(space.report),
        project=project,
        adds=empty,
    )
    forms = StoredForms(space.report, space.dossier, space.unit)
    tabs = make_tabs(forms, project=project, blank=empty)
    content = write(space.dossier, space.unit, tabs, stamp)
    what = f"{chosen.identity.name} " if chosen else "空白 " if empty else ""
    name = f"{head.department_code} {head.year}年{head.kind.label} {what}填报工作簿.xlsx"
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def fill_page(
    request: AuthenticatedHttpRequest,
    space: Workspace,
    status: int = 200,
    refusal: str = "",
    taken: Preview | None = None,
    form: WorkbookForm | None = None,
) -> HttpResponse:
    """The page of the workbooks to download, the upload, and the last uploads; ``taken`` are problems of one."""
    return show(
        request,
        "entry/workbook.html",
        space,
        current="workbook",
        status=status,
        refusal=refusal,
        taken=taken,
        form=form or WorkbookForm(space.report.pk),
        uploads=_last_uploads(request, space),
    )


def _last_uploads(request: AuthenticatedHttpRequest, space: Workspace) -> list[Upload]:
    return list(uploads_of(request, space.report).defer("plan", "sections", "answers")[:LAST])


LAST = 10
"""The number of uploads that the page lists."""


def _refused(
    request: AuthenticatedHttpRequest, report: int, form: WorkbookForm, message: str
) -> HttpResponse:
    """Said at the field and, because that stands at the end of the page, above it."""
    say_at(form, "file", message)
    return fill_page(request, open_workspace(request, report), 422, message, form=form)
