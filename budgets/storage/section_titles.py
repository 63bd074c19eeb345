"""Titles of the sections of reports, including those of removed projects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.dossier import PROJECT, PROJECTS
from ..models import ProjectApplication, Report, SectionVersion
from .sections import report_sections

LIST = "项目清单"
GONE = "已删除的部分"

Place = tuple[int, str]
"""The id of a report and the key of a section."""


def section_titles(sections: Iterable[tuple[Report, str]]) -> dict[Place, str]:
    """Titles by report and section key, in two queries at most. A project's title has its name: ``项目：综合业务``."""
    asked = {(report.pk, key): report for report, key in sections}
    names = project_names(asked)
    return {place: _title(report, place, names) for place, report in asked.items()}


def section_title(report: Report, key: str) -> str:
    return section_titles([(report, key)])[report.pk, key]


def project_names(places: Iterable[Place]) -> dict[Place, str]:
    """Names of the projects whose sections are among ``places``; for a removed project the last saved name."""
    wanted = {place for place in places if place[1].startswith(PROJECT)}
    present = ProjectApplication.objects.filter(report__in={report for report, _ in wanted})
    names = {
        (report, PROJECT + key): name
        for report, key, name in present.values_list("report", "project__key", "name")
    }
    gone = wanted - names.keys()
    if gone:
        saved = SectionVersion.objects.filter(
            report__in={report for report, _ in gone}, section__in={key for _, key in gone}
        )
        found = saved.order_by("number").values_list("report", "section", "content__identity__name")
        names |= {(report, key): name for report, key, name in found if name and (report, key) in gone}
    return names


def _title(report: Report, place: Place, names: Mapping[Place, str]) -> str:
    key = place[1]
    if key == PROJECTS:
        return LIST
    if key.startswith(PROJECT):
        return called(names.get(place, ""))
    return next((s.title for s in report_sections(report.profile_key) if s.key == key), GONE)


def called(name: Any) -> str:
    """The title of a project's section."""
    return f"项目：{name or '已删除的项目'}"
