"""What is said beside a figure: what the checks find about it and the rows behind it, and the reason given."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.dossier import PROJECT, Dossier
from ...domain.figures import figures_of, headline
from ...domain.ledger import Line
from ...domain.schema import Explanations
from ...domain.sheets import Cell, Field, Lines
from ...review.validation import Judged
from .cell_labels import section_of
from .context import Desk

LINES = ("income", "expenditure", "lines")
"""The objects that are one line of money each; of ``activities`` several."""


def figure_of(cell: Cell, dossier: Dossier) -> str:
    """The key of the headline figure that the cell is, this year's; empty where it is none."""
    source = cell.source
    if not isinstance(source, Lines) or source.year:
        return ""
    figures = headline(dossier.header.kind)
    return next((figure.key for figure in figures if figure.filter == source.filter), "")


def _figures_at(cell: Cell, dossier: Dossier) -> set[str]:
    """The keys of all figures that the cell is, beside last year's and beside the year's budget."""
    source = cell.source
    if not isinstance(source, Lines) or source.year:
        return set()
    return {figure.key for figure in figures_of(dossier) if figure.filter == source.filter}


def reason_beside(desk: Desk, cell: Cell) -> str:
    """Why the figure changed, or is not what was budgeted, as the department explains it."""
    keys = _figures_at(cell, desk.dossier)
    return "\n".join(r.text for r in desk.dossier.part(Explanations).reasons if r.figure in keys)


def findings_beside(desk: Desk, cell: Cell, lines: Iterable[Line]) -> list[Judged]:
    """Findings about the field that the cell shows, its headline figure, or one of the ``lines`` it sums."""
    section = section_of(cell, desk.dossier)
    lines = list(lines)
    keys, activities = {line.key for line in lines}, {line.activity for line in lines}
    figures = _figures_at(cell, desk.dossier)

    def concerns(field: Field, of: str) -> bool:
        if isinstance(cell.source, Field):
            return field == cell.source and is_of(of, section)
        owner, _, row = field.object.partition("/")
        return (
            (owner == "explanations" and row in figures)
            or (owner in LINES and row in keys)
            or (owner == "activities" and row in activities)
        )

    return [judged for judged in desk.findings if judged.field and concerns(judged.field, judged.section)]


def is_of(of: str, section: str) -> bool:
    """Whether what is in section ``of`` belongs where ``section`` is entered: its project, or the department."""
    return of == section if section.startswith(PROJECT) else not of.startswith(PROJECT)
