"""Facts behind “三公” spending."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.schema import ThreePublicDetail
from ..models import Report
from ..models import ThreePublicDetail as DetailRow
from .base import Part, as_dataclass


class ThreePublicPart(Part[ThreePublicDetail, Report]):
    key = "three_public"
    objects = ("three_public",)
    title = "“三公”经费"
    type = ThreePublicDetail

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (DetailRow.objects.filter(report__in=owners),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, ThreePublicDetail]:
        details = {row.report_id: row for row in rows[0]}
        return {
            report.pk: as_dataclass(ThreePublicDetail, details[report.pk])
            if report.pk in details
            else ThreePublicDetail()
            for report in owners
        }

    def consolidate(self, values: Sequence[ThreePublicDetail]) -> ThreePublicDetail:
        """Add up counts and amounts. Purposes are each department's own and left out."""
        names = [field.name for field in fields(ThreePublicDetail) if field.default != ""]
        return ThreePublicDetail(**{name: sum(getattr(value, name) for value in values) for name in names})

    def rewrite(self, owner: Report, value: ThreePublicDetail, codes: Codes, *rows: Sequence[Any]) -> None:
        DetailRow.objects.update_or_create(report=owner, defaults=asdict(value))

    def copy_forward(self, value: ThreePublicDetail, year: int) -> ThreePublicDetail:
        return ThreePublicDetail(vehicles_held=value.vehicles_held)

    def settle(self, value: ThreePublicDetail, year: int) -> ThreePublicDetail:
        return ThreePublicDetail(vehicles_held=value.vehicles_held)


three_public = ThreePublicPart()
