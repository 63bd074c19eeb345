"""Shared by the rules about projects: the spots of their findings. Pure."""

from __future__ import annotations

from budgets.domain.dossier import ProjectDossier
from budgets.domain.findings import Spot


def in_project(project: ProjectDossier, object: str, name: str) -> Spot:
    """The spot of the field ``name`` of an object of the project."""
    return Spot(project.identity.name, project.address(object, field=name))
