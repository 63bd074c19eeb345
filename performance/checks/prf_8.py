"""PRF-8 目标水平: a target is not below the value that was reached before, and most targets are numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import ZERO, share
from budgets.domain.options import NumberOption
from performance.domain.goals import Goals, Horizon, Indicator
from performance.domain.values import Direction, Kind, comparable, parse

from .indicators import Owner, is_better_higher, name_of, owners
from .prf_1 import EFFECT, OUTPUT, kind_of

QUANTIFIED = Decimal(50)
"""The least percentage of an owner's annual indicators with a number or a date."""

MARGIN = ZERO
"""The percentage by which a target may lie below last year's value."""

FEW = 3
"""The least number of indicators for which the share is judged."""


class TargetLevel:
    """Warning: an annual output or effect below last year's value without a remark; too few numeric targets.

    Last year's value is the row's own 上年值, else last year's target in last year's report. Options: ``margin``
    (percent, 0) and ``quantified`` (percent, 50). Any remark counts as a reason. Not judged: costs, time limits,
    adverse measures, amounts of money, values in different units. Not caught: results that only a text tells.
    """

    id = "PRF-8"
    title = "目标水平"
    options = (
        NumberOption(
            name="margin",
            title="目标可以低于上年",
            meaning="年度目标比上年低这么多以内的，不用说明。",
            default=MARGIN,
            unit="%",
            least=Decimal(0),
            most=Decimal(100),
            example="5 表示低 5% 以内",
        ),
        NumberOption(
            name="quantified",
            title="量化指标占比",
            meaning="年度指标中有数字或时限的应不少于这个比例。",
            default=QUANTIFIED,
            unit="%",
            least=Decimal(0),
            most=Decimal(100),
            example="50 表示一半",
        ),
    )

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        margin = Decimal(str(settings.options.get("margin", MARGIN)))
        quantified = Decimal(str(settings.options.get("quantified", QUANTIFIED)))
        for owner in owners(dossier):
            before = _targets(dossier.previous, owner)
            for _, indicator in owner.rows(Horizon.ANNUAL):
                finding = self._level(owner, indicator, before, margin, severity)
                if finding:
                    yield finding
            finding = self._share(owner, quantified, severity)
            if finding:
                yield finding

    def _level(
        self,
        owner: Owner,
        indicator: Indicator,
        before: Mapping[str, str],
        margin: Decimal,
        severity: Severity,
    ) -> Finding | None:
        target, last, what = parse(indicator.value), parse(indicator.value_last), "上年值"
        if last.kind == Kind.NONE and name_of(indicator):
            last, what = parse(before.get(name_of(indicator), "")), "上年目标"
        if (
            indicator.remark
            or kind_of(indicator) not in (OUTPUT, EFFECT)
            or not comparable(target, last)
            or Direction.CEILING in (target.direction, last.direction)
            or not is_better_higher(indicator, target)
            or target.most >= last.least * (100 - margin) / 100
        ):
            return None
        return owner.at(indicator).finding(
            self.id,
            severity,
            f"年度指标“{indicator.name}”的目标“{target.raw}”低于{what}“{last.raw}”；"
            "请提高目标，确需降低的请在备注中说明。",
            expected=f"不低于 {last.raw}",
            actual=target.raw,
        )

    def _share(self, owner: Owner, quantified: Decimal, severity: Severity) -> Finding | None:
        stated = [(i, v) for _, i in owner.rows(Horizon.ANNUAL) if (v := parse(i.value)).kind != Kind.NONE]
        words = [indicator for indicator, value in stated if value.kind == Kind.QUALITATIVE]
        if len(stated) < FEW:
            return None
        percent = share(Decimal(len(stated) - len(words)), Decimal(len(stated))) or ZERO
        if percent >= quantified:
            return None
        return owner.at(words[0]).finding(
            self.id,
            severity,
            f"{len(stated)} 个年度指标中只有 {len(stated) - len(words)} 个量化，不到 {quantified:f}%；"
            "请给能量化的指标写上数字或时限。",
            expected=f"不少于 {quantified:f}%",
            actual=f"{percent}%",
        )


def _targets(previous: Dossier | None, owner: Owner) -> dict[str, str]:
    """Last year's annual targets of the same owner by indicator name."""
    if previous is None:
        return {}
    source = previous if owner.project is None else previous.project(owner.project.key)
    goals = source.part(Goals).of(Horizon.ANNUAL) if source else ()
    return {name_of(indicator): indicator.value for goal in goals for indicator in goal.indicators}
