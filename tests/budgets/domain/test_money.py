import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.characters import half_width
from budgets.domain.money import (
    LIMIT,
    ZERO,
    AmountError,
    Unit,
    amount_as_written,
    envelope,
    from_unit,
    grouped,
    growth,
    is_residue,
    parse_amount,
    percent,
    plain,
    share,
    to_unit,
    written,
    yuan,
)
from tests.strategies import amounts, signed_amounts

units = st.sampled_from(Unit)


def D(text: str) -> Decimal:
    return Decimal(text)


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("25", Unit.WAN, "250000.00"),
        ("25", Unit.YUAN, "25.00"),
        ("１２．５", Unit.WAN, "125000.00"),
        ("1,250.50", Unit.YUAN, "1250.50"),
        ("１，２５０．５０", Unit.YUAN, "1250.50"),
        ("12,345,678", Unit.YUAN, "12345678.00"),
        (" 3 073.53\t", Unit.WAN, "30735300.00"),
        ("\u3000117.57\u3000", Unit.WAN, "1175700.00"),
        ("¥5", Unit.YUAN, "5.00"),
        ("￥5", Unit.YUAN, "5.00"),
        ("-3.5", Unit.WAN, "-35000.00"),
        ("(1,200.00)", Unit.YUAN, "-1200.00"),
        ("（１，２００．００）", Unit.YUAN, "-1200.00"),
        ("¥ (1,200.00)", Unit.YUAN, "-1200.00"),
        ("(￥1,200.00)", Unit.YUAN, "-1200.00"),
        ("-¥1,200.00", Unit.YUAN, "-1200.00"),
        ("¥-1,200.00", Unit.YUAN, "-1200.00"),
        ("1\u200b2\ufeff", Unit.YUAN, "12.00"),
        ("1\u00a0200.00", Unit.YUAN, "1200.00"),
        ("−3.5", Unit.WAN, "-35000.00"),
        ("+3.5", Unit.WAN, "35000.00"),
        (".5", Unit.YUAN, "0.50"),
        ("0.000001", Unit.WAN, "0.01"),
        ("0", Unit.WAN, "0.00"),
        ("-0", Unit.YUAN, "0.00"),
        ("9999999999999999.99", Unit.YUAN, "9999999999999999.99"),
    ],
)
def test_it_reads_what_people_type(text, unit, amount):
    assert str(parse_amount(text, unit)) == amount


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "-",
            "+",
            ".",
            "abc",
            "/",
            "长期",
            "25%",
            "1,25",
            "1,2345",
            "1.2.3",
            "--5",
            "(-5)",
            "1-2",
            "-5-",
        ),
        *("5²", "①", "½", "5½", "(5", "5)", "((5))", "一", "-/-", "1" + " " * 2000 + "x", "1" * 5000),
        *("inf", "-Infinity", "nan", "NaN", "sNaN", "1e308", "1E5", "0x10", "1_000", "万", "元", "二十五"),
    ],
)
def test_it_refuses_what_is_no_number(text):
    for unit in Unit:
        with pytest.raises(AmountError, match="不是数字"):
            parse_amount(text, unit)


@pytest.mark.parametrize("text", ["$20", "20美元", "US$ 20", "€1,000.00", "HKD 5"])
def test_it_refuses_foreign_money_by_name(text):
    with pytest.raises(AmountError, match="外币，请换算成人民币"):
        parse_amount(text, Unit.WAN)


NOTHING = ["-", "—", "－", "–", "−", "——", "--", "/", "无", " ¥ -   ", "￥-", "¥ -", " - ", "\u200b-", "／"]


@pytest.mark.parametrize("text", NOTHING)
def test_what_a_sheet_shows_for_nothing_is_nothing(text):
    assert amount_as_written(text) == ""


@pytest.mark.parametrize(
    "text", ["1-2", "-5-", "---", "-无", "无-", "一", "//", "0", "", " ", "¥", "(-5)", "(1)(2)", "无关"]
)
def test_anything_else_is_left_as_it_is(text):
    assert amount_as_written(text) == text


def digits(text: str) -> str:
    return "".join(char for char in half_width(text) if char.isdecimal())


