"""用 Excel 填报: the entry workbook handed out, and taken back after a look at what it would change."""

from __future__ import annotations

import datetime
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...actions.base import ActionRefused, Forbidden
from ...actions.take_workbook import WorkbookHasProblems, preview, section_numbers, take_workbook
from ...workbook.book import StoredForms, make_tabs
from ...workbook.reading import MAX_SIZE, WorkbookRefused, read
from ...workbook.stamp import Stamp
from ...workbook.taking import Taken
from ...workbook.writing import write
from .lookups import report_for
from .workspace import Workspace, open_workspace, show

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLDER = "workbooks"
KEPT = datetime.timedelta(days=1)
"""How long an uploaded workbook waits for its confirmation."""
SALT = "budgets.entry.workbook"


@login_required
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, report: int) -> HttpResponse:
    """Offer the workbooks; an uploaded one is read and shown, not written."""
    space = open_workspace(request, report)
    if request.method == "GET":
        return _page(request, space)
    if not space.report.is_editable:
        return _page(request, space, 409, refusal=space.locked_reason)
    upload = request.FILES.get("file")
    if upload is None:
        return _page(request, space, 422, refusal="请选择填好的工作簿")
    if upload.size is not None and upload.size > MAX_SIZE:
        return _page(request, space, 422, refusal=f"文件过大，最多 {MAX_SIZE // 1024 // 1024} MB")
    content = upload.read()
    try:
        taken = preview(space.report, read(content))
    except WorkbookRefused as refused:
        return _page(request, space, 422, refusal=refused.message)
    if not taken.is_clean:
        return _page(request, space, 422, taken=taken)
    return _page(request, space, taken=taken, token=_keep(request, space, content))


@login_required
@require_POST
def confirm(request: HttpRequest, report: int) -> HttpResponse:
    """Write the workbook that was shown."""
    found = report_for(request, report)
    path = _path(request, report)
    if path is None:
        refusal = "工作簿上传已超过一天或已经导入，请重新上传"
        return _page(request, open_workspace(request, report), 409, refusal=refusal)
    with default_storage.open(path) as file:
        content = file.read()
    try:
        written = take_workbook(found.pk, request.user, read(content))
    except WorkbookHasProblems as refused:
        return _page(request, open_workspace(request, report), 409, refused.message, refused.taken)
    except (ActionRefused, WorkbookRefused) as refused:
        status = 403 if isinstance(refused, Forbidden) else 409
        return _page(request, open_workspace(request, report), status, refused.message)
    default_storage.delete(path)
    said = f"，新增 {written.projects} 个项目" if written.projects else ""
    messages.success(request, f"已导入工作簿，写入 {written.sections} 个部分{said}")
    return redirect("entry:check", report)


@login_required
@require_GET
def download(request: HttpRequest, report: int) -> HttpResponse:
    """The workbook with what is typed; ``empty`` without it, ``project`` of one project alone."""
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
    response["Cache-Control"] = "private, no-store"
    return response


def _page(
    request: HttpRequest,
    space: Workspace,
    status: int = 200,
    refusal: str = "",
    taken: Taken | None = None,
    token: str = "",
) -> HttpResponse:
    return show(
        request,
        "entry/workbook.html",
        space,
        current="workbook",
        status=status,
        refusal=refusal,
        taken=taken,
        token=token,
        limit=MAX_SIZE,
    )


# --- an upload that waits for its confirmation ----------------------------------------------------


def _keep(request: HttpRequest, space: Workspace, content: bytes) -> str:
    """Store the file and return what confirms it; forgets files that nobody confirmed."""
    _forget_old()
    path = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.xlsx", ContentFile(content))
    return signing.dumps({"path": path, "report": space.report.pk, "user": request.user.pk}, salt=SALT)


def _path(request: HttpRequest, report: int) -> str | None:
    """Where the file is that the person was shown for this report; None where it is gone."""
    try:
        said = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if said["report"] != report or said["user"] != request.user.pk:
        return None
    path: str = said["path"]
    return path if default_storage.exists(path) else None


def _forget_old() -> None:
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if timezone.now() - default_storage.get_modified_time(path) > KEPT:
            default_storage.delete(path)
