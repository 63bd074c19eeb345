"""已公开的版次: the published revisions with their files and checksums, and the withdrawal of one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from ...actions.base import ActionRefused, AlreadyDone
from ...actions.withdraw import withdraw
from ...disclosure.papers import Paper
from ...domain.choices import Role
from ...domain.transitions import Verb
from ...forms.layout import say_at
from ...models import Publication, PublishedFile
from ...permissions import AuthenticatedHttpRequest
from .context import Desk, open_desk, show
from .forms import WithdrawalForm, confirmation
from .lookups import report_for


@require_safe
def publications(request: AuthenticatedHttpRequest, report_id: int) -> HttpResponse:
    """Every revision, withdrawn or not, newest first."""
    desk = open_desk(request, report_id)
    return show(
        request,
        "publications.html",
        desk,
        f"已公开的版次 | {desk.title}",
        publications=_publications(desk),
        papers=Paper.pairs(),
        may_withdraw=Role.APPROVER in desk.roles,
    )


@require_safe
def file(request: AuthenticatedHttpRequest, report_id: int, revision: int, name: str) -> FileResponse:
    """Download one published file, withdrawn or not."""
    report = report_for(request, report_id)
    if "\0" in name:
        raise Http404
    found = get_object_or_404(
        PublishedFile, publication__report=report, publication__revision=revision, name=name
    )
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request: AuthenticatedHttpRequest, report_id: int, revision: int) -> HttpResponse:
    """Ask for a reason, then withdraw. 404 without the role, 409 if it is withdrawn already."""
    desk = open_desk(request, report_id)
    if Role.APPROVER not in desk.roles:
        raise Http404
    publication = get_object_or_404(_publications(desk), revision=revision)
    if request.method != "POST":
        refusal = "这一版已经撤下" if hasattr(publication, "withdrawal") else ""
        return _ask(request, desk, publication, WithdrawalForm(), 409 if refusal else 200, refusal)
    form = WithdrawalForm(request.POST)
    if not form.is_valid():
        return _ask(request, desk, publication, form, 422)
    try:
        withdraw(desk.report.pk, request.user, revision, form.cleaned_data["reason"])
    except AlreadyDone:
        pass  # the first half of a double click did it, and has not been seen
    except ActionRefused as refused:
        return _ask(request, desk, publication, form, 409, say_at(form, refused.field, refused.message))
    messages.success(request, f"{desk.title}第 {revision} 版已撤下")
    return redirect(desk.url("publications"))


def _ask(
    request: AuthenticatedHttpRequest,
    desk: Desk,
    publication: Publication,
    form: WithdrawalForm,
    status: int,
    refusal: str = "",
) -> HttpResponse:
    return show(
        request,
        "withdraw.html",
        desk,
        f"{Verb.WITHDRAW.label} | {desk.title}",
        status,
        publication=publication,
        form=form,
        helper=confirmation(
            form,
            "确认撤下",
            ("不撤下，返回", desk.url("publications")),
            css_class="review-button-withdraw",
        ),
        refusal=refusal,
    )


def _publications(desk: Desk) -> QuerySet[Publication]:
    return (
        Publication.objects.filter(report=desk.report)
        .select_related("published_by", "withdrawal__user")
        .prefetch_related("files")
        .annotate(approval=F("dossier__approval"))
        .defer("full_dossier", "dossier", "sheets", "summary", "difference", "narrative")
        .order_by("-revision")
    )
