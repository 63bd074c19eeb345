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

from budgets.domain.money import Unit, envelope, to_unit
from budgets.narrative.document import Document, Kind, Value

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Stated:
    """``pattern`` is the code of the specification, ``keys`` those of sentences, ``numbers`` as they were printed.

    A printed sum of ``addends`` that were printed themselves may differ from the generated one by 尾差.
    """

    pattern: str
    keys: str
    numbers: str
    addends: int = 0

    @property
    def name(self) -> str:
        return f"{self.pattern} {self.keys.split()[0]}"


@dataclass(frozen=True)
class Tally:
    found: int
    within: int
    """Apart by 尾差 alone."""
    missing: Mapping[str, str]
    """What is not found: the statement with the number, and what stands there instead."""


def tally(document: Document, statements: Sequence[Stated]) -> Tally:
    found, within, missing = 0, 0, {}
    for stated in statements:
        told = Counter(number for key in stated.keys.split() for number in _numbers(document, key))
        for number in _read(stated.numbers):
            match = _nearest(told, number, stated.addends)
            if match is None:
                missing[f"{stated.name} {number:f}"] = _text(document, stated)
            else:
                told[match] -= 1
                found, within = found + (match == number), within + (match != number)
    return Tally(found, within, missing)


def _nearest(told: Counter[Decimal], number: Decimal, addends: int) -> Decimal | None:
    left = [each for each, times in told.items() if times and _is_it(each, number, addends)]
    return min(left, key=lambda each: abs(each - number), default=None)


def _is_it(told: Decimal, number: Decimal, addends: int) -> bool:
    if told == number or not addends or number == number.to_integral():
        return told == number
    return abs(told - number) <= envelope(addends, Unit.WAN) / Unit.WAN.factor


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
