"""What a spreadsheet shows for a stored number: a table of formats, and properties."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.files.spreadsheet.cells import Shown, digits
from budgets.files.spreadsheet.formats import BUILT_IN, NumberFormat

ACCOUNTING = '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '
MARCH = 45356  # 2024-03-05, a Tuesday

SHOWN: list[tuple[str | int, float, str]] = [
    ("0%", 0.95, "95%"),
    ("0.0%", 0.925, "92.5%"),
    (9, 1, "100%"),
    (10, 0.12345, "12.35%"),
    ('0"人次"', 1200, "1200人次"),
    ('"≥"0"场"', 12, "≥12场"),
    ('"第"0"季度"', 2, "第2季度"),
    ('0 "台"', 5, "5 台"),
    ("0\\人", 3, "3人"),
    ('0.0"%"', 12.3, "12.3%"),
    ("00", 7, "07"),
    ("000-0000", 1234567, "123-4567"),
    ("#,##0", 1234567, "1,234,567"),
    (3, -1234.5, "-1,235"),
    (4, 33333.33333, "33,333.33"),
    ("0.00", 2.675, "2.68"),
    ("0.00", -2.5, "-2.50"),
    ("0.##", 1, "1."),
    ("#.##", 0.5, ".5"),
    ('?0.0?"米"', 1.5, "1.5 米"),
    (".00", 12.5, "12.50"),
    ("0.0,", 12345, "12.3"),
    ("#,##0.00,,", 123456789, "123.46"),
    ('0\\.0,"万"', 123456, "12.3万"),
    ('0!.0,"万元"', 123456, "12.3万元"),
    ('[>=10000]0!.0,"万元";0"元"', 123456, "12.3万元"),
    ('[>=10000]0!.0,"万元";0"元"', 12, "12元"),
    ("[<1]0.00%;0", 0.5, "50.00%"),
    ('[=1]"是";[=0]"否";0', 1, "是"),
    ('[=1]"是";[=0]"否";0', 0, "否"),
    (ACCOUNTING, 1234.5, "¥ 1,234.50"),
    (ACCOUNTING, -1234.5, "¥ -1,234.50"),
    (ACCOUNTING, 0, "¥ -"),
    (43, 0, "-"),
    (44, 12, "¥ 12.00"),
    ("#,##0_);(#,##0)", -1200, "(1,200)"),
    ("0.00_);[Red]\\(0.00\\)", -1.5, "(1.50)"),
    ("#,##0;[红色]-#,##0", -1200, "-1,200"),
    ("¥#,##0.00;¥-#,##0.00", -3.5, "¥-3.50"),
    ("[$¥-804]#,##0.00", 12, "¥12.00"),
    ('"$"#,##0', 1200, "$1,200"),
    ("0;-0;;@", 0, ""),
    ('0;-0;"零"', 0, "零"),
    ("0.00E+00", 12345, "1.23E+04"),
    ("##0.0E+0", 12345, "12.3E+3"),
    ("0.00E+00", 9.999, "1.00E+01"),
    ("# ?/?", 0.5, "1/2"),
    ("# ?/?", 2.25, "2 1/4"),
    ("# ?/8", 1.5, "1 4/8"),
    ('General"元"', -15, "-15元"),
    ('@"元"', 3, "3元"),
    (14, MARCH, "2024/3/5"),
    (15, MARCH, "5-Mar-24"),
    (17, MARCH, "Mar-24"),
    (18, 0.6, "2:24 PM"),
    (20, 0.6, "14:24"),
    (22, MARCH + 0.5, "2024/3/5 12:00"),
    (27, MARCH, "2024年3月"),
    (28, MARCH, "3月5日"),
    (31, MARCH, "2024年3月5日"),
    (32, 0.6, "14时24分"),
    (34, 0.6, "下午2时24分"),
    (45, 0.0123, "17:43"),
    (46, 1.25, "30:00:00"),
    (47, 0.0123, "17:42.7"),
    (55, 0.25, "上午6时00分"),
    (57, MARCH, "2024年3月"),
    (58, MARCH, "3月5日"),
    ("yyyy-mm-dd", MARCH, "2024-03-05"),
    ("yyyy\\-mm\\-dd;@", MARCH, "2024-03-05"),
    ("yyyy.m.d", MARCH, "2024.3.5"),
    ('yyyy"年"', MARCH, "2024年"),
    ('[$-804]yyyy"年"m"月"d"日";@', MARCH, "2024年3月5日"),
    ("[$-804]aaaa", MARCH, "星期二"),
    ("[$-804]dddd", MARCH, "星期二"),
    ("aaa", MARCH, "二"),
    ("[$-804]mmmm", MARCH, "三月"),
    ("mmmm d, yyyy", MARCH, "March 5, 2024"),
    ("mmmmm", MARCH, "M"),
    ("[$-F800]dddd, mmmm dd, yyyy", MARCH, "2024年3月5日"),
    ("[$-F400]h:mm:ss AM/PM", 0.6, "14:24:00"),
    ('[DBNum1][$-804]yyyy"年"m"月"d"日"', 45616, "二〇二四年十一月二十日"),
    ("[h]:mm", 1.25, "30:00"),
    ("[mm]:ss", 0.05, "72:00"),
    ("yyyy-mm-dd hh:mm:ss", MARCH + 0.999999, "2024-03-06 00:00:00"),
    ("h:mm", 0.99999, "23:59"),
    ("yyyy/m/d", 0, "1900/1/0"),
    ("yyyy/m/d", 60, "1900/2/29"),
    ("yyyy/m/d", 59, "1900/2/28"),
    ("yyyy/m/d", 61, "1900/3/1"),
]

UNKNOWN: list[tuple[str, float]] = [
    (";;;", 5),
    ('[$-411]ggge"年"', MARCH),
    ("[DBNum2][$-804]General", 123),
    ("yyyy/m/d", -1),
    ("yyyy/m/d", 2_958_466),
    ("yyyy/m/d", 1e300),
    ("0" * 300, 1),
    ("[>5]0", 1),
]


def shown(code: str | int, number: float) -> Shown | int | float:
    return NumberFormat(BUILT_IN[code] if isinstance(code, int) else code).show(number)


@pytest.mark.parametrize(("code", "number", "text"), SHOWN)
def test_what_is_shown(code: str | int, number: float, text: str) -> None:
    found = shown(code, number)
    assert isinstance(found, Shown)
    assert found.is_certain
    assert found.text == text


@pytest.mark.parametrize(("code", "number"), UNKNOWN)
def test_what_is_not_understood_is_said_with_its_digits(code: str, number: float) -> None:
    assert shown(code, number) == Shown(number, digits(number), is_certain=False)


@pytest.mark.parametrize("code", ["General", "0", "0.00", "#,##0", "@", "G/通用格式", "_ * #,##0_ "])
def test_plain_digits_are_the_number_itself(code: str) -> None:
    number = 12.34 if code == "0.00" else 12
    assert shown(code, number) == number
    assert not isinstance(shown(code, number), Shown)


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("#,##0.00", 2),
        ("0.0", 1),
        ("#,##0", 0),
        (ACCOUNTING, 2),
        ("[$¥-804]#,##0.00", 2),
        ("#,##0.00_);(#,##0.00)", 2),
        ("0.00%", None),
        ('0.00"万元"', None),
        ("0.00,", None),
        ("0.00E+00", None),
    ],
)
def test_places_of_plain_formats(code: str, places: int | None) -> None:
    found = shown(code, 98765.4321)
    assert isinstance(found, Shown)
    assert found.places == places


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("yyyy-mm-dd", MARCH, datetime.date(2024, 3, 5)),
        ("yyyy-mm-dd h:mm", MARCH, datetime.datetime(2024, 3, 5)),
        ("yyyy-mm-dd", MARCH + 0.5, datetime.datetime(2024, 3, 5, 12)),
        ("h:mm", 0.5, datetime.time(12)),
        ("[h]:mm", 1.25, datetime.timedelta(hours=30)),
        ("yyyy/m/d", 60, 60),
        ("0%", 0.5, 0.5),
    ],
)
def test_what_is_stored(code: str, number: float, value: object) -> None:
    found = shown(code, number)
    assert isinstance(found, Shown)
    assert found.value == value


def test_the_epoch_of_1904() -> None:
    found = NumberFormat("yyyy-mm-dd").show(MARCH - 1462, is_1904=True)
    assert found == Shown(datetime.date(2024, 3, 5), "2024-03-05")


def test_texts_have_their_section() -> None:
    assert NumberFormat('0;0;0;"第"@"号"').show_text("三") == "第三号"
    assert NumberFormat(ACCOUNTING).show_text("三") == "三"
    assert NumberFormat(";;;").show_text("三") == "三"


def rounded(number: float, places: int) -> Decimal:
    exact = Decimal(f"{number:.15g}")
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


numbers = (
    st.integers(-(10**9), 10**9).map(float)
    | st.floats(-1e9, 1e9)
    | st.decimals(-(10**6), 10**6, places=4).map(float)
)


@given(numbers, st.integers(0, 4), st.booleans())
def test_thousands_are_as_python_writes_them(number: float, places: int, grouped: bool) -> None:
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    sign = "-" if number < 0 else ""
    expected = sign + f"{abs(rounded(number, places)):{',' if grouped else ''}.{places}f}"
    found = shown(code, number)
    assert (found.text if isinstance(found, Shown) else digits(found)) == expected


@given(st.integers(0, 10**7), st.integers(0, 3))
def test_percents_are_a_hundredfold(ten_thousandths: int, places: int) -> None:
    exact = Decimal(ten_thousandths) / 100
    code = "0" + ("." + "0" * places if places else "") + "%"
    found = shown(code, ten_thousandths / 10_000)
    assert isinstance(found, Shown)
    assert found.text == f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


@given(st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31)))
def test_dates_are_the_calendar_s(day: datetime.date) -> None:
    serial = (day - datetime.date(1899, 12, 30)).days
    assert shown('yyyy"年"m"月"d"日"', serial) == Shown(day, f"{day.year}年{day.month}月{day.day}日")
    found = shown("[$-804]aaaa", serial)
    assert isinstance(found, Shown)
    assert found.text == "星期" + "一二三四五六日"[day.weekday()]


@given(st.integers(0, 10_000), st.integers(0, 59), st.integers(0, 59))
def test_hours_count_on(hours: int, minutes: int, seconds: int) -> None:
    serial = (hours * 3600 + minutes * 60 + seconds) / 86400
    found = shown("[h]:mm:ss", serial)
    assert isinstance(found, Shown)
    assert found.text == f"{hours}:{minutes:02d}:{seconds:02d}"


@given(
    st.text(st.sampled_from('0#?.,%/@;"\\_*[]<>=-()¥元年mdhysGeneraAP上午下E+ '), max_size=30)
    | st.text(max_size=30),
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-100, 100_000),
)
def test_any_format_shows_something_or_says_that_it_does_not(code: str, number: float) -> None:
    found = NumberFormat(code).show(number)
    if isinstance(found, Shown) and number:
        assert found.text
    if isinstance(found, Shown) and not found.is_certain:
        assert found.text == digits(number)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_digits_have_no_exponent(number: float) -> None:
    written = digits(number)
    assert "e" not in written
    assert Decimal(written) == Decimal(f"{number:.15g}")
