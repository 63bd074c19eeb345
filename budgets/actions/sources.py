"""Refusing what was submitted with figures of other reports that are not theirs any more."""

from __future__ import annotations

from ..models import Report
from ..storage.sources import standing_of
from .base import ActionRefused


def refuse_moved(report: Report) -> None:
    """Refuse where a report that this one reads has changed since it was submitted: it is submitted again."""
    moved = standing_of(report).moved
    if moved:
        raise ActionRefused(f"{moved[0]}；请退回部门，核对后重新报送")
