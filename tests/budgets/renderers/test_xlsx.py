"""The workbook, read back."""

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from budgets.domain.sheets import Cell, HeaderTree, Orientation, Region, Role, Row
from budgets.renderers.xlsx import render
from budgets.renderers.xlsx.front import CONTENTS, COVER
from tests.budgets.renderers.sample import FORMULAS, amount, form, label, rows, table


def workbook(*sheets, **more):
    return load_workbook(io.BytesIO(render(sheets, title="2023年部门预算公开表", **more)))


def worksheet(sheet):
    return workbook(sheet).worksheets[1]


def find(worksheet, value):
    return next(cell for row in worksheet.iter_rows() for cell in row if cell.value == value)


def where(worksheet, value):
    """The rows in which ``value`` stands."""
    return [cell.row for row in worksheet.iter_rows() for cell in row if cell.value == value]


def area(worksheet, cell):
    """The rows of ``cell`` with what is merged into it."""
    merged = (m for m in worksheet.merged_cells.ranges if cell.coordinate in m)
    found = next(merged, None)
    return range(found.min_row, found.max_row + 1) if found else range(cell.row, cell.row + 1)


def pages(worksheet):
    """The rows of each page below the repeated ones."""
    starts = [4, *(each.id + 1 for each in worksheet.row_breaks.brk)]
    return [range(a, b) for a, b in zip(starts, [*starts[1:], worksheet.max_row + 1], strict=True)]


def printed_height(worksheet, page):
    """Of one page, in points of paper. Every page of a form has number, title and department."""
    above = range(1, 4) if page.start > 4 else range(1, page.start)
    height = sum(worksheet.row_dimensions[row].height for row in (*above, *page))
    return height * worksheet.page_setup.scale / 100


HEAD = (
    Row(
        (
            Cell("目标名称", Role.HEADER, rows=2),
            Cell("指标", Role.HEADER, rows=2),
            Cell("指标值", Role.HEADER, columns=2),
        )
    ),
    Row((Cell("上年", Role.HEADER), Cell("当年", Role.HEADER))),
)


def long_form(count, before=20):
    """A form of ``before`` labels, then a sub-table of ``count`` rows that share a label."""
    indicators = [Row((Cell(f"指标{n}"), Cell("一"), Cell("二"))) for n in range(count)]
    first = Row((label("年度目标1", rows=count), *indicators[0].cells))
    return table(
        widths=(12.0,) * 4,
        head=(),
        is_form=True,
        body=(
            *(Row((label(f"标签{n}"), Cell("值", columns=3))) for n in range(before)),
            Row((Cell("年度绩效目标表", Role.HEADER, columns=4),)),
            Region("indicators", (first, *indicators[1:]), head=HEAD),
            Row((label("尾行"), Cell("", columns=3))),
        ),
    )


def wide(groups=(10, 6), count=1, **more):
    """A table of code, name and ``groups`` of amounts."""
    columns = sum(groups)
    row = Row(
        (Cell("112001", Role.CODE), label("某区某某中心"), *(amount("12345.67") for _ in range(columns)))
    )
    total = Row((label("合计", columns=2), *(amount("12345.67") for _ in range(columns))), total=True)
    head = [(f"组{i}", [f"{i}项{n}" for n in range(size)]) for i, size in enumerate(groups)]
    return table(
        widths=(6.0, 10.0, *(5.0,) * columns),
        head=HeaderTree(["单位代码", "单位名称", *head]).rows(),
        body=(*(row,) * count, total),
        orientation=Orientation.LANDSCAPE,
        **more,
    )


def test_number_title_department_and_unit_stand_above_the_table():
    found = worksheet(table())
    assert found["A1"].value == "表5"
    assert found["A2"].value == "2023年一般公共预算支出表"
    assert found["A2"].font.name == "黑体"
    assert found["A2"].font.size == 16
    assert found["A3"].value == "部门：某区某某中心"
    unit = find(found, "单位：万元")
    assert unit.row == 3
    assert unit.alignment.horizontal == "right"
    assert find(found, "科目编码").row == 4


def test_a_department_line_that_names_its_kind_is_kept():
    assert worksheet(table(department="单位：某中心"))["A3"].value == "单位：某中心"


def test_the_unit_may_be_hidden():
    values = [cell.value for cell in worksheet(table(show_unit=False))[3]]
    assert not any("万元" in str(value) for value in values)


