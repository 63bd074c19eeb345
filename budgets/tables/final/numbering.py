"""行次 and 栏次: printed line and column numbers, and formulas in terms of them.

Pure. Numbers follow from the printed rows and columns, so an added one shifts the numbers and the formulas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from budgets.domain.sheets import Cell, Role, Row

LINE_WIDTH = 2.5
"""Width of a column of line numbers, in CJK characters."""

_WRITTEN_OUT = 4
"""The longest run of consecutive numbers that a formula writes out."""


def number(value: int) -> Cell:
    """A line or column number."""
    return Cell(value, Role.NUMBER)


def lined(rows: Sequence[Row], left: int) -> Iterator[Row]:
    """The rows of a two-sided table with a line number after the label of each side.

    ``left`` is the number of cells of the left side. Lines are counted down the left side, then the right.
    """
    for i, row in enumerate(rows, 1):
        first, *amounts = row.cells[:left]
        second, *others = row.cells[left:]
        yield replace(row, cells=(first, number(i), *amounts, second, number(len(rows) + i), *others))


def column_numbers(count: int, start: int = 1) -> tuple[Cell, ...]:
    """A row of ``count`` column numbers (栏次)."""
    return tuple(number(i) for i in range(start, start + count))


def formula(whole: int, plus: Iterable[int], minus: Iterable[int] = ()) -> str:
    """The formula of the line or column with number ``whole``: ``6=1+2−3``, ``27=1+…+8``."""
    numbers = sorted(plus)
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    added = "+".join(
        f"{run[0]}+…+{run[-1]}" if len(run) > _WRITTEN_OUT else "+".join(map(str, run)) for run in runs
    )
    return f"{whole}={added}{''.join(f'−{n}' for n in minus)}"


def formula_note(kind: str, formulas: Iterable[str]) -> str:
    """The note with the formulas of lines or columns: ``kind`` is 行次 or 栏次."""
    return f"表内公式（{kind}）：{'，'.join(formulas)}。"
