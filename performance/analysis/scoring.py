"""The scores that the official note to the 自评表 prescribes. Pure. All scores here are proposals to a person.

Source: the note printed with the forms (评分说明):

- execution (预算执行): weight × min(B/A, 1);
- quantitative, the more the better (≥): weight × B/A; the less the better (≤): weight × A/B, the full weight if
  the actual value is 0; never above the weight. A person scores a target of 0, an exact one (=) and a range;
- qualitative: three bands of the weight, 100–80 % (80 included), 80–50 % (50 included), 50–0 %;
- several units: absolute values are added, relative ones averaged by money; they are combined before scoring.
  Qualitative results are averaged by money.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.domain.money import half_up

from ..domain.evaluation import Band
from ..domain.values import Direction, Kind, Value

ZERO, ONE = Decimal(0), Decimal(1)
PLACES = 2

SHARES = {
    Band.MET: (Decimal("0.8"), ONE),
    Band.PARTLY: (Decimal("0.5"), Decimal("0.8")),
    Band.NOT_MET: (ZERO, Decimal("0.5")),
}
"""Lower and upper end of each band. The lower end is included; the upper end only if it is 1."""


_BOUNDS = (Direction.FLOOR, Direction.CEILING)
_PERIODS = ("月", "月份", "季", "季度", "旬", "周", "天", "日")
"""Values per period are added: two units with 4次/月 each have 8."""


def execution_rate(budget: Decimal, executed: Decimal) -> Decimal | None:
    """B/A as a fraction, unrounded and uncapped; None without a budget."""
    return executed / budget if budget else None


def execution_score(weight: Decimal, budget: Decimal, executed: Decimal) -> Decimal | None:
    """Points for execution, 0 to ``weight``; None without a budget."""
    return _points(weight, executed, budget) if budget else None


def achieved(target: Value, actual: Value) -> Decimal | None:
    """The achieved share of a quantitative target, 0 to 1; None if a person has to decide."""
    fraction = _fraction(target, actual)
    return None if fraction is None else _capped(fraction[0] / fraction[1])


def _fraction(target: Value, actual: Value) -> tuple[Decimal, Decimal] | None:
    """Part and whole of the achieved share, uncapped; None if a person has to decide.

    An actual value without a unit has the target's unit. A bare ``0.95`` of a rate may mean 95 %, so a person decides.
    An actual value that is a bound cannot be compared with a target that bounds the other side: ``<50家`` and
    ``≥50家``.
    """
    if target.kind != Kind.QUANTITATIVE or actual.kind != Kind.QUANTITATIVE or target.upper is not None:
        return None
    if actual.direction in _BOUNDS and actual.direction != target.direction:
        return None
    if not actual.unit:
        if target.measure.startswith("%") and 0 < actual.least <= 1:
            return None
        actual = replace(actual, unit=target.unit, per=actual.per or target.per)
    if actual.measure != target.measure and not _counts_the_same(target, actual):
        return None
    aim, got = target.least, actual.least
    if aim <= 0 or got < 0:
        return None
    if target.direction == Direction.FLOOR:
        return got, aim
    if target.direction == Direction.CEILING:
        return (ONE, ONE) if got == 0 else (aim, got)
    return None


def quantitative_score(target: Value, actual: Value, weight: Decimal) -> Decimal | None:
    """Points for a quantitative indicator, 0 to ``weight``; None if a person has to decide."""
    fraction = _fraction(target, actual)
    return None if fraction is None else _points(weight, *fraction)


@dataclass(frozen=True, slots=True)
class Range:
    """The range of points of a qualitative result: ``least`` to ``most``, which is included only if it ``closes``."""

    least: Decimal
    most: Decimal
    closes: bool

    def __contains__(self, score: Decimal) -> bool:
        return self.least <= score < self.most or (self.closes and score == self.most)


def band_range(band: Band, weight: Decimal) -> Range:
    """The points that a band allows."""
    low, high = SHARES[band]
    return Range(half_up(weight * low, PLACES), half_up(weight * high, PLACES), high == ONE)


def is_relative(value: Value) -> bool:
    """Whether units' values are averaged and not added: a rate (``95%``) or a value per item (``10家/次``)."""
    return value.measure.startswith("%") or ("/" in value.measure and value.per not in _PERIODS)


def combine(results: Sequence[tuple[Value, Decimal]]) -> Value | None:
    """Combine several units' values of one indicator, each with its money in 元. The result is not rounded.

    Absolute values are added. Relative ones are averaged by money, or equally if no unit has money. None if the values
    cannot be combined: no numbers, ranges, different measures, or bounds of both sides.
    """
    values = [value for value, _ in results]
    if not values or any(v.kind != Kind.QUANTITATIVE or v.upper is not None for v in values):
        return None
    bounds = {value.direction: value.operator for value in values if value.direction in _BOUNDS}
    if len({value.measure for value in values}) > 1 or len(bounds) > 1:
        return None
    # Use the largest unit among the values, whatever their order.
    model = max(values, key=lambda value: (replace(value, number=ONE).least, value.unit, value.per))
    scale = replace(model, number=ONE).least
    if is_relative(model):
        number = weighted_mean([(value.least, money) for value, money in results]) / scale
    else:
        number = sum((value.least for value in values), ZERO) / scale
    return replace(
        model,
        raw="",
        operator=next(iter(bounds.values()), None),
        number=number,
        approximate=any(value.approximate for value in values),
    )


def weighted_mean(results: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The mean of (number, money) weighted by money, or unweighted without money. Needs at least one pair."""
    money = sum((amount for _, amount in results), ZERO)
    if money <= 0:
        return sum((number for number, _ in results), ZERO) / len(results)
    return sum((number * amount for number, amount in results), ZERO) / money


def _points(weight: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """``weight`` × ``part``/``whole``, 0 to ``weight``. It multiplies first, so that 3 × 5/24 is exactly 0.625."""
    return half_up(min(max(weight * part / whole, ZERO), weight), PLACES)


def _capped(share: Decimal) -> Decimal:
    return min(max(share, ZERO), ONE)


def _counts_the_same(target: Value, actual: Value) -> bool:
    """``12家`` can be compared with ``≥10家/次``. ``12次`` for ``≥4次/月`` cannot, since it may be the year's total."""
    apiece = bool(target.per) and target.per not in _PERIODS
    return apiece and not actual.per and replace(target, per="").measure == actual.measure
