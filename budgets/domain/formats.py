"""The formats of JSON that is written once and read for good: publications, approvals, submissions, section versions.

Pure. A row says in which format it was written and is never written again. When a layout changes, `FORMAT` goes up
by one and `UPGRADES` gets the step from the format before: old rows are then read as if they had been written
today. What the public downloads are files, which no format touches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Step = Callable[[Any], Any]

FORMAT = 1
"""The format that is written now."""

DOSSIER, ACCOUNTS, SHEETS, SUMMARY, DIFFERENCE, SECTION = (
    "dossier",
    "accounts",
    "sheets",
    "summary",
    "difference",
    "section",
)
"""The layouts: exchange JSON with its comparatives, project accounts, sheets, headline figures, what a correction
changed, the parts of one section."""

UPGRADES: Mapping[int, Mapping[str, Step]] = {}
"""By the format that it starts from, the step of each layout to the next format; the others are alike in both."""


class UnknownFormat(ValueError):
    """A newer release wrote the row."""

    def __init__(self, format: int) -> None:
        super().__init__(f"format {format} is newer than {FORMAT}, the newest that this release reads")


def current(layout: str, value: Any, format: int) -> Any:
    """``value``, which was written in ``format``, in today's layout. Raises `UnknownFormat`."""
    if format > FORMAT:
        raise UnknownFormat(format)
    for number in range(format, FORMAT):
        step = UPGRADES[number].get(layout)
        value = step(value) if step and value is not None else value
    return value
