"""The headline figures of a report: what is compared with last year, explained and restated.

Pure. A figure is a named `Filter`; its key is what explanations hang on, so that a reason belongs to the
figure and not to a place in some text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from .choices import Flow, Fund, Use
from .dossier import Dossier
from .facts import RestatedComparatives
from .ledger import PERSONNEL, Filter

OVERSEAS = ("30212",)
VEHICLE_PURCHASE = ("31013", "30913")
VEHICLE_RUNNING = ("30231",)
RECEPTION = ("30217",)
THREE_PUBLIC = OVERSEAS + VEHICLE_PURCHASE + VEHICLE_RUNNING + RECEPTION


def _spent(**criteria: tuple) -> Filter:
    return Filter(flow=(Flow.EXPENDITURE,), **criteria)


def _three_public(codes: tuple[str, ...]) -> Filter:
    return _spent(fund=(Fund.GENERAL,), economic=codes)


@dataclass(frozen=True, slots=True)
class Figure:
    key: str
    title: str
    filter: Filter
    parent: str = ""

    def of(self, dossier: Dossier) -> Decimal:
        """元."""
        return dossier.ledger.total(self.filter)


FIGURES = (
    Figure("total", "支出总计", _spent()),
    Figure("basic", "基本支出", _spent(use=(Use.BASIC,)), "total"),
    Figure("basic.personnel", "人员经费", _spent(use=(Use.BASIC,), economic=PERSONNEL), "basic"),
    Figure(
        "basic.operating",
        "公用经费",
        _spent(use=(Use.BASIC,), economic=("3", "5"), economic_except=PERSONNEL),
        "basic",
    ),
    Figure("project", "项目支出", _spent(use=(Use.PROJECT,)), "total"),
    Figure("three_public", "“三公”经费", _three_public(THREE_PUBLIC)),
    Figure("three_public.overseas", "因公出国（境）费", _three_public(OVERSEAS), "three_public"),
    Figure("three_public.purchase", "公务用车购置费", _three_public(VEHICLE_PURCHASE), "three_public"),
    Figure("three_public.running", "公务用车运行维护费", _three_public(VEHICLE_RUNNING), "three_public"),
    Figure("three_public.reception", "公务接待费", _three_public(RECEPTION), "three_public"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure this year and last year, in 元; ``published`` is last year's unrestated amount."""

    figure: Figure
    current: Decimal
    previous: Decimal
    published: Decimal

    @property
    def change(self) -> Decimal:
        return self.current - self.previous


def compare_with_last_year(dossier: Dossier) -> Iterator[Comparison]:
    """Every headline figure beside last year's; nothing when last year is not known."""
    previous = dossier.previous
    if previous is None:
        return
    restated = {f.figure: f.amount for f in dossier.part(RestatedComparatives).figures}
    for figure in FIGURES:
        published = figure.of(previous)
        yield Comparison(figure, figure.of(dossier), restated.get(figure.key, published), published)
