"""通知: who is told what, and the mail that follows.

A notice is a row that is written in the transaction of its act, so that there is no notice without an act. Mail
is sent after the commit and may fail; ``manage.py send_notices`` sends the rest. A crash between the mail server's
answer and the mark may repeat a mail but never loses one.
"""

from __future__ import annotations

import datetime
import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from .domain.choices import (
    BUREAU,
    DEPARTMENT_ROLES,
    TO_BE_SUBMITTED,
    UNSEEN_BY_BUREAU,
    ReportKind,
    Role,
    Status,
)
from .models import Comment, Department, Extension, FiscalYear, Membership, Notice, Report, Transition
from .permissions import entry_reports, review_reports

logger = logging.getLogger(__name__)

WARNING_DAYS = (1, 7)
"""Days before a limit at which the department is reminded, the most urgent first."""


@dataclass(frozen=True, slots=True)
class Told:
    """The roles that are told of an act, and the ``title``, which follows the report's name."""

    roles: tuple[Role, ...]
    title: str


TOLD = {
    "submit": Told((Role.REVIEWER,), "已报送，请初审"),
    "pass": Told((Role.APPROVER,), "已通过初审，请批复"),
    "return": Told(DEPARTMENT_ROLES, "被退回，请修改后重新报送"),
    "revoke": Told(DEPARTMENT_ROLES, "的批复已撤销，请修改后重新报送"),
    "approve": Told(DEPARTMENT_ROLES, "已批复，请在批复之日起 20 日内公开"),
    "publish": Told((*DEPARTMENT_ROLES, Role.APPROVER), "已公开"),
    "correct": Told(DEPARTMENT_ROLES, "需要更正，请修改后重新报送"),
    "withdraw": Told((*DEPARTMENT_ROLES, Role.APPROVER), "有一版已撤下"),
}
"""By verb. Nobody is told of the other verbs."""


# --- writing --------------------------------------------------------------------------------------


