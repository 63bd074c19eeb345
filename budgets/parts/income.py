"""收入与结转."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from ..classification.codes import Codes
from ..domain.choices import Flow, ReportKind
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.money import ZERO
from ..domain.problems import PartError
from ..domain.schema import Income, IncomeLine
from ..models import LineItem, Report
from .base import CODES, Part, as_dataclass, columns, grouped, missing_amounts, sync

FLOWS = (Flow.INCOME, Flow.OPENING, Flow.RESERVES, Flow.ALLOCATION)


class IncomePart(Part[Income, Report]):
    key = "income"
    objects = ("income",)
    keyed = ("lines",)
    title = "收入与结转"
    type = Income
    given = frozenset({"function", "counterparty", "adjustment", "remark"})
    """All fields except the amount: final accounts start with the budget's lines and without 决算数."""

    def reads(self, owners: Sequence[Report]) -> tuple[QuerySet[Any], ...]:
        return (LineItem.objects.filter(report__in=owners, flow__in=FLOWS).annotate(**CODES),)

    def values(self, owners: Sequence[Report], *rows: Sequence[Any]) -> dict[int, Income]:
        lines = grouped(rows[0], "report")
        return {
            report.pk: Income(
                lines=tuple(
                    as_dataclass(
                        IncomeLine,
                        row,
                        function=row.function_code or "",
                    )
                    for row in lines.get(report.pk, ())
                )
            )
            for report in owners
        }

    def consolidate(self, values: Sequence[Income]) -> Income:
        return Income(lines=tuple(row for value in values for row in value.lines))

    def rewrite(self, owner: Report, value: Income, codes: Codes, *rows: Sequence[Any]) -> None:
        def row(index: int, line: IncomeLine) -> dict:
            if line.flow not in FLOWS:
                raise PartError(
                    "收入明细只能是本年收入、年初结转或使用非财政拨款结余", ("lines", index, "flow")
                )
            if line.flow == Flow.ALLOCATION and owner.kind != ReportKind.FINAL:
                raise PartError("只有决算有结余分配", ("lines", index, "flow"))
            if line.adjustment and line.flow != Flow.OPENING:
                raise PartError("只有年初结转可以有调整", ("lines", index, "adjustment"))
            return {
                **columns(line, "function"),
                "function_id": codes.function_id(line.function, ("lines", index, "function")),
            }

        sync(
            LineItem,
            rows[0],
            {"report": owner},
            [row(index, line) for index, line in enumerate(value.lines)],
        )

    def copy_forward(self, value: Income, year: int) -> Income:
        return Income(lines=tuple(line for line in value.lines if line.flow == Flow.INCOME))

    def settle(self, value: Income, year: int) -> Income:
        """Keep the subjects, and leave the amounts to be entered."""
        return Income(lines=tuple(replace(line, amount=ZERO) for line in value.lines))

    def carry_in(self, value: Income, last: Dossier) -> Income:
        """Replace the budget's openings by last year's closing balances, by fund and subject."""
        places = dict.fromkeys((line.fund, line.function) for line in last.ledger)
        left = {place: last.ledger.closing(fund=place[0], exact_function=place[1]) for place in places}
        opening = (
            IncomeLine(flow=Flow.OPENING, fund=fund, function=function, amount=amount)
            for (fund, function), amount in left.items()
            if amount > 0
        )
        kept = (line for line in value.lines if line.flow != Flow.OPENING)
        return Income(lines=(*kept, *opening))

    def missing(self, dossier: Dossier, project: ProjectDossier | None = None) -> list[str]:
        """年初结转 is carried in and does not count as entered."""
        lines = dossier.part(Income).lines
        entered = [line for line in lines if line.flow != Flow.OPENING]
        return missing_amounts(dossier, entered or lines, "本年收入")


income = IncomePart()
