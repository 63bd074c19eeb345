"""意见: comments of the bureau and the department on a section, a row or a figure."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..domain.choices import BUREAU, DEPARTMENT_ROLES, UNSEEN_BY_BUREAU, Role
from ..domain.dossier import PROJECT, PROJECTS
from ..domain.transitions import Verb
from ..models import Comment, Report
from ..notifications import of_comment
from ..permissions import roles_in
from ..storage.sections import report_sections
from .base import ActionRefused, Forbidden, lock_report, log
from .reasons import required_text

LENGTH = 2000


def add(report: Report, user: User, section: str, text: str, target: str = "", place: str = "") -> Comment:
    """Start a thread on ``section``. ``target`` is a row or a figure in it, ``place`` its Chinese name.

    The bureau may do so as soon as it sees the report, the department's people while they may change it.
    """
    text = required_text(text, "text", "意见", LENGTH)
    with transaction.atomic():
        report = lock_report(report.pk)
        roles = roles_in(user, report)
        if not _is_bureau(roles, report) and not (roles & set(DEPARTMENT_ROLES) and report.is_editable):
            raise Forbidden("只有初审人、批复人，或编制中的本部门人员可以提出意见")
        if not _has_section(report, section):
            raise ActionRefused("编报中没有这个部分，请刷新页面", "section")
        comment = Comment.objects.create(
            report=report, section=section, target=target[:200], place=place[:200], text=text, author=user
        )
        of_comment(comment, _is_bureau(roles, report))
        return comment


def answer(comment_id: int, user: User, text: str) -> Comment:
    """Answer in the thread. Both sides may."""
    text = required_text(text, "text", "答复", LENGTH)
    with transaction.atomic():
        thread = _thread(comment_id)
        roles = roles_in(user, thread.report)
        if not _is_bureau(roles, thread.report) and not roles & set(DEPARTMENT_ROLES):
            raise Forbidden("只有初审人、批复人和本部门人员可以答复")
        if not thread.is_open:
            raise ActionRefused("意见已经解决，重新打开后才能答复")
        comment = Comment.objects.create(
            report=thread.report,
            parent=thread,
            section=thread.section,
            target=thread.target,
            place=thread.place,
            text=text,
            author=user,
        )
        of_comment(comment, _is_bureau(roles, thread.report))
        return comment


def resolve(comment_id: int, user: User) -> Comment:
    """Mark the thread as settled. The bureau may; repeating it changes nothing."""
    with transaction.atomic():
        thread = _thread(comment_id)
        _require_bureau(user, thread)
        if thread.is_open:
            thread.resolved_at = timezone.now()
            thread.resolved_by = user
            thread.save(update_fields=["resolved_at", "resolved_by"])
            log(thread.report, Verb.RESOLVE, thread.report.status, user, thread.text)
    return thread


def reopen(comment_id: int, user: User) -> Comment:
    with transaction.atomic():
        thread = _thread(comment_id)
        _require_bureau(user, thread)
        if not thread.is_open:
            thread.resolved_at = None
            thread.resolved_by = None
            thread.save(update_fields=["resolved_at", "resolved_by"])
            log(thread.report, Verb.REOPEN, thread.report.status, user, thread.text)
    return thread


def _thread(comment_id: int) -> Comment:
    """Lock the first comment of the thread that the comment belongs to."""
    comment = Comment.objects.get(pk=comment_id)
    return (
        Comment.objects.select_for_update(of=("self",))
        .select_related("report__department", "report__fiscal_year")
        .get(pk=comment.parent_id or comment.pk)
    )


def _is_bureau(roles: Iterable[Role], report: Report) -> bool:
    seen = report.status not in UNSEEN_BY_BUREAU or report.submitted_at is not None
    return seen and bool(set(roles) & set(BUREAU))


def _require_bureau(user: User, thread: Comment) -> None:
    if not _is_bureau(roles_in(user, thread.report), thread.report):
        raise Forbidden("只有初审人、批复人可以这样做")


def _has_section(report: Report, key: str) -> bool:
    if key.startswith(PROJECT):
        return report.applications.filter(project__key=key.removeprefix(PROJECT)).exists()
    return key == PROJECTS or any(section.key == key for section in report_sections(report.profile_key))
