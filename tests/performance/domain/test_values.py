"""Indicator values: every published form is read, nothing is refused, and the text is kept."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.domain.values import Direction, Kind, Operator, agree, comparable, normalise, parse
from tests.printed_samples import document

AT_LEAST, MORE, AT_MOST, LESS = Operator.AT_LEAST, Operator.MORE, Operator.AT_MOST, Operator.LESS


# --- numbers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit", "per"),
    [
        ("≥90%", AT_LEAST, "90", "%", ""),
        ("≧90%", AT_LEAST, "90", "%", ""),
        (">=90%", AT_LEAST, "90", "%", ""),
        ("≤24小时", AT_MOST, "24", "小时", ""),
        ("≤24 小时", AT_MOST, "24", "小时", ""),
        (">1200人", MORE, "1200", "人", ""),
        ("＞４ 期", MORE, "4", "期", ""),
        ("<5起", LESS, "5", "起", ""),
        ("2/年", None, "2", "", "年"),
        ("≥3/月", AT_LEAST, "3", "", "月"),
        ("365天/年", None, "365", "天", "年"),
        ("≥10家/次", AT_LEAST, "10", "家", "次"),
        ("≤2天/次", AT_MOST, "2", "天", "次"),
        ("1.8元/平", None, "1.8", "元", "平"),
        ("170.97元/套/月", None, "170.97", "元", "套/月"),
        ("３．６２元/㎡/月", None, "3.62", "元", "平方米/月"),
        ("450元/人/天(不含课时费、场地费等)", None, "450", "元", "人/天"),
        ("不少于50家", AT_LEAST, "50", "家", ""),
        ("不低于95％", AT_LEAST, "95", "%", ""),
        ("至少 4 次", AT_LEAST, "4", "次", ""),
        ("大于或等于3", AT_LEAST, "3", "", ""),
        ("小于或等于 89.6 万元", AT_MOST, "89.6", "万元", ""),
        ("不超过 4期/年", AT_MOST, "4", "期", "年"),
        ("控制在89.6万元以内", AT_MOST, "89.6", "万元", ""),
        ("24小时内", AT_MOST, "24", "小时", ""),
        ("3个工作日内", AT_MOST, "3", "个工作日", ""),
        ("均超过 10 家", MORE, "10", "家", ""),
        ("99%以上", AT_LEAST, "99", "%", ""),
        ("260人以上", AT_LEAST, "260", "人", ""),
        ("95%(含)以上", AT_LEAST, "95", "%", ""),
        ("10 万人次", None, "10", "万人次", ""),
        ("1,250.50元", None, "1250.50", "元", ""),
        ("1（项）", None, "1", "项", ""),
        ("每年 99%", None, "99", "%", "年"),
        ("每月至少3次", AT_LEAST, "3", "次", "月"),
        ("全年不少于4次", AT_LEAST, "4", "次", "年"),
        ("已举办 12 期", None, "12", "期", ""),
        ("0元", None, "0", "元", ""),
        ("21万", None, "21", "万", ""),
        ("28.9", None, "28.9", "", ""),
        ("3年", None, "3", "年", ""),
    ],
)
def test_it_reads_operator_number_unit_and_period(text, operator, number, unit, per):
    value = parse(text)
    assert (value.kind, value.operator, value.number) == (Kind.QUANTITATIVE, operator, Decimal(number))
    assert (value.unit, value.per, value.upper, value.raw) == (unit, per, None, text)
    assert not value.approximate


@pytest.mark.parametrize(
    ("text", "operator", "number", "unit"),
    [
        ("200多家", MORE, "200", "家"),
        ("1000余项", MORE, "1000", "项"),
        ("10万余人次", MORE, "10", "万人次"),
        ("不少于 100 余次", AT_LEAST, "100", "次"),
        ("约80家", None, "80", "家"),
        ("80%左右", None, "80", "%"),
    ],
)
def test_about_is_kept_as_such(text, operator, number, unit):
    value = parse(text)
    assert value.approximate
    assert (value.operator, value.number, value.unit) == (operator, Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "number", "upper", "unit"),
    [
        ("10-50万元", "10", "50", "万元"),
        ("10 至 50 万元", "10", "50", "万元"),
        ("10万元～50万元", "10", "50", "万元"),
        ("80%—90%", "80", "90", "%"),
        ("1 至 2 个", "1", "2", "个"),
    ],
)
def test_a_range_has_two_ends(text, number, upper, unit):
    value = parse(text)
    assert (value.number, value.upper, value.unit) == (Decimal(number), Decimal(upper), unit)
    assert value.direction == Direction.EXACT


@pytest.mark.parametrize("text", ["50-10万元", "2023-12", "3元-5次", "较上年增长10%", "1:3", "第3名和第4名"])
def test_what_is_no_single_number_is_words(text):
    assert parse(text).kind == Kind.QUALITATIVE


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "/", "／", "-", "——", "无", "不适用"])
def test_nothing(text):
    value = parse(text)
    assert (value.kind, value.direction, value.raw) == (Kind.NONE, Direction.NONE, text)


@pytest.mark.parametrize(
    "text",
    [
        "当年", "当年年底", "年内", "全年", "12 月底", "12 月底之前", "12 月底之前完成", "12 月 底内完成",
        "2024 年完成", "2024年12月31日前", "第四季度", "每月10日前", "合同约定时间内完成", "按时完成",
    ],
)  # fmt: skip
def test_time_limits(text):
    value = parse(text)
    assert (value.kind, value.number, value.direction) == (Kind.TIME_LIMIT, None, Direction.NONE)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("不超过合同金额", Direction.CEILING),
        ("未超过合同金额", Direction.CEILING),
        ("不低于上年", Direction.FLOOR),
        ("合同约定金额", Direction.NONE),
        ("有效保障", Direction.NONE),
        ("较上年有所增加", Direction.NONE),
        ("成本核算清楚、数据准确、结算及时", Direction.NONE),
        ("维持不变", Direction.NONE),
    ],
)
def test_words_have_a_direction_where_they_say_one(text, direction):
    value = parse(text)
    assert (value.kind, value.number, value.direction) == (Kind.QUALITATIVE, None, direction)


@pytest.mark.parametrize(
    ("text", "direction"),
    [("≥1", Direction.FLOOR), ("1以下", Direction.CEILING), ("=1", Direction.EXACT), ("1", Direction.EXACT)],
)
def test_direction(text, direction):
    assert parse(text).direction == direction


def test_every_number_of_the_two_documents_is_read():
    """Whatever has a digit in the samples is a number or a date."""
    for report in (document(), document("344001", 2022)):
        goals = [part for owner in (report, *report.projects) for part in owner.parts.values()]
        rows = [i for part in goals for goal in getattr(part, "goals", ()) for i in goal.indicators]
        assert rows
        for row in rows:
            for text in (row.value_before_last, row.value_last, row.value):
                if any(c.isdigit() for c in text):
                    assert parse(text).kind in (Kind.QUANTITATIVE, Kind.TIME_LIMIT), text


# --- comparing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("24万元", "240000元"),
        ("24万", "24万元"),
        ("0.5亿元", "5000万元"),
        ("10万人次", "100000人次"),
        ("5‰", "0.5%"),
        ("4次/年", "≥4次"),
        ("每年 99%", "≥99%"),
        ("3日", "3天"),
        ("27690.34元", "2.8万元"),
        ("10-50万元", "40万元"),
        ("200多家", "212家"),
    ],
)
def test_the_same_fact_in_other_words_agrees(one, other):
    assert comparable(parse(one), parse(other))
    assert agree(parse(one), parse(other))
    assert agree(parse(other), parse(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("21万", "24万元"),
        ("27690.34元", "2.7万元"),
        ("4次", "6次/年"),
        ("95%", "≥90%"),
        ("10-50万元", "60万元"),
        ("200多家", "1000多家"),
    ],
)
def test_other_numbers_do_not_agree(one, other):
    assert comparable(parse(one), parse(other))
    assert not agree(parse(one), parse(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3", "24万元"),
        ("6期", "4"),
        ("50家", "50人"),
        ("10家/次", "10家"),
        ("无", "100%"),
        ("不超过合同金额", "24万元"),
        ("当年", "12月底"),
    ],
)
def test_different_measures_are_not_compared(one, other):
    assert not comparable(parse(one), parse(other))


def test_money_is_an_amount_and_no_unit_price():
    assert parse("2.7万元").is_money
    assert parse("2.7万元").least == 27000
    assert parse("≤16万").is_money
    assert not parse("1.8元/平").is_money
    assert not parse("89.6").is_money


# --- properties -----------------------------------------------------------------------------------

SIGNS = {
    "": None, "≥": AT_LEAST, "≧": AT_LEAST, "不少于": AT_LEAST, "不低于": AT_LEAST, "≤": AT_MOST,
    "不超过": AT_MOST, "小于或等于": AT_MOST, ">": MORE, "＞": MORE, "<": LESS, "低于": LESS, "=": Operator.EQUAL,
}  # fmt: skip
UNITS = (
    "",
    "%",
    "‰",
    "人",
    "人次",
    "万人次",
    "家",
    "次",
    "期",
    "小时",
    "元",
    "万元",
    "亿元",
    "平方米",
    "个工作日",
)
PERIODS = ("", "年", "月", "次", "套/月", "人/天")
numbers = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False).map(lambda d: d.normalize())


@given(
    st.sampled_from(sorted(SIGNS)), numbers, st.sampled_from(UNITS), st.sampled_from(PERIODS), st.booleans()
)
def test_what_is_written_is_read_back(sign, number, unit, per, spaced):
    gap = " " if spaced else ""
    text = f"{sign}{gap}{number:f}{gap}{unit}{'/' if per else ''}{per}"
    value = parse(text)
    assert (value.raw, value.kind) == (text, Kind.QUANTITATIVE)
    assert (value.operator, value.number, value.unit, value.per) == (SIGNS[sign], number, unit, per)


@given(numbers, st.sampled_from(UNITS))
def test_full_width_is_the_same(number, unit):
    text = f"≥{number:f}{unit}"
    wide = "".join(chr(ord(c) + 0xFEE0) if c in "0123456789.%" else c for c in text)
    assert parse(wide).number == parse(text).number == number
    assert parse(wide).unit == parse(text).unit


@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="0123456789.,-~≥≤%万亿元/每年月日内以上约多余不超过()（）至", max_size=40),
    )
)
def test_any_text_is_a_value(text):
    value = parse(text)
    assert value.raw == text
    assert value.kind in Kind
    assert (value.number is not None) == (value.kind == Kind.QUANTITATIVE)
    if value.number is not None:
        assert value.number.is_finite()
        assert value.least <= value.most
        assert value.upper is None or value.number < value.upper
        assert comparable(value, value)
        assert agree(value, value)


def test_prose_is_never_read_as_a_number():
    assert parse("9" * 100_000).kind == Kind.QUALITATIVE
    assert parse("约" * 100_000).kind == Kind.QUALITATIVE


def test_normalising_unites_what_looks_the_same():
    assert normalise(" ≧９０％ ") == normalise(">=90%") == "≥90%"
