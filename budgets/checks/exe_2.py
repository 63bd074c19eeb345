"""EXE-2 同一金额: an amount with more places than are printed is rounded in one way only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.choices import Flow, Severity, Status
from budgets.domain.dossier import Dossier
from budgets.domain.figures import headline
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.ledger import Filter
from budgets.domain.money import CENT, ZERO, Unit, grouped, stated, to_unit

from .texts import SCOPES, free_texts

PLACES = (2, 3)
"""Decimal places with which texts give exact amounts in 万元; with fewer places an amount is approximate."""

_AMOUNT = re.compile(
    r"(?<![\d.])(?P<number>\d{1,3}(?:,\d{3})+\.\d{2,3}|\d+\.\d{2,3})万(?:元|(?![\u4e00-\u9fff]))"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    """An ``amount`` in 元 and its ``title``."""

    title: str
    amount: Decimal


class PrintedOnce:
    """Warning: a text cuts an amount off or rounds it up, where half-up is the rule. 62.74 万元 for 627,450 元.

    Compares every amount in 万元 with two or three places, in any text, with the spending of each project and with
    the headline figures. Finds differences below the last place of the text; TXT-2 finds larger ones. Not caught:
    amounts in other units, or with fewer places.
    """

    id = "EXE-2"
    title = "同一金额"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        if dossier.header.status == Status.ARCHIVED:
            return
        lines = {one for line in dossier.ledger for one in (line.amount, line.adjusted) if one}
        wrong = _misprints(list(_amounts(dossier)), lines)
        if not wrong:
            return
        for text in free_texts(dossier):
            for match in _AMOUNT.finditer(text.clean):
                number = Decimal(match["number"].replace(",", ""))
                said = wrong.get(str(number))
                if said is None:
                    continue
                places = -_exponent(number)
                right = grouped(said.amount, Unit.WAN, places)
                yield text.spot.finding(
                    self.id,
                    settings.severity or Severity.WARNING,
                    f"“{text.title}”写 {number} 万元，{said.title}为 {stated(said.amount)}，"
                    f"取 {places} 位小数应为 {right} 万元；请改成一致。",
                    expected=f"{right} 万元",
                    actual=f"{number} 万元",
                )


def _amounts(dossier: Dossier) -> Iterator[_Amount]:
    for funds in SCOPES:
        for project in dossier.projects:
            spent = dossier.ledger.of_project(project.key).total(Filter(flow=(Flow.EXPENDITURE,), fund=funds))
            yield _Amount(f"项目“{project.identity.name}”的决算数", spent)
        if dossier.projects or len(dossier.ledger):
            ledger = dossier.ledger.where(fund=funds)
            for figure in headline(dossier.header.kind):
                yield _Amount(figure.title, ledger.total(figure.filter))


def _misprints(amounts: list[_Amount], others: set[Decimal]) -> dict[str, _Amount]:
    """Wrongly rounded texts of ``amounts`` (cut off or rounded up), without those that are right for any amount."""
    known = [one for one in amounts if one.amount > ZERO]
    exact = others | {one.amount for one in known}
    sound = {str(to_unit(amount, Unit.WAN, places)) for amount in exact for places in PLACES}
    wrong: dict[str, _Amount] = {}
    for one in known:
        for places in PLACES:
            rounded = to_unit(one.amount, Unit.WAN, places)
            step = Decimal(1).scaleb(-places)
            off = rounded * Unit.WAN.factor - one.amount
            if abs(off) < CENT:
                continue
            other = str(rounded - step if off > 0 else rounded + step)
            if other not in sound:
                wrong.setdefault(other, one)
    return wrong


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
