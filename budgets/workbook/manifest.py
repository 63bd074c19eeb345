"""How an entry workbook is known again: what it says of itself, where its headings stand, how its tabs are called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

FORMAT = "yangguang-entry/1"
META = "_编报"
HEADER_ROW = 2
"""Of every list: the first row says what the tab is, the second has the headings."""
MAX_ROWS = 20_000 + HEADER_ROW
"""Of a tab."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a workbook says of itself. ``bases`` are the sections' version numbers when it was made.

    ``adds``: it was handed out empty, what it holds comes in addition.
    """

    department: str
    year: int
    kind: str
    profile: str
    unit: str
    bases: Mapping[str, int]
    project: str = ""
    adds: bool = False

    def dump(self) -> str:
        return json.dumps({"format": FORMAT, **self.__dict__, "bases": dict(self.bases)}, ensure_ascii=False)


def tab_name(title: str) -> str:
    """A tab's title as Excel takes it."""
    return title.replace("/", "、")[:31]
