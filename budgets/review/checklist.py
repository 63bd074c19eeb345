"""审核要点 of a report with the reviewers' marks in its current revision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.profile import get_profile
from ..models import ChecklistMark, Report


@dataclass(frozen=True)
class Point:
    """One point of the profile's list. ``mark`` is None until it is judged."""

    key: str
    text: str
    mark: ChecklistMark | None = None

    @property
    def is_failed(self) -> bool:
        return self.mark is not None and not self.mark.passed


@dataclass(frozen=True)
class Checklist:
    points: tuple[Point, ...]

    @property
    def unjudged(self) -> list[Point]:
        return [point for point in self.points if point.mark is None]

    @property
    def failed(self) -> list[Point]:
        return [point for point in self.points if point.is_failed]

    @property
    def remaining(self) -> int:
        """The number of points that hold up 初审通过."""
        return len(self.unjudged) + len(self.failed)

    @property
    def obstacle(self) -> str:
        """The reason why the report cannot be passed; empty if it can."""
        parts = [
            f"{len(points)} 个{word}"
            for points, word in ((self.unjudged, "尚未判断"), (self.failed, "不符合"))
            if points
        ]
        return f"审核要点中有 {'、'.join(parts)}" if parts else ""


def checklist_of(report: Report) -> Checklist:
    return checklists_of([report])[report.pk]


def checklists_of(reports: Iterable[Report]) -> dict[int, Checklist]:
    """The checklists by report id, in one query."""
    reports = list(reports)
    marks = {
        (mark.report_id, mark.revision, mark.item): mark
        for mark in ChecklistMark.objects.filter(report__in=reports).select_related("user")
    }
    return {
        report.pk: Checklist(
            tuple(
                Point(key, text, marks.get((report.pk, report.revision, key)))
                for key, text in get_profile(report.profile_key).checklist
            )
        )
        for report in reports
    }
