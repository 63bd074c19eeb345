"""The context of a figure: the findings about it and the rows behind it, and the reason given for it."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.dossier import PROJECT, Dossier
from ...domain.figures import figures_of, headline
from ...domain.ledger import Line
from ...domain.schema import Explanations
from ...domain.sheets import Cell, Field, Lines
from ...review.validation import Judged
from .cell_labels import section_of_cell
from .context import Desk

LINES = ("income", "expenditure", "lines")
"""The objects that stand for one line of money each; ``activities`` stands for several."""


def figure_of(cell: Cell, dossier: Dossier) -> str:
    """The key of this year's headline figure that the cell shows; empty if it shows none."""
    source = cell.source
    if not isinstance(source, Lines) or source.year:
        return ""
    figures = headline(dossier.header.kind)
    return next((figure.key for figure in figures if figure.filter == source.filter), "")


def _figures_at(cell: Cell, dossier: Dossier) -> set[str]:
    """The keys of all figures that the cell shows, compared with last year or with the year's budget."""
    source = cell.source
    if not isinstance(source, Lines) or source.year:
        return set()
    return {figure.key for figure in figures_of(dossier) if figure.filter == source.filter}


def reason_beside(desk: Desk, cell: Cell) -> str:
    """The department's reason for the change, or for the deviation from the budget."""
    keys = _figures_at(cell, desk.dossier)
    return "\n".join(r.text for r in desk.dossier.part(Explanations).reasons if r.figure in keys)


def findings_beside(desk: Desk, cell: Cell, lines: Iterable[Line]) -> list[Judged]:
    """Findings about the cell's field, its headline figure, or one of the ``lines`` that it sums."""
    section = section_of_cell(cell, desk.dossier)
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
    """Whether the section ``of`` belongs to the same project as ``section``, or both belong to the department."""
    return of == section if section.startswith(PROJECT) else not of.startswith(PROJECT)
