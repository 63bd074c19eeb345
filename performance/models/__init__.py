"""绩效目标 and 绩效指标 as stored."""

from .goal import Goal, Indicator

__all__ = ["Goal", "Indicator"]
