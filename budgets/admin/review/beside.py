"""What is said beside a figure: what the checks find about it and the rows behind it, and the reason given."""

from __future__ import annotations

from collections.abc import Iterable

from ...facts import Explanations
from ...figures import FIGURES
from ...judging import Judged
from ...ledger import Line
from ...sections import PROJECT
from ...sheets import Cell, Field, Lines
from .desk import Desk
from .place import section_of

LINES = ("income", "expenditure", "lines")
"""The objects that are one line of money each; of ``activities`` several."""


def figure_of(cell: Cell) -> str:
    """The key of the headline figure that the cell is, this year's; empty where it is none."""
    source = cell.source
    if not isinstance(source, Lines) or source.year:
        return ""
    return next((figure.key for figure in FIGURES if figure.filter == source.filter), "")


def reason_beside(desk: Desk, cell: Cell) -> str:
    """Why the figure changed, as the department explains it."""
    figure = figure_of(cell)
    return desk.dossier.part(Explanations).reason(figure) if figure else ""


def findings_beside(desk: Desk, cell: Cell, lines: Iterable[Line]) -> list[Judged]:
    """Findings about the field that the cell shows, its headline figure, or one of the ``lines`` it sums."""
    section = section_of(cell, desk.dossier)
    lines = list(lines)
    keys, activities = {line.key for line in lines}, {line.activity for line in lines}
    figure = figure_of(cell)

    def concerns(field: Field, of: str) -> bool:
        if isinstance(cell.source, Field):
            return field == cell.source and is_of(of, section)
        owner, _, row = field.object.partition("/")
        return (
            (owner == "explanations" and row == figure != "")
            or (owner in LINES and row in keys)
            or (owner == "activities" and row in activities)
        )

    return [judged for judged in desk.findings if judged.field and concerns(judged.field, judged.section)]


def is_of(of: str, section: str) -> bool:
    """Whether what is in section ``of`` belongs where ``section`` is entered: its project, or the department."""
    return of == section if section.startswith(PROJECT) else not of.startswith(PROJECT)
