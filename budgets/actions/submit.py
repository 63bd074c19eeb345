"""报送: the department signs its figures and hands them to the bureau."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from ..choices import Severity
from ..models import Report
from ..profiles import run_checks
from ..publishing import secrets_given_away
from ..sections import load_dossier
from .base import ActionRefused, carrying_out
from .transitions import Verb


def submit(report_id: int, user: AbstractBaseUser, seen: int) -> Report:
    """Refused while a check finds an error, or a text names a withheld project."""
    with carrying_out(Verb.SUBMIT, report_id, user, seen) as report:
        dossier = load_dossier(report)
        errors = [f for f in run_checks(dossier) if f.severity == Severity.ERROR]
        if errors:
            place = f"{errors[0].place}：" if errors[0].place else ""
            raise ActionRefused(
                f"有 {len(errors)} 个错误，改正后才能报送。第一个：{place}{errors[0].message}"
            )
        names = secrets_given_away(dossier)
        if names:
            raise ActionRefused(f"不予公开项目“{names[0]}”的名称出现在将要公开的文字中，请改写后再报送")
        report.submitted_by = user
        report.submitted_at = timezone.now()
    return report
