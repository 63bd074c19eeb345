"""绩效目标, 绩效指标 and 绩效自评 as stored."""

from .evaluation import EvaluationWeight, IndicatorResult, SelfEvaluation, UnitResult
from .goal import Goal, Indicator

__all__ = ["EvaluationWeight", "Goal", "Indicator", "IndicatorResult", "SelfEvaluation", "UnitResult"]
