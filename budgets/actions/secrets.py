"""Refuse content that would tell the public of withheld projects (不予公开)."""

from __future__ import annotations

from ..analysis.secrecy import KEY
from ..checks.dis_2 import NothingGivenAway
from ..disclosure.publication import PublicContent
from ..domain.choices import ReportKind
from ..models import Publication, Report, Waiver
from ..storage.sources import judged_by
from .base import ActionRefused


def refuse_secrets(content: PublicContent, reason: str | None = None) -> None:
    """Refuse if a withheld word would be published. ``reason`` replaces the reason of the correction.

    If the bureau has set DIS-2 aside, for the report or for the year, it has judged the words itself.
    """
    found = content.given_away(reason)
    if found and _is_set_aside(content.report):
        found = [each for each in found if each.secret.kind == KEY]
    if found:
        first = found[0]
        raise ActionRefused(f"{first.secret.what}出现在将要公开的“{first.place}”中，请改写")


def refuse_withheld_elsewhere(report: Report, content: PublicContent) -> None:
    """Refuse if another publication of the same or a later year withholds a project that this one would publish."""
    others = (
        Publication.objects.filter(
            report__department=report.department_id, report__fiscal_year__year__gte=report.year
        )
        .exclude(report=report)
        .order_by("revision")
        .values_list("report", "report__fiscal_year__year", "report__kind", "full_dossier__withheld")
    )
    last = {pk: (year, kind, keys or ()) for pk, year, kind, keys in others}
    for year, kind, keys in last.values():
        for project in content.dossier["projects"]:
            if project["key"] in keys:
                raise ActionRefused(
                    f"项目“{project['identity']['name']}”在已公开的 {year} 年{ReportKind(kind).label}中不予公开，"
                    "这里却要公开；请先改为一致"
                )


def _is_set_aside(report: Report) -> bool:
    rule = NothingGivenAway.id
    if Waiver.objects.filter(report=report, rule=rule, lifted_at=None).exists():
        return True
    return any(setting.rule == rule and not setting.applies for setting in judged_by(report))
