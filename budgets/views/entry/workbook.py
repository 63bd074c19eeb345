"""用 Excel 填报: hand out the entry workbook, and import it after showing its changes."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...actions.base import ActionRefused, Forbidden
from ...actions.take_workbook import WorkbookHasProblems, preview, section_numbers, take_workbook
from ...forms.layout import say_at
from ...permissions import AuthenticatedHttpRequest
from ...workbook.book import StoredForms, make_tabs
from ...workbook.manifest import Stamp
from ...workbook.planning import ImportPlan
from ...workbook.reading import MAX_SIZE, WorkbookRefused, read_workbook
from ...workbook.writing import write
from .context import Workspace, open_workspace, show
from .forms import WorkbookForm
from .lookups import report_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FOLDER = "workbooks"
KEPT = datetime.timedelta(days=1)
"""How long an uploaded workbook waits for its confirmation."""
SALT = "budgets.entry.workbook"
EXPIRED = "工作簿上传已超过一天或已经导入，请重新上传"
MOST_ANSWERS = 2000


@login_required
@require_http_methods(["GET", "POST"])
def page(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Offer the workbooks. An uploaded one is read and shown, not written.

    The page asks for facts that a department's own sheets do not tell; the answers are posted with the token.
    """
    space = open_workspace(request, report)
    if request.method == "GET":
        return _page(request, space)
    if not space.report.is_editable:
        return _page(request, space, 409, refusal=space.locked_reason)
    waiting = _waiting(request, report)
    form = WorkbookForm(request.POST, request.FILES)
    form.full_clean()
    upload = form.cleaned_data["file"]
    if upload is None and waiting is None:
        if "token" in request.POST:
            return _page(request, space, 422, refusal=EXPIRED)
        return _refused(request, space, form, "请选择填好的工作簿")
    if upload is not None and upload.size is not None and upload.size > MAX_SIZE:
        return _refused(request, space, form, f"文件过大，最多 {MAX_SIZE // 1024 // 1024} MB")
    content = upload.read() if upload is not None else waiting.content if waiting is not None else b""
    answers = _answers(request) if upload is None else {}
    try:
        taken = preview(space.report, read_workbook(content), answers)
    except WorkbookRefused as refused:
        return _refused(request, space, form, refused.message)
    if not taken.is_clean and not taken.tables:
        return _page(request, space, 422, taken=taken)
    path = waiting.path if upload is None and waiting is not None else _keep(content)
    token = _token(request, space, path, answers)
    return _page(request, space, 200 if taken.is_clean else 422, taken=taken, token=token)


@login_required
@require_POST
def confirm(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Write the workbook exactly as it was shown."""
    found = report_for(request, report)
    waiting = _waiting(request, report)
    if waiting is None:
        return _page(request, open_workspace(request, report), 409, refusal=EXPIRED)
    try:
        upload = read_workbook(waiting.content)
        written = take_workbook(found.pk, request.user, upload, waiting.answers, waiting.bases)
    except WorkbookHasProblems as refused:
        return _page(request, open_workspace(request, report), 409, refused.message, refused.taken)
    except (ActionRefused, WorkbookRefused) as refused:
        status = 403 if isinstance(refused, Forbidden) else 409
        return _page(request, open_workspace(request, report), status, refused.message)
    default_storage.delete(waiting.path)
    said = f"，新增 {written.projects} 个项目" if written.projects else ""
    messages.success(request, f"已导入工作簿，写入 {written.sections} 个部分{said}")
    return redirect("entry:check", report)


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
    response["Cache-Control"] = "private, no-store"
    return response


def _page(
    request: AuthenticatedHttpRequest,
    space: Workspace,
    status: int = 200,
    refusal: str = "",
    taken: ImportPlan | None = None,
    token: str = "",
    form: WorkbookForm | None = None,
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
        form=form or WorkbookForm(),
    )


def _refused(
    request: AuthenticatedHttpRequest, space: Workspace, form: WorkbookForm, message: str
) -> HttpResponse:
    """Said at the field and, because that stands at the end of the page, above it."""
    say_at(form, "file", message)
    return _page(request, space, 422, message, form=form)


# --- an upload that waits for its confirmation ----------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """An uploaded file, with the answers and the versions of the sections when it was shown."""

    path: str
    content: bytes
    answers: Mapping[str, str]
    bases: Mapping[str, int]


def _answers(request: AuthenticatedHttpRequest) -> dict[str, str]:
    """The answers about the tables of a department's own workbook."""
    found = {name: str(value).strip() for name, value in request.POST.items() if name.startswith("table-")}
    return {name: value for name, value in list(found.items())[:MOST_ANSWERS] if 0 < len(value) <= 200}


def _keep(content: bytes) -> str:
    """Store the file and return its path. Deletes files that nobody confirmed."""
    _forget_old()
    return str(default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.xlsx", ContentFile(content)))


def _token(request: AuthenticatedHttpRequest, space: Workspace, path: str, answers: Mapping[str, str]) -> str:
    """The signed token that confirms the file as it is shown now."""
    said = {
        "path": path,
        "report": space.report.pk,
        "user": request.user.pk,
        "answers": dict(answers),
        "bases": section_numbers(space.report),
    }
    return signing.dumps(said, salt=SALT)


def _waiting(request: AuthenticatedHttpRequest, report: int) -> Waiting | None:
    """The file that the person was shown for this report; None if it is gone."""
    try:
        said = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if said["report"] != report or said["user"] != request.user.pk:
        return None
    path: str = said["path"]
    if not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return Waiting(path, file.read(), said["answers"], said["bases"])


def _forget_old() -> None:
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if timezone.now() - default_storage.get_modified_time(path) > KEPT:
            default_storage.delete(path)
