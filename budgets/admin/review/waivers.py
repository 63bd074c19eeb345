"""豁免: set a rule aside for one report, and let it count again. Each has a page that acts on POST."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from ...actions import waive as actions
from ...actions.base import ActionRefused, Forbidden
from ...domain.choices import WAIVABLE
from ...domain.profile import rules
from ...forms.layout import say_at
from ...permissions import AuthenticatedHttpRequest
from .context import BUREAU, Desk, open_desk, show
from .forms import WaiverForm, confirmation


def may_waive(desk: Desk) -> bool:
    """Whether the person can waive or lift now."""
    return bool(desk.roles & set(BUREAU)) and desk.status in WAIVABLE


def rules_of(desk: Desk) -> dict[str, str]:
    """Titles of the rules that can be waived, by rule."""
    return {rule: check.title for rule, check in rules(desk.report.profile_key).items()}


@require_http_methods(["GET", "HEAD", "POST"])
def waive(request: AuthenticatedHttpRequest, report_id: int, rule: str) -> HttpResponse:
    """Ask for the reason, then waive."""
    desk = _desk(request, report_id)
    if rule not in rules_of(desk):
        raise Http404
    form = WaiverForm(request.POST if request.method == "POST" else None)
    effect = "这条规则的校验结果仍然列出，标明已豁免和理由，不再妨碍报送。只对本编报有效。"

    def act() -> None:
        actions.waive(desk.report.pk, request.user, rule, form.cleaned_data["reason"])

    return _ask(request, desk, rule, "豁免", effect, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: AuthenticatedHttpRequest, report_id: int, waiver_id: int) -> HttpResponse:
    """Ask for confirmation, then let the rule count again."""
    desk = _desk(request, report_id)
    waiver = get_object_or_404(desk.report.waivers, pk=waiver_id)
    form = forms.Form(request.POST if request.method == "POST" else None)
    effect = f"这条规则重新对本编报起作用。当时的豁免理由：{waiver.reason}"
    return _ask(
        request, desk, waiver.rule, "撤销豁免", effect, form, lambda: actions.lift(waiver.pk, request.user)
    )


def _desk(request: AuthenticatedHttpRequest, report_id: int) -> Desk:
    desk = open_desk(request, report_id)
    if not desk.roles & set(BUREAU):
        raise Http404
    return desk


def _ask(
    request: AuthenticatedHttpRequest,
    desk: Desk,
    rule: str,
    verb: str,
    effect: str,
    form: forms.Form,
    act: Callable[[], object],
) -> HttpResponse:
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except Forbidden:
                raise Http404 from None
            except ActionRefused as refused:
                refusal, status = say_at(form, refused.field, refused.message), 409
            else:
                messages.success(request, f"{rule} 已{verb}")
                return redirect(desk.tab("findings"))
    return show(
        request,
        "waiver.html",
        desk,
        f"{verb} {rule} | {desk.title}",
        status,
        rule=rule,
        rule_title=rules_of(desk).get(rule, ""),
        verb=verb,
        effect=effect,
        form=form,
        helper=confirmation(form, f"确认{verb}", ("返回", desk.tab("findings"))),
        refusal=refusal,
    )
