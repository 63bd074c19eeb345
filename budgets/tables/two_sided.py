"""Lists side by side: income on the left, expenditure on the right, totals on the same row.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budgets.domain.sheets import Cell, Role, Row

from .cells import blank

Half = tuple[Cell, ...]
"""One side of a row: a label and its amounts."""


def side_by_side(*sides: Sequence[Half], widths: Sequence[int]) -> Iterator[Row]:
    """Join the rows of all sides from the top. Shorter sides are filled up with empty cells.

    ``widths`` are the numbers of cells of the sides.
    """
    for i in range(max(len(side) for side in sides)):
        halves = (
            side[i] if i < len(side) else (blank(), *(blank(Role.TEXT) for _ in range(width - 1)))
            for side, width in zip(sides, widths, strict=True)
        )
        yield Row(tuple(cell for half in halves for cell in half))
