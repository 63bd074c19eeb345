"""国有资产占有使用."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.schema import AssetHolding, Assets
from ..models import AssetHolding as HoldingRow
from ..models import Report
from .base import Part, as_dataclass, columns, grouped, sync


class AssetsPart(Part[Assets, Report]):
    key = "assets"
    objects = ("assets",)
    keyed = ("holdings",)
    title = "国有资产"
    type = Assets
    given = frozenset({"kind"})

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (HoldingRow.objects.filter(report__in=owners),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Assets]:
        holdings = grouped(rows[0], "report")
        return {
            report.pk: Assets(
                holdings=tuple(as_dataclass(AssetHolding, row) for row in holdings.get(report.pk, ()))
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Assets]) -> Assets:
        holdings = [holding for value in values for holding in value.holdings]
        kinds = dict.fromkeys(holding.kind for holding in holdings)
        return Assets(
            holdings=tuple(
                AssetHolding(
                    key=f"asset{number}",
                    kind=kind,
                    quantity=sum(holding.quantity for holding in holdings if holding.kind == kind),
                )
                for number, kind in enumerate(kinds, 1)
            )
        )

    def rewrite(self, owner: Report, value: Assets, codes: Codes, *rows: Sequence[Any]) -> None:
        sync(
            HoldingRow,
            rows[0],
            {"report": owner},
            (columns(holding) for holding in value.holdings),
        )


assets = AssetsPart()
