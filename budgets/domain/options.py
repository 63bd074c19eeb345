"""What of a rule can be set (阈值): its kind, unit, range and own value, and how a person types and reads it.

Pure. A value is stored as JSON: a number in the stored unit, or a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from .characters import half_width
from .money import trimmed

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")

LONGEST = 30
"""The most characters of a text."""


class OptionError(ValueError):
    """The text is no value of the option. The message is Chinese and says what it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A text that can be set. ``title`` names it, ``meaning`` is a sentence about it; both are Chinese.

    ``default`` is the value of a rule that nobody set; None where ``otherwise`` says what holds then.
    """

    name: str
    title: str
    meaning: str
    default: Any = None
    otherwise: str = ""

    @property
    def label(self) -> str:
        """The title, with the unit of a number."""
        return self.title

    @property
    def expected(self) -> str:
        """What a value is: ``0 至 100 的整数``."""
        return f"不超过 {LONGEST} 个字"

    def problem(self, value: object) -> str:
        """Why the stored ``value`` is not allowed, in Chinese; empty when it is."""
        is_allowed = isinstance(value, str) and value.strip() and len(value) <= LONGEST
        return "" if is_allowed else f"应为{self.expected}"

    def parse(self, text: str) -> Any:
        """The value to store for what a person entered; raises `OptionError`."""
        if problem := self.problem(text.strip()):
            raise OptionError(problem)
        return text.strip()

    def typed(self, value: object) -> str:
        """A stored value as a person would enter it."""
        return str(value)

    def words(self, value: object) -> str:
        """A stored value as it is read, with its unit: ``20%``. None is what holds without one."""
        return self.otherwise if value is None else self.typed(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceOption(Option):
    """One of ``choices``: pairs of stored value and Chinese label."""

    choices: tuple[tuple[str, str], ...]

    @property
    def expected(self) -> str:
        return f"{'、'.join(label for _, label in self.choices)}之一"

    def problem(self, value: object) -> str:
        return "" if any(value == known for known, _ in self.choices) else f"应为{self.expected}"

    def words(self, value: object) -> str:
        if value is None:
            return self.otherwise
        return next((label for known, label in self.choices if known == value), str(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberOption(Option):
    """A number from ``least`` to ``most`` of at most ``places`` decimals, all in ``unit``.

    ``factor`` is how much of the stored unit one ``unit`` is: 10000 for 万元, stored in 元. ``default`` is in the
    stored unit. ``example`` is Chinese and says what a number means.
    """

    unit: str
    least: Decimal
    most: Decimal
    example: str
    places: int = 0
    factor: int = 1

    @property
    def label(self) -> str:
        return f"{self.title}（{self.unit}）"

    @property
    def expected(self) -> str:
        places = f"，最多 {self.places} 位小数" if self.places else " 的整数"
        return f"{_grouped(self.least)} 至 {_grouped(self.most)}{places}"

    def problem(self, value: object) -> str:
        number = None if isinstance(value, str) else _number(value)
        return "" if number is not None and self._allows(number / self.factor) else f"应为 {self.expected}"

    def parse(self, text: str) -> Any:
        bare = half_width(text).replace(",", "").strip().removesuffix(half_width(self.unit)).strip()
        number = _number(bare) if _NUMBER.fullmatch(bare) else None
        if number is None or not self._allows(number):
            raise OptionError(
                f"“{text.strip()[:LONGEST]}”不能用，应为 {self.expected}，单位 {self.unit}；{self.example}"
            )
        stored = number * self.factor
        return int(stored) if stored == stored.to_integral_value() else float(stored)

    def typed(self, value: object) -> str:
        number = _number(value)
        return str(value) if number is None else trimmed(f"{number / self.factor:f}")

    def words(self, value: object) -> str:
        number = _number(value)
        if number is None:
            return self.otherwise if value is None else str(value)
        return f"{_grouped(number / self.factor)}{'' if self.unit == '%' else ' '}{self.unit}"

    def _allows(self, number: Decimal) -> bool:
        return self.least <= number <= self.most and number == round(number, self.places)


def in_words(options: Iterable[Option], given: Mapping[str, Any]) -> str:
    """The stored thresholds of a rule by name, as they are read: ``变动幅度 20%、变动金额 5 万元``.

    One that is not allowed says so; a name that the rule does not have (any more) stands as it is.
    """
    known = {option.name: option for option in options}
    return "、".join(_named(known.get(name), name, value) for name, value in given.items())


def _named(option: Option | None, name: str, value: object) -> str:
    if option is None:
        return f"{name} {value}"
    problem = option.problem(value)
    return f"{option.title} {option.words(value)}{f'（{problem}）' if problem else ''}"


def _number(value: object) -> Decimal | None:
    """A stored or typed number; None for what is none."""
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _grouped(number: Decimal) -> str:
    return trimmed(f"{number:,f}")
