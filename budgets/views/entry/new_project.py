"""新建项目: a blank project, a copy from the report, or a project of the department's earlier years."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from ...actions import copy_project, projects
from ...actions.base import ActionRefused, Forbidden, Stale
from ...actions.copy_project import Copied
from ...domain.choices import ReportKind
from ...domain.dossier import PROJECTS
from ...domain.types import new_key
from ...forms.layout import say_at
from ...models import Report
from ...permissions import AuthenticatedHttpRequest
from ...projects.library import load_library
from .context import open_workspace, show
from .forms import BlankProjectForm, CopyForm
from .lookups import report_for

BLANK, COPY, TAKE = "blank", "copy", "library"
"""The ways to a new project, by the part of the page that offers each."""


@login_required
@require_http_methods(["GET"])
def page(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Show the ways to a new project. ``from`` is the key of a project to be copied."""
    return _page(request, report, source=request.GET.get("from", ""))


@login_required
@require_POST
def add(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Add a blank project, to be filled in on its page."""
    found = report_for(request, report)
    form = BlankProjectForm(report, request.POST)
    form.full_clean()
    identity = {name: value.strip() for name, value in form.cleaned_data.items()}
    try:
        key = projects.add(found.pk, request.user, identity)
    except ActionRefused as refused:
        return _page(request, report, refused, BLANK, blank=form)
    rest = "申报表" if found.kind == ReportKind.BUDGET else "决算数、目标和自评"
    messages.success(request, f"已添加项目“{identity['name']}”，请继续填写{rest}")
    return redirect("entry:project", report, key)


@login_required
@require_POST
def copy(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Add a copy of a project of the report."""
    form = CopyForm(report, request.POST)
    form.full_clean()
    given = form.cleaned_data
    return _carry_out(
        request,
        report,
        lambda found: copy_project.duplicate(
            found.pk, request.user, given["source"], given["name"], given["token"]
        ),
        "已复制为“{name}”，请核对名称、金额和目标",
        COPY,
        form,
    )


@login_required
@require_POST
def take(request: AuthenticatedHttpRequest, report: int) -> HttpResponse:
    """Take over a project of the library; ``project`` is its key."""
    source, token = (request.POST.get(field, "") for field in ("project", "token"))
    return _carry_out(
        request,
        report,
        lambda found: copy_project.take(found.pk, request.user, source, token),
        "已从项目库选入“{name}”，请核对本年的内容",
        TAKE,
    )


def _carry_out(
    request: AuthenticatedHttpRequest,
    report: int,
    act: Callable[[Report], Copied],
    said: str,
    way: str,
    form: CopyForm | None = None,
) -> HttpResponse:
    found = report_for(request, report)
    try:
        copied = act(found)
    except ActionRefused as refused:
        return _page(request, report, refused, way, copying=form)
    messages.success(request, said.format(name=copied.name))
    if copied.left_out:
        codes = "、".join(copied.left_out)
        messages.warning(request, f"科目 {codes} 不在本年度的科目表中，没有带入，请重新选择")
    return redirect("entry:project", report, copied.key)


def _page(
    request: AuthenticatedHttpRequest,
    report: int,
    refused: ActionRefused | None = None,
    way: str = "",
    *,
    blank: BlankProjectForm | None = None,
    copying: CopyForm | None = None,
    source: str = "",
) -> HttpResponse:
    """Render the page. ``way`` is the way that was ``refused``, ``blank`` or ``copying`` what was typed there.

    ``source`` is the key of the project that is to be copied.
    """
    space = open_workspace(request, report)
    library = load_library(space.report) if space.report.is_editable else []
    token = new_key()
    typed = blank or copying
    refusal = refused.message if refused else ""
    if refused and typed:
        typed.fields["name"].widget.attrs["autofocus"] = True
        refusal = say_at(typed, refused.field, refused.message)
    copying = copying or CopyForm(report, initial={"source": source, "token": token})
    copying.offer(space.dossier.projects, space.unit)
    return show(
        request,
        "entry/project_new.html",
        space,
        current=PROJECTS,
        status=_status(refused, way),
        refusal=refusal,
        blank=blank or BlankProjectForm(report),
        copying=copying,
        continuing=[entry for entry in library if entry.carries_on or entry.year == space.report.year],
        ended=[entry for entry in library if not entry.carries_on and entry.year != space.report.year],
        token=token,
    )


def _status(refused: ActionRefused | None, way: str) -> int:
    if refused is None:
        return 200
    if isinstance(refused, Forbidden):
        return 403
    return 409 if isinstance(refused, Stale) and way != BLANK else 422
