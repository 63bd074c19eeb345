"""CSV for people who calculate further."""

import csv
import io
from decimal import Decimal

import pytest

from budgets.domain.money import Unit
from budgets.domain.sheets import Cell, Role
from budgets.renderers.csv import render
from tests.budgets.renderers.sample import FORMULAS, amount, rows, table


def read(sheet):
    return list(csv.reader(io.StringIO(render(sheet).decode("utf-8-sig"), newline="")))


def body(sheet):
    """What follows the line that names the sheet."""
    return read(sheet)[1:]


def test_it_is_utf8_that_excel_recognises():
    assert render(table()).startswith(b"\xef\xbb\xbf")


def test_its_first_line_names_the_table_the_year_the_department_and_the_unit():
    assert read(table())[0] == ["表5 2023年一般公共预算支出表", "部门：某区某某中心", "单位：万元", "", ""]
    assert read(table(unit=Unit.YUAN))[0][2] == "单位：元"
    assert read(table(show_unit=False))[0][2] == ""


def test_every_line_is_as_wide_as_the_table():
    assert {len(row) for row in read(table())} == {5}


def test_the_name_of_a_department_is_no_formula_either():
    assert read(table(department="=1：1"))[0][1] == "'=1：1"


def test_it_holds_head_and_body_with_merged_cells_once():
    assert body(table()) == [
        ["科目编码", "科目名称", "预算数", "", "备注"],
        ["", "", "合计", "占比", ""],
        ["2010350", "事业运行", "1850.00", "27.65%", "第一行\n第二行"],
        ["合计", "", "-3073.53", "", "3"],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_cannot_become_a_formula(text):
    assert body(rows([text], widths=(10.0,))) == [[f"'{text}"]]


def test_a_negative_amount_is_no_formula():
    assert body(rows([amount("-1.00")], widths=(10.0,))) == [["-1.00"]]


def test_text_in_the_place_of_an_amount_is_guarded_too():
    assert body(rows([Cell("=1", Role.AMOUNT)], widths=(10.0,))) == [["'=1"]]


def test_zero_is_data_even_where_print_leaves_it_blank():
    sheet = rows([Cell(Decimal("0.00"), Role.AMOUNT), amount(None)], widths=(6.0, 6.0), blank_zero=True)
    assert body(sheet) == [["0.00", ""]]
