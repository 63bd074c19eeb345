"""A project's identity, application, history and activities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.choices import Flow, ProjectAttribute, ProjectType, ReportKind, Use
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.money import ZERO
from ..domain.problems import PartError
from ..domain.schema import Activities, Activity, ActivityLine, Application, History, HistoryEntry, Identity
from ..models import LineItem, ProjectActivity, ProjectApplication, ProjectHistory
from .base import CODES, Part, as_dataclass, columns, grouped, missing_amounts, sync, under


class IdentityPart(Part[Identity, ProjectApplication]):
    key = "identity"
    objects = ("identity",)
    title = "项目"
    type = Identity

    def values(self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]) -> dict[int, Identity]:
        return {owner.pk: as_dataclass(Identity, owner) for owner in owners}

    def consolidate(self, values: Sequence[Identity]) -> None:
        """Each project's own."""

    def rewrite(self, owner: ProjectApplication, value: Identity, codes: Codes, *rows: Sequence[Any]) -> None:
        if value.start_year and value.end_year and value.end_year < value.start_year:
            raise PartError("终止年度不能早于起始年度", ("end_year",))
        ProjectApplication.objects.filter(pk=owner.pk).update(**columns(value))

    def copy_forward(self, value: Identity, year: int) -> Identity:
        end = max(value.end_year, year) if value.end_year else None
        return replace(value, attribute=ProjectAttribute.CONTINUING, end_year=end)

    def duplicate(self, value: Identity) -> Identity:
        """Leave out the code, which belongs to one project only."""
        return replace(value, code="")

    def carries_on(self, value: Identity) -> bool:
        return value.type != ProjectType.ONE_OFF

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        return [] if project and project.identity.name else ["项目名称"]


class ApplicationPart(Part[Application, ProjectApplication]):
    key = "application"
    objects = ("application",)
    title = "项目申报"
    type = Application

    def values(self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]) -> dict[int, Application]:
        return {
            owner.pk: as_dataclass(Application, owner, function=owner.function.code if owner.function else "")
            for owner in owners
        }

    def consolidate(self, values: Sequence[Application]) -> None:
        """Each project's own."""

    def rewrite(
        self, owner: ProjectApplication, value: Application, codes: Codes, *rows: Sequence[Any]
    ) -> None:
        ProjectApplication.objects.filter(pk=owner.pk).update(
            **columns(value, "function"), function_id=codes.function_id(value.function, ("function",))
        )

    def copy_forward(self, value: Application, year: int) -> Application:
        return replace(value, total_budget=None, change_reason="")

    def settle(self, value: Application, year: int) -> Application:
        return replace(value, change_reason="")

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        if project is None:
            return []
        application = project.application
        if dossier.header.kind == ReportKind.FINAL:
            return [] if application.executing_unit else ["项目执行单位"]
        checks = (
            (application.executing_unit, "项目执行单位"),
            (application.leader, "项目负责人"),
            (application.basis, "项目立项依据"),
            (application.plan, "项目实施方案"),
        )
        return [name for present, name in checks if not present]


class HistoryPart(Part[History, ProjectApplication]):
    key = "history"
    objects = ("history",)
    title = "历年情况"
    type = History

    def reads(self, owners: Sequence[ProjectApplication]) -> tuple[QuerySet[Any], ...]:
        return (ProjectHistory.objects.filter(application__in=owners),)

    def values(self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]) -> dict[int, History]:
        entries = grouped(rows[0], "application")
        return {
            owner.pk: History(entries=tuple(as_dataclass(HistoryEntry, r) for r in entries.get(owner.pk, ())))
            for owner in owners
        }

    def consolidate(self, values: Sequence[History]) -> None:
        """Each project's own."""

    def rewrite(self, owner: ProjectApplication, value: History, codes: Codes, *rows: Sequence[Any]) -> None:
        sync(
            ProjectHistory,
            rows[0],
            {"application": owner},
            (columns(entry) for entry in value.entries),
            identity="year",
        )

    def settle(self, value: History, year: int) -> History:
        return History()

    def copy_forward(self, value: History, year: int) -> History:
        return History(entries=tuple(entry for entry in value.entries if entry.year == year - 2))

    def duplicate(self, value: History) -> History:
        """Start without history: the earlier years belong to the other project."""
        return History()


