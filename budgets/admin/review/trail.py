"""留痕: who moved the report when and why, who saved which section, and what was published."""

from __future__ import annotations

from typing import Any

from ...actions.transitions import Verb
from ...choices import Status
from .desk import Desk

LATEST = 200
"""Saves that are listed: the last ones."""


def trail(desk: Desk) -> dict[str, Any]:
    versions = desk.report.versions.select_related("user").defer("content").order_by("-at", "-id")
    publications = desk.report.publications.select_related("published_by").defer(
        "full_dossier", "dossier", "sheets", "difference"
    )
    return {
        "transitions": [
            {
                "step": step,
                "verb": Verb(step.verb).label,
                "source": Status(step.source).label if step.source else "",
                "target": Status(step.target).label,
            }
            for step in desk.report.transitions.select_related("user").order_by("-at", "-id")
        ],
        "versions": [
            {"version": version, "section": desk.sections.get(version.section, "已删除的部分")}
            for version in versions[:LATEST]
        ],
        "publications": list(publications),
    }