def notify(
    report: Report | None, event: str, recipients: Iterable[User], title: str, text: str, address: str
) -> None:
    """Write a notice for each of ``recipients`` who has none of that ``event`` yet. Needs a transaction."""
    rows = [
        Notice(
            recipient=person, report=report, event=event, title=title[:200], text=text, address=address[:200]
        )
        for person in recipients
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        transaction.on_commit(partial(send, Notice.objects.filter(event=event)), robust=True)


def people(report: Report, roles: Collection[Role], actor: User | None = None) -> QuerySet[User]:
    """Active people with one of ``roles`` towards ``report``, without ``actor``, who acted themselves."""
    return people_of(report.department, roles, actor)


def people_of(department: Department, roles: Collection[Role], actor: User | None = None) -> QuerySet[User]:
    """Active people with one of ``roles`` in ``department`` or its district's bureau."""
    members = Membership.objects.filter(
        Q(department=department.pk) | Q(district=department.district_id), role__in=roles
    )
    found = User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("pk")
    return found.exclude(pk=actor.pk) if actor is not None else found


def of_transition(transition: Transition) -> None:
    """Tell of an act on a report, of which ``transition`` is the record."""
    told = TOLD.get(transition.verb)
    if told is None:
        return
    event, title = f"{transition.verb}:{transition.pk}", f"{transition.report}{told.title}"
    _tell_sides(transition.report, event, told.roles, transition.user, title, transition.reason)


def of_comment(comment: Comment, by_bureau: bool) -> None:
    """Tell the other side of a comment or an answer. The bureau is not told of a report that it has not seen."""
    report = comment.report
    if not by_bureau and report.status in UNSEEN_BY_BUREAU and report.submitted_at is None:
        return
    roles = DEPARTMENT_ROLES if by_bureau else BUREAU
    what = "有新的意见" if comment.parent_id is None else "的意见有新的答复"
    text = f"{comment.place}：{comment.text}" if comment.place else comment.text
    event, title = f"comment:{comment.pk}", f"{report}{what}"
    _tell_sides(report, event, roles, comment.author, title, text, comments=True)


def of_extension(extension: Extension) -> None:
    """Tell the department until when it may submit now. Needs a transaction."""
    notify(
        None,
        f"extend:{extension.pk}:{extension.until}",
        people_of(extension.department, DEPARTMENT_ROLES),
        f"{extension}的报送截止延期至 {extension.until}",
        "",
        reverse("entry:home"),
    )


def _tell_sides(
    report: Report,
    event: str,
    roles: Collection[Role],
    actor: User | None,
    title: str,
    text: str,
    comments: bool = False,
) -> None:
    """Link each side to its own page. People on both sides get the department's page."""
    department = [role for role in roles if role in DEPARTMENT_ROLES]
    bureau = [role for role in roles if role not in DEPARTMENT_ROLES]
    if department:
        address = reverse("entry:report", args=[report.pk]) + ("#comments" if comments else "")
        notify(report, event, people(report, department, actor), title, text, address)
    if bureau:
        address = reverse("admin:budgets_report_change", args=[report.pk])
        address += "?tab=comments" if comments else ""
        notify(report, event, people(report, bureau, actor), title, text, address)


def unread(user: User) -> QuerySet[Notice]:
    """Notices that ``user`` has not acknowledged, newest first, about reports that they still see."""
    seen = Q(report=None) | Q(report__in=entry_reports(user)) | Q(report__in=review_reports(user))
    return Notice.objects.filter(seen, recipient=user.pk, read_at=None)


# --- limits ---------------------------------------------------------------------------------------


def remind() -> None:
    """Notify departments whose time to submit or to publish runs out, once for each limit and report."""
    reports = Report.objects.select_related("fiscal_year", "department").prefetch_related(
        "department__earlier_names", "department__extensions"
    )
    for report in reports.filter(status__in=TO_BE_SUBMITTED):
        if report.status in UNSEEN_BY_BUREAU and not report.fiscal_year.is_open(report.kind):
            continue
        _remind(report, "deadline", report.deadline, report.days_left, "报送截止")
    for report in reports.filter(status=Status.APPROVED):
        _remind(report, "publish", report.approval_date, report.days_to_publish, "公开期限")
    for kind in ReportKind:
        _remind_unopened(kind)


def _days_until(day: datetime.date | None) -> int | None:
    return (day - timezone.localdate()).days if day else None


def _stage(days: int | None) -> int | None:
    """The nearest warning day that has been reached."""
    return next((stage for stage in WARNING_DAYS if days is not None and 0 <= days <= stage), None)


def _left(days: int | None) -> str:
    return f"还有 {days} 天" if days else "就在今天"


def _remind_unopened(kind: ReportKind) -> None:
    """Remind departments that have not started a report whose deadline is near. Nobody can start one that is closed."""
    for year in FiscalYear.objects.select_related("district").prefetch_related("extensions"):
        if not year.is_open(kind) or not any(
            _stage(_days_until(day)) is not None
            for day in (year.deadline(kind), *(e.until for e in year.extensions.all() if e.kind == kind))
        ):
            continue
        for department in year.district.departments.exclude(
            reports__in=Report.objects.filter(fiscal_year=year, kind=kind)
        ).prefetch_related("extensions"):
            deadline = department.deadline_in(year, kind)
            days = _days_until(deadline)
            stage = _stage(days)
            if stage is None:
                continue
            with transaction.atomic():
                notify(
                    None,
                    f"deadline-{stage}:{department.pk}:{year.year}:{kind.value}:{deadline}",
                    people_of(department, DEPARTMENT_ROLES),
                    f"{department} {year.year} 年{kind.label}还没有建立，报送截止{_left(days)}",
                    "",
                    reverse("entry:home"),
                )


def _remind(report: Report, event: str, since: datetime.date | None, days: int | None, limit: str) -> None:
    """``since`` is the date that the limit follows from. A new date makes a new limit."""
    stage = _stage(days)
    if stage is None:
        return
    left = _left(days)
    with transaction.atomic():
        notify(
            report,
            f"{event}-{stage}:{report.pk}:{since}",
            people(report, DEPARTMENT_ROLES),
            f"{report}的{limit}{left}",
            "",
            reverse("entry:report", args=[report.pk]),
        )


# --- mail -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """The number of mails that the server took, and of those left for the next run."""

    sent: int = 0
    left: int = 0


def waiting(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The ``notices`` that need a mail: neither sent nor read yet."""
    return notices.filter(sent_at=None, read_at=None, recipient__is_active=True).exclude(recipient__email="")


def send(notices: QuerySet[Notice]) -> Sent:
    """Send the waiting mails of ``notices``, oldest first. Does not raise if the mail server fails.

    Each mail has its own transaction, which locks the row. If two runs overlap, one of them skips it.
    """
    ids = list(waiting(notices).order_by("pk").values_list("pk", flat=True))
    if not ids:
        return Sent()
    try:
        mail = get_connection()
        mail.open()
    except OSError:
        logger.exception("mail server not reached, %d notices left", len(ids))
        return Sent(left=len(ids))
    sent = left = 0
    try:
        for pk in ids:
            try:
                sent += _send_one(pk, mail)
            except Exception:  # whatever one mail fails of, the others go out
                logger.exception("notice %d not sent", pk)
                left += 1
    finally:
        mail.close()
    return Sent(sent, left)


def _send_one(pk: int, mail: BaseEmailBackend) -> bool:
    """Send one mail. Returns False if another run is sending it or has sent it."""
    with transaction.atomic():
        rows = Notice.objects.select_related("recipient").select_for_update(
            of=("self",) if connection.features.has_select_for_update_of else (),
            skip_locked=connection.features.has_select_for_update_skip_locked,
        )
        notice = waiting(rows).filter(pk=pk).first()
        if notice is None or not _message(notice, mail).send():
            return False
        notice.sent_at = timezone.now()
        notice.save(update_fields=["sent_at"])
        return True


def _message(notice: Notice, mail: BaseEmailBackend) -> EmailMessage:
    """The mail has title and address only. Reasons and comments may mention withheld projects, and mail is not safe."""
    address = urljoin(settings.SITE_URL, notice.address)
    return EmailMessage(
        subject=f"［阳光预算］{notice.title}",
        body=f"{notice.title}。\n\n请登录后查看：{address}\n",
        to=[notice.recipient.email],
        connection=mail,
    )
