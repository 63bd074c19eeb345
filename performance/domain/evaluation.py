"""绩效自评 as frozen dataclasses: a department's evaluation of a year's goals after the year.

Pure. The targets are the budget's indicators; results refer to them by key (`performance.analysis.assessment`).
Nothing here is computed. A score is stored only if a person gives it. Source: 部门整体支出绩效自评表,
项目支出绩效自评表.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Field as SchemaField
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from budgets.domain.choices import Choices
from budgets.domain.money import ZERO
from budgets.domain.schema import STRICT
from budgets.domain.types import Amount, Key, Name, Text, label, new_key

MOST = Decimal(100)


class PointsError(ValueError):
    """The text is not a score. The message is Chinese."""


class Points(Decimal):
    """A weight or a score: 0 to 100 with at most two places, a string in JSON (``"11.58"``)."""

    @classmethod
    def read(cls, value: object) -> Points:
        """``value`` as points; raises `PointsError`."""
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            raise PointsError('分值须为字符串，如 "11.58"')
        try:
            number = Decimal(str(value).strip())
        except InvalidOperation:
            raise PointsError(f"“{value}”不是数字") from None
        if not number.is_finite() or not 0 <= number <= MOST:
            raise PointsError("分值应在 0 与 100 之间")
        exact = number.quantize(Decimal("0.01"))
        if exact != number:
            raise PointsError("分值最多两位小数")
        return cls(exact)

    def __str__(self) -> str:
        """Points as text without trailing zeros: ``20``, ``11.58``."""
        whole, _, places = f"{Decimal(self):.2f}".partition(".")
        places = places.rstrip("0")
        return f"{whole}.{places}" if places else whole

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,2})?$", "description": "分"}


WeightKey = Annotated[str, SchemaField(pattern=r"^[A-Za-z0-9_.-]{1,64}(/[1-9])?$")]


class Band(Choices):
    """完成情况 of a qualitative indicator: three bands, each a range of its weight."""

    MET = "met", "达成年度指标"
    PARTLY = "partly", "部分达成年度指标并具有一定效果"
    NOT_MET = "not_met", "未达成年度指标且效果较差"


@dataclass(frozen=True, kw_only=True)
class Weight:
    """权重 of a goal, keyed by the goal, or of a 一级指标 in it, keyed ``<goal>/<its place among the levels>``."""

    __pydantic_config__ = STRICT
    key: WeightKey
    weight: Annotated[Points | None, label("权重")] = None


@dataclass(frozen=True, kw_only=True)
class IndicatorResult:
    """What became of one indicator. ``key`` is the indicator's in the budget.

    ``weight`` None: not known, the 一级指标's weight bounds the sum. ``band`` is for qualitative targets.
    """

    __pydantic_config__ = STRICT
    key: Key
    weight: Annotated[Points | None, label("权重")] = None
    actual: Annotated[Name, label("实际完成值")] = ""
    band: Annotated[Band | None, label("完成情况")] = None
    score: Annotated[Points | None, label("得分")] = None
    reason: Annotated[Text, label("评分说明")] = ""
    """The reason why the score differs from the proposed one."""


@dataclass(frozen=True, kw_only=True)
class UnitResult:
    """分单位完成情况: one unit's value of an indicator that several carry out; ``money`` (元) weighs rates."""

    __pydantic_config__ = STRICT
    key: Key = field(default_factory=new_key)
    indicator: Annotated[Key, SchemaField(title="指标")]
    unit: Annotated[Name, label("单位")] = ""
    actual: Annotated[Name, label("实际完成值")] = ""
    money: Annotated[Amount, label("资金")] = ZERO


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """绩效自评 of the whole department, or of one project.

    ``execution_score`` None: as computed. ``weights`` None of a goal or level: the profile's scheme.
    """

    __pydantic_config__ = STRICT
    filled_on: Annotated[datetime.date | None, label("填报日期")] = None
    execution_score: Annotated[Points | None, label("预算执行得分")] = None
    execution_reason: Annotated[Text, label("执行得分说明")] = ""
    weights: Annotated[tuple[Weight, ...], label("权重")] = ()
    results: Annotated[tuple[IndicatorResult, ...], label("指标完成情况")] = ()
    units: Annotated[tuple[UnitResult, ...], label("分单位完成情况")] = ()
    summary: Annotated[Text, label("绩效目标完成情况")] = ""
    problems: Annotated[Text, label("存在的问题")] = ""
    causes: Annotated[Text, label("偏差大或目标未完成原因分析")] = ""
    measures: Annotated[Text, label("改进措施及结果应用方案")] = ""

    def result(self, key: str) -> IndicatorResult:
        return next((r for r in self.results if r.key == key), IndicatorResult(key=key))

    def weight(self, key: str) -> Points | None:
        return next((w.weight for w in self.weights if w.key == key), None)
