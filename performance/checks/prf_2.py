"""PRF-2 指标方向: an output or effect is promised from below, a cost is limited from above."""

from __future__ import annotations

from collections.abc import Iterator

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from performance.domain.goals import Horizon, Indicator
from performance.domain.values import Direction, Kind, Value, parse

from .indicators import is_better_higher, name_of, owners
from .prf_1 import COST, EFFECT, OUTPUT, kind_of

_MORE_IS_WANTED = (
    "节约",
    "节省",
    "降低",
    "下降",
    "减少",
    "压减",
    "补贴",
    "补助",
    "资助",
    "发放",
    "投入",
    "保障",
)
"""Cost indicators that may have a lower bound."""


class TargetDirection:
    """Warning: a numeric output or effect with ≤, or a cost with ≥.

    Not judged: time limits, adverse measures (投诉, 故障, 能耗, 变动率, 控制率 …), amounts of money among the
    outputs, rates among the costs, savings and subsidies, values without a sign or without a number
    (不超过合同金额). Not caught: an adverse measure in other words with a lower bound.
    """

    id = "PRF-2"
    title = "指标方向"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        for owner in owners(dossier):
            for horizon in Horizon:
                for _, indicator in owner.rows(horizon):
                    value = parse(indicator.value)
                    wanted = _wanted(indicator, value)
                    if wanted is None:
                        continue
                    what = (
                        "成本指标是上限，却写成下限"
                        if wanted == "≤"
                        else "产出、效益和满意度指标是下限，却写成上限"
                    )
                    yield owner.at(indicator).finding(
                        self.id,
                        settings.severity or Severity.WARNING,
                        f"{horizon.label}指标“{indicator.name}”的值“{indicator.value}”方向相反："
                        f"{what}；请改用“{wanted}”，确需如此的请说明。",
                        expected=wanted,
                        actual=indicator.value,
                    )


def _wanted(indicator: Indicator, value: Value) -> str | None:
    """The right sign; None if the value is right or cannot be judged."""
    if value.kind != Kind.QUANTITATIVE:
        return None
    kind = kind_of(indicator)
    if kind in (OUTPUT, EFFECT) and value.direction == Direction.CEILING:
        return "≥" if is_better_higher(indicator, value) else None
    if kind == COST and value.direction == Direction.FLOOR and value.measure != "%":
        return None if any(word in name_of(indicator) for word in _MORE_IS_WANTED) else "≤"
    return None
