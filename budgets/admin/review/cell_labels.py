"""The place of a figure in words and in the entry site, for comments on it."""

from __future__ import annotations

from ...changes.cell_labels import CellLabels
from ...domain.address import Address
from ...domain.choices import Flow, Use
from ...domain.dossier import Dossier
from ...domain.ledger import Filter
from ...domain.profile import section_of
from ...domain.sheets import Cell, Lines, Sheet

LONGEST = 200
"""The most characters of a comment's place."""


def place_of(sheet: Sheet, key: str) -> str:
    """``表5 一般公共预算支出表 · 2010350 事业运行 · 人员经费``. Raises KeyError for an unknown key."""
    parts = CellLabels(sheet).row_and_column(key)
    return " · ".join([sheet.name, *(part for part in parts if part)])[:LONGEST]


def section_of_cell(cell: Cell, dossier: Dossier) -> str:
    """The key of the entry section in which the figure is typed; for a sum the most likely one."""
    return section_of(dossier, _address(cell, dossier))


def _address(cell: Cell, dossier: Dossier) -> Address:
    """The object that holds the figure."""
    if isinstance(cell.source, Address):
        return dossier.cell_address(cell.source, cell.key)
    project = dossier.project_of(cell.key)
    if isinstance(cell.source, Lines) and not project:
        return _of_lines(cell.source.filter, dossier)
    return Address("lines" if project else "expenditure", project=project)


def _of_lines(filter: Filter, dossier: Dossier) -> Address:
    [project] = filter.project if len(filter.project) == 1 else [""]
    if project and dossier.project(project):
        return Address("lines", project=project)
    if filter.flow and Flow.EXPENDITURE not in filter.flow:
        return Address("income")
    if filter.use == (Use.PROJECT,) and dossier.projects:
        return dossier.projects[0].address("lines")
    return Address("expenditure")
