"""The place of a figure in words and in the entry site, for comments on it."""

from __future__ import annotations

from ...changes.cell_labels import CellLabels
from ...domain.choices import Flow, Use
from ...domain.dossier import PROJECT, Dossier
from ...domain.profile import section_of
from ...domain.sheets import Cell, Field, Lines, Sheet

LONGEST = 200
"""The most characters of a comment's place."""


def place_of(sheet: Sheet, key: str) -> str:
    """``表5 一般公共预算支出表 · 2010350 事业运行 · 人员经费``. Raises KeyError for an unknown key."""
    parts = CellLabels(sheet).row_and_column(key)
    return " · ".join([sheet.name, *(part for part in parts if part)])[:LONGEST]


def section_of_cell(cell: Cell, dossier: Dossier) -> str:
    """The key of the entry section in which the figure is typed; for a sum the most likely one."""
    project = _project_of(cell, dossier)
    if project:
        return PROJECT + project
    if isinstance(cell.source, Field) and (section := section_of(dossier, cell.source.object)):
        return section
    if isinstance(cell.source, Lines):
        filter = cell.source.filter
        if filter.flow and Flow.EXPENDITURE not in filter.flow:
            return section_of(dossier, "income")
        if filter.use == (Use.PROJECT,) and dossier.projects:
            return dossier.projects[0].section
    return section_of(dossier, "expenditure")


def _project_of(cell: Cell, dossier: Dossier) -> str:
    """The project to which the cell's form, row or lines belong; empty without one."""
    table, row, *_ = [*cell.key.split("/"), "", ""]
    lines = cell.source.filter.project if isinstance(cell.source, Lines) else ()
    candidates = [table.partition(".")[2], row, *(lines if len(lines) == 1 else ())]
    return next((key for key in candidates if key and dossier.project(key)), "")
