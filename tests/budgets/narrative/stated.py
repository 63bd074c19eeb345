"""What published texts state, and whether a generated document states it too.

A statement is one pattern of one section: the numbers of the printed sentence, and the keys of the generated ones that
say the same. A number is found if one of these has it as a value, in the unit and with the decimals of print. 持平 says
that a change is zero, in amount and in percent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.money import Unit, to_unit
from budgets.narrative.document import Document, Kind, Value

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Stated:
    """``pattern`` is the code of the specification, ``keys`` those of sentences, ``numbers`` as they were printed."""

    pattern: str
    keys: str
    numbers: str

    @property
    def name(self) -> str:
        return f"{self.pattern} {self.keys.split()[0]}"


@dataclass(frozen=True)
class Tally:
    found: int
    missing: Mapping[str, str]
    """What is not found: the statement with the number, and what stands there instead."""


def tally(document: Document, statements: Sequence[Stated]) -> Tally:
    found, missing = 0, {}
    for stated in statements:
        told = Counter(number for key in stated.keys.split() for number in _numbers(document, key))
        for number in _read(stated.numbers):
            if told[number]:
                told[number] -= 1
                found += 1
            else:
                missing[f"{stated.name} {number}"] = _text(document, stated)
    return Tally(found, missing)


def numbers_of(value: Value) -> list[Decimal]:
    """The numbers that a value says, as printed."""
    if value.kind in (Kind.TEXT, Kind.NAME, Kind.LIST):
        return _read(value.text)
    if value.amount is None:
        return []
    if value.kind == Kind.DIRECTION:
        return [] if to_unit(Decimal(value.amount), Unit.WAN) else [Decimal(0)] * 2
    if value.kind == Kind.AMOUNT:
        amount = Decimal(value.amount)
        return [to_unit(abs(amount) if value.base else amount, Unit.WAN).normalize() + 0]
    return [Decimal(value.amount).normalize() + 0]


def _numbers(document: Document, key: str) -> Iterator[Decimal]:
    sentence = document.sentence(key)
    for value in sentence.values if sentence else ():
        yield from numbers_of(value)


def _read(text: str) -> list[Decimal]:
    return [Decimal(number.replace(",", "")).normalize() + 0 for number in NUMBER.findall(text)]


def _text(document: Document, stated: Stated) -> str:
    sentences = [document.sentence(key) for key in stated.keys.split()]
    return " ".join(sentence.text for sentence in sentences if sentence) or "nothing"
