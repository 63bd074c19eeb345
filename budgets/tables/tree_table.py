"""A table with one row per code: 科目编码, 科目名称, amounts; 合计 last.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from budgets.domain.dossier import Dossier
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Sheet

from .cells import AMOUNT_WIDTH, CODE_WIDTH, NAME_WIDTH, page
from .grid import Grid
from .tree import Node
from .wording import nothing

CODE_AND_NAME = ("科目编码", "科目名称")


def tree_table(
    dossier: Dossier,
    spec: TableSpec,
    grid: Grid,
    nodes: Iterable[Node],
    subject: str,
    before: Sequence[str | tuple[str, list]] = CODE_AND_NAME,
) -> list[Sheet]:
    """Make one sheet. The note of an empty one says that there was no ``subject``."""
    rows = grid.tree_rows(nodes)
    unit = grid.printer.unit
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(CODE_WIDTH, NAME_WIDTH, *(AMOUNT_WIDTH[unit] for _ in grid.columns)),
            head=grid.head(before),
            body=(*rows, grid.total_row(2)),
            notes=() if rows else (nothing(dossier, subject),),
        )
    ]
