"""没有: the sections that the department has declared to be empty, by whom and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..domain.dossier import Dossier
from ..domain.profile import declared_sections
from ..models import Report


@dataclass(frozen=True)
class Declaration:
    """One declaration. ``who`` is empty and ``at`` is None if it came with an imported document."""

    section: str
    title: str
    who: str
    at: datetime.datetime | None


def declarations_of(report: Report, dossier: Dossier) -> dict[str, Declaration]:
    """The valid declarations by section. ``dossier`` is the dossier of ``report``. A filled section has none."""
    return {
        key: _declaration(key, title, report.declared_empty.get(key, {}))
        for key, title in declared_sections(dossier).items()
    }


def _declaration(key: str, title: str, said: dict[str, str]) -> Declaration:
    at = said.get("at")
    return Declaration(key, title, said.get("who", ""), datetime.datetime.fromisoformat(at) if at else None)
