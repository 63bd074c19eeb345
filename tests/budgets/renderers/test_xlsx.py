"""The workbook, read back."""

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from budgets.domain.sheets import Cell, Orientation, Role
from budgets.renderers.xlsx import CONTENTS, render
from tests.budgets.renderers.sample import FORMULAS, amount, form, rows, table


def workbook(*sheets, **more):
    return load_workbook(io.BytesIO(render(sheets, title="2023年部门预算公开表", **more)))


def worksheet(sheet):
    return workbook(sheet).worksheets[1]


def find(worksheet, value):
    return next(cell for row in worksheet.iter_rows() for cell in row if cell.value == value)


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


def test_it_prints_on_a4_fitted_to_width_with_its_head_on_every_page():
    found = worksheet(table(orientation=Orientation.LANDSCAPE))
    assert found.page_setup.paperSize == 9
    assert found.page_setup.orientation == "landscape"
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
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
    found = worksheet(rows(["甲", "长" * 3000], ["末", "行"], widths=(10.0, 20.0), notes=("注" * 5000,)))
    heights = [found.row_dimensions[row].height for row in range(1, found.max_row + 1)]
    assert max(heights) <= 409
    last = find(found, "末").row
    assert sum(heights[3 : last - 1]) > 3000 / 35 * 13
    assert f"A4:A{last - 1}" in found.merged_cells
    assert f"B4:B{last - 1}" in found.merged_cells
    assert found["B4"].value == "长" * 3000
    assert found["B4"].alignment.vertical == "top"


def test_text_longer_than_a_cell_holds_says_that_it_is_cut():
    value = worksheet(rows(["长" * 40_000], widths=(10.0,)))["A4"].value
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
        assert find(made[name], "返回目录").hyperlink.location == "'目录'!A1"


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
