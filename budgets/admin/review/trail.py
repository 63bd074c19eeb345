"""留痕: the acts on the report, the saves of its sections, and its publications."""

from __future__ import annotations

from typing import Any

from ...audit.trail import ACTS, LATEST, acts_of, saves_of
from .context import Desk


def trail(desk: Desk) -> dict[str, Any]:
    publications = desk.report.publications.select_related("published_by").defer(
        "full_dossier", "dossier", "sheets", "difference"
    )
    return {
        "acts": acts_of(desk.report),
        "saves": saves_of(desk.report),
        "most_acts": ACTS,
        "most_saves": LATEST,
        "publications": list(publications),
    }
