"""The formats of frozen JSON: publications, approvals, submissions and section versions.

Pure. Each row records the format in which it was written, and is never rewritten. When a layout changes, raise
`FORMAT` by one and add to `UPGRADES` the step from the format before. Old rows are then read as if they had been
written today. The files that the public downloads are stored as bytes and do not depend on this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[Any], Any]

FORMAT = 1
"""The format that is written now."""

DOSSIER, ACCOUNTS, SHEETS, SUMMARY, DIFFERENCE, NARRATIVE, SECTION = (
    "dossier",
    "accounts",
    "sheets",
    "summary",
    "difference",
    "narrative",
    "section",
)
"""The layouts: exchange JSON with its comparatives, project accounts, sheets, headline figures, what a correction
changed, the generated text, the parts of one section."""

UPGRADES: Mapping[int, Mapping[str, Step]] = {}
"""The step of each changed layout to the next format, by the format it starts from. Other layouts are unchanged."""


class UnknownFormat(ValueError):
    """A newer release wrote the row."""

    def __init__(self, format: int) -> None:
        super().__init__(f"format {format} is newer than {FORMAT}, the newest that this release reads")


def current(layout: str, value: Any, format: int) -> Any:
    """Convert ``value``, written in ``format``, to today's layout. Raises `UnknownFormat`."""
    if format > FORMAT:
        raise UnknownFormat(format)
    for number in range(format, FORMAT):
        step = UPGRADES[number].get(layout)
        value = step(value) if step and value is not None else value
    return value
