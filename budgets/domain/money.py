"""Money: exact amounts in 元, and their way to and from the units people read.

Pure. The only place where anything is rounded: half-up, after summing. Amounts are `Decimal` in 元
with at most two places (分).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from .characters import half_width
from .choices import Choices

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
LIMIT = Decimal("9999999999999999.99")
"""The largest amount that is stored, in 元 (18 digits)."""

_ONE, _TEN_THOUSAND = Decimal(1), Decimal(10000)


class Unit(Choices):
    """Display unit (金额单位)."""

    YUAN = "yuan", "元"
    WAN = "wan", "万元"

    @property
    def factor(self) -> Decimal:
        """元 in one unit."""
        return _TEN_THOUSAND if self is Unit.WAN else _ONE


@dataclass(frozen=True, slots=True)
class Scale:
    """A unit in which a sheet from elsewhere states amounts. ``factor`` is 元 in one unit."""

    label: str
    factor: Decimal


AnyUnit = Unit | Scale

_SCALES = {
    "分": -2,
    "角": -1,
    "百元": 2,
    "千元": 3,
    "仟元": 3,
    "十万元": 5,
    "百万元": 6,
    "千万元": 7,
    "亿元": 8,
}
"""Powers of ten of 元."""
UNITS: Mapping[str, AnyUnit] = {
    **{unit.label: unit for unit in Unit},
    **{label: Scale(label, Decimal(10) ** power) for label, power in _SCALES.items()},
}
"""What a sheet may state amounts in, by its label."""


def unit_of(word: str) -> AnyUnit | None:
    """The unit with that label, which may leave out 元: ``万``, ``百万``; None if it is none of ours."""
    return UNITS.get(word) or UNITS.get(f"{word}元")


class AmountError(ValueError):
    """The text is not an amount. The message is Chinese and names the remedy."""


class TooFine(AmountError):
    """The amount is finer than 分."""


def yuan(value: Decimal | int | str) -> Decimal:
    """``value`` in 元 as a `Decimal` of two places; raises `AmountError` if it is finer than 分."""
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise AmountError(f"“{value}”不是数字") from None
    if not amount.is_finite():
        raise AmountError(f"“{value}”不是数字")
    if abs(amount) > LIMIT:
        raise AmountError("金额过大")
    exact = amount.quantize(CENT)
    if exact != amount:
        raise TooFine("金额最多精确到分")
    return exact + ZERO


def to_unit(amount: Decimal, unit: Unit, places: int = 2) -> Decimal:
    """``amount`` (元) in ``unit``, rounded half-up to ``places``; never negative zero."""
    rounded = (amount / unit.factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def from_unit(value: Decimal, unit: AnyUnit) -> Decimal:
    """``value`` in ``unit`` as exact 元; raises `AmountError` if it is finer than 分."""
    return yuan(value * unit.factor)


def plain(amount: Decimal, unit: AnyUnit) -> str:
    """``amount`` (元) in ``unit`` exactly, at least two places: what an input field holds."""
    value = (amount / unit.factor).normalize()
    places = max(2, -int(value.as_tuple().exponent))
    return f"{value:.{places}f}"


def grouped(amount: Decimal, unit: Unit, places: int = 2) -> str:
    """``amount`` (元) in ``unit``, rounded, with thousands separators: ``1,850.00``."""
    return f"{to_unit(amount, unit, places):,.{places}f}"


def written(
    amount: Decimal, unit: Unit, places: int = 2, *, separators: bool = True, keep_zeros: bool = True
) -> str:
    """``amount`` (元) in ``unit``, rounded, as running text has it: ``1,850.00万元``, or without zeros ``1850万元``.

    Nothing is ``0万元`` in any case.
    """
    text = grouped(amount, unit, places)
    if not separators:
        text = text.replace(",", "")
    return f"{text if keep_zeros and Decimal(text.replace(',', '')) else trimmed(text)}{unit.label}"


def percent(value: Decimal, *, keep_zeros: bool = True) -> str:
    """``value`` in percent, with its places: ``35.80%``; without zeros, and always if it is whole 100 or 0, ``100%``."""
    text = f"{value:f}"
    return f"{text if keep_zeros and value not in (0, 100) else trimmed(text)}%"


def trimmed(text: str) -> str:
    """A number without the zeros at the end of its decimals: ``2106.10`` is ``2106.1``."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def stated(amount: Decimal, unit: Unit = Unit.WAN) -> str:
    """``amount`` (元) exactly and with its unit, as a sentence says it: ``1,850.00 万元``."""
    exact = Decimal(plain(amount + ZERO, unit))
    return f"{exact:,f} {unit.label}"


_LONGEST = 1000
"""The most characters of an amount as it is written."""
_REPEATED = 40
"""The most characters that a message repeats."""

_DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]*)?")
"""A plain number, which most cells have."""
_SUFFIX = re.compile(r"(万元|万|元)$")
_AMOUNT = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?")
_PARTED = re.compile(r"\d\s+[\d.]|\.\s+\d")
_THOUSANDS = re.compile(r"[+-]?\s*(?:[¥￥]\s*)?\d{1,3}(\s\d{3})+(\.\d+)?\D*")
_NOTHING = re.compile(r"¥?\s*(?:[-\u2010-\u2015\u2212\u2500]{1,2}|/|无)")
_NEGATIVE = re.compile(
    r"¥?\s*\(\s*(?:¥\s*)?(?P<brackets>\d[\d,. ]*)\)|[-\u2212]\s*¥\s*(?P<sign>\d[\d,. ]*)|\u2212\s*(?P<minus>\d[\d,. ]*)"
)
FOREIGN = "[美欧港日澳加]元|[美欧港日韩澳]币|美金|英镑|日圆|卢布|法郎|USD|EUR|HKD|JPY|GBP"
"""A pattern for the names of money that is not converted."""
_FOREIGN = re.compile(f"[$€£₩₽]|{FOREIGN}", re.IGNORECASE)


def amount_as_written(text: str) -> str:
    """An amount as a person types it. What a sheet shows for nothing (``-``, ``/``, ``无``, `` ¥ -   ``) is empty;
    negative ones (``(1,200.00)``, ``-¥1,200.00``) begin with a minus. Any other text comes back unchanged."""
    if _DIGITS.fullmatch(text):
        return text
    said = half_width(text).strip() if len(text) <= _LONGEST else ""
    if not said:
        return text
    if _NOTHING.fullmatch(said):
        return ""
    match = _NEGATIVE.fullmatch(said)
    return f"-{match[match.lastgroup or 0].strip()}" if match else text


def parse_amount(text: str, unit: AnyUnit) -> Decimal:
    """Read what a person typed or pasted, meant in ``unit``, as exact 元.

    Accepts full-width digits, thousands separators (commas, or spaces that part all of them), surrounding space and
    negative amounts as sheets show them; refuses a unit inside the cell, saying what to type instead, and digits that a
    space parts. Raises `AmountError`.
    """
    if len(text) <= _REPEATED and _DIGITS.fullmatch(text):
        return from_unit(Decimal(text), unit)
    shown = text.strip()[:_REPEATED]
    raw = half_width(amount_as_written(text)).strip() if len(text.strip()) <= _LONGEST else "?"
    if _PARTED.search(raw) and not _THOUSANDS.fullmatch(raw):
        raise AmountError(f"“{shown}”中间有空格，请核对后只填数字，如 25 或 1,250.50")
    raw = re.sub(r"\s", "", raw).lstrip("¥")
    bare = _SUFFIX.sub("", raw)
    if not bare or bare in "+-." or not _AMOUNT.fullmatch(bare):
        if _FOREIGN.search(raw):
            raise AmountError(f"“{shown}”写的是外币，请换算成人民币后再填")
        raise AmountError(f"“{shown}”不是数字，请只填数字，如 25 或 1,250.50")
    number = Decimal(bare.replace(",", ""))
    said = unit if bare == raw else Unit.WAN if "万" in raw else Unit.YUAN
    if abs(number) * said.factor > LIMIT:
        raise AmountError("金额过大")
    if bare != raw:
        meant = plain(number * said.factor, unit)
        raise AmountError(f"“{shown}”不是数字，本栏以{unit.label}为单位，应为 {meant}")
    return from_unit(number, unit)


def envelope(addends: int, unit: Unit) -> Decimal:
    """The largest difference, in 元, that rounding ``addends`` printed figures and their sum explains.

    0.005 display units × (addends + 1): 尾差, to be shown and never forced away.
    """
    return Decimal("0.005") * unit.factor * (addends + 1)


def is_residue(difference: Decimal, addends: int, unit: Unit) -> bool:
    """Whether ``difference`` (元) is no more than 尾差."""
    return abs(difference) <= envelope(addends, unit)


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """``value`` rounded half-up to ``places``; never negative zero. For scores and rates; amounts go by `to_unit`."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def share(part: Decimal, whole: Decimal, places: int = 2) -> Decimal | None:
    """``part`` in percent of ``whole``, half-up; None when ``whole`` is zero. Never forced to add to 100."""
    if not whole:
        return None
    return (part / whole * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def growth(current: Decimal, previous: Decimal, places: int = 2) -> Decimal | None:
    """Change in percent of ``previous``, signed, half-up; None on a zero base (no rate may be printed)."""
    if not previous:
        return None
    return ((current - previous) / abs(previous) * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
