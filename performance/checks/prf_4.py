"""PRF-4 目标次序与方案: last year's, this year's and the long-term value go one way, and the plan agrees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from budgets.domain.choices import Severity
from budgets.domain.dossier import Dossier
from budgets.domain.findings import CheckSettings, Finding
from budgets.domain.schema import Basics
from performance.domain.goals import Horizon, Indicator
from performance.domain.values import Direction, Kind, Value, comparable, parse

from .indicators import Owner, is_better_higher, name_of, owners, subject_of
from .prf_1 import EFFECT, OUTPUT, kind_of
from .quantities import Quantity, group_of, quantities

_GENERAL = frozenset({"服务", "活动", "项目", "工作", "完成", "数量", "人数", "企业", "人才", "人员", "情况"})
"""Words that are too general to relate a sentence to an indicator."""


class SensibleOrder:
    """Warning: an annual target beyond the long-term one, or away from it; a plan with another number or unit.

    Values are compared if the annual and the long-term indicator have the same name and unit. Not compared: costs, time
    limits, adverse measures, money. The plan is the annual goals, the 实施方案 and, for a project with one activity, the
    activity's text; for the department it includes the tasks. If a clause has every word of an indicator's name except
    数量 and the like, another number of the same unit is found. If it has one word that is not general, the same number
    in another unit is found. A plan with the indicator's own number and unit anywhere is right. Not caught: numbers in
    Chinese characters; days, rates and money; values per 每期 or of other years; long-term plans; other wording.
    """

    id = "PRF-4"
    title = "目标次序与方案"

    def run(self, dossier: Dossier, settings: CheckSettings) -> Iterator[Finding]:
        severity = settings.severity or Severity.WARNING
        for owner in owners(dossier):
            long_term = {name_of(i): i for _, i in owner.rows(Horizon.LONG_TERM) if name_of(i)}
            plan = Plan(_plan(dossier, owner))
            for _, indicator in owner.rows(Horizon.ANNUAL):
                value = parse(indicator.value)
                if value.kind != Kind.QUANTITATIVE or kind_of(indicator) not in (OUTPUT, EFFECT):
                    continue
                finding = self._order(owner, indicator, value, long_term.get(name_of(indicator)), severity)
                if finding is None:
                    finding = self._agrees(owner, indicator, value, plan, severity)
                if finding:
                    yield finding

    def _order(
        self, owner: Owner, indicator: Indicator, annual: Value, model: Indicator | None, severity: Severity
    ) -> Finding | None:
        if model is None or not is_better_higher(indicator, annual):
            return None
        long, last = parse(model.value), parse(indicator.value_last)
        if not comparable(long, annual) or Direction.CEILING in (long.direction, annual.direction):
            return None
        if annual.least > long.most:
            said = f"本年目标“{annual.raw}”高于长期目标“{long.raw}”"
            expected = f"不高于 {long.raw}"
        elif comparable(last, annual) and last.most < long.least and annual.most < last.least:
            said = f"要从上年“{last.raw}”提高到长期“{long.raw}”，本年目标却降到“{annual.raw}”"
            expected = f"{last.raw} 至 {long.raw}"
        else:
            return None
        return owner.at(indicator).finding(
            self.id,
            severity,
            f"指标“{indicator.name}”{said}；请核对三个值的次序，长期值是多年合计的请写明。",
            expected=expected,
            actual=indicator.value,
        )

    def _agrees(
        self, owner: Owner, indicator: Indicator, value: Value, plan: Plan, severity: Severity
    ) -> Finding | None:
        quantity = plan.contradiction(indicator, value)
        if quantity is None:
            return None
        return owner.at(indicator).finding(
            self.id,
            severity,
            f"指标“{indicator.name}”的值是“{value.raw}”，方案却写“{quantity.clause}”；"
            "请核对数字和单位，改成一致。",
            expected=quantity.said,
            actual=indicator.value,
        )


class Plan:
    """The counts in an owner's texts, by group of units and by number."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._by_group: dict[str, list[Quantity]] = defaultdict(list)
        self._by_number: dict[object, list[Quantity]] = defaultdict(list)
        for quantity in dict.fromkeys(quantities(texts)):
            self._by_group[quantity.group].append(quantity)
            self._by_number[quantity.number].append(quantity)

    def contradiction(self, indicator: Indicator, value: Value) -> Quantity | None:
        """The count that is about the indicator and has another number, or the same number in another unit."""
        group = group_of(value.measure)
        same_number = self._by_number.get(value.least, [])
        if not group or value.upper is not None or any(q.group == group for q in same_number):
            return None
        words = _words(subject_of(indicator))
        telling = [word for word in words if word not in _GENERAL]
        if not telling:
            return None
        for quantity in self._by_group.get(group, []):
            if all(word in quantity.clause for word in words):
                return quantity
        return next((q for q in same_number if any(word in q.clause for word in telling)), None)


def _plan(dossier: Dossier, owner: Owner) -> list[str]:
    """The texts about the owner's plans for this year."""
    texts = [goal.text for goal in owner.goals.of(Horizon.ANNUAL)]
    if owner.project is None:
        return texts + [text for task in dossier.part(Basics).tasks for text in (task.title, task.text)]
    texts.append(owner.project.application.plan)
    if len(owner.project.activities) == 1:
        activity = owner.project.activities[0]
        texts += [activity.description, activity.basis]
    return texts


def _words(name: str) -> list[str]:
    """``name`` split into pairs of characters, the length of most Chinese words."""
    return [name[i : i + 2] for i in range(0, len(name) - 1, 2)]
