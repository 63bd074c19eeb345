"""What people type is read exactly, or refused in Chinese."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.forms import ValidationError

from budgets.domain.money import Unit
from budgets.domain.schema import Application, HistoryEntry, Identity, IncomeLine, Post
from budgets.forms.fields import (
    AmountField,
    ChosenField,
    CodeField,
    CountField,
    NameField,
    TextField,
    TickField,
    YearField,
    default_json,
    part_fields,
    selectable,
)
from tests.strategies import ECONOMIC, FUNCTION


def context(unit: Unit = Unit.WAN):
    names = {"function": FUNCTION, "economic": {**ECONOMIC, "30214": "租赁费", "505": "对事业单位经常性补助"}}
    return SimpleNamespace(unit=unit, codes=names.get, picker_url=lambda kind: f"/codes/{kind}/")


def bound(field, unit: Unit = Unit.WAN):
    field.bind(context(unit))
    return field


def refusal(field, text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    return "；".join(caught.value.messages)


@pytest.mark.parametrize(
    ("typed", "unit", "yuan"),
    [
        ("75", Unit.WAN, "750000.00"),
        ("1,250.50", Unit.WAN, "12505000.00"),
        ("０．５", Unit.WAN, "5000.00"),
        ("0.000001", Unit.WAN, "0.01"),
        ("75", Unit.YUAN, "75.00"),
        ("", Unit.WAN, "0.00"),
        ("  ", Unit.WAN, "0.00"),
    ],
)
def test_an_amount_is_read_in_the_units_of_the_page(typed, unit, yuan):
    field = bound(AmountField(), unit)
    assert field.to_json(field.clean(typed)) == yuan


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-1", "金额不能为负数"),
        ("abc", "不是数字"),
        ("75万", "以万元为单位，应为 75"),
        ("0.0000001", "最多精确到分"),
        ("1e99", "不是数字"),
        ("9" * 30, "金额过大"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(typed, said):
    assert said in refusal(bound(AmountField()), typed)


def test_an_amount_is_shown_exactly_in_the_units_of_the_page():
    field = bound(AmountField())
    assert field.prepare_value(field.to_initial("750000.00")) == "75.00"
    assert field.prepare_value(field.to_initial("750000.01")) == "75.000001"
    assert field.prepare_value("7 5,") == "7 5,"


def test_an_amount_that_may_be_unknown_stays_unknown():
    field = bound(AmountField(empty=None))
    assert field.to_json(field.clean("")) is None
    assert field.to_initial(None) is None


@pytest.mark.parametrize("typed", ["30214", "30214-租赁费", "租赁费", " 租赁 费 ", "３０２１４", "租赁"])
def test_a_subject_is_typed_as_code_or_name(typed):
    assert bound(CodeField("economic")).clean(typed) == "30214"


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("economic", "39999", "没有编码为 39999 的科目"),
        ("economic", "302", "还须细分到款：30201-办公费"),
        ("economic", "505", "没有编码为 505 的科目"),
        ("economic", "没有的", "没有名称为“没有的”的科目"),
        ("economic", "公务", "有 4 个科目，请填编码：30217-公务接待费"),
        ("function", "事业运行", "有 2 个科目，请填编码：2010350-事业运行、2080150-事业运行"),
        ("function", "20103", "还须细分到项：2010301-行政运行"),
    ],
)
def test_a_subject_that_is_none_is_refused_with_those_that_were_meant(kind, typed, said):
    assert said in refusal(bound(CodeField(kind)), typed)


def test_no_subject_is_no_error():
    assert bound(CodeField("function")).clean("") == ""


def test_a_subject_is_shown_with_its_name_and_what_was_typed_as_it_was():
    field = bound(CodeField("economic"))
    assert field.prepare_value("30214") == "30214-租赁费"
    assert field.prepare_value("租") == "租"
    assert field.widget.attrs["data-picker-url"] == "/codes/economic/"


def test_subjects_without_any_below_them_can_be_chosen():
    assert selectable("function", {"229": "其他支出", "230": "转移", "23001": "返还"}) == ["229", "23001"]


def test_text_is_cleaned_and_limited_as_in_the_exchange_format():
    assert NameField().clean(" 综合\r\n业务 ") == "综合\n业务"
    assert "最多 200 字，现有 201 字" in refusal(NameField(), "长" * 201)
    assert "最多 8000 字" in refusal(TextField(), "长" * 8001)
    assert "控制字符" in refusal(NameField(), "a\x00b")


@pytest.mark.parametrize("typed", ["-1", "1.5", "一", "99999999999"])
def test_counts_are_whole_numbers(typed):
    assert refusal(CountField(), typed)


def test_years_and_counts_are_read():
    assert CountField().clean("") == 0
    assert CountField().clean("1,200") == 1200
    assert YearField().clean("２０２４年") == 2024
    assert YearField().clean("") is None
    assert "应在 1990 与 2100 之间" in refusal(YearField(), "24")


def test_a_choice_outside_its_list_is_refused_in_chinese():
    field = ChosenField([("a", "甲"), ("b", "乙")], blank="—")
    assert refusal(field, "丙") == "“丙”不在列表中，请从列表中选择：甲、乙"
    assert refusal(ChosenField([("a", "甲")]), "") == "请填写"
    assert ChosenField([("a", "甲")], blank="—").clean("") == ""


def test_a_box_says_no_as_well_as_yes():
    assert TickField().clean("1") is True
    assert TickField().clean("0") is False
    assert TickField().clean(None) is False


def test_fields_take_label_and_kind_from_the_dataclass():
    fields = part_fields(Identity)
    assert [(name, field.label) for name, field in fields.items()][:2] == [
        ("name", "项目名称"),
        ("code", "项目编码"),
    ]
    assert isinstance(fields["start_year"], YearField)
    assert isinstance(part_fields(IncomeLine)["function"], CodeField)
    assert isinstance(part_fields(Post)["authorised"], CountField)
    assert part_fields(Application)["total_budget"].empty is None
    assert "key" not in part_fields(IncomeLine)


def test_defaults_are_those_of_the_dataclass_as_json():
    assert default_json(IncomeLine, "amount") == "0.00"
    assert default_json(IncomeLine, "flow") == "income"
    assert default_json(HistoryEntry, "year") is None
    assert AmountField().to_initial(default_json(IncomeLine, "amount")) == Decimal(0)
