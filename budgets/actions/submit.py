"""报送: the department signs its figures and hands them to the bureau."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from ..judging import Judged, judge
from ..models import Report
from ..publishing import secrets_given_away
from ..sections import load_dossier
from .base import ActionRefused, carrying_out
from .transitions import Verb


def submit(report_id: int, user: AbstractBaseUser, seen: int) -> Report:
    """Refused while a check finds an error or an unexplained warning, or a text names a withheld project."""
    with carrying_out(Verb.SUBMIT, report_id, user, seen) as report:
        dossier = load_dossier(report)
        judgement = judge(report, dossier)
        if judgement.errors:
            count, first = len(judgement.errors), judgement.errors[0]
            raise ActionRefused(f"有 {count} 个错误，改正后才能报送。第一个：{_said(first)}")
        names = secrets_given_away(dossier)
        if names:
            raise ActionRefused(f"不予公开项目“{names[0]}”的名称出现在将要公开的文字中，请改写后再报送")
        if judgement.unexplained:
            count, first = len(judgement.unexplained), judgement.unexplained[0]
            outdated = len(judgement.outdated)
            changed = f"（其中 {outdated} 个金额已变，要重新确认）" if outdated else ""
            raise ActionRefused(
                f"有 {count} 个提醒还没有说明{changed}，逐条说明后才能报送。第一个：{_said(first)}"
            )
        report.submitted_by = user
        report.submitted_at = timezone.now()
    return report


def _said(judged: Judged) -> str:
    return f"{judged.place}：{judged.message}" if judged.place else judged.message
