"""Labels of a sheet's cells: the printed headings of their row and column. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from ..domain.sheets import Placed, Role, Sheet, positions
from ..renderers.values import text

LONGEST = 24
"""Characters of one word of a label."""

WORDS = (Role.HEADER, Role.LABEL, Role.TEXT, Role.CODE)

SUBJECT = "科目编码"
"""What the heading of a column of subjects' codes says."""

_VALUE = re.compile(r"[\d≥≤<>＜＞=＝±+\-—/.,，%％\s]")


@dataclass(frozen=True, slots=True)
class Path:
    """The headings of a cell in full: of its row from left to right, of its column outermost first.

    ``code`` and ``name`` are those of the row's subject (科目), empty if the row has no printed code.
    """

    row: tuple[str, ...]
    column: tuple[str, ...]
    code: str = ""
    name: str = ""


class CellLabels:
    """The labels of one sheet's cells; reads the sheet once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._placed: dict[str, Placed] = {}
        self._of_row: dict[int, list[Placed]] = defaultdict(list)
        self._heads: list[Placed] = []
        for placed in positions(sheet):
            if placed.cell.key:
                self._placed[placed.cell.key] = placed
            if placed.in_head or placed.cell.role == Role.HEADER:
                self._heads.append(placed)
            if not placed.in_head:
                for row in range(placed.row, placed.row + placed.cell.rows):
                    self._of_row[row].append(placed)

    def row_and_column(self, key: str) -> tuple[str, str]:
        """Labels of row and column: ``2010350 事业运行``, ``基本支出 人员经费``.

        A cell of a form that has a label of its own gets this label and an empty text. Raises KeyError for an
        unknown key.
        """
        row, column = self._headings(key)
        return _joined(row), _joined(column)

    def label(self, key: str) -> str:
        """``2010350 事业运行 › 基本支出 人员经费``"""
        return " › ".join(filter(None, self.row_and_column(key)))

    def path(self, key: str) -> Path:
        """The same headings, whole and one by one, without the number of the column (栏次)."""
        row, column = self._headings(key)
        code, name = self._subject(row)
        return Path(_words(row), _words(p for p in column if p.cell.role != Role.NUMBER), code, name)

    def _subject(self, row: list[Placed]) -> tuple[str, str]:
        """The code among the headings of a row, and the name behind it."""
        for placed, named in pairwise(row):
            if placed.cell.role == Role.CODE and self._is_of_subjects(placed):
                return _whole(placed), _whole(named)
        return "", ""

    def _is_of_subjects(self, placed: Placed) -> bool:
        return any(SUBJECT in _whole(p) for p in self._heads if p.in_head and _above(p, placed))

    def _headings(self, key: str) -> tuple[list[Placed], list[Placed]]:
        found = self._placed[key]
        before = [p for p in self._of_row[found.row] if p.column < found.column]
        return self._on_form(found, before) if self.sheet.is_form else self._in_table(found, before)

    def _in_table(self, found: Placed, before: Iterable[Placed]) -> tuple[list[Placed], list[Placed]]:
        """The headings of the row, from left to right, and of the column, outermost first.

        In a table with two sides, only those of the cell's side.
        """
        return _nearest_words(before), [p for p in self._heads if p.in_head and _above(p, found)]

    def _on_form(self, found: Placed, before: list[Placed]) -> tuple[list[Placed], list[Placed]]:
        """The nearest label to the left; in a sub-table the texts of the row and the heading above."""
        labels = [p for p in before if p.cell.role in (Role.LABEL, Role.HEADER)]
        heads = [p for p in self._heads if not p.in_head and _above(p, found)]
        texts = [p for p in before if p.cell.role in WORDS and _names(p)]
        if labels and not (heads and texts):
            return labels[-1:], []
        return texts[-3:], heads[-1:]


def _nearest_words(before: Iterable[Placed]) -> list[Placed]:
    """The nearest run of words to the left, ignoring amounts in between."""
    found: list[Placed] = []
    for placed in sorted(before, key=lambda p: p.column, reverse=True):
        if placed.cell.role in WORDS:
            found.append(placed)
        elif found:
            break
    return [placed for placed in reversed(found) if _names(placed)]


def short(placed: Placed) -> str:
    return shorten(_whole(placed))


def _whole(placed: Placed) -> str:
    return text(placed.cell.value).replace("\n", "")


def _joined(headings: Iterable[Placed]) -> str:
    return " ".join(filter(None, map(short, headings)))


def _words(headings: Iterable[Placed]) -> tuple[str, ...]:
    return tuple(filter(None, map(_whole, headings)))


def shorten(words: str, length: int = LONGEST) -> str:
    return words if len(words) <= length else words[: length - 1] + "…"


def _names(placed: Placed) -> bool:
    """Whether a cell names its row: not a number, target or dash. A code does name it."""
    words = text(placed.cell.value)
    if placed.cell.role in (Role.HEADER, Role.LABEL, Role.CODE):
        return bool(words)
    return bool(words) and not _VALUE.match(words)


def _above(p: Placed, found: Placed) -> bool:
    return p.row < found.row and p.column <= found.column < p.column + p.cell.columns
