"""The cells of published tables: two workbooks compared, and what stands in the cells counted."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.domain.sheets import Cell, Role, Sheet

FIGURES = (Role.AMOUNT, Role.PERCENT, Role.COUNT)
TEXTS = (Role.TEXT, Role.CODE)


def differences(found: bytes, wanted: bytes) -> Iterator[str]:
    """Where two workbooks differ: sheets, values, number formats and merged cells. The same bytes differ nowhere."""
    if found == wanted:
        return
    ours, theirs = (load_workbook(io.BytesIO(content)) for content in (found, wanted))
    if ours.sheetnames != theirs.sheetnames:
        yield f"sheets {ours.sheetnames} instead of {theirs.sheetnames}"
    for sheet, other in zip(ours, theirs, strict=False):
        for (place, said), (_, expected) in zip_longest(
            _cells(sheet), _cells(other), fillvalue=("", "no cell")
        ):
            if said != expected:
                yield f"{sheet.title}!{place}: {said} instead of {expected}"
        if sorted(map(str, sheet.merged_cells.ranges)) != sorted(map(str, other.merged_cells.ranges)):
            yield f"{sheet.title}: other cells are merged"


def _cells(sheet: Worksheet) -> Iterator[tuple[str, Any]]:
    for row in sheet.iter_rows():
        for cell in row:
            yield cell.coordinate, (cell.value, cell.number_format)


@dataclass(frozen=True)
class Published:
    """How many cells say something: ``figures`` are amounts, percentages and counts, ``zeros`` those that say 0."""

    figures: int
    zeros: int
    texts: int
    headings: int

    @property
    def all(self) -> int:
        return self.figures + self.texts + self.headings


def count(sheets: Iterable[Sheet]) -> Published:
    """What is printed in the grids of ``sheets``; merged cells are one."""
    cells = [cell for sheet in sheets for row in sheet.rows for cell in row.cells if _is_printed(cell, sheet)]
    figures = [cell for cell in cells if cell.role in FIGURES]
    texts = sum(cell.role in TEXTS for cell in cells)
    return Published(
        figures=len(figures),
        zeros=sum(cell.value == 0 for cell in figures),
        texts=texts,
        headings=len(cells) - len(figures) - texts,
    )


def _is_printed(cell: Cell, sheet: Sheet) -> bool:
    return cell.value not in (None, "") and not (sheet.blank_zero and cell.value == 0)
