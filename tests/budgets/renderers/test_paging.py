"""How sheets fit paper: legible, whole, with their heads."""

from __future__ import annotations

import pytest
from hypothesis import given

from budgets.domain.profile import build_tables
from budgets.domain.sheets import Sheet, positions
from budgets.renderers.layout import BODY_SIZE
from budgets.renderers.paging import PAGE_WIDTH, SMALLEST, blocks_of, pages_of
from tests.manuscripts import REPORTS
from tests.strategies import dossiers


def sheets() -> list[Sheet]:
    return [sheet for name in REPORTS for sheet in build_tables(REPORTS[name]())]


def test_type_is_legible_and_fits():
    for sheet in sheets():
        for page in pages_of(sheet):
            assert SMALLEST <= page.size <= BODY_SIZE, sheet.table
            width = sum(page.widths) * page.size / BODY_SIZE
            assert width <= PAGE_WIDTH[sheet.orientation] * 1.02, sheet.table


def test_a_wide_table_is_split_by_columns_with_its_labels():
    wide = next(sheet for sheet in sheets() if sheet.table == "T02")
    pages = list(pages_of(wide))
    assert len(pages) == 2
    assert [page.heading for page in pages] == [wide.heading, f"{wide.heading}（续）"]
    first, second = (page.sheet for page in pages)
    labels = [cell.value for cell in first.body[0].cells[:2]]  # type: ignore[union-attr]
    assert [cell.value for cell in second.body[0].cells[:2]] == labels  # type: ignore[union-attr]
    assert [cell.value for cell in second.head[0].cells] == ["单位代码", "单位名称", "上年结转"]
    assert {**first.cells, **second.cells}.keys() == wide.cells.keys()


def test_a_table_of_little_more_than_a_page_is_on_one():
    table = next(sheet for sheet in sheets() if sheet.table == "T04")
    [page] = pages_of(table)
    assert SMALLEST < page.size < BODY_SIZE


@pytest.mark.parametrize("name", REPORTS)
def test_sub_tables_have_their_heads_with_the_title_above(name):
    for sheet in build_tables(REPORTS[name]()):
        blocks = blocks_of(sheet)
        rows = [row for block in blocks for row in (*block.head, *block.rows)]
        assert rows == list(sheet.rows), sheet.table
        if sheet.table.startswith("T13."):
            heads = [block.head[0].cells[0].value for block in blocks if block.head]
            assert heads[:2] == ["项目资金来源", "项目支出明细测算"] and "年度绩效目标表" in heads
            assert all(len(block.head) > 1 for block in blocks if block.head)


@given(dossiers())
def test_nothing_is_lost_or_cut(report):
    for sheet in build_tables(report):
        pages = list(pages_of(sheet))
        assert set().union(*(page.sheet.cells for page in pages)) == set(sheet.cells)
        for page in pages:
            list(positions(page.sheet))
            for block in blocks_of(page.sheet):
                reach = 0
                for row in (*block.head, *block.rows):
                    reach = max(reach, *(cell.rows for cell in row.cells), 0) - 1
                assert reach <= 0
