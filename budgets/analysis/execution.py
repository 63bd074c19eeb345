"""预算完成情况: initial budget, adjusted budget and final accounts side by side, by subject.

Pure. Amounts in 元.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ..domain.dossier import Dossier
from ..domain.ledger import Filter, Line
from ..domain.money import share


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """One row. ``initial`` is None without a budget, ``adjusted`` is None where no line has it.

    ``level`` 0 is the total, 1 a functional 项, 2 an economic 款 within it.
    """

    level: int
    title: str
    filter: Filter
    initial: Decimal | None
    adjusted: Decimal | None
    actual: Decimal

    @property
    def rate(self) -> Decimal | None:
        """决算 in percent of 年初预算; None on a zero or unknown base."""
        return share(self.actual, self.initial) if self.initial else None


def by_subject(dossier: Dossier, scope: Filter, *, economic: bool = False) -> Iterator[Completion]:
    """Rows by functional subject of the lines in ``scope``, with ``economic`` by economic subject too.

    A subject has a row if anything was budgeted, adjusted or spent. The total comes last. Empty without money.
    """
    lines = [*dossier.ledger.where(scope)]
    if dossier.budget:
        lines += dossier.budget.ledger.where(scope)
    codes = dossier.codes
    for function in sorted({line.function for line in lines}):
        found = replace(scope, exact_function=(function,))
        yield _row(dossier, 1, f"{function} {codes.function_name(function)}", found)
        if economic:
            for code in _economic(lines, function):
                within = replace(found, exact_economic=(code,))
                yield _row(dossier, 2, f"{code} {codes.economic_name(code)}", within)
    if lines:
        yield _row(dossier, 0, "合计", scope)


def completion_of(dossier: Dossier, title: str, filter: Filter) -> Completion:
    """One row over lines of any kind."""
    return _row(dossier, 1, title, filter)


def _economic(lines: list[Line], function: str) -> list[str]:
    return sorted({line.economic for line in lines if line.function == function})


def _row(dossier: Dossier, level: int, title: str, filter: Filter) -> Completion:
    return Completion(
        level=level,
        title=title.strip(),
        filter=filter,
        initial=dossier.budget.ledger.total(filter) if dossier.budget else None,
        adjusted=dossier.ledger.adjusted(filter),
        actual=dossier.ledger.total(filter),
    )
