"""批复: the bureau approves by a document with a number and a date."""

from __future__ import annotations

import datetime
from contextlib import suppress

from django.contrib.auth.models import User
from django.utils import timezone

from ..disclosure.publication import PublicContent, keep_approved, public_content
from ..domain.transitions import Verb, move
from ..models import Report
from ..permissions import roles_in
from ..renderers.pdf import NotDrawn
from ..storage.loading import with_context
from .base import ActionRefused, Forbidden, Stale, carrying_out
from .batch import Outcome, each_by_itself
from .reasons import required_text
from .secrets import refuse_secrets, refuse_withheld_elsewhere
from .sources import refuse_moved

NUMBER_LENGTH = 60


def approve(
    report_id: int,
    user: User,
    seen: int,
    number: str,
    date: datetime.date | None,
    *,
    digest: str | None = None,
    published_reason: str | None = None,
) -> Report:
    """Approve with ``number`` (批复文号) and ``date`` (批复日期). The submitter cannot approve.

    The content that the report would publish now is kept, and is published unchanged. ``digest`` identifies the
    content that the person was shown; None if no page showed it, so that only ``seen`` is compared.
    ``published_reason`` is the reason of a correction for publication; None publishes it as written. Refused if a
    report that this one reads has changed since it was submitted.
    """
    number = required_text(number, "number", "批复文号", NUMBER_LENGTH)
    if date is None:
        raise ActionRefused("请填写批复日期", "date")
    made = _made_before(report_id, user, seen, number, date)
    with carrying_out(Verb.APPROVE, report_id, user, seen, number) as report:
        if report.submitted_by_id == user.pk:
            raise Forbidden("报送人不能批复自己报送的编报")
        if date > timezone.localdate():
            raise ActionRefused("批复日期不能晚于今天", "date")
        if date < timezone.localdate(report.submitted_at):
            raise ActionRefused("批复日期不能早于报送日期", "date")
        refuse_moved(report)
        report.approval_number = number
        report.approval_date = date
        content = public_content(report)
        if digest is not None and digest != content.digest:
            raise Stale("将要公开的内容在打开之后有变动，请刷新页面，看过最新内容后再批复")
        reason = content.reason
        if reason and published_reason is not None:
            reason = required_text(published_reason, "published_reason", "更正原因")
        refuse_secrets(content, reason)
        refuse_withheld_elsewhere(report, content)
        if made is None or not content.take_files(made):
            raise Stale("将要公开的内容正在变动，请刷新页面，看过最新内容后再批复")
        if reason:
            report.correction_reason = reason
        keep_approved(report, content, reason)
    return report


def _made_before(
    report_id: int, user: User, seen: int, number: str, date: datetime.date
) -> PublicContent | None:
    """The content with its files, which take seconds to make, before anything is locked.

    None for an act that will be refused: nothing is made for it.
    """
    report, step = with_context(Report.objects.all()).get(pk=report_id), move(Verb.APPROVE)
    if (
        report.status not in step.sources
        or report.changes != seen
        or not roles_in(user, report) & set(step.roles)
    ):
        return None
    report.approval_number, report.approval_date = number, date
    content = public_content(report)
    with suppress(NotDrawn):
        content.files  # noqa: B018
    return content


def approve_many(seen: dict[int, int], user: User, number: str, date: datetime.date | None) -> list[Outcome]:
    """Approve several reports by one document, each by itself. ``seen`` are change counters by report id.

    A report with open questions is refused. Raises `ActionRefused` if number or date are wrong.
    """
    number = required_text(number, "number", "批复文号", NUMBER_LENGTH)
    if date is None:
        raise ActionRefused("请填写批复日期", "date")
    return each_by_itself(seen, lambda pk, counter: approve(pk, user, counter, number, date))
