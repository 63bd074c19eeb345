"""The shipped samples in tests: as documents to be changed, and as a draft in a small world.

A world is made once by each process and put back from then on: see `tests.cached_worlds`.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report
from tests.cached_worlds import kept
from tests.factories import World, make_world

FOLDER = Path(__file__).parents[1] / "budgets" / "samples"


def sample(code: str = "112001", year: int = 2023, kind: str = "budget") -> dict[str, Any]:
    """A copy of the sample's document, to be changed at will."""
    return deepcopy(_read(code, year, kind))


@cache
def _read(code: str, year: int, kind: str) -> dict[str, Any]:
    return json.loads((FOLDER / f"{code}_{year}_{kind}.json").read_text(encoding="utf-8"))


@dataclass
class SampleWorld:
    """`World` with a sample of its department: the budget of 2023 as a complete draft, 2021 and 2022 archived."""

    world: World
    report: Report

    def __getattr__(self, name: str) -> Any:
        return getattr(self.world, name)


def make_final_world(status: Status = Status.DRAFT) -> SampleWorld:
    """`World` in 2024 with the sample final accounts of its department, their budget and last year's totals."""
    return SampleWorld(*kept(("final world", status), lambda: _final_world(status)))


def _final_world(status: Status) -> tuple[World, Report]:
    world = make_world(2024)
    adopt(sample(year=2023, kind="final"), Status.ARCHIVED)
    adopt(sample(year=2024), Status.ARCHIVED)
    return world, adopt(sample(year=2024, kind="final"), status)


def make_sample_world(document: dict[str, Any] | None = None) -> SampleWorld:
    """With ``document`` as the draft instead of the sample of 2023."""
    if document is None:
        return SampleWorld(*kept("sample world", lambda: (_earlier_years(), adopt(sample(), Status.DRAFT))))
    return SampleWorld(kept("earlier years", _earlier_years), adopt(document, Status.DRAFT))


def _earlier_years() -> World:
    world = make_world(2023)
    for year in (2021, 2022):
        adopt(sample(year=year), Status.ARCHIVED)
    return world
