"""Several reports in one act: a page that tells which can go and why others cannot, then the result of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ...actions.approve import approve_many
from ...actions.base import ActionRefused
from ...actions.batch import Outcome
from ...actions.pass_review import pass_many
from ...actions.publish import publish_many
from ...domain.choices import Role, Status
from ...forms.layout import Piece, say_at
from ...models import Report
from ...permissions import AuthenticatedHttpRequest, districts_of
from ...review.blockers import obstacles_of
from .context import show
from .forms import DocumentForm, confirmation
from .lookups import reports_of

MAX_BATCH = 200
NUMBER = re.compile(r"[0-9]{1,18}")


def address(name: str, ids: Sequence[int]) -> str:
    query = "&".join(f"report={pk}" for pk in ids)
    return f"{reverse(f'admin:budgets_report_{name}')}?{query}"


@require_http_methods(["GET", "HEAD", "POST"])
def publish_several(request: AuthenticatedHttpRequest) -> HttpResponse:
    """公开 of the reports in ``report``, each by itself, with a message about each."""
    reports = _chosen(request, Role.APPROVER)
    if request.method != "POST":
        publishable = [r for r in reports if r.status == Status.APPROVED]
        form = forms.Form()
        return show(
            request,
            "publish_many.html",
            None,
            "批量公开",
            form=form,
            helper=_helper(form, "公开", Status.APPROVED, request.path, "review-button-publish"),
            publishable=publishable,
            others=[r for r in reports if r.status != Status.APPROVED],
        )
    results = publish_many([r.pk for r in reports], request.user)
    return show(request, "publish_many.html", None, "批量公开的结果", results=results)


@require_http_methods(["GET", "HEAD", "POST"])
def pass_several(request: AuthenticatedHttpRequest) -> HttpResponse:
    """初审通过 of the reports in ``report``, each by itself, with the ``seen-<id>`` that the page showed."""
    reports = _chosen(request, Role.REVIEWER)
    if request.method != "POST":
        return _ask(request, reports, Status.SUBMITTED, "初审通过", forms.Form())
    return _done(request, "初审通过", Status.SUBMITTED, pass_many(_seen(request, reports), request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def approve_several(request: AuthenticatedHttpRequest) -> HttpResponse:
    """批复 of the reports in ``report`` by one document, each by itself."""
    reports = _chosen(request, Role.APPROVER)
    if request.method != "POST":
        form = DocumentForm(initial={"date": timezone.localdate()})
        return _ask(request, reports, Status.REVIEWED, "批复", form)
    form = DocumentForm(request.POST)
    if not form.is_valid():
        return _ask(request, reports, Status.REVIEWED, "批复", form, 422)
    try:
        outcomes = approve_many(_seen(request, reports), request.user, **form.cleaned_data)
    except ActionRefused as refused:
        say_at(form, refused.field, refused.message)
        return _ask(request, reports, Status.REVIEWED, "批复", form, 409)
    return _done(request, "批复", Status.REVIEWED, outcomes)


def _ask(
    request: AuthenticatedHttpRequest,
    reports: list[Report],
    source: Status,
    word: str,
    form: forms.Form,
    status: int = 200,
) -> HttpResponse:
    """Show the confirmation. ``word`` names the act, for reports in ``source`` without open questions."""
    obstacles = obstacles_of([report for report in reports if report.status == source])
    refused = [(r, obstacles.get(r.pk, f"状态为“{Status(r.status).label}”")) for r in reports]
    context: dict[str, Any] = {
        "ready": [report for report, obstacle in refused if not obstacle],
        "others": [(report, obstacle) for report, obstacle in refused if obstacle],
    }
    return show(
        request,
        "move_many.html",
        None,
        f"批量{word}",
        status,
        word=word,
        source=source,
        form=form,
        helper=_helper(form, word, source, request.path),
        **context,
    )


def _helper(form: forms.Form, word: str, source: Status, address: str, css_class: str = "") -> FormHelper:
    """The reports that go, the fields of ``form``, and the way back to the list of those in ``source``."""
    queue = f"{reverse('admin:budgets_report_changelist')}?state={source.value}"
    return confirmation(
        form,
        f"确认{word}",
        (f"不{word}，返回", queue),
        Piece("admin/budgets/report/batch.html"),
        css_class=css_class,
        action=address,
    )


def _done(
    request: AuthenticatedHttpRequest, word: str, source: Status, outcomes: list[Outcome]
) -> HttpResponse:
    return show(
        request,
        "move_many.html",
        None,
        f"批量{word}的结果",
        word=word,
        source=source,
        results=outcomes,
    )


def _seen(request: AuthenticatedHttpRequest, reports: list[Report]) -> dict[int, int]:
    """The change counters that the page showed; -1, which no report has, where it showed none."""
    given = {r.pk: request.POST.get(f"seen-{r.pk}", "") for r in reports}
    return {pk: int(value) if NUMBER.fullmatch(value) else -1 for pk, value in given.items()}


def _chosen(request: AuthenticatedHttpRequest, role: Role) -> list[Report]:
    """The chosen reports; 404 if the person lacks ``role`` towards one."""
    given = request.POST if request.method == "POST" else request.GET
    values = given.getlist("report")
    ids = {int(value) for value in values if NUMBER.fullmatch(value)}
    reports = list(
        reports_of(request.user).filter(
            pk__in=ids, department__district__in=districts_of(request.user, (role,))
        )
    )
    if not ids or len(ids) > MAX_BATCH or len(reports) != len(set(values)):
        raise Http404
    return reports
