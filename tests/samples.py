"""The sample documents, for tests that want real figures in a database."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report
from tests.cached_worlds import kept

FOLDER = Path(__file__).parent.parent / "budgets" / "samples"


def document(code: str = "112001", year: int = 2023) -> dict[str, Any]:
    """One sample as JSON."""
    return json.loads((FOLDER / f"{code}_{year}_budget.json").read_text(encoding="utf-8"))


def adopt_sample(code: str = "112001", year: int = 2023, status: Status = Status.PUBLISHED) -> Report:
    """The sample in the database, without the years before it."""
    return kept(("sample", code, year, status), lambda: adopt(document(code, year), status))


def load_samples() -> None:
    """All that the command of that name loads, with its users."""
    kept("all samples", lambda: call_command("load_samples", stdout=StringIO()))
