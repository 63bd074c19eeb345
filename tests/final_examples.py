"""Small hand-made final accounts: lines, the year's budget and last year's final accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any

from budgets.classification.editions import classification
from budgets.domain.choices import Fund, ProcurementClass, ReportKind
from budgets.domain.dossier import Dossier
from budgets.domain.schema import (
    Expenditure,
    ExpenditureLine,
    OperatingProcurement,
    ProcurementItem,
    ThreePublicDetail,
)

from .examples import header, wan

YEAR = 2024
PROFILE = "dongxihu_final_2024"
CODES = classification("2024")
_numbers = count(1)


def spent(
    function: str, amount: str, *, economic: str = "30101", adjusted: str = "", fund: Fund = Fund.GENERAL
) -> ExpenditureLine:
    """A line of basic expenditure, amounts in 万元."""
    return ExpenditureLine(
        key=f"spent-{next(_numbers)}",
        function=function,
        economic=economic,
        fund=fund,
        adjusted=wan(adjusted) if adjusted else None,
        amount=wan(amount),
    )


def bought(kind: str, amount: str, sme: str, micro: str) -> ProcurementItem:
    """An item of operating procurement, amounts in 万元."""
    return ProcurementItem(
        key=f"bought-{next(_numbers)}",
        kind=ProcurementClass(kind),
        amount=wan(amount),
        sme_amount=wan(sme),
        micro_amount=wan(micro),
    )


def final(
    *lines: ExpenditureLine,
    budget: Sequence[tuple[str, str]] = (),
    last: Dossier | None = None,
    detail: dict[str, int | Decimal] | None = None,
    items: Sequence[ProcurementItem] = (),
    parts: dict[type, Any] | None = None,
) -> Dossier:
    """Final accounts of 2024; ``budget`` are its (functional subject, 万元), without economic subjects apart."""
    own = replace(header(YEAR, PROFILE), kind=ReportKind.FINAL)
    planned = tuple(spent(function, amount) for function, amount in budget)
    earlier = (replace(last, header=replace(last.header, year=YEAR - 1)),) if last else ()
    return Dossier(
        own,
        {
            Expenditure: Expenditure(lines=lines),
            OperatingProcurement: OperatingProcurement(items=tuple(items)),
            ThreePublicDetail: ThreePublicDetail(**(detail or {})),
            **(parts or {}),
        },
        earlier=earlier,
        budget=Dossier(header(YEAR), {Expenditure: Expenditure(lines=planned)}, codes=CODES),
        codes=CODES,
    )


__all__ = ["bought", "final", "spent", "wan"]
