"""The overview of one report, its publication, and its annex."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...actions import annex, publish
from ...actions.base import ActionRefused, AlreadyDone, Forbidden
from ...audit.trail import departments_acts_of, saves_of
from ...disclosure.papers import Paper, has_papers
from ...disclosure.publication import public_content
from ...domain.choices import Status
from ...forms.layout import say_at
from ...models import Annex
from ...permissions import AuthenticatedHttpRequest
from ...storage.sources import standing_of
from .context import Workspace, open_workspace, show
from .forms import AnnexForm
from .lookups import report_for
from .next_step import is_blank, next_step


def refusal_status(refused: ActionRefused) -> int:
    """403 without the role, 409 for an act that does not fit the report's state."""
    return 403 if isinstance(refused, Forbidden) else 409


def seen_of(request: AuthenticatedHttpRequest) -> int:
    """The change counter on the person's page; -1, which no report has, if it is missing or invalid."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@login_required
@require_GET
def overview(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    return _overview(request, open_workspace(request, report))


@login_required
@require_http_methods(["GET", "POST"])
def publish_page(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Ask for confirmation, then publish."""
    space = open_workspace(request, report)
    if request.method == "GET":
        return _ask_to_publish(request, space)
    try:
        publish.publish(space.report.pk, request.user, seen_of(request))
    except AlreadyDone:
        pass  # the first half of a double click did it, and has not been seen
    except ActionRefused as refused:
        status = refusal_status(refused)
        space = open_workspace(request, report)
        return _ask_to_publish(request, space, status, refused.message)
    messages.success(request, f"{space.title}已公开")
    return redirect("entry:report", report)


def _ask_to_publish(
    request: AuthenticatedHttpRequest, space: Workspace, status: int = 200, refusal: str = ""
) -> HttpResponse:
    """Show the approved content, and sources that have changed since."""
    content = public_content(space.report, space.dossier)
    return show(
        request,
        "entry/publish.html",
        space,
        status=status,
        refusal=refusal,
        content=content,
        papers=Paper.pairs() if has_papers(content) else [],
        moved=standing_of(space.report).moved if space.status == Status.APPROVED else (),
    )


@login_required
@require_POST
def attach(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Attach or replace the annex."""
    found = report_for(request, report)
    form = AnnexForm(report, request.POST, request.FILES)
    form.full_clean()
    upload = form.cleaned_data["file"]
    try:
        if upload is None:
            raise ActionRefused("请选择附件（docx 或 pdf），再点“上传”", "file")
        annex.attach(found.pk, request.user, upload)
    except ActionRefused as refused:
        status = 422 if refused.field else refusal_status(refused)
        return _overview(request, open_workspace(request, report), status, refused)
    messages.success(request, "附件已上传")
    return redirect("entry:report", report)


@login_required
@require_POST
def detach(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    found = report_for(request, report)
    try:
        annex.detach(found.pk, request.user)
    except ActionRefused as refused:
        space = open_workspace(request, report)
        return _overview(request, space, refusal_status(refused), refused)
    messages.success(request, "附件已移除")
    return redirect("entry:report", report)


@login_required
@require_GET
def annex_file(request: AuthenticatedHttpRequest, report: int) -> FileResponse:
    """Download the annex."""
    attached = Annex.objects.filter(report=report_for(request, report)).first()
    if attached is None:
        raise Http404
    return FileResponse(attached.file.open("rb"), as_attachment=True, filename=attached.name)


def _overview(
    request: AuthenticatedHttpRequest,
    space: Workspace,
    status: int = 200,
    refused: ActionRefused | None = None,
) -> HttpResponse:
    """``refused`` is why the annex could not be attached or taken away."""
    form = AnnexForm(space.report.pk, {} if refused else None, replaces=space.annex is not None)
    problem = ""
    if refused:
        form.full_clean()
        problem = say_at(form, refused.field, refused.message)
    return show(
        request,
        "entry/report.html",
        space,
        current="overview",
        status=status,
        trail=departments_acts_of(space.report),
        saves=saves_of(space.report),
        pinned=space.pinned(space.threads),
        annex_form=form,
        annex_problem=problem,
        step=next_step(space),
        is_blank=space.report.is_editable and is_blank(space),
        settled=sum(entry.is_settled for entry in space.contents),
        publications=list(space.report.publications.defer("full_dossier", "dossier", "sheets", "narrative")),
    )
