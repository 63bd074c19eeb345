"""CSV for people who calculate further."""

import csv
import io
from decimal import Decimal

import pytest

from budgets.domain.sheets import Cell, Role
from budgets.renderers.csv import render
from tests.budgets.renderers.sample import FORMULAS, amount, rows, table


def read(sheet):
    return list(csv.reader(io.StringIO(render(sheet).decode("utf-8-sig"), newline="")))


def test_it_is_utf8_that_excel_recognises():
    assert render(table()).startswith(b"\xef\xbb\xbf")


def test_it_holds_head_and_body_with_merged_cells_once():
    assert read(table()) == [
        ["科目编码", "科目名称", "预算数", "", "备注"],
        ["", "", "合计", "占比", ""],
        ["2010350", "事业运行", "1850.00", "27.65%", "第一行\n第二行"],
        ["合计", "", "-3073.53", "", "3"],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_text_cannot_become_a_formula(text):
    assert read(rows([text], widths=(10.0,))) == [[f"'{text}"]]


def test_a_negative_amount_is_no_formula():
    assert read(rows([amount("-1.00")], widths=(10.0,))) == [["-1.00"]]


def test_text_in_the_place_of_an_amount_is_guarded_too():
    assert read(rows([Cell("=1", Role.AMOUNT)], widths=(10.0,))) == [["'=1"]]


def test_zero_is_data_even_where_print_leaves_it_blank():
    sheet = rows([Cell(Decimal("0.00"), Role.AMOUNT), amount(None)], widths=(6.0, 6.0), blank_zero=True)
    assert read(sheet) == [["0.00", ""]]