def test_numbers_are_numbers_with_formats():
    found = worksheet(table())
    total = find(found, -3073.53)
    assert total.data_type == "n"
    assert total.number_format == "#,##0.00"
    assert total.font.bold
    percent = find(found, 0.2765)
    assert percent.number_format == "0.00%"
    assert find(found, 3).number_format == "0"


def test_percentages_are_divided_exactly():
    raw = render([rows([Cell(Decimal("3.83"), Role.PERCENT)], widths=(10.0,))], title="")
    sheet = zipfile.ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet2.xml").decode()
    assert "<v>0.0383</v>" in sheet


def test_unknown_is_empty_and_blank_zero_is_a_format():
    found = worksheet(rows([amount("0.00"), amount(None)], widths=(6.0, 6.0), blank_zero=True))
    assert found["A4"].value == 0
    assert found["A4"].number_format == "#,##0.00;-#,##0.00;;@"
    assert found["B4"].value is None


@pytest.mark.parametrize("text", [*FORMULAS, "2010350", "#N/A", "27.65%", "2023-01-01", "TRUE"])
def test_text_stays_text(text):
    cells = (text, Cell(text, Role.CODE), Cell(text, Role.AMOUNT))
    found = worksheet(rows(cells, widths=(10.0,) * 3))
    for cell in found["4"][:3]:
        assert cell.value == text
        assert cell.data_type == "s"
        assert bool(cell.quotePrefix) == (text in FORMULAS)


def test_characters_that_xml_cannot_hold_are_dropped():
    assert worksheet(rows(["甲\x00\x0b乙\ufffe"], widths=(10.0,)))["A4"].value == "甲乙"


def test_spans_are_merged_and_bordered_all_round():
    found = worksheet(table())
    assert "C4:D4" in found.merged_cells
    assert "A4:A5" in found.merged_cells
    assert found["D4"].border.right.style == "thin"
    assert found["A5"].border.bottom.style == "thin"


def test_a_sheet_of_one_page_is_fitted_on_a4_under_its_head():
    found = worksheet(table(orientation=Orientation.LANDSCAPE))
    assert found.page_setup.paperSize == 9
    assert found.page_setup.orientation == "landscape"
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 1)
    assert found.print_title_rows == "$1:$5"
    assert found.print_options.horizontalCentered
    assert found.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert found.print_area == "'表5 一般公共预算支出表'!$A$1:$E$8"


def test_tables_freeze_their_head_and_forms_do_not():
    assert worksheet(table()).freeze_panes == "A6"
    assert worksheet(form()).freeze_panes is None


def test_notes_stand_below():
    found = worksheet(table())
    assert found["A8"].value == "本表为空也要打印。"


def test_long_text_gets_high_rows_and_never_one_that_excel_refuses():
    found = worksheet(rows(["甲", "长" * 1200], ["末", "行"], widths=(10.0, 20.0)))
    heights = [found.row_dimensions[row].height for row in range(1, found.max_row + 1)]
    assert max(heights) <= 409
    last = find(found, "末").row
    assert sum(heights[3 : last - 1]) > 1200 / 35 * 13
    assert f"A4:A{last - 1}" in found.merged_cells
    assert f"B4:B{last - 1}" in found.merged_cells
    assert found["B4"].value == "长" * 1200
    assert found["B4"].alignment.vertical == "top"


def test_text_longer_than_a_page_goes_on_on_the_next_one():
    found = worksheet(rows(["甲", "长" * 5000], ["末", "行"], widths=(10.0, 20.0), notes=("注" * 5000,)))
    for letter in "长注":
        pieces = [cell for row in found.iter_rows() for cell in row if str(cell.value).startswith(letter)]
        assert "".join(piece.value for piece in pieces) == letter * 5000
        assert len(pieces) > 1
        for piece in pieces:
            height = sum(found.row_dimensions[row].height for row in area(found, piece))
            assert height >= len(piece.value) / 52 * 15
    assert len([row for row in pages(found) if find(found, "末").row in row]) == 1


def test_text_longer_than_a_cell_holds_says_that_it_is_cut():
    value = worksheet(table(title="长" * 40_000))["A2"].value
    assert len(value) == 32_767
    assert value.endswith("余下内容见网页）")


