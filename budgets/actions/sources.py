"""Refuse reports whose sources have changed since they were submitted."""

from __future__ import annotations

from ..models import Report
from ..storage.sources import standing_of
from .base import ActionRefused


def refuse_moved(report: Report) -> None:
    """Refuse if a source of the report has changed since it was submitted. It has to be submitted again."""
    moved = standing_of(report).moved
    if moved:
        raise ActionRefused(f"{moved[0]}；请退回部门，核对后重新报送")
