"""The place of a figure in words and in the entry site, for comments on it."""

from __future__ import annotations

from ...changes.cell_labels import CellLabels
from ...domain.choices import Flow, Use
from ...domain.dossier import PROJECT, Dossier
from ...domain.sheets import Cell, Field, Lines, Sheet
from ...storage.sections import report_sections

LONGEST = 200
"""The most characters of a comment's place."""

PARTS = {
    "duties": "basics",
    "tasks": "basics",
    "indicators": "goals",
    "procurement": "operating_procurement",
    "results": "evaluation",
    "weights": "evaluation",
    "units": "evaluation",
}
"""The key of the part that holds an object, where the names differ."""


def place_of(sheet: Sheet, key: str) -> str:
    """``表5 一般公共预算支出表 · 2010350 事业运行 · 人员经费``. Raises KeyError for an unknown key."""
    parts = CellLabels(sheet).row_and_column(key)
    return " · ".join([sheet.name, *(part for part in parts if part)])[:LONGEST]


def section_of(cell: Cell, dossier: Dossier) -> str:
    """The key of the entry section in which the figure is typed; for a sum the most likely one."""
    project = _project_of(cell, dossier)
    if project:
        return PROJECT + project
    if isinstance(cell.source, Field):
        name = cell.source.object.partition("/")[0]
        part = PARTS.get(name, name)
        for section in report_sections(dossier.header.profile):
            if part in {p.key for p in section.parts}:
                return section.key
    if isinstance(cell.source, Lines):
        filter = cell.source.filter
        if filter.flow and Flow.EXPENDITURE not in filter.flow:
            return "income"
        if filter.use == (Use.PROJECT,) and dossier.projects:
            return dossier.projects[0].section
    return "expenditure"


def _project_of(cell: Cell, dossier: Dossier) -> str:
    """The project to which the cell's form, row or lines belong; empty without one."""
    table, row, *_ = [*cell.key.split("/"), "", ""]
    lines = cell.source.filter.project if isinstance(cell.source, Lines) else ()
    candidates = [table.partition(".")[2], row, *(lines if len(lines) == 1 else ())]
    return next((key for key in candidates if key and dossier.project(key)), "")
