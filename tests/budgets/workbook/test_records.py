"""Cells as the fields of a form read them: what is shown in texts, what is stored in numbers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pytest
from django import forms

from budgets.domain.money import Unit
from budgets.files.spreadsheet import Failed, Shown, Uncomputed
from budgets.forms.fields import (
    AmountField,
    ChosenField,
    CountField,
    DateField,
    NameField,
    PartField,
    TickField,
    YearField,
)
from budgets.workbook.reading import Raw, read_workbook
from budgets.workbook.records import Control, Reading, UnreadableCell
from tests.budgets.files.spreadsheet.packages import package, sheet

NEW_YEAR = Shown(datetime.date(2025, 1, 1), "2025年1月")
THIRD = Shown(33333.33333, "33,333.33", 2)


@dataclass
class Case:
    field: PartField
    cell: Raw
    text: str


TEXTS = [
    Case(NameField(), Shown(0.95, "95%"), "95%"),
    Case(NameField(), NEW_YEAR, "2025年1月"),
    Case(NameField(), Shown(datetime.timedelta(hours=30), "30:00"), "30:00"),
    Case(NameField(), 1200, "1200"),
    Case(NameField(), True, "是"),
    Case(AmountField(), Shown(1200, "¥ 1,200.00", 2), "1200"),
    Case(AmountField(), Shown(-1200.5, "(1,200.50)", 2), "-1200.5"),
    Case(AmountField(), Shown(0, "¥ -"), "0"),
    Case(AmountField(), THIRD, "33333.33333"),
    Case(AmountField(), "1,200", "1,200"),
    Case(CountField(), Shown(1200, "1200人次"), "1200"),
    Case(YearField(), NEW_YEAR, "2025"),
    Case(YearField(), Shown(2025, "2025年"), "2025"),
    Case(DateField(), NEW_YEAR, "2025-01-01"),
    Case(DateField(), Shown(datetime.datetime(2025, 1, 1, 9), "9:00"), "2025-01-01"),
    Case(DateField(), "2025年1月1日", "2025年1月1日"),
    Case(TickField(), True, "on"),
    Case(TickField(), Shown(1, "1.00", 2), "on"),
    Case(TickField(), False, ""),
    Case(ChosenField([("a", "甲"), ("1", "第1类")]), Shown(1, "第1类"), "1"),
]


def control(field: PartField) -> Control:
    class Form(forms.Form):
        one = field

    return Control(Form(), "one")  # type: ignore[arg-type]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: f"{type(case.field).__name__} {case.cell}")
def test_what_a_field_reads(case: Case) -> None:
    assert control(case.field).text(case.cell) == case.text


@pytest.mark.parametrize(
    ("field", "cell", "message"),
    [
        (NameField(), Failed("#DIV/0!"), "公式出错（#DIV/0!），请改正后再上传"),
        (AmountField(), Uncomputed("A1*2"), "文件里没有它的结果"),
        (AmountField(), NEW_YEAR, "“2025年1月”不是数字"),
        (CountField(), True, "“是”不是数字"),
        (TickField(), NEW_YEAR, "应为 是 或 否"),
    ],
)
def test_what_no_field_reads(field: PartField, cell: Raw, message: str) -> None:
    with pytest.raises(UnreadableCell, match=message.replace("（", r"\（")):
        control(field).text(cell)


@pytest.mark.parametrize(
    ("cell", "unit", "reading"),
    [
        (THIRD, Unit.YUAN, Reading("33333.33", "存的是 33333.33333，按显示的 33,333.33 取")),
        (THIRD, Unit.WAN, Reading("33333.33333")),
        (THIRD, None, Reading("33333.33333")),
        (Shown(33333.33333, "33,333.3", 1), Unit.YUAN, Reading("33333.33333")),
        (Shown(0.125, "0.13", 2), Unit.YUAN, Reading("0.13", "存的是 0.125，按显示的 0.13 取")),
        (Shown(1200, "1,200.00", 2), Unit.YUAN, Reading("1200")),
        (33333.33333, Unit.YUAN, Reading("33333.33333")),
    ],
)
def test_amounts_finer_than_cents_are_taken_as_shown(cell: Raw, unit: Unit | None, reading: Reading) -> None:
    assert control(AmountField()).read(cell, unit) == reading


def test_a_workbook_is_read_in_a_process_of_its_own(settings: object) -> None:
    content = package(sheet('<row hidden="1"><c><v>1</v></c></row>'), names=["一"])
    here = read_workbook(content)
    settings.READ_APART = True  # type: ignore[attr-defined]
    assert read_workbook(content) == here
    assert here.hidden_rows == {"一": frozenset({0})}