class ActivitiesPart(Part[Activities, ProjectApplication]):
    key = "activities"
    objects = ("activities", "lines")
    keyed = ("activities", "lines")
    title = "项目支出明细测算"
    type = Activities

    def reads(self, owners: Sequence[ProjectApplication]) -> tuple[QuerySet[Any], ...]:
        return (
            LineItem.objects.filter(activity__application__in=owners).annotate(**CODES),
            ProjectActivity.objects.filter(application__in=owners),
        )

    def values(self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]) -> dict[int, Activities]:
        lines, activities = grouped(rows[0], "activity"), grouped(rows[1], "application")
        return {
            owner.pk: Activities(
                activities=tuple(
                    as_dataclass(
                        Activity, row, lines=tuple(_activity_line(line) for line in lines.get(row.pk, ()))
                    )
                    for row in activities.get(owner.pk, ())
                )
            )
            for owner in owners
        }

    def consolidate(self, values: Sequence[Activities]) -> Activities:
        return Activities(activities=tuple(row for value in values for row in value.activities))

    def rewrite(
        self, owner: ProjectApplication, value: Activities, codes: Codes, *rows: Sequence[Any]
    ) -> None:
        activities = sync(
            ProjectActivity,
            rows[1],
            {"report": owner.report, "application": owner},
            (columns(a) for a in value.activities),
        )
        lines = [
            {
                **columns(line, "function", "economic"),
                "activity_id": activities[activity.key].pk,
                "function_id": codes.function_id(line.function, ("activities", i, "lines", j, "function")),
                "economic_id": codes.economic_id(line.economic, ("activities", i, "lines", j, "economic")),
            }
            for i, activity in enumerate(value.activities)
            for j, line in enumerate(activity.lines)
        ]
        sync(
            LineItem,
            under(rows[0], "activity", activities),
            {"report": owner.report, "flow": Flow.EXPENDITURE, "use": Use.PROJECT},
            lines,
        )

    def copy_forward(self, value: Activities, year: int) -> Activities:
        """Keep lines of this year's money only. After final accounts, the spending becomes the new request."""

        def current(activity: Activity) -> Activity:
            lines = (replace(line, adjusted=None) for line in activity.lines if not line.from_carry_over)
            return replace(activity, lines=tuple(lines))

        return Activities(activities=tuple(current(activity) for activity in value.activities))

    def settle(self, value: Activities, year: int) -> Activities:
        """Take the budget as the adjusted budget for now, and leave the spending to be entered."""

        def settled(activity: Activity) -> Activity:
            lines = (replace(line, adjusted=line.amount, amount=ZERO) for line in activity.lines)
            return replace(activity, lines=tuple(lines))

        return Activities(activities=tuple(settled(activity) for activity in value.activities))

    def resume(self, value: Activities, year: int) -> Activities:
        """Leave both amounts to be entered, because no budget of the year has the project."""

        def resumed(activity: Activity) -> Activity:
            lines = (replace(line, adjusted=None, amount=ZERO) for line in activity.lines)
            return replace(activity, lines=tuple(lines))

        return Activities(activities=tuple(resumed(activity) for activity in value.activities))

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        activities = project.activities if project else ()
        return missing_amounts(
            dossier, [li for a in activities for li in a.lines] or activities, "项目支出明细"
        )


def _activity_line(row: Any) -> ActivityLine:
    return as_dataclass(
        ActivityLine,
        row,
        function=row.function_code or "",
        economic=row.economic_code or "",
    )


identity = IdentityPart()
application = ApplicationPart()
history = HistoryPart()
activities = ActivitiesPart()
