"""The cells of one sheet as they are read, within the limits of the whole workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType

from .cells import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_FORMULA,
    MAX_MERGED,
    MAX_NAME,
    MAX_ROWS,
    Cell,
    Failed,
    Place,
    Sheet,
    Shown,
    SpreadsheetRefused,
    column_letters,
)

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; from 0."""


_TOO_MUCH = "工作簿内容过多，请只留要导入的页，另存为新文件后再上传"


class Budget:
    """What the sheets of a workbook may still have."""

    def __init__(self) -> None:
        self.cells, self.characters = MAX_CELLS, MAX_CHARACTERS

    def spend(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Raises `SpreadsheetRefused` if the workbook has too much."""
        self.cells -= len(rows) + sum(map(len, rows))
        self.characters -= sum(_characters(cell) for row in rows for cell in row if type(cell) not in _PLAIN)
        if self.cells < 0 or self.characters < 0:
            raise SpreadsheetRefused(_TOO_MUCH)


_PLAIN = (int, float, bool, NoneType)


def _characters(cell: Cell) -> int:
    if isinstance(cell, str):
        return len(cell)
    return len(cell.text) if isinstance(cell, Shown | Failed) else MAX_FORMULA


class Collector:
    """Takes the cells of a sheet in any order."""

    def __init__(self, name: str, budget: Budget, is_hidden: bool) -> None:
        if len(name) > MAX_NAME:
            raise SpreadsheetRefused(f"工作表的名称最多 {MAX_NAME} 个字，请改短后再上传")
        self.name, self.budget, self.is_hidden = name, budget, is_hidden
        self.clear()

    def clear(self) -> None:
        """Forget every cell."""
        self.rows: list[list[Cell]] = []
        self.count = 0
        """The cells of the rows before the last."""
        self.hidden_rows: set[int] = set()
        self.hidden_columns = bytearray(MAX_COLUMNS)
        self.merges: list[Range] = []

    def put(self, row: int, column: int, cell: Cell) -> list[Cell]:
        """Keep a cell with a value; returns its row. Raises `SpreadsheetRefused` beyond the limits."""
        rows = self.rows
        if row >= len(rows) or column >= MAX_COLUMNS:
            self._extend(row, column)
        cells = rows[row]
        gap = column - len(cells)
        if gap > 0:
            cells.extend([None] * gap)
        if gap >= 0:
            cells.append(cell)
        else:
            cells[column] = cell
        return cells

    def _extend(self, row: int, column: int) -> None:
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            place = f"{self.name}!{column_letters(column)}{row + 1}"
            raise SpreadsheetRefused(
                f"工作簿过大：{place} 有内容，每页最多 {MAX_ROWS} 行、{MAX_COLUMNS} 列，请删去多余的内容后再上传"
            )
        self.count += len(self.rows[-1]) if self.rows else 0
        if self.count > self.budget.cells:
            raise SpreadsheetRefused(_TOO_MUCH)
        self.rows.extend([] for _ in range(row + 1 - len(self.rows)))

    def hide_row(self, row: int) -> None:
        if row < MAX_ROWS:
            self.hidden_rows.add(row)

    def hide_columns(self, first: int, last: int) -> None:
        """Hide a range of columns, which may be larger than the sheet."""
        first, last = max(0, first), min(last, MAX_COLUMNS - 1)
        if first <= last:
            self.hidden_columns[first : last + 1] = b"\1" * (last + 1 - first)

    def merge(self, area: Range) -> None:
        self.merges.append(area)

    def sheet(self) -> Sheet:
        """The finished sheet. Raises `SpreadsheetRefused` if it has too much."""
        self.budget.spend(self.rows)
        width = max(map(len, self.rows), default=0)
        return Sheet(
            self.name,
            self.rows,
            self._covered(width),
            self.is_hidden,
            frozenset(row for row in self.hidden_rows if row < len(self.rows)),
            frozenset(column for column in range(width) if self.hidden_columns[column]),
        )

    def _covered(self, width: int) -> dict[Place, Place]:
        """The covered cells within the values. Of merges that overlap, the first one counts."""
        covered: dict[Place, Place] = {}
        for top, left, bottom, right in _clipped(self.merges, len(self.rows), width):
            if (top, left) in covered:
                continue
            area = (bottom - top + 1) * (right - left + 1)
            if len(covered) + area > MAX_MERGED:
                raise SpreadsheetRefused(f"“{self.name}”页合并的单元格过多，请取消多余的合并后再上传")
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    covered.setdefault((row, column), (top, left))
        return {place: at for place, at in covered.items() if place != at}


def _clipped(merges: Iterable[Range], height: int, width: int) -> list[Range]:
    """The merges within so many rows and columns, each once."""
    found = dict.fromkeys(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in merges
        if 0 <= top < height and 0 <= left < width and top <= bottom and left <= right
    )
    return list(found)
