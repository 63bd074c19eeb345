"""The verbs of the bureau. Each has a page that tells what will happen, and acts on POST."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ...actions.approve import approve
from ...actions.base import ActionRefused, AlreadyDone
from ...actions.correct import correct
from ...actions.pass_review import pass_review
from ...actions.publish import publish
from ...actions.return_for_changes import return_for_changes
from ...actions.revoke import revoke
from ...domain.choices import Role
from ...domain.transitions import Verb, move
from ...forms.layout import say_at
from ...permissions import AuthenticatedHttpRequest
from .context import Desk, open_desk, show
from .forms import ApprovalForm, CorrectionApprovalForm, CorrectionForm, ReasonForm, SeenForm, confirmation


@dataclass(frozen=True)
class Page:
    """A verb's page. It calls ``act(report id, user, seen=…, …)``; ``effect`` describes the result.

    ``shows_content``: the page shows what would be published.
    """

    verb: Verb
    act: Callable[..., object]
    form: type[SeenForm]
    effect: str
    done: str
    initial: Callable[[Desk], dict[str, Any]] = lambda desk: {}
    shows_content: bool = False

    def form_for(self, desk: Desk) -> type[SeenForm]:
        """The form of the page. A correction is approved with its reason."""
        if self.verb == Verb.APPROVE and desk.content.reason:
            return CorrectionApprovalForm
        return self.form


def shown_content(desk: Desk) -> dict[str, Any]:
    """Initial values of an approval: today, the digest of the shown content, the reason of a correction."""
    return {
        "date": timezone.localdate(),
        "digest": desk.content.digest,
        "published_reason": desk.content.reason,
    }


def open_questions(desk: Desk) -> dict[str, Any]:
    """Initial reason: the open comments and the points that are not met, to be edited."""
    reasons = [(t.place or desk.sections.get(t.section, ""), t.text) for t in desk.open_threads]
    reasons += [(point.text, point.mark.note) for point in desk.checklist.failed if point.mark]
    lines = [f"{number}. {place}：{text}" for number, (place, text) in enumerate(reasons, 1)]
    return {"reason": "\n".join(lines)}


PAGES = {
    page.verb.value: page
    for page in (
        Page(
            Verb.RETURN,
            return_for_changes,
            ReasonForm,
            "编报退回部门修改，部门会看到下面的理由。未解决的意见和不符合的要点已列入，可以修改。",
            "已退回",
            open_questions,
        ),
        Page(Verb.PASS, pass_review, SeenForm, "编报通过初审，交批复人批复。", "初审已通过"),
        Page(
            Verb.APPROVE,
            approve,
            ApprovalForm,
            "编报按下面的内容批复并固定，公开的就是它；部门须在批复之日起 20 日内公开。",
            "已批复",
            shown_content,
            shows_content=True,
        ),
        Page(
            Verb.REVOKE,
            revoke,
            ReasonForm,
            "批复作废，批复文号和日期清除，编报退回部门修改。",
            "已撤销批复",
            open_questions,
        ),
        Page(
            Verb.PUBLISH,
            publish,
            SeenForm,
            "代部门公开批复的内容，任何人都能看到。公开后不能修改，只能更正。",
            "已公开",
            shows_content=True,
        ),
        Page(
            Verb.CORRECT,
            correct,
            CorrectionForm,
            "编报交部门更正，重新报送、审核、批复后作为新版本公开。已公开的版本保留。",
            "已发起更正",
        ),
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def verb(request: AuthenticatedHttpRequest, report_id: int, name: str) -> HttpResponse:
    """Ask for confirmation, then act. 404 without the role, 409 if it cannot be done now."""
    page = PAGES.get(name)
    desk = open_desk(request, report_id)
    if page is None or not desk.roles & {role for role in move(page.verb).roles if role != Role.SUBMITTER}:
        raise Http404
    if request.method != "POST":
        initial = {"seen": desk.report.changes, **page.initial(desk)}
        reason = desk.why_not(move(page.verb))
        return _confirm(
            request, desk, page, page.form_for(desk)(initial=initial), 409 if reason else 200, reason
        )
    form = page.form_for(desk)(request.POST)
    if not form.is_valid():
        return _confirm(request, desk, page, form, 422)
    try:
        page.act(desk.report.pk, request.user, **form.arguments())
    except AlreadyDone:
        pass  # the first half of a double click did it, and has not been seen
    except ActionRefused as refused:
        return _confirm(request, desk, page, form, 409, say_at(form, refused.field, refused.message))
    messages.success(request, f"{desk.title}：{page.done}")
    return redirect(desk.url("change"))


def _confirm(
    request: AuthenticatedHttpRequest, desk: Desk, page: Page, form: SeenForm, status: int, refusal: str = ""
) -> HttpResponse:
    return show(
        request,
        "verb.html",
        desk,
        f"{page.verb.label} | {desk.title}",
        status,
        page=page,
        form=form,
        helper=confirmation(
            form,
            f"确认{page.verb.label}",
            (f"不{page.verb.label}，返回", desk.url("change")),
            css_class=f"review-button-{page.verb.value}",
        ),
        refusal=refusal,
    )
