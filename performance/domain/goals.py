"""绩效目标 and 绩效指标 as frozen dataclasses: the performance parts of a dossier.

Pure. Source: 项目支出绩效目标申报表, 部门整体支出绩效目标申报表.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from budgets.domain.choices import Choices
from budgets.domain.schema import STRICT
from budgets.domain.types import Key, Name, Text, Year, label, new_key

from .values import normalise

LEVELS: Mapping[str, Sequence[str]] = {
    "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    "产出指标": ("数量指标", "质量指标", "时效指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
"""The national 一级指标 with their 二级指标. A profile's option ``indicator_levels`` replaces them."""


def is_same_level(one: str, other: str) -> bool:
    """Whether both name the same level: ``数量`` and ``数量指标`` do."""
    return _bare(one) == _bare(other)


def level_above(level2: str, levels: Mapping[str, Sequence[str]] = LEVELS) -> str:
    """The only 一级指标 of ``levels`` with ``level2`` below it; empty if there is none, or several."""
    if not level2.strip():
        return ""
    found = [level1 for level1, below in levels.items() if any(is_same_level(level2, name) for name in below)]
    return found[0] if len(found) == 1 else ""


def _bare(level: str) -> str:
    return normalise(level).removesuffix("指标")


REQUIRED: Mapping[str, str] = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "value": "指标值",
}
"""Fields that every form requires of an indicator, long-term ones too, with their names on the forms."""


class Horizon(Choices):
    LONG_TERM = "long_term", "长期绩效目标"
    ANNUAL = "annual", "年度绩效目标"


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One 绩效指标. Values are kept as written (``≥90%``); `performance.domain.values` parses them."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    level1: Annotated[Name, label("一级指标")] = ""
    level2: Annotated[Name, label("二级指标")] = ""
    name: Annotated[Name, label("三级指标")] = ""
    content: Annotated[Text, label("指标内容")] = ""
    """Form B only: the target in words."""
    value_before_last: Annotated[Name, label("前年指标值")] = ""
    value_last: Annotated[Name, label("上年指标值")] = ""
    value: Annotated[Name, label("指标值")] = ""
    basis: Annotated[Name, label("指标值确定依据")] = ""
    remark: Annotated[Text, label("备注")] = ""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """One 绩效目标 with its indicators."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    horizon: Annotated[Horizon, label("目标类型")] = Horizon.ANNUAL
    name: Annotated[Name, label("目标名称")] = ""
    text: Annotated[Text, label("目标说明")] = ""
    until_year: Annotated[Year | None, label("截止年度")] = None
    indicators: Annotated[tuple[Indicator, ...], label("绩效指标")] = ()


@dataclass(frozen=True, kw_only=True)
class Goals:
    """The goals of a whole department, or of one project."""

    __pydantic_config__ = STRICT
    goals: Annotated[tuple[Goal, ...], label("绩效目标")] = ()

    def of(self, horizon: Horizon) -> tuple[Goal, ...]:
        return tuple(goal for goal in self.goals if goal.horizon == horizon)

    def without(self, name: str) -> tuple[Indicator, ...]:
        """The indicators of both horizons with a blank ``name``."""
        return tuple(i for goal in self.goals for i in goal.indicators if not getattr(i, name).strip())
