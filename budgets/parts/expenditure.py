"""基本支出 and the other uses outside projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.choices import Flow, Status, Use
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.money import ZERO
from ..domain.problems import PartError
from ..domain.schema import Expenditure, ExpenditureLine
from ..models import LineItem, Report
from .base import CODES, Part, as_dataclass, columns, grouped, missing_amounts, sync

ARCHIVED_ONLY = (Use.PROJECT, Use.UNSPECIFIED)


class ExpenditurePart(Part[Expenditure, Report]):
    key = "expenditure"
    objects = ("expenditure",)
    keyed = ("lines",)
    title = "基本支出"
    type = Expenditure
    given = frozenset({"function", "economic", "adjusted", "counterparty", "remark"})
    """All fields except the amount: final accounts start with the budget's lines and without 决算数."""

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        rows = LineItem.objects.filter(report__in=owners, flow=Flow.EXPENDITURE, activity__isnull=True)
        return (rows.annotate(**CODES),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Expenditure]:
        lines = grouped(rows[0], "report")
        return {
            report.pk: Expenditure(
                lines=tuple(
                    as_dataclass(
                        ExpenditureLine,
                        row,
                        function=row.function_code or "",
                        economic=row.economic_code or "",
                    )
                    for row in lines.get(report.pk, ())
                )
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Expenditure]) -> Expenditure:
        return Expenditure(lines=tuple(row for value in values for row in value.lines))

    def rewrite(self, owner: Report, value: Expenditure, codes: Codes, *rows: Sequence[Any]) -> None:
        def row(index: int, line: ExpenditureLine) -> dict:
            if line.use in ARCHIVED_ONLY and owner.status != Status.ARCHIVED:
                raise PartError(
                    "项目支出须在项目中填写；未细分的支出只能出现在历史数据中", ("lines", index, "use")
                )
            return {
                **columns(line, "function", "economic"),
                "function_id": codes.function_id(line.function, ("lines", index, "function")),
                "economic_id": codes.economic_id(line.economic, ("lines", index, "economic")),
            }

        sync(
            LineItem,
            rows[0],
            {"report": owner, "flow": Flow.EXPENDITURE},
            [row(index, line) for index, line in enumerate(value.lines)],
        )

    def copy_forward(self, value: Expenditure, year: int) -> Expenditure:
        kept = (line for line in value.lines if not line.from_carry_over and line.use not in ARCHIVED_ONLY)
        return Expenditure(lines=tuple(kept))

    def settle(self, value: Expenditure, year: int) -> Expenditure:
        """Take the budget as the adjusted budget for now, and leave the spending to be entered.

        Lines that an archived budget has for projects are left out.
        """
        kept = (line for line in value.lines if line.use not in ARCHIVED_ONLY)
        return Expenditure(lines=tuple(replace(line, adjusted=line.amount, amount=ZERO) for line in kept))

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        return missing_amounts(dossier, dossier.part(Expenditure).lines, "基本支出明细")


expenditure = ExpenditurePart()
