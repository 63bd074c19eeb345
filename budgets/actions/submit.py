"""报送: the department signs its figures and submits them to the bureau."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from ..disclosure.publication import PublicContent
from ..domain.choices import UNSEEN_BY_BUREAU, ReportKind
from ..domain.dossier import Dossier
from ..domain.transitions import Verb
from ..models import FiscalYear, Report
from ..review.validation import Judged, judge
from ..storage.dossier_json import dump_dossier
from ..storage.loading import load_dossier
from ..storage.sources import SourceReport, fix_sources, sources_of
from .base import ActionRefused, carrying_out
from .secrets import refuse_secrets, refuse_withheld_elsewhere


def submit(report_id: int, user: User, seen: int) -> Report:
    """Submit. Refused while a check finds an error or an unexplained warning, or a text names a withheld project.

    The first submission is refused while its kind is not open, or after the deadline that closes it.
    Fixes the sources of the report (`budgets.storage.sources`), which have to be settled.
    """
    with carrying_out(Verb.SUBMIT, report_id, user, seen) as report:
        refuse_closed(report)
        sources = sources_of(report)
        refuse_unsettled(sources)
        dossier = load_dossier(report)
        judgement = judge(report, dossier)
        if judgement.errors:
            count, first = len(judgement.errors), judgement.errors[0]
            raise ActionRefused(f"有 {count} 个错误，改正后才能报送。第一个：{_said(first)}")
        # The bureau writes the reason of a correction; the approval searches it.
        content = PublicContent(report, dossier)
        refuse_secrets(content, reason="")
        refuse_withheld_elsewhere(report, content)
        if judgement.unexplained:
            count, first = len(judgement.unexplained), judgement.unexplained[0]
            outdated = len(judgement.outdated)
            changed = f"（其中 {outdated} 个金额已变，要重新确认）" if outdated else ""
            raise ActionRefused(
                f"有 {count} 个提醒还没有说明{changed}，逐条说明后才能报送。第一个：{_said(first)}"
            )
        fix_sources(report, sources, _contents(sources, dossier), user)
        report.submitted_by = user
        report.submitted_at = timezone.now()
    return report


def refuse_closed(report: Report) -> None:
    """``report`` is locked. Its year is read again: it may have been closed while the lock was waited for."""
    report.fiscal_year = FiscalYear.objects.select_related("district", "edition").get(
        pk=report.fiscal_year_id
    )
    if problem := closed(report):
        raise ActionRefused(problem)


def closed(report: Report) -> str:
    """Why the report cannot be submitted for the first time; empty if it can, or has been submitted before.

    A report that was returned or is being corrected stays open.
    """
    if report.status not in UNSEEN_BY_BUREAU:
        return ""
    year, kind, deadline = report.fiscal_year, ReportKind(report.kind), report.deadline
    bureau = year.district.bureau
    if not year.is_open(kind):
        return f"{year.year} 年{kind.label}没有开放，不能首次报送。要开放的，请联系{bureau}的管理员。"
    if year.is_closed_by(deadline):
        extended = "（已经延期）" if report.is_extended else ""
        return f"已过报送截止 {deadline}{extended}，不能首次报送。要延期的，请联系{bureau}的管理员办理。"
    return ""


def refuse_unsettled(sources: Iterable[SourceReport]) -> None:
    for source in sources:
        if not source.is_settled:
            raise ActionRefused(f"{unsettled(source)}，它的数字还会变；批复或公开之后，才能报送读取它的编报")


def unsettled(source: SourceReport) -> str:
    return f"{source.title}现在是“{source.state}”"


def _contents(sources: Iterable[SourceReport], dossier: Dossier) -> dict[str, Any]:
    """The exchange JSON of sources that are read from rows."""
    read = {(d.header.kind, d.header.year): d for d in dossier.earlier}
    if dossier.budget is not None:
        read[dossier.budget.header.kind, dossier.budget.header.year] = dossier.budget
    return {
        source.key: dump_dossier(read[ReportKind(source.kind), source.year])
        for source in sources
        if source.publication is None
    }


def _said(judged: Judged) -> str:
    return f"{judged.place}：{judged.message}" if judged.place else judged.message
