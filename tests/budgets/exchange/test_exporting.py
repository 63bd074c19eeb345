"""The workbook of a real report, as an office prints it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from budgets.classification.editions import classification
from budgets.exchange.exporting import export
from budgets.storage.dossier_json import parse_dossier
from tests.samples import document

SAMPLE = "112001"


@pytest.fixture(scope="module")
def workbook() -> Workbook:
    """The budget of 2023, with the two years before."""
    codes = classification("2024")
    earlier = tuple(parse_dossier(document(SAMPLE, year), codes) for year in (2022, 2021))
    dossier = replace(parse_dossier(document(SAMPLE), codes), earlier=earlier)
    (file,) = export(dossier, ["xlsx"])
    return load_workbook(io.BytesIO(file.content))


def tables(workbook: Workbook) -> list[Worksheet]:
    return workbook.worksheets[2:]


def test_cover_and_contents_come_first(workbook: Workbook) -> None:
    assert workbook.sheetnames[:2] == ["封面", "目录"]
    said = [cell.value for row in workbook["封面"].iter_rows() for cell in row if cell.value]
    assert said == [
        "武汉市东西湖区企业和人才服务中心",
        "2023 年部门预算",
        "公 开 表",
        "部门名称：",
        "武汉市东西湖区企业和人才服务中心",
        "单位代码：",
        "112001",
        "年度：",
        "2023 年",
        "种类：",
        "部门预算",
    ]


def test_type_is_never_smaller_than_8_points(workbook: Workbook) -> None:
    assert all(sheet.page_setup.scale * 10.5 >= 800 for sheet in tables(workbook))
    assert [sheet.title for sheet in tables(workbook) if sheet.col_breaks.brk] == ["表2 部门收入总表"]


def test_pages_end_between_rows(workbook: Workbook) -> None:
    for sheet in tables(workbook):
        ends = {each.id for each in sheet.row_breaks.brk}
        assert not ends or not sheet.sheet_properties.pageSetUpPr.fitToPage
        for merged in sheet.merged_cells.ranges:
            assert not ends & {*range(merged.min_row, merged.max_row)}, sheet.title


def test_no_page_begins_with_an_indicator_whose_columns_are_not_named(workbook: Workbook) -> None:
    begun = [
        [cell.value for cell in sheet[each.id + 1] if cell.value]
        for sheet in tables(workbook)
        if sheet.title.startswith("表13-3")
        for each in sheet.row_breaks.brk
    ]
    assert begun == [
        ["项目活动", "活动内容表述", "支出经济分类", "金额", "测算依据及说明", "备注"],
        ["目标名称", "一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据"],
    ]


def test_nothing_stands_beside_what_is_printed(workbook: Workbook) -> None:
    for sheet in workbook:
        _, _, right, bottom = range_boundaries(sheet.print_area.split("!")[1].replace("$", ""))
        assert (sheet.max_column, sheet.max_row) == (right, bottom)
