"""撤下: stop showing a published revision to the public. The bureau keeps it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..domain.choices import Role
from ..domain.transitions import Verb
from ..models import Publication, Withdrawal
from ..notifications import of_transition
from .base import REPEATED, AlreadyDone, Stale, lock_report, log, require_role
from .reasons import required_text


def withdraw(report_id: int, user: User, revision: int, reason: str) -> Withdrawal:
    """Withdraw a revision. Its page and files answer 410; content, checksums and ``reason`` are kept.

    The department is told. The report's state does not change. A withdrawal cannot be undone; publish another revision
    instead. Raises Publication.DoesNotExist.
    """
    reason = required_text(reason, "reason", "撤下理由")
    with transaction.atomic():
        report = lock_report(report_id)
        require_role(user, report, (Role.APPROVER,))
        publication = Publication.objects.get(report=report, revision=revision)
        done = Withdrawal.objects.filter(publication=publication).first()
        if done is not None:
            is_repeated = (done.user_id, done.reason) == (
                user.pk,
                reason,
            ) and timezone.now() - done.at < REPEATED
            raise (AlreadyDone if is_repeated else Stale)("这一版已经撤下，请刷新页面")
        withdrawal = Withdrawal.objects.create(publication=publication, reason=reason, user=user)
        of_transition(log(report, Verb.WITHDRAW, report.status, user, f"第 {revision} 版：{reason}"))
    return withdrawal
