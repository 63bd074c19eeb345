"""Tables whose every figure is row ∧ column: the columns are filters, and so are the rows.

Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.ledger import Filter, Ledger
from budgets.domain.sheets import Cell, HeaderTree, Lines, Role, Row

from .cells import Printer, has_money, label, narrow
from .tree import Node


@dataclass(frozen=True, slots=True)
class Column:
    """One column of amounts. ``path`` is its headings from the top; ``id`` its part of cell keys.

    An ``optional`` column is printed only where some line in it is not zero. A ``closing`` column is not
    a sum: it prints the closing carry-over (年末结转) of its lines.
    """

    id: str
    path: tuple[str, ...]
    filter: Filter = Filter()
    optional: bool = False
    closing: bool = False


@dataclass(frozen=True)
class Grid:
    """The amounts of a table: ``columns`` over ``lines``, all of which match ``base``."""

    printer: Printer
    base: Filter
    lines: Ledger
    columns: tuple[Column, ...]

    @classmethod
    def over(cls, printer: Printer, ledger: Ledger, base: Filter, columns: Iterable[Column]) -> Grid:
        """A grid over what ``base`` matches in ``ledger``, with the optional columns that have money."""
        lines = ledger.where(base)
        return cls(
            printer,
            base,
            lines,
            tuple(c for c in columns if not c.optional or has_money(lines, c.filter)),
        )

    def amounts(
        self, row: str, filter: Filter | None = None, lines: Ledger | None = None
    ) -> tuple[Cell, ...]:
        """The amounts of one row, of all rows without ``filter``.

        ``lines`` are what ``filter`` matches, where the caller has them already.
        """
        within = narrow(self.base, filter) if filter else self.base
        if lines is None:
            lines = self.lines.where(filter) if filter else self.lines
        return tuple(self._cell(row, column, within, lines) for column in self.columns)

    def _cell(self, row: str, column: Column, within: Filter | None, lines: Ledger) -> Cell:
        if column.closing:
            return self.printer.amount(row, column.id, lines.where(column.filter).closing())
        filter = narrow(within, column.filter) if within else None
        if filter is None:
            return self.printer.amount(row, column.id, Decimal(0))
        return self.printer.amount(row, column.id, lines.total(column.filter), Lines(filter))

    def tree_rows(self, nodes: Iterable[Node], code_columns: int = 1) -> list[Row]:
        """One row per node: code across ``code_columns``, indented name, amounts."""
        return [
            Row(
                (
                    Cell(node.code, Role.CODE, columns=code_columns),
                    label(node.name, indent=node.level, strong=node.level == 0),
                    *self.amounts(node.id, node.filter, node.lines),
                )
            )
            for node in nodes
        ]

    def total_row(self, columns: int) -> Row:
        """合计 across the first ``columns`` columns, then the sums of all rows."""
        return Row((label("合计", columns=columns), *self.amounts("total")), total=True)

    def head(self, before: Sequence[str | tuple[str, list]]) -> tuple[Row, ...]:
        """The header rows: ``before``, then the columns, those with a common heading under it."""
        nodes: list = list(before)
        for column in self.columns:
            siblings = nodes
            for heading in column.path[:-1]:
                if not siblings or not isinstance(siblings[-1], tuple) or siblings[-1][0] != heading:
                    siblings.append((heading, []))
                siblings = siblings[-1][1]
            siblings.append(column.path[-1])
        return HeaderTree(nodes).rows()
