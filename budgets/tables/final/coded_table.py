"""A table with one row per functional code: 类, 款, 项 in one merged cell, 科目名称, numbered columns; 合计 first.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from budgets.domain.dossier import Dossier
from budgets.domain.profile import TableSpec
from budgets.domain.sheets import Cell, Role, Row, Sheet

from ..cells import AMOUNT_WIDTH, NAME_WIDTH, page
from ..grid import Grid
from ..tree import function_tree
from ..wording import nothing
from .numbering import column_numbers, formula, formula_note
from .wording import COLUMN_NUMBER

LEVELS = ("类", "款", "项")
_LEVEL_WIDTH = 2.0


@dataclass(frozen=True, slots=True)
class Sum:
    """The column ``whole`` is the sum of ``plus`` less ``minus``; columns that are not printed are left out."""

    whole: str
    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


def coded_table(
    dossier: Dossier, spec: TableSpec, grid: Grid, sums: Iterable[Sum], note: str, subject: str
) -> list[Sheet]:
    """Make one sheet. ``note`` describes its content; the note of an empty sheet says that there was no ``subject``."""
    rows = grid.tree_rows(function_tree(grid.lines, dossier.codes), len(LEVELS))
    unit = grid.printer.unit
    return [
        page(
            dossier,
            spec,
            unit,
            widths=(*(_LEVEL_WIDTH for _ in LEVELS), NAME_WIDTH, *(AMOUNT_WIDTH[unit] for _ in grid.columns)),
            head=_head(grid),
            body=(grid.total_row(len(LEVELS) + 1), *rows),
            notes=(
                note,
                formula_note(COLUMN_NUMBER, _formulas(grid, sums)),
                *(() if rows else (nothing(dossier, subject),)),
            ),
        )
    ]


def _head(grid: Grid) -> tuple[Row, ...]:
    """项目{功能分类科目编码, 科目名称} and the columns, over 类, 款, 项, 栏次 and the columns' numbers."""
    levels = tuple(Cell(level, Role.HEADER, scope="col") for level in LEVELS)
    return (
        *_widen(grid.head([("项目", ["功能分类科目编码", "科目名称"])])),
        Row((*levels, Cell(COLUMN_NUMBER, Role.HEADER), *column_numbers(len(grid.columns)))),
    )


def _formulas(grid: Grid, sums: Iterable[Sum]) -> Iterator[str]:
    at = {column.id: number for number, column in enumerate(grid.columns, 1)}
    for s in sums:
        plus, minus = ([at[id] for id in ids if id in at] for ids in (s.plus, s.minus))
        yield formula(at[s.whole], plus, minus)


def _widen(rows: Sequence[Row]) -> Iterator[Row]:
    """The first column, merged over the three columns of the levels."""
    for row in rows:
        first, *others = row.cells
        yield replace(row, cells=(replace(first, columns=first.columns + len(LEVELS) - 1), *others))
