"""公开: what was approved is frozen and shown to everybody."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser

from ..models import Publication, Report
from ..publishing import Frozen, Prepared, prepare, publish_prepared
from .base import ActionRefused, carrying_out
from .secrets import refuse_secrets
from .transitions import Verb


def publish(report_id: int, user: AbstractBaseUser, seen: int) -> Report:
    """What was approved, to the byte; by the department, or by the bureau on its behalf.

    A correction is published as a further revision. Refused where a report that it was compared with has come to
    withhold a project that it tells of.
    """
    with carrying_out(Verb.PUBLISH, report_id, user, seen) as report:
        prepared = prepare(report)
        if not isinstance(prepared, Frozen):
            refuse_secrets(prepared)
        _refuse_withheld_since(report, prepared)
        publish_prepared(report, user, prepared)
    return report


def publish_many(report_ids: Iterable[int], user: AbstractBaseUser) -> list[tuple[Report, str]]:
    """Each report in its own transaction; returns it with why it was refused, or an empty text."""
    results = []
    for report in Report.objects.filter(pk__in=list(report_ids)).select_related("department", "fiscal_year"):
        try:
            results.append((publish(report.pk, user, report.changes), ""))
        except ActionRefused as error:
            results.append((report, error.message))
    return results


def _refuse_withheld_since(report: Report, prepared: Prepared) -> None:
    others = Publication.objects.filter(
        report__department=report.department_id, report__fiscal_year=report.fiscal_year_id
    ).exclude(report=report)
    last: dict[int, list[str]] = dict(
        others.order_by("revision").values_list("report", "full_dossier__withheld")
    )
    withheld = {key for keys in last.values() for key in keys or ()}
    named = [p["identity"]["name"] for p in prepared.dossier["projects"] if p["key"] in withheld]
    if named:
        raise ActionRefused(
            f"项目“{named[0]}”在同年已公开的编报中改为不予公开，这里却要公开；请财政部门撤销批复，改后重新报送"
        )
