"""公开: the approved content is frozen and shown to everybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User

from ..disclosure.publication import PublicContent, StoredContent, create_publication, public_content
from ..domain.transitions import Verb
from ..models import Department, Report
from .base import ActionRefused, carrying_out
from .secrets import refuse_secrets, refuse_withheld_elsewhere


def publish(report_id: int, user: User, seen: int) -> Report:
    """Publish the approved content unchanged. The department may, or the bureau on its behalf.

    A correction is published as a further revision. Refused if another publication has come to withhold a project that
    this one would publish.
    """
    with carrying_out(Verb.PUBLISH, report_id, user, seen) as report:
        _one_at_a_time(report)
        content = public_content(report)
        if not isinstance(content, StoredContent):
            refuse_secrets(content)
        refuse_withheld_elsewhere(report, content)
        _refuse_damaged(content)
        create_publication(report, user, content)
    return report


def publish_many(report_ids: Iterable[int], user: User) -> list[tuple[Report, str]]:
    """Publish each report in its own transaction; returns each with the reason why it was refused, or an empty text."""
    results = []
    for report in Report.objects.filter(pk__in=list(report_ids)).select_related("department", "fiscal_year"):
        try:
            results.append((publish(report.pk, user, report.changes), ""))
        except ActionRefused as error:
            results.append((report, error.message))
    return results


def _one_at_a_time(report: Report) -> None:
    """Lock the department, so that each of its publications sees what the others withhold."""
    Department.objects.select_for_update().get(pk=report.department_id)


def _refuse_damaged(content: PublicContent) -> None:
    """Refuse if a file that was stored with the approval is missing or damaged."""
    for file in content.files:
        if file.path and not file.is_whole():
            raise ActionRefused(f"文件 {file.name} 已损坏或丢失，不能公开；请撤销批复后重新批复")
