"""没有: the department declares a required section to be empty, or takes the declaration back.

The report's state does not change; the trail shows the act with the same state before and after.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..domain.choices import DEPARTMENT_ROLES, Status
from ..domain.profile import declared_sections, empty_sections, required_sections
from ..domain.transitions import Verb
from ..models import Report
from ..storage.loading import load_dossier
from .base import ActionRefused, Stale, lock_report, log, require_role
from .save_section import count_change, forget_declaration


def declare_empty(report_id: int, user: User, section: str) -> str:
    """Record that the section is empty; returns its title. Repeating it changes nothing.

    Raises `ActionRefused` if it holds something or is not required, `Stale` if the report cannot be changed,
    `Forbidden` without a role in the department.
    """
    with transaction.atomic():
        report, title = _lock(report_id, user, section)
        dossier = load_dossier(report, earlier=False)
        if section not in empty_sections(dossier):
            raise ActionRefused(f"“{title}”已有内容，不能声明没有；确实没有的，请先清空再声明")
        if section not in declared_sections(dossier):
            who = user.get_full_name() or user.get_username()
            said = {"who": who, "at": timezone.now().isoformat()}
            report.declared_empty = {**report.declared_empty, section: said}
            count_change(report)
            log(report, Verb.DECLARE, report.status, user, title)
    return title


def take_back(report_id: int, user: User, section: str) -> str:
    """Remove the declaration, if there is one; returns the section's title. Raises like `declare_empty`."""
    with transaction.atomic():
        report, title = _lock(report_id, user, section)
        if section in report.declared_empty:
            forget_declaration(report, section)
            count_change(report)
            log(report, Verb.TAKE_BACK, report.status, user, title)
    return title


def _lock(report_id: int, user: User, section: str) -> tuple[Report, str]:
    report = lock_report(report_id)
    require_role(user, report, DEPARTMENT_ROLES)
    title = required_sections(report.profile_key).get(section)
    if title is None:
        raise ActionRefused("这一部分没有内容可以不填，不用声明")
    if not report.is_editable:
        raise Stale(f"编报现在是“{Status(report.status).label}”，不能再改声明，请刷新页面")
    return report, title
