"""政府采购, of projects and from operating cost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.money import ZERO
from ..domain.schema import OperatingProcurement, ProcurementItem, ProjectProcurement
from ..models import ProcurementItem as ItemRow
from ..models import ProjectApplication, Report
from .base import Part, as_dataclass, columns, grouped, sync


def _rows(items: Iterable[ProcurementItem]) -> list[dict[str, Any]]:
    return [
        {**columns(item, "service_category"), "service_category": item.service_category or ""}
        for item in items
    ]


def _to_be_bought(items: Iterable[ProcurementItem]) -> tuple[ProcurementItem, ...]:
    """Keep the planned items, and leave the payments to be entered."""
    return tuple(replace(item, amount=ZERO) for item in items)


def _planned(items: Iterable[ProcurementItem]) -> tuple[ProcurementItem, ...]:
    """Leave out the suppliers, which only final accounts have."""
    return tuple(replace(item, sme_amount=ZERO, micro_amount=ZERO) for item in items)


class OperatingProcurementPart(Part[OperatingProcurement, Report]):
    key = "operating_procurement"
    objects = ("procurement",)
    keyed = ("items",)
    title = "公用经费采购"
    type = OperatingProcurement

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (ItemRow.objects.filter(report__in=owners, application__isnull=True),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, OperatingProcurement]:
        items = grouped(rows[0], "report")
        return {
            report.pk: OperatingProcurement(
                items=tuple(as_dataclass(ProcurementItem, row) for row in items.get(report.pk, ()))
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[OperatingProcurement]) -> OperatingProcurement:
        return OperatingProcurement(items=tuple(row for value in values for row in value.items))

    def rewrite(self, owner: Report, value: OperatingProcurement, codes: Codes, *rows: Sequence[Any]) -> None:
        sync(ItemRow, rows[0], {"report": owner}, _rows(value.items))

    def settle(self, value: OperatingProcurement, year: int) -> OperatingProcurement:
        return OperatingProcurement(items=_to_be_bought(value.items))


class ProjectProcurementPart(Part[ProjectProcurement, ProjectApplication]):
    key = "procurement"
    objects = ("procurement",)
    keyed = ("items",)
    title = "项目采购"
    type = ProjectProcurement

    def reads(self, owners: Sequence[ProjectApplication]) -> tuple[QuerySet[Any], ...]:
        return (ItemRow.objects.filter(application__in=owners),)

    def values(
        self, owners: Sequence[ProjectApplication], *rows: Sequence[Any]
    ) -> dict[int, ProjectProcurement]:
        items = grouped(rows[0], "application")
        return {
            owner.pk: ProjectProcurement(
                items=tuple(as_dataclass(ProcurementItem, row) for row in items.get(owner.pk, ()))
            )
            for owner in owners
        }

    def consolidate(self, values: Sequence[ProjectProcurement]) -> ProjectProcurement:
        return ProjectProcurement(items=tuple(row for value in values for row in value.items))

    def rewrite(
        self, owner: ProjectApplication, value: ProjectProcurement, codes: Codes, *rows: Sequence[Any]
    ) -> None:
        fixed = {"report": owner.report, "application": owner}
        sync(ItemRow, rows[0], fixed, _rows(value.items))

    def copy_forward(self, value: ProjectProcurement, year: int) -> ProjectProcurement:
        return ProjectProcurement(items=_planned(value.items))

    def settle(self, value: ProjectProcurement, year: int) -> ProjectProcurement:
        return ProjectProcurement(items=_to_be_bought(value.items))


operating_procurement = OperatingProcurementPart()
project_procurement = ProjectProcurementPart()
