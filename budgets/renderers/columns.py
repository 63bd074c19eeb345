"""The columns of a printed table: as wide as the page, or in blocks, each beside the labels. Pure.

Widths are in CJK characters of the body font, columns are counted from 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from budgets.domain.sheets import Placed, Role, Sheet, positions

from .layout import column_widths

_SHRUNK = 0.9
"""Share of its size to which a block is shrunk where that makes no block more."""
_LABELS = 0.2
"""Least share of the page that repeated columns take. The department's name is printed above them."""
_NAMING = frozenset({Role.LABEL, Role.CODE, Role.TEXT, Role.NUMBER})


@dataclass(frozen=True)
class Columns:
    """``widths`` of all columns. The first ``labels`` are printed beside each of the ``blocks``, which follow them."""

    widths: tuple[float, ...]
    labels: int
    blocks: tuple[range, ...]

    @property
    def divided(self) -> bool:
        return len(self.blocks) > 1

    @property
    def printed(self) -> float:
        """The width of the widest block with its labels."""
        return max(self.total(range(self.labels)) + self.total(block) for block in self.blocks)

    def total(self, columns: range) -> float:
        return sum(self.widths[column] for column in columns)

    def edges(self) -> tuple[int, ...]:
        """The columns before which a page begins."""
        return tuple(block.start for block in self.blocks[1:])


def columns_of(sheet: Sheet, page: float, widest: float) -> Columns:
    """The columns of ``sheet`` for pages of ``page``. A table wider than ``widest`` is divided, to be legible."""
    widths = tuple(column_widths(sheet, page))
    if sheet.is_form or sum(widths) <= widest:
        return Columns(widths, 0, (range(len(widths)),))
    little, much = (_divided(sheet, widths, page, room) for room in (min(page / _SHRUNK, widest), widest))
    return little if len(little.blocks) <= len(much.blocks) else much


def _divided(sheet: Sheet, widths: Sequence[float], page: float, widest: float) -> Columns:
    placed = list(positions(sheet))
    labels = _label_count(placed, len(widths))
    widths = [*_stretched(widths[:labels], page * _LABELS), *widths[labels:]]
    beside = sum(widths[:labels])
    blocks = tuple(_blocks(placed, widths, labels, widest - beside))
    room = max(page - beside, *(sum(widths[block.start : block.stop]) for block in blocks))
    fitted = [width for block in blocks for width in _stretched(widths[block.start : block.stop], room)]
    return Columns((*widths[:labels], *fitted), labels, blocks)


def _stretched(widths: Sequence[float], least: float) -> list[float]:
    """``widths`` in proportion, together at least ``least``."""
    factor = max(1.0, least / sum(widths)) if widths else 1.0
    return [round(width * factor, 2) for width in widths]


def _label_count(placed: Sequence[Placed], width: int) -> int:
    """The leading columns that name the rows; none if they are half of the table, or if a heading joins them to it."""
    figures = [p.column for p in placed if not p.in_head and p.cell.role not in _NAMING]
    count = min(figures, default=0)
    return count if count in _edges(placed, width) and count * 2 < width else 0


def _edges(placed: Sequence[Placed], width: int, *, body: bool = False) -> set[int]:
    """The columns before which no cell is cut; with ``body``, no cell of the body."""
    cut = {
        column
        for p in placed
        if not (body and p.in_head)
        for column in range(p.column + 1, p.column + p.cell.columns)
    }
    return set(range(width + 1)) - cut


def _blocks(placed: Sequence[Placed], widths: Sequence[float], labels: int, room: float) -> Iterator[range]:
    """The columns after the labels, divided between groups of the head; within one only if it is too wide itself."""
    clean, possible = (sorted(_edges(placed, len(widths), body=body)) for body in (False, True))
    start = labels
    while start < len(widths):
        end = next(
            (
                fitting[-1]
                for edges in (clean, possible)
                if (fitting := [e for e in edges if e > start and sum(widths[start:e]) <= room])
            ),
            next(e for e in possible if e > start),
        )
        yield range(start, end)
        start = end


def divided_spans(left: int, right: int, edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The span from ``left`` to ``right`` (inclusive) in the pieces that ``edges`` make of it."""
    bounds = [left, *(edge for edge in edges if left < edge <= right), right + 1]
    for start, stop in pairwise(bounds):
        yield start, stop - 1
