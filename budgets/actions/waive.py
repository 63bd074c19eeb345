"""豁免: the bureau sets a rule aside for one report, and records the reason.

The report's state does not change; the trail shows the act with the same state before and after.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..domain.choices import BUREAU, UNSEEN_BY_BUREAU, WAIVABLE, Status
from ..domain.profile import rules
from ..domain.transitions import Verb
from ..models import Report, Waiver
from .base import ActionRefused, Forbidden, Stale, lock_report, log, require_role
from .reasons import required_text


def waive(report_id: int, user: User, rule: str, reason: str) -> Waiver:
    """Waive ``rule`` for this report. Its findings are shown as waived and do not hold the report up."""
    reason = required_text(reason, "reason", "豁免理由")
    with transaction.atomic():
        report = _lock(report_id, user)
        if rule not in rules(report.profile_key):
            raise ActionRefused("编报没有这条规则", "rule")
        if report.waivers.filter(rule=rule, lifted_at=None).exists():
            raise Stale("这条规则已经豁免，请刷新页面")
        waiver = Waiver.objects.create(report=report, rule=rule, reason=reason, user=user)
        log(report, Verb.WAIVE, report.status, user, f"{rule}：{reason}")
    return waiver


def lift(waiver_id: int, user: User) -> Waiver:
    """Let the rule count again. The waiver stays on record."""
    with transaction.atomic():
        report = _lock(Waiver.objects.get(pk=waiver_id).report_id, user)
        waiver = Waiver.objects.get(pk=waiver_id)
        if waiver.lifted_at is not None:
            raise Stale("豁免已经撤销，请刷新页面")
        waiver.lifted_by, waiver.lifted_at = user, timezone.now()
        waiver.save(update_fields=["lifted_by", "lifted_at"])
        log(report, Verb.LIFT, report.status, user, waiver.rule)
    return waiver


def _lock(report_id: int, user: User) -> Report:
    report = lock_report(report_id)
    require_role(user, report, BUREAU)
    if report.status in UNSEEN_BY_BUREAU and report.submitted_at is None:
        raise Forbidden("报送之后才能豁免")
    if report.status not in WAIVABLE:
        raise Stale(f"编报现在是“{Status(report.status).label}”，不能再改豁免，请刷新页面")
    return report
