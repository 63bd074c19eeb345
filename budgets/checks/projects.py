"""What the rules of projects share: where what they find stands. Pure."""

from __future__ import annotations

from budgets.domain.dossier import ProjectDossier
from budgets.domain.findings import Spot
from budgets.domain.sheets import Field


def in_project(project: ProjectDossier, object: str, name: str) -> Spot:
    """The field ``name`` of an object of the project."""
    return Spot(project.section, project.identity.name, Field(object, name))
