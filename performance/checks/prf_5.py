"""PRF-5 成本与预算: a project's cost indicators agree with its budget."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.money import ZERO, Unit, envelope, stated
from performance.domain.goals import Horizon, Indicator
from performance.domain.values import Direction, Kind, Value, parse

from .indicators import Owner, name_of, owners
from .prf_1 import COST, kind_of

_UNIT_PRICE = re.compile(r"单价|单位成本|标准|人均|户均|均价|每")
_NOT_FROM_THE_BUDGET = ("社会", "生态")


class CostWithinBudget:
    """Warning: absolute annual cost targets above the project's budget. Info: below it, if all costs have a target.

    If two rows have one name, the first counts. A row that is the sum of the others replaces them. Not counted: unit
    prices, 不超过合同金额 and other words, social and ecological costs, amounts without a unit (which may be 元 or 万元),
    lower bounds (≥). 尾差 is ignored.
    """

    id = "PRF-5"
    title = "成本与预算"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        for owner in owners(dossier):
            finding = self._project(owner, settings) if owner.project is not None else None
            if finding:
                yield finding

    def _project(self, owner: Owner, settings: CheckSettings) -> Finding | None:
        costs = {name_of(i): i for _, i in reversed([*owner.rows(Horizon.ANNUAL)]) if _is_economic(i)}
        targets = [(i, value) for i in costs.values() if _is_absolute(i, value := parse(i.value))]
        if not targets or owner.project is None:
            return None
        budget, total = owner.project.amount, _sum([value for _, value in targets])
        difference = total - budget
        is_partial = len(targets) < len(costs)
        if abs(difference) <= envelope(len(targets), Unit.WAN) or (difference < 0 and is_partial):
            return None
        severity, word = (Severity.WARNING, "超过") if difference > 0 else (Severity.INFO, "低于")
        indicator = max(targets, key=lambda target: target[1].most)[0]
        return owner.at(indicator).finding(
            self.id,
            settings.severity or severity,
            f"成本指标合计 {stated(total)}，{word}项目当年预算 {stated(budget)}；"
            "请核对成本指标值或项目明细，使两者相符。",
            expected=budget,
            actual=total,
            difference=difference,
        )


def _is_economic(indicator: Indicator) -> bool:
    return kind_of(indicator) == COST and not any(word in indicator.level2 for word in _NOT_FROM_THE_BUDGET)


def _is_absolute(indicator: Indicator, value: Value) -> bool:
    return (
        value.kind == Kind.QUANTITATIVE
        and value.is_money
        and value.direction != Direction.FLOOR
        and not _UNIT_PRICE.search(name_of(indicator))
    )


def _sum(targets: Sequence[Value]) -> Decimal:
    """The total in 元, from the parts or from their sum, but not both."""
    largest, total = max(value.most for value in targets), sum((value.most for value in targets), ZERO)
    return largest if len(targets) > 2 and largest * 2 == total else total
