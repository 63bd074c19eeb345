"""“三公”经费 of final accounts: each item split into kinds of fees, with a derived rest.

Pure. Amounts in 元, over the three fiscal budgets (财政拨款) and all uses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..domain.choices import FISCAL, Flow
from ..domain.dossier import Dossier
from ..domain.figures import OVERSEAS, RECEPTION, VEHICLE_PURCHASE, VEHICLE_RUNNING
from ..domain.ledger import Filter
from ..domain.money import ZERO, share
from ..domain.schema import ThreePublicDetail


@dataclass(frozen=True, slots=True)
class Item:
    """One item. ``kinds`` are the fields of `ThreePublicDetail` that it splits into; ``rest`` titles the rest."""

    key: str
    title: str
    economic: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    rest: str = ""

    @property
    def filter(self) -> Filter:
        return Filter(flow=(Flow.EXPENDITURE,), fund=FISCAL, economic=self.economic)


ITEMS = (
    Item(
        "overseas",
        "因公出国（境）费",
        OVERSEAS,
        ("overseas_travel", "overseas_lodging", "overseas_meals", "overseas_training", "overseas_sundries"),
        "其他费用",
    ),
    Item("purchase", "公务用车购置费", VEHICLE_PURCHASE),
    Item(
        "running",
        "公务用车运行维护费",
        VEHICLE_RUNNING,
        ("running_fuel", "running_repairs", "running_tolls", "running_insurance", "running_safety"),
        "其他费用",
    ),
    Item("reception", "公务接待费", RECEPTION, ("foreign_reception",), "国内公务接待费"),
)


@dataclass(frozen=True, slots=True)
class Split:
    """An item with its money; ``explained`` is the sum of its kinds."""

    item: Item
    adjusted: Decimal | None
    actual: Decimal
    explained: Decimal

    @property
    def rest(self) -> Decimal:
        """The item less its kinds; negative where the kinds exceed it."""
        return self.actual - self.explained

    @property
    def rate(self) -> Decimal | None:
        """决算 in percent of 全年预算; None on a zero or unknown base."""
        return share(self.actual, self.adjusted) if self.adjusted else None


def splits(dossier: Dossier) -> Iterator[Split]:
    detail = dossier.part(ThreePublicDetail)
    for item in ITEMS:
        yield Split(
            item,
            dossier.ledger.adjusted(item.filter),
            dossier.ledger.total(item.filter),
            sum((getattr(detail, name) for name in item.kinds), ZERO),
        )
