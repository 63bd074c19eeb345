"""What people type is read exactly, or refused in Chinese."""

import re
import time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.forms import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from budgets.classification.editions import classification, editions
from budgets.domain.money import Unit
from budgets.domain.schema import Application, HistoryEntry, Identity, IncomeLine, Post
from budgets.forms.fields import (
    AmountField,
    ChosenField,
    CodeField,
    CountField,
    DateField,
    NameField,
    TextField,
    TickField,
    YearField,
    default_json,
    normal_name,
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


OF_EDITION = classification(max(editions()))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def of_edition(subject: str) -> CodeField:
    field = CodeField(subject)
    names = {"function": OF_EDITION.function, "economic": OF_EDITION.economic}
    field.bind(SimpleNamespace(codes=names.get, picker_url=str))
    return field


@pytest.mark.parametrize("subject", ["economic", "function"])
def test_every_subject_is_known_however_code_and_name_are_written(subject):
    field = of_edition(subject)
    wrong = []
    for code in selectable(subject, field.names):
        name = field.names[code]
        above = "-".join(field.names[code[:n]] for n in (3, 5) if n < len(code))
        grouped = " ".join(filter(None, (code[:3], code[3:5], code[5:])))
        written = [
            *(
                code,
                f"{code} {name}",
                f"[{code}]{name}",
                f"（{code}）{name}",
                f"{code}{name}",
                f"{code}_{name}",
            ),
            *(
                f"{code}-{name}",
                f"{code}—{name}",
                f"{code}.{name}",
                f"{code}：{name}",
                f"{code}-",
                f"{code}\u200b",
            ),
            *(
                f"{code}00",
                f"{code}0000",
                f"{code}.0",
                f"{code}-{above}-{name}",
                f"【{code}】 {name}",
                grouped,
            ),
            *(f"{name}（{code}）", f"{name}-{code}", f"{name} {code}", f"\ufeff {code}\n{name} "),
            f"{code} {name.replace('（', '(').replace('）', ')')}",
            f"{code} {name.replace('（', '').replace('）', '')}",
            f"{code} {'　'.join(name)}",
        ]
        for text in (*written, *(text.translate(WIDE) for text in written)):
            try:
                found = field.clean(text)
            except ValidationError as error:
                found = error.messages[0]
            wrong += [(text, found)] if found != code else []
    assert not wrong[:5]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("30227 印刷费", "30227 是委托业务费，不是印刷费，请核对"),
        ("[30227]印刷费", "30227 是委托业务费，不是印刷费"),
        ("印刷费（30227）", "30227 是委托业务费，不是印刷费"),
        ("3022700 聘用二人", "不是聘用二人，请核对"),
        ("30299-其他支出", "不是其他支出"),
        ("30227-2", "30227 是委托业务费，不是2"),
        ("30227.5", "30227 是委托业务费，不是5"),
        ("30227 2", "不是2"),
    ],
)
def test_a_code_beside_another_name_is_said_and_not_taken(typed, said):
    assert said in refusal(of_edition("economic"), typed)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("30213 维修费", "30213"),
        ("30213-维修(护)费", "30213"),
        ("30227-商品和服务支出-委托业务费", "30227"),
        ("30227 委托业务", "30227"),
        ("30231 公务用车运行费", "30231"),
        ("30212 因公出国境费", "30212"),
        ("30299 其他商品服务支出", "30299"),
    ],
)
def test_a_name_may_be_shorter_or_an_earlier_one(typed, code):
    assert of_edition("economic").clean(typed) == code


def test_a_coarse_code_that_is_filled_up_is_coarse():
    assert "还须细分到款" in refusal(of_edition("economic"), "3020000")
    assert "还须细分到项" in refusal(of_edition("function"), "2080100")


NUMBERS = st.text("0123456789,.-()（） 　\t年月日/人无—¥0１\u200b\ufeff²", max_size=14)
FIELDS = {
    "amount": AmountField(),
    "amount or none": AmountField(empty=None, negative=True),
    "count": CountField(),
    "year": YearField(),
    "date": DateField(),
    "name": NameField(),
    "choice": ChosenField([("a", "甲")]),
    "economic": of_edition("economic"),
    "function": of_edition("function"),
}


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
@given(text=st.one_of(NUMBERS, st.text(max_size=20)))
def test_any_text_is_read_or_refused(field, text):
    try:
        field.clean(text)
    except ValidationError as error:
        assert all(re.search("[\u4e00-\u9fff]", message) for message in error.messages)


@pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)
def test_long_texts_take_no_time_and_are_not_repeated(field):
    began = time.perf_counter()
    for text in (
        "9" * 10**6,
        " " * 10**6 + "x" * 9000,
        "1 " * 500_000,
        "甲" * 10**6,
        "(" * 10**6,
        "1-" * 500_000,
        "，" * 10**6,
    ):
        assert len(refusal(field, text)) < 400, text[:9]
    assert time.perf_counter() - began < 5


@given(NUMBERS)
def test_a_count_is_the_number_that_is_written(text):
    try:
        count = CountField(empty=None).clean(text)
    except ValidationError:
        return
    written = "".join(str(int(c)) for c in text.partition(".")[0] if c.isdecimal())
    assert (count is None and not written) or count == int(written)


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


INVISIBLE = ["\u200b", "\ufeff", "\u00ad", "\u200e", "\u202a", "\u202c", "\u2060", "\u200d"]


@pytest.mark.parametrize("mark", INVISIBLE)
def test_marks_that_nobody_sees_are_left_out(mark):
    assert NameField().clean(f"{mark}综{mark}合 业务{mark}") == "综合 业务"
    assert TextField().clean(f"一{mark}\n二") == "一\n二"
    assert AmountField().clean(f"{mark}1,2{mark}00") == Decimal("1200.00")
    assert CountField().clean(f"1{mark}2{mark}") == 12
    assert YearField().clean(f"2025{mark}年") == 2025
    assert str(DateField().clean(f"2025{mark}-01-01{mark}")) == "2025-01-01"
    assert ChosenField([("a", "甲")]).clean(f"a{mark}") == "a"
    assert bound(CodeField("economic")).clean(f"302{mark}14{mark}") == "30214"
    assert normal_name(f"综合{mark}业务") == normal_name("综合 业务")


def test_joiners_that_change_what_is_seen_stay():
    assert NameField().clean("👩\u200d💻 نمی\u200cخواهم") == "👩\u200d💻 نمی\u200cخواهم"


@pytest.mark.parametrize("typed", ["-", "—", "－", "/", "无", " ¥ -   "])
def test_what_a_sheet_shows_for_nothing_is_nothing(typed):
    assert AmountField().clean(typed) == Decimal(0)
    assert AmountField(empty=None).clean(typed) is None
    assert not AmountField().says(typed)
    assert CountField().clean(typed) == 0
    assert YearField().clean(typed) is None


@pytest.mark.parametrize("typed", ["1-2", "-5-", "一", "无人"])
def test_a_dash_among_digits_is_no_number(typed):
    assert "不是数字" in refusal(AmountField(), typed)
    assert "不是整数" in refusal(CountField(), typed)


def test_brackets_are_a_negative_amount_and_judged_as_one():
    assert refusal(AmountField(), "（1,200.00）") == "金额不能为负数"
    assert AmountField(negative=True).clean("(1,200.00)") == Decimal("-1200.00")
    assert "是负数" in refusal(CountField(), "(5)")


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "1.5",
        "一",
        "99999999999",
        "1,2",
        "12,34",
        "1 2",
        "5²",
        "①",
        "1,2345",
        "1,200.5",
        "12 人",
        "３台",
    ],
)
def test_counts_are_whole_numbers(typed):
    assert refusal(CountField(), typed)


def test_a_count_with_a_unit_is_refused_with_the_number():
    assert refusal(CountField(), "1,200 人") == "“1,200 人”不是整数，请只填数字，应为 1,200"


@pytest.mark.parametrize("typed", ["1,200", "1200.0", "1200.00", "1，200", "１２００", "1 200", "1200."])
def test_counts_are_read_as_sheets_show_them(typed):
    assert CountField().clean(typed) == 1200


@pytest.mark.parametrize(
    "typed",
    [
        *("2025", "2025年", "2025年度", "2025 年", "2025.0", "２０２５年", "2025-01", "2025年1月", "2025/1"),
        *("2025-01-01", "2025/1/1", "2025-12-31", "2025.1.1", "2025年12月31日", "2025-01-01 00:00:00"),
    ],
)
def test_a_year_is_also_that_of_a_date(typed):
    assert YearField().clean(typed) == 2025


@pytest.mark.parametrize(
    "typed", ["2025-13-01", "2025-2-30", "2025-2026", "2025.5", "25年", "2025-", "45658", "2025学年"]
)
def test_what_is_no_year_is_refused(typed):
    assert refusal(YearField(), typed)


def test_years_and_counts_are_read():
    assert CountField().clean("") == 0
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
