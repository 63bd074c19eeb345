"""Marks that identify an entry workbook: its stamp, the row of its headings, and the names of its tabs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

FORMAT = "yangguang-entry/1"
META = "_编报"
HEADER_ROW = 2
"""The row with the headings of a list. The row above says what the tab is."""


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """The hidden stamp of a workbook. ``bases`` are the sections' version numbers when it was made.

    ``adds``: it was handed out empty, so its content is added to the report.
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
    """A tab's title in a form that Excel accepts."""
    return title.replace("/", "、")[:31]
