"""收支总表: income on the left, expenditure on the right, totals on the same row.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgets.sheets import Cell, Role, Row

from .cells import blank

Half = tuple[Cell, ...]
"""One side of a row: a label and its amounts."""


def side_by_side(left: Sequence[Half], right: Sequence[Half], widths: tuple[int, int]) -> Iterator[Row]:
    """Rows of both sides from the top; the shorter side is filled up with empty cells.

    ``widths``: the number of cells of each side.
    """
    for i in range(max(len(left), len(right))):
        halves = (
            side[i] if i < len(side) else (blank(), *(blank(Role.TEXT) for _ in range(width - 1)))
            for side, width in zip((left, right), widths, strict=True)
        )
        yield Row(tuple(cell for half in halves for cell in half))
