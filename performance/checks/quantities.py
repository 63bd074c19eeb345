"""Counts in the words of a plan, to be compared with the indicators. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from performance.domain.values import normalise

_GROUPS = ("家户", "人名位", "次期场届轮", "套台辆", "篇份册", "项")
"""Units that count the same kind of thing."""

_GROUP = {unit: group for group in _GROUPS for unit in group} | {"场次": "次期场届轮"}

_COUNT = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+|\d{1,12})(?P<scale>万)?[多余]?(?P<unit>场次|人(?!次)|[家户名位次期场届轮套台辆篇份册项])(?!/)"
)
_CLAUSE = re.compile(r"[。；;，!！?？:：\n]|,(?!\d{3})")
_EACH = re.compile(r"每(?!年)|/")
_OTHER_YEAR = re.compile(r"上年|去年|前年|以前|历年|累计|截至|20\d\d年|[比较从]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A ``number`` of things in a ``group`` of units, with its clause: ``走访不少于50家``."""

    number: Decimal
    unit: str
    group: str
    clause: str

    @property
    def said(self) -> str:
        return f"{self.number:f}{self.unit}"


def group_of(unit: str) -> str:
    """The units that count the same kind of thing as ``unit``; empty if it counts no things."""
    return _GROUP.get(unit, "")


def quantities(texts: Iterable[str]) -> Iterator[Quantity]:
    """Every count of things in ``texts``, without other years, 每期 or 每人, 人次, money, days and rates."""
    for text in texts:
        for clause in _CLAUSE.split(normalise(text)):
            if _EACH.search(clause) or _OTHER_YEAR.search(clause):
                continue
            for match in _COUNT.finditer(clause):
                number = Decimal(match["number"].replace(",", "")) * (10000 if match["scale"] else 1)
                yield Quantity(number, match["unit"], _GROUP[match["unit"]], clause)