@given(st.one_of(st.text(max_size=12), st.text("0123456789.,-−—¥￥()（） 无/\u200b０", max_size=10)))
def test_no_amount_becomes_another_one(text):
    written = amount_as_written(text)
    if written == text:
        return
    assert digits(written) == digits(text)
    assert (written == "" and not digits(text)) or (written[0] == "-" and written[1].isdecimal())
    assert amount_as_written(written) == written


def test_long_texts_take_no_time():
    began = time.perf_counter()
    for text in (
        " " * 10**6 + "x",
        "1 " * 10**6,
        "(1" + " " * 10**6,
        "1," * 10**6,
        "-" * 10**6,
        "1 111" + " " * 990 + "1",
    ):
        assert amount_as_written(text) == text
        with pytest.raises(AmountError):
            parse_amount(text, Unit.WAN)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("text", "unit", "remedy"),
    [
        ("25万", Unit.WAN, "本栏以万元为单位，应为 25.00"),
        ("25万元", Unit.WAN, "本栏以万元为单位，应为 25.00"),
        ("２５万", Unit.WAN, "应为 25.00"),
        ("25万", Unit.YUAN, "本栏以元为单位，应为 250000.00"),
        ("250000元", Unit.WAN, "本栏以万元为单位，应为 25.00"),
        ("1,250元", Unit.YUAN, "应为 1250.00"),
    ],
)
def test_it_refuses_a_unit_in_the_cell_and_says_what_to_type(text, unit, remedy):
    with pytest.raises(AmountError) as refused:
        parse_amount(text, unit)
    assert str(refused.value).startswith(f"“{text}”不是数字")
    assert remedy in str(refused.value)


@pytest.mark.parametrize(("text", "unit"), [("0.001", Unit.YUAN), ("0.0000001", Unit.WAN)])
def test_it_refuses_what_is_finer_than_a_cent(text, unit):
    with pytest.raises(AmountError, match="最多精确到分"):
        parse_amount(text, unit)


@pytest.mark.parametrize("text", ["1" * 17, "9" * 400, "-" + "9" * 400, "9" * 400 + "万"])
def test_it_refuses_what_cannot_be_stored(text):
    for unit in Unit:
        with pytest.raises(AmountError, match="金额过大"):
            parse_amount(text, unit)


@given(st.text(max_size=12), units)
def test_no_text_does_anything_but_parse_or_be_refused(text, unit):
    try:
        amount = parse_amount(text, unit)
    except AmountError:
        return
    assert amount == yuan(amount)


@given(signed_amounts, units)
def test_what_an_input_field_holds_reads_back_exactly(amount, unit):
    assert parse_amount(plain(amount, unit), unit) == amount


@given(signed_amounts)
def test_what_a_table_prints_in_yuan_reads_back_exactly(amount):
    assert parse_amount(grouped(amount, Unit.YUAN), Unit.YUAN) == amount


@pytest.mark.parametrize("value", ["x", "", "nan", "inf", "1e308", Decimal("NaN"), Decimal("-Infinity")])
def test_yuan_refuses_what_is_no_finite_amount(value):
    with pytest.raises(AmountError):
        yuan(value)


@pytest.mark.parametrize("value", ["0.001", Decimal("1e-400"), "1.005"])
def test_yuan_refuses_what_is_finer_than_a_cent(value):
    with pytest.raises(AmountError, match="最多精确到分"):
        yuan(value)


@pytest.mark.parametrize(
    ("value", "text"), [(5, "5.00"), ("-0", "0.00"), ("1.50", "1.50"), (LIMIT, str(LIMIT))]
)
def test_yuan_has_two_places_and_no_negative_zero(value, text):
    assert str(yuan(value)) == text


# --- printing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("627450", "62.75"),
        ("50", "0.01"),
        ("49.99", "0.00"),
        ("-50", "-0.01"),
        ("-49.99", "0.00"),
        ("25000", "2.50"),
        ("30735300", "3073.53"),
    ],
)
def test_it_rounds_half_up_and_prints_no_negative_zero(amount, text):
    assert str(to_unit(D(amount), Unit.WAN)) == text


def test_plain_is_exact_where_the_table_rounds():
    assert plain(D("62745.37"), Unit.WAN) == "6.274537"
    assert plain(D("1000000"), Unit.WAN) == "100.00"
    assert plain(ZERO, Unit.WAN) == "0.00"
    assert plain(D("1000000"), Unit.YUAN) == "1000000.00"