def test_the_contents_sheet_links_to_every_sheet_and_back():
    made = workbook(table(), table(number="表6", title="2023年基本支出表", name="表6 基本'支出"))
    contents = made.worksheets[0]
    assert contents.title == CONTENTS
    assert [cell.value for cell in contents["A"]][2:] == ["表5", "表6"]
    for row, name in enumerate(made.sheetnames[1:], 3):
        quoted = name.replace("'", "''")
        assert contents.cell(row, 2).hyperlink.location == f"'{quoted}'!A1"
        back = made[name]["A1"]
        assert back.hyperlink.location == "'目录'!A1"
        assert back.hyperlink.tooltip == "返回目录"
        assert back.value in ("表5", "表6")
        assert not back.font.underline


def test_sheets_of_one_title_are_told_apart_in_the_contents():
    made = workbook(
        table(title="2023年申报表", number="表13-1", name="表13-1 综合业务"),
        table(title="2023年申报表", number="表13-2", name="表13-2 系列宣传"),
    )
    assert [cell.value for cell in made.worksheets[0]["B"]][2:] == [
        "2023年申报表：综合业务",
        "2023年申报表：系列宣传",
    ]


def test_sheet_names_are_unique_short_and_allowed():
    names = ["表1/甲:*?[]", "表1甲", "表1甲", "名" * 40, "名" * 50, "目录", "History", "A", "a", ""]
    made = workbook(*(table(name=name) for name in names)).sheetnames
    assert len({name.casefold() for name in made}) == len(names) + 1
    assert all(0 < len(name) <= 31 for name in made)
    assert made[1:4] == ["表1甲", "表1甲 (2)", "表1甲 (3)"]
    assert "history" not in {name.casefold() for name in made}


def test_many_cells_share_few_styles():
    styles = workbook(*(table(name=str(number)) for number in range(30)))._named_styles
    assert len(styles) < 30


def test_properties_are_what_it_was_told():
    made = workbook(table(), creator="某区某某中心", created=datetime(2023, 2, 1, 9, 30))
    assert made.properties.title == "2023年部门预算公开表"
    assert made.properties.creator == "某区某某中心"
    assert made.properties.created == made.properties.modified == datetime(2023, 2, 1, 9, 30)


