"""PRF-6 比率的基数: a rate needs a base that is not zero."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from performance.domain.goals import Horizon, Indicator
from performance.domain.values import Kind, Value, parse

from .indicators import COLUMNS, Owner, is_adverse, name_of, owners, subject_of
from .prf_1 import OUTPUT, kind_of

_OF_WHAT_WAS_DONE = re.compile(r"满意|准确率|及时|到位率|合格率|完成率|通过率|兑现率|发放率|办结率|回复率")
"""Rates of quality, which need something that was done."""

SHARED = 3
"""The least number of characters that a rate and its base share: 入选人才数量, 入选人才满意度."""


@dataclass(frozen=True, slots=True)
class Base:
    indicator: Indicator
    value: Value


class RateHasBase:
    """Warning, one per rate: a rate above zero in a year in which its base was zero.

    The base is a quantity whose name shares three characters with the rate's. If every quantity of a project was zero,
    any of them is the base of 满意度, 准确率, 及时率 and the like. Not caught: bases without an indicator, or left empty;
    names that do not share three characters.
    """

    id = "PRF-6"
    title = "比率的基数"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        for owner in owners(dossier):
            found: dict[str, tuple[Indicator, Base, list[tuple[str, str]]]] = {}
            for field, year in COLUMNS:
                for rate, base in _without_base(owner, field):
                    found.setdefault(rate.key, (rate, base, []))[2].append((field, year))
            for rate, base, columns in found.values():
                field = columns[-1][0]
                years = "、".join(year for _, year in columns)
                yield owner.at(rate, field).finding(
                    self.id,
                    settings.severity or Severity.WARNING,
                    f"“{base.indicator.name}”{years}是“{base.value.raw}”，“{rate.name}”却是"
                    f"“{getattr(rate, field)}”；没有基数就没有比率，请改填“/”或核对基数。",
                    expected="/",
                    actual=getattr(rate, field),
                )


def _without_base(owner: Owner, field: str) -> Iterator[tuple[Indicator, Base]]:
    """The rates without a base in one year column, each with the quantity that is zero."""
    counts: list[Base] = []
    rates: list[Indicator] = []
    for _, indicator in owner.rows(Horizon.ANNUAL):
        value = parse(getattr(indicator, field))
        if value.kind != Kind.QUANTITATIVE:
            continue
        if value.measure == "%":
            if value.most > 0:
                rates.append(indicator)
        elif kind_of(indicator) == OUTPUT and "数量" in indicator.level2 and not is_adverse(indicator):
            counts.append(Base(indicator, value))
    zero = [base for base in counts if not base.value.most]
    if not zero:
        return
    shared = {part: base for base in zero for part in _parts(subject_of(base.indicator))}
    nothing_was_done = owner.project is not None and len(zero) == len(counts)
    for rate in rates:
        base = next((shared[part] for part in _parts(name_of(rate)) if part in shared), None)
        if base is None and nothing_was_done and _OF_WHAT_WAS_DONE.search(name_of(rate)):
            base = zero[0]
        if base is not None:
            yield rate, base


def _parts(name: str) -> list[str]:
    return [name[i : i + SHARED] for i in range(len(name) - SHARED + 1)]
