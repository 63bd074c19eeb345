"""Reasons why a report cannot be passed or approved together with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q

from ..analysis.redaction import withheld_keys
from ..domain.dossier import Dossier
from ..models import Report
from ..storage.loading import load_dossiers
from .checklist import Checklist, checklists_of
from .validation import Judgement, judge_many


def obstacles_of(reports: Iterable[Report]) -> dict[int, str]:
    """The reason, by report id, why it cannot be passed or approved with others; empty if it can.

    The number of queries does not grow with the reports.
    """
    reports = list(reports)
    dossiers = load_dossiers(reports)
    judgements = judge_many(reports, dossiers)
    threads = _open_threads(reports)
    checklists = checklists_of(reports)
    return {
        r.pk: _unseen(r, dossiers[r.pk])
        or _obstacle(judgements[r.pk], threads.get(r.pk, 0), checklists[r.pk])
        for r in reports
    }


def _unseen(report: Report, dossier: Dossier) -> str:
    """Why its publication has to be looked at: it is a correction, or withholds projects. Empty otherwise."""
    if report.revision > 1:
        return "是更正的版本，须逐份看过"
    return "有不予公开的项目，须逐份看过" if withheld_keys(dossier) else ""


def _obstacle(judgement: Judgement, threads: int, checklist: Checklist) -> str:
    reasons = []
    if judgement.errors:
        reasons.append(f"有 {len(judgement.errors)} 处错误")
    if threads:
        reasons.append(f"有 {threads} 条未解决的意见")
    if checklist.obstacle:
        reasons.append(checklist.obstacle)
    return "，".join(reasons)


def _open_threads(reports: list[Report]) -> Mapping[int, int]:
    is_open = Q(comments__parent=None, comments__resolved_at=None)
    rows = Report.objects.filter(pk__in=[r.pk for r in reports]).order_by()
    return dict(rows.annotate(open=Count("comments", is_open)).values_list("pk", "open"))
