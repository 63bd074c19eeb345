"""The sample reports as the commands export them, and what was printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command

from budgets.domain.dossier import Classification, Dossier
from budgets.storage.dossier_json import parse_dossier

from .pages import Workbook

PRINTED = Path(__file__).parent.parent / "fixtures"


@dataclass(frozen=True)
class Exported:
    """One exported report: the workbook read back, and the JSON read back."""

    workbook: Workbook
    report: Dossier


Exports = Mapping[tuple[str, int, str], Exported]
"""By department, year and kind."""


def export_report(department: str, year: int, kind: str, folder: Path) -> Exported:
    """Run the command and read its files."""
    call_command("export_report", department, year, kind, out=folder, formats="xlsx,json", verbosity=0)
    stem = folder / f"{department}-{year}-{kind}"
    data: Mapping[str, Any] = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    return Exported(
        Workbook.read(stem.with_suffix(".xlsx").read_bytes()), parse_dossier(data, Classification())
    )


def printed(number: str) -> dict[str, Any]:
    """What was printed, as a fixture."""
    path = PRINTED / f"printed_{number}.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
