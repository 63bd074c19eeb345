"""The context of a figure: the findings about it and the rows behind it, and the reason given for it."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.address import Address
from ...domain.dossier import Dossier
from ...domain.figures import figures_of, headline
from ...domain.ledger import Line
from ...domain.schema import Explanations
from ...domain.sheets import Cell, Lines
from ...review.validation import Judged
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
    lines = list(lines)
    keys, activities = {line.key for line in lines}, {line.activity for line in lines}
    figures = _figures_at(cell, desk.dossier)

    def concerns(at: Address) -> bool:
        if isinstance(cell.source, Address):
            return at == desk.dossier.cell_address(cell.source, cell.key)
        return (
            (at.object == "explanations" and at.row in figures)
            or (at.object in LINES and at.row in keys)
            or (at.object == "activities" and at.row in activities)
        )

    return [judged for judged in desk.findings if judged.field and concerns(judged.field)]
