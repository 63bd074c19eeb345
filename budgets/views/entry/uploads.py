"""上传的表: the preview of an upload, its confirmation, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ...actions.base import ActionRefused, AlreadyDone
from ...actions.keep_upload import UploadGone, drop_upload, look_again
from ...actions.take_upload import take_upload
from ...actions.undo_upload import undo_upload
from ...actions.write_workbook import section_numbers
from ...domain.choices import UploadState
from ...domain.types import FORBIDDEN
from ...models import Report, Upload
from ...permissions import AuthenticatedHttpRequest
from ...storage.section_titles import section_titles
from ...workbook.plan_json import parse_preview
from ...workbook.reading import WorkbookRefused
from ...workbook.rows_already_there import QUESTION
from .context import Workspace, open_workspace, show
from .forms import WorkbookForm
from .lookups import report_for, uploads_of
from .report import refusal_status
from .workbook import fill_page

MOST_ANSWERS = 2000
CHOSEN_ANEW = "您改了选项，还没有写入任何内容。下面是按新选项重新查看的改动，请看过再确认"
NOT_WAITING = "这次上传已经写入，不能再改选；要导入别的内容请重新上传"


@login_required
@require_http_methods(["GET", "POST"])
def page(request: AuthenticatedHttpRequest, report: int, upload: int) -> HttpResponse:
    """Show what an upload would write, or what it wrote. A post answers the questions about its tables."""
    if request.method == "GET":
        return _page(request, report, upload)
    found = report_for(request, report)
    kept = uploads_of(request, found).filter(pk=upload, state=UploadState.WAITING).first()
    if kept is None or not found.is_editable:
        return _page(request, report, upload, 409, "" if kept else NOT_WAITING)
    return _look(request, found, kept, kept.answers if "again" in request.POST else _answers(request))


@login_required
@require_POST
def confirm(request: AuthenticatedHttpRequest, report: int, upload: int) -> HttpResponse:
    """Write the upload exactly as it was shown. Whoever comes twice is led to what was written the first time."""
    found = report_for(request, report)
    kept = uploads_of(request, found).filter(pk=upload, state=UploadState.WAITING).first()
    if kept is not None and found.is_editable and _is_answered_anew(request, kept):
        return _look(request, found, kept, _answers(request), CHOSEN_ANEW)
    looks = _looks(request)
    return _done(
        request,
        report,
        upload,
        lambda: f"已导入工作簿，{take_upload(found.pk, request.user, upload, looks).outcome}",
    )


@login_required
@require_POST
def drop(request: AuthenticatedHttpRequest, report: int, upload: int) -> HttpResponse:
    """Give up an upload that was not confirmed."""
    found = report_for(request, report)
    drop_upload(found.pk, request.user, upload)
    return redirect("entry:fill", report)


@login_required
@require_POST
def undo(request: AuthenticatedHttpRequest, report: int, upload: int) -> HttpResponse:
    """Put back all that the upload wrote."""
    found = report_for(request, report)
    return _done(
        request,
        report,
        upload,
        lambda: f"已撤销“{undo_upload(found.pk, request.user, upload).name}”的导入，各部分回到导入之前的内容",
    )


def _done(
    request: AuthenticatedHttpRequest, report: int, upload: int, act: Callable[[], str]
) -> HttpResponse:
    """Do what ``act`` does, which returns what to say of it; whoever comes twice is told what was done before."""
    try:
        messages.success(request, act())
    except UploadGone:
        return _gone(request, open_workspace(request, report))
    except AlreadyDone as done:
        messages.info(request, done.message)
    except ActionRefused as refused:
        return _page(request, report, upload, refusal_status(refused), refused.message)
    return redirect("entry:upload", report, upload)


def _look(
    request: AuthenticatedHttpRequest, report: Report, kept: Upload, answers: Mapping[str, str], why: str = ""
) -> HttpResponse:
    """Make the preview anew; ``why`` says that nothing was written, and why."""
    kept.report = report
    try:
        look_again(kept, answers)
    except (ActionRefused, WorkbookRefused) as refused:
        return _page(request, report.pk, kept.pk, 409, refused.message)
    return (
        _page(request, report.pk, kept.pk, 409, why) if why else redirect("entry:upload", report.pk, kept.pk)
    )


def _is_answered_anew(request: AuthenticatedHttpRequest, kept: Upload) -> bool:
    """Whether the page was sent with other choices than those of its preview."""
    shown = parse_preview(kept.plan)
    posted = _answers(request)
    asked = [question for table in shown.tables for question in table.asked] if shown else []
    return any(posted.get(question.name, question.answer) != question.answer for question in asked)


def _page(
    request: AuthenticatedHttpRequest, report: int, upload: int, status: int = 200, refusal: str = ""
) -> HttpResponse:
    space = open_workspace(request, report)
    found = uploads_of(request, space.report).filter(pk=upload).first()
    if found is None:
        return _gone(request, space)
    if found.is_waiting and not space.report.is_editable:
        refusal = refusal or space.locked_reason
    return show(
        request,
        "entry/upload.html",
        space,
        current="workbook",
        status=status,
        refusal=refusal,
        upload=found,
        form=WorkbookForm(report),
        taken=parse_preview(found.plan) if found.is_waiting else None,
        written=_written(space, found),
        stale=_saved_since(space, found),
        before=_written_before(request, space, found),
    )


def _gone(request: AuthenticatedHttpRequest, space: Workspace) -> HttpResponse:
    return fill_page(request, space, 404, refusal=UploadGone().message)


def _answers(request: AuthenticatedHttpRequest) -> dict[str, str]:
    """The answers about the tables of a department's own workbook, and about rows that are there already."""
    posted = {name: str(value).strip() for name, value in request.POST.items()}
    given = {name: value for name, value in posted.items() if name.startswith("table-") or name == QUESTION}
    return {
        name: value
        for name, value in list(given.items())[:MOST_ANSWERS]
        if 0 < len(value) <= 200 and len(name) <= 100 and not FORBIDDEN.search(name + value)
    }


def _looks(request: AuthenticatedHttpRequest) -> int:
    """The number of the preview that the person saw; 0, which none has, if it is invalid."""
    text = request.POST.get("looks", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _written(space: Workspace, upload: Upload) -> list[tuple[str, str]]:
    """Title of each written section, and the address of its saves; of a removed project none."""
    keys: Mapping[str, int] = upload.written.get("sections", {})
    titles = section_titles([(space.report, key) for key in keys])
    return [(titles[space.report.pk, key], _saves_url(space, key)) for key in keys]


def _saves_url(space: Workspace, key: str) -> str:
    return reverse("entry:versions", args=[space.report.pk, key]) if space.entry(key) else ""


def _saved_since(space: Workspace, upload: Upload) -> list[str]:
    """Titles of the sections that were saved since the preview was made."""
    if not upload.is_waiting:
        return []
    now = section_numbers(space.report)
    keys = [row["key"] for row in upload.sections if now.get(row["key"], 0) != row["base"]]
    titles = section_titles([(space.report, key) for key in keys])
    return [titles[space.report.pk, key] for key in keys]


def _written_before(request: AuthenticatedHttpRequest, space: Workspace, upload: Upload) -> Upload | None:
    """The last upload of the same file that stands as written."""
    if not upload.is_waiting:
        return None
    same = uploads_of(request, space.report).filter(sha256=upload.sha256, state=UploadState.TAKEN)
    return same.defer("plan", "sections", "answers").first()
