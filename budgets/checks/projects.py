"""Shared by the rules about projects: the spots of their findings. Pure."""

from __future__ import annotations

from budgets.domain.dossier import ProjectDossier
from budgets.domain.findings import Spot
from budgets.domain.sheets import Field


def in_project(project: ProjectDossier, object: str, name: str) -> Spot:
    """The spot of the field ``name`` of an object of the project."""
    return Spot(project.section, project.identity.name, Field(object, name))