def test_grouped_separates_thousands():
    assert grouped(D("18500000"), Unit.WAN) == "1,850.00"
    assert grouped(D("-1234567.8"), Unit.YUAN) == "-1,234,567.80"


@given(signed_amounts)
def test_yuan_are_printed_exactly(amount):
    assert to_unit(amount, Unit.YUAN) == amount


@given(signed_amounts)
def test_rounding_to_wan_moves_an_amount_by_at_most_fifty_yuan(amount):
    assert abs(from_unit(to_unit(amount, Unit.WAN), Unit.WAN) - amount) <= 50


# --- rounding residue, shares, growth -------------------------------------------------------------


def test_the_envelope_grows_with_the_addends():
    assert envelope(3, Unit.WAN) == 200
    assert envelope(1, Unit.YUAN) == D("0.01")
    assert is_residue(D("-200"), 3, Unit.WAN)
    assert not is_residue(D("200.01"), 3, Unit.WAN)


@given(st.lists(signed_amounts, max_size=8), units)
def test_a_printed_sum_differs_from_its_printed_addends_by_residue_only(addends, unit):
    printed = from_unit(to_unit(sum(addends, ZERO), unit), unit)
    added = sum((from_unit(to_unit(amount, unit), unit) for amount in addends), ZERO)
    assert is_residue(added - printed, len(addends), unit)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        ("849.86", "3073.53", "27.65"),
        ("117.57", "3073.53", "3.83"),
        ("2106.1", "3073.53", "68.52"),
        ("1", "3", "33.33"),
        ("2", "3", "66.67"),
        ("0", "5", "0.00"),
        ("0.00005", "1", "0.01"),
    ],
)
def test_shares_are_rounded_half_up(part, whole, percent):
    assert str(share(D(part), D(whole))) == percent


def test_a_share_of_nothing_is_none():
    assert share(D("5"), ZERO) is None


def test_shares_are_not_forced_to_a_hundred():
    assert sum(share(D(1), D(3)) for _ in range(3)) == D("99.99")


@pytest.mark.parametrize(
    ("current", "previous", "percent"),
    [
        ("3073.53", "4787.76", "-35.80"),
        ("967.43", "870.46", "11.14"),
        ("5", "5", "0.00"),
        ("0", "5", "-100.00"),
        ("-5", "-10", "50.00"),
    ],
)
def test_growth_is_signed(current, previous, percent):
    assert str(growth(D(current), D(previous))) == percent


@given(amounts)
def test_growth_has_no_rate_on_a_zero_base(amount):
    assert growth(amount, ZERO) is None


@pytest.mark.parametrize("text", ["12 5", "1 2 3.5", "1 25", "12. 5", "1 2345"])
def test_digits_that_a_space_parts_are_no_amount(text: str) -> None:
    with pytest.raises(AmountError, match="空格"):
        parse_amount(text, Unit.WAN)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1 250.50", "1250.50"), ("12 345 678", "12345678.00"), ("5.", "5.00"), (" 25 ", "25.00")],
)
def test_spaces_may_part_thousands_and_a_point_may_end_a_number(text: str, amount: str) -> None:
    assert parse_amount(text, Unit.YUAN) == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "options", "text"),
    [
        ("69313300", {}, "6,931.33万元"),
        ("66249000", {}, "6,624.90万元"),
        ("66249000", {"keep_zeros": False}, "6,624.9万元"),
        ("66249000", {"separators": False, "keep_zeros": False}, "6624.9万元"),
        ("20000000", {"keep_zeros": False}, "2,000万元"),
        ("0", {}, "0万元"),
        ("49.99", {}, "0万元"),
        ("-325000", {"keep_zeros": False}, "-32.5万元"),
    ],
)
def test_amounts_in_running_text(amount, options, text):
    assert written(Decimal(amount), Unit.WAN, **options) == text


@pytest.mark.parametrize(
    ("value", "keep_zeros", "text"),
    [("35.80", True, "35.80%"), ("35.80", False, "35.8%"), ("100.00", True, "100%"), ("0.00", True, "0%")],
)
def test_percentages_in_running_text(value, keep_zeros, text):
    assert percent(Decimal(value), keep_zeros=keep_zeros) == text
