"""What styles, merged cells and page setup cost beside writing the same cells with openpyxl alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from budgets.classification.editions import classification
from budgets.domain.profile import build_tables
from budgets.domain.sheets import Sheet
from budgets.renderers import xlsx
from budgets.storage.dossier_json import parse_dossier
from tests.samples import document

SAMPLE = "112001"
TITLE = "部门预算公开表"


@pytest.fixture(scope="module")
def sheets() -> list[Sheet]:
    """All tables of the sample, with the two years before."""
    codes = classification("2024")
    earlier = tuple(parse_dossier(document(SAMPLE, year), codes) for year in (2022, 2021))
    return build_tables(replace(parse_dossier(document(SAMPLE), codes), earlier=earlier))


def test_styled(timed: Callable[..., None], sheets: list[Sheet]) -> None:
    timed("workbook", SAMPLE, lambda: xlsx.render(sheets, title=TITLE))


def test_bare(timed: Callable[..., None], sheets: list[Sheet]) -> None:
    """The values alone."""
    pages = [(page.title, _values(page)) for page in _finished(sheets)]

    def write() -> None:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for title, cells in pages:
            worksheet = workbook.create_sheet(title)
            for row, column, value in cells:
                worksheet.cell(row, column).value = value
        workbook.save(io.BytesIO())

    timed("bare workbook", SAMPLE, write)


def test_dressed(timed: Callable[..., None], sheets: list[Sheet]) -> None:
    """The same workbook, when everything about it is known: each style made once and given as its numbers."""
    finished = _finished(sheets)
    pages = [
        (page.title, _dressed(page), [str(area) for area in page.merged_cells.ranges]) for page in finished
    ]

    def write() -> None:
        workbook = Workbook()
        workbook.remove(workbook.active)
        for table in ("_fonts", "_fills", "_borders", "_alignments", "_number_formats", "_cell_styles"):
            setattr(workbook, table, getattr(finished, table))
        for title, cells, areas in pages:
            worksheet = workbook.create_sheet(title)
            for area in areas:
                worksheet.merged_cells.add(area)
            for row, column, value, style in cells:
                cell = worksheet.cell(row, column)
                cell._style = copy(style)
                if value is not None:
                    cell.value = value
        workbook.save(io.BytesIO())

    timed("dressed workbook", SAMPLE, write)


def _finished(sheets: list[Sheet]) -> Workbook:
    return load_workbook(io.BytesIO(xlsx.render(sheets, title=TITLE)))


def _values(page: Any) -> list[tuple[int, int, object]]:
    return [(c.row, c.column, c.value) for row in page.iter_rows() for c in row if c.value is not None]


def _dressed(page: Any) -> list[tuple[int, int, object, Any]]:
    return [(c.row, c.column, c.value, c._style) for row in page.iter_rows() for c in row if c.has_style]
