"""Weight schemes of self-evaluation (自评权重): how a locality divides 100 points, and what its forms print.

Pure. A scheme is data of a profile, under the option ``evaluation``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.domain.choices import Choices, Programme
from budgets.domain.money import half_up

OPTION = "evaluation"
FULL = Decimal(100)

LEVELS = ("成本指标", "产出指标", "效益指标", "满意度指标")
"""一级指标, in the order that the keys of `evaluation.Weight` use."""


class Basis(Choices):
    """The budget that execution is measured against."""

    INITIAL = "initial", "年初预算数"
    ADJUSTED = "adjusted", "全年预算数"


class Scope(Choices):
    """The money that execution counts."""

    FISCAL = "fiscal", "财政拨款"
    ALL = "all", "全部资金"


@dataclass(frozen=True, kw_only=True)
class Weights:
    """The 100 points of one kind of form: ``execution``, then each goal, with ``groups`` by 一级指标.

    If a form has another number of goals, they share the rest after execution equally. If a goal has another weight,
    its groups keep their proportions.
    """

    execution: Decimal
    goals: Sequence[Decimal]
    groups: Mapping[str, Decimal] = field(default_factory=dict)
    basis: Basis = Basis.ADJUSTED
    scope: Scope = Scope.FISCAL
    money_label: str = "年度财政资金总额"

    def __post_init__(self) -> None:
        if self.execution + sum(self.goals) != FULL:
            raise ValueError("the weights of execution and goals add to 100")
        if self.groups and any(goal != sum(self.groups.values()) for goal in self.goals):
            raise ValueError("the weights of 一级指标 add to their goal's")

    def of_goals(self, count: int) -> list[Decimal]:
        """The weights of ``count`` goals in whole points. The first goals get the points of a remainder."""
        if count == len(self.goals):
            return list(self.goals)
        if not count:
            return []
        each, rest = divmod(FULL - self.execution, count)
        weights = [each + 1] * int(rest) + [each] * (count - int(rest))
        weights[-1] += rest % 1
        return weights

    def of_group(self, level1: str, goal: Decimal) -> Decimal | None:
        """The weight of an 一级指标 in a goal with weight ``goal``; None if the scheme leaves it open."""
        if level1 not in self.groups:
            return None
        return half_up(self.groups[level1] * goal / sum(self.groups.values()), 2)


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A locality's self-evaluation: both kinds of form, their tick boxes, and which weights are printed."""

    department: Weights
    project: Weights
    programmes: Mapping[Programme, str] = field(
        default_factory=lambda: {programme: programme.label for programme in Programme}
    )
    """The boxes of 项目类别, in order: 部门预算项目 and what the locality calls the others."""
    print_goal_weights: bool = True
    print_group_weights: bool = True
    print_row_weights: bool = False
    wrapped: bool = False
    """Whether each form is printed as a report: 自评得分, 完成情况, 问题, 措施."""
