"""政府采购 of a report by class, with the amounts and shares of small and medium enterprises.

Pure. Amounts in 元, shares in percent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..domain.choices import ProcurementClass
from ..domain.dossier import Dossier
from ..domain.money import ZERO, share
from ..domain.schema import ProcurementItem


@dataclass(frozen=True, slots=True)
class Awarded:
    """One class, or all of them. ``sme`` went to 中小企业; of that, ``micro`` went to 小微企业."""

    title: str
    amount: Decimal
    sme: Decimal
    micro: Decimal

    @property
    def sme_share(self) -> Decimal | None:
        """Share of the amount; None where the amount is zero."""
        return share(self.sme, self.amount)

    @property
    def micro_share(self) -> Decimal | None:
        """Share of the amount of 中小企业; None where that is zero."""
        return share(self.micro, self.sme)


def awarded(dossier: Dossier) -> Iterator[Awarded]:
    """Every class with purchases, then the total; empty without purchases."""
    items = [item for _, item in dossier.procurement]
    for kind in ProcurementClass:
        if own := [item for item in items if item.kind == kind]:
            yield _sum(kind.label, own)
    if items:
        yield _sum("合计", items)


def _sum(title: str, items: list[ProcurementItem]) -> Awarded:
    return Awarded(
        title,
        sum((item.amount for item in items), ZERO),
        sum((item.sme_amount for item in items), ZERO),
        sum((item.micro_amount for item in items), ZERO),
    )