PRINT_DIGEST = """
import hashlib
from budgets.renderers.xlsx import render
from tests.budgets.renderers.sample import form, table
print(hashlib.sha256(render([table(), form()], title="目")).hexdigest())
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_same_sheets_give_the_same_bytes_in_any_process(seed):
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST],
        cwd=root,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(render([table(), form()], title="目")).hexdigest()


def test_zip_entries_do_not_carry_the_clock():
    archive = zipfile.ZipFile(io.BytesIO(render([table()], title="目")))
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_amount_keeps_the_places_that_it_was_given_with():
    found = worksheet(rows([amount("62.745"), amount("65.00"), amount("65")], widths=(8.0,) * 3))
    assert [found[f"{column}4"].number_format for column in "ABC"] == ["#,##0.000", "#,##0.00", "#,##0.00"]
    blank = worksheet(rows([amount("62.745")], widths=(8.0,), blank_zero=True))
    assert blank["A4"].number_format == "#,##0.000;-#,##0.000;;@"


def test_a_count_may_have_places_too():
    cells = [Cell(Decimal("11.58"), Role.COUNT), Cell(Decimal("20"), Role.COUNT)]
    found = worksheet(rows(cells, widths=(8.0, 8.0)))
    assert [found[f"{column}4"].number_format for column in "AB"] == ["0.00", "0"]


def test_a_sub_table_that_goes_on_has_its_head_again_on_the_next_page():
    found = worksheet(long_form(60))
    assert len(pages(found)) > 2
    heads = where(found, "目标名称")
    assert heads[1:] == [page.start for page in pages(found)][1:]
    for row in heads:
        assert f"A{row}:A{row + 1}" in found.merged_cells
        assert found.cell(row + 1, 3).value == "上年"
    assert [len(where(found, f"指标{n}")) for n in range(60)] == [1] * 60


def test_a_label_over_rows_of_two_pages_stands_on_both():
    found = worksheet(long_form(60))
    labels = where(found, "年度目标1")
    assert len(labels) == len(pages(found))
    for row, page in zip(labels, pages(found), strict=True):
        assert {*area(found, found.cell(row, 1))} < {*page}


@pytest.mark.parametrize("before", range(16, 36))
def test_no_page_ends_in_a_head_a_merged_cell_or_before_a_single_row(before):
    found = worksheet(long_form(30, before))
    ends = [page.stop for page in pages(found)][:-1]
    for merged in found.merged_cells.ranges:
        assert not any(merged.min_row < end <= merged.max_row for end in ends)
    heads = {row + more for row in where(found, "目标名称") for more in (0, 1)}
    assert not {end - 1 for end in ends} & (heads | {*where(found, "年度绩效目标表")})
    for page in pages(found):
        assert len([row for row in page if str(found.cell(row, 2).value).startswith("指标")]) != 2
        assert len(page) > 2


@pytest.mark.parametrize("sheet", [long_form(30), long_form(200), wide(count=90), wide((30,), count=40)])
def test_no_page_is_higher_than_the_paper(sheet):
    found = worksheet(sheet)
    assert not found.sheet_properties.pageSetUpPr.fitToPage
    paper = 841.9 if found.page_setup.orientation == "portrait" else 595.3
    room = paper - (found.page_margins.top + found.page_margins.bottom) * 72
    for page in pages(found):
        assert printed_height(found, page) <= room


def test_what_is_a_little_longer_than_a_page_is_fitted_on_it():
    found = worksheet(long_form(10))
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 1)
    assert 77 <= found.page_setup.scale < 98
    assert not found.row_breaks.brk


def test_a_table_too_wide_to_read_is_divided_between_groups_of_its_head():
    found = worksheet(wide())
    assert [each.id for each in found.col_breaks.brk] == [12]
    assert found.print_title_cols == "$A:$B"
    assert not found.sheet_properties.pageSetUpPr.fitToPage
    assert found.page_setup.scale >= 77
    assert found["A1"].value == "表5"
    assert found["C2"].value == "2023年一般公共预算支出表"
    assert found["M2"].value == "2023年一般公共预算支出表（续）"
    assert found["A3"].value == "部门：某区某某中心"
    assert [cell.column for cell in found[3] if cell.value == "单位：万元"] == [11, 18]


@pytest.mark.parametrize("groups", [(10, 6), (30,), (2,) * 20, (12, 12, 12)])
def test_each_block_of_a_divided_table_fits_the_page(groups):
    found = worksheet(wide(groups))
    edges = [2, *(each.id for each in found.col_breaks.brk), found.max_column]
    widths = [found.column_dimensions[get_column_letter(n + 1)].width for n in range(found.max_column)]
    page = (841.89 - 72) / (5.25 * found.page_setup.scale / 100)
    assert len(edges) > 2
    for start, stop in pairwise(edges):
        assert sum(widths[:2]) + sum(widths[start:stop]) < page
    for merged in found.merged_cells.ranges:
        assert not any(merged.min_col <= edge < merged.max_col for edge in edges[1:-1])


def test_a_group_of_the_head_that_is_divided_is_named_on_each_page():
    found = worksheet(wide((30,)))
    assert len([cell for cell in found[4] if cell.value == "组0"]) == len(found.col_breaks.brk) + 1


def test_nothing_stands_beside_the_print_area():
    for sheet in (table(), form(), long_form(60), wide(), wide(count=60, notes=("说明",))):
        found = worksheet(sheet)
        _, _, right, bottom = range_boundaries(found.print_area.split("!")[1].replace("$", ""))
        assert (found.max_column, found.max_row) == (right, bottom)


def test_levels_are_indented():
    assert find(worksheet(table()), "事业运行").alignment.indent == 1


def test_a_cover_stands_before_the_contents():
    made = workbook(table(), cover=(("批复文号", "=某财预〔2023〕1 号"), ("公开日期", "2023-02-15")))
    assert made.sheetnames[:2] == [COVER, CONTENTS]
    cover = made.worksheets[0]
    values = [cell.value for row in cover.iter_rows() for cell in row if cell.value]
    assert values == [
        "2023年部门预算公开表",
        "公 开 表",
        "部门名称：",
        "某区某某中心",
        "批复文号：",
        "=某财预〔2023〕1 号",
        "公开日期：",
        "2023-02-15",
    ]
    assert find(cover, "=某财预〔2023〕1 号").data_type == "s"
    assert (cover.page_setup.paperSize, cover.page_setup.orientation) == (9, "portrait")
    assert (cover.page_setup.fitToWidth, cover.page_setup.fitToHeight) == (1, 1)
    assert cover.print_options.horizontalCentered
    assert cover.print_area == f"'{COVER}'!$A$1:$D${cover.max_row}"


def test_a_workbook_that_is_told_nothing_for_it_has_no_cover():
    assert workbook(table()).sheetnames[0] == CONTENTS


def test_columns_are_measured_in_a_font_that_every_system_has_the_measures_of():
    normal = workbook(table())._named_styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", 10.5)
