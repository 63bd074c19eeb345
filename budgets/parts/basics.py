"""基本情况."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.choices import ReportKind
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.schema import Basics, Duty, WorkItem
from ..models import DutyItem, Report
from ..models import WorkItem as WorkItemRow
from .base import Part, as_dataclass, columns, grouped, sync

CONTACT = ("phone", "address", "postcode")
"""Fields that a new report takes from its department."""


class BasicsPart(Part[Basics, Report]):
    key = "basics"
    objects = ("basics", "duties", "tasks")
    keyed = ("duties", "tasks")
    title = "基本情况"
    type = Basics
    given = frozenset(CONTACT)

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return DutyItem.objects.filter(report__in=owners), WorkItemRow.objects.filter(report__in=owners)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Basics]:
        duties, tasks = (grouped(of_kind, "report") for of_kind in rows)
        return {
            report.pk: as_dataclass(
                Basics,
                report,
                duties=tuple(as_dataclass(Duty, row) for row in duties.get(report.pk, ())),
                tasks=tuple(as_dataclass(WorkItem, row) for row in tasks.get(report.pk, ())),
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Basics]) -> None:
        """Each department's own."""

    def rewrite(self, owner: Report, value: Basics, codes: Codes, *rows: Sequence[Any]) -> None:
        Report.objects.filter(pk=owner.pk).update(**columns(value))
        fixed = {"report": owner}
        sync(DutyItem, rows[0], fixed, (columns(duty) for duty in value.duties))
        sync(
            WorkItemRow,
            rows[1],
            fixed,
            (columns(task) for task in value.tasks),
        )

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        value = dossier.part(Basics)
        is_final = dossier.header.kind == ReportKind.FINAL
        checks = (
            (value.preparer, "填报人"),
            (value.phone, "联系电话"),
            (value.address, "单位地址"),
            (value.duties, "部门职能"),
            (value.tasks, "重点工作" if is_final else "年度工作任务"),
            (not is_final or all(task.result for task in value.tasks), "重点工作的完成情况"),
        )
        return [name for present, name in checks if not present]


basics = BasicsPart()
