"""政府采购 of a report by class, with what went to small and medium enterprises and the shares.

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
    """One class, or all: ``sme`` went to 中小企业, ``micro`` of that to 小微企业."""

    title: str
    amount: Decimal
    sme: Decimal
    micro: Decimal

    @property
    def sme_share(self) -> Decimal | None:
        """Of the amount; None of nothing."""
        return share(self.sme, self.amount)

    @property
    def micro_share(self) -> Decimal | None:
        """Of what went to 中小企业; None of nothing."""
        return share(self.micro, self.sme)


def awarded(dossier: Dossier) -> Iterator[Awarded]:
    """Every class that was bought, then all together; nothing where nothing was."""
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
