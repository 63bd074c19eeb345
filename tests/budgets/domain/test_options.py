"""What of a rule can be set: typed in its unit, stored as it was before, read in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.domain.options import ChoiceOption, NumberOption, OptionError, in_words
from budgets.domain.profile import known_rules, options_of

AMOUNT = NumberOption(
    name="amount",
    title="变动金额",
    meaning="",
    unit="万元",
    least=Decimal(0),
    most=Decimal(10000),
    places=2,
    factor=10000,
    example="5 表示 5 万元",
)
EVERY = [option for rule in known_rules() for option in options_of(rule)]


@given(st.decimals(0, 10000, places=2))
def test_what_is_typed_is_stored_exactly_and_shown_again(number: Decimal) -> None:
    stored = AMOUNT.parse(f"{number:f}")
    assert Decimal(str(stored)) == number * 10000
    assert Decimal(AMOUNT.typed(stored)) == number and not AMOUNT.problem(stored)


def test_a_whole_number_is_stored_as_one() -> None:
    assert (AMOUNT.parse("5"), type(AMOUNT.parse("5.00"))) == (50000, int)


@pytest.mark.parametrize("value", [True, "10", None, [], {}, float("nan"), float("inf"), -1, 1e300, 55])
def test_a_stored_value_out_of_range_says_what_it_should_be(value: object) -> None:
    assert AMOUNT.problem(value) == "应为 0 至 10,000，最多 2 位小数"


@pytest.mark.parametrize("option", EVERY, ids=lambda option: option.name)
def test_every_option_allows_its_own_default_and_says_it(option) -> None:
    words = option.words(option.default)
    assert words and option.title and option.meaning.endswith("。")
    if option.default is None:
        assert option.otherwise == words
    elif isinstance(option, NumberOption):
        assert Decimal(str(option.parse(option.typed(option.default)))) == option.default
        assert option.unit in words and option.example
    else:
        assert not option.problem(option.default)


@pytest.mark.parametrize("option", EVERY, ids=lambda option: option.name)
def test_a_percentage_is_no_fraction(option) -> None:
    if isinstance(option, NumberOption) and option.unit == "%":
        with pytest.raises(OptionError, match=r"“0\.2”不能用，应为 0 至"):
            option.parse("0.2")


def test_thresholds_are_read_in_words() -> None:
    level = ChoiceOption(name="level", title="级别", meaning="", choices=(("error", "错误"),))
    said = in_words((AMOUNT, level), {"amount": 5000, "level": "error", "gone": 3})
    assert said == "变动金额 0.5 万元、级别 错误、gone 3"
    assert in_words((AMOUNT,), {"amount": -5}) == "变动金额 -0.0005 万元（应为 0 至 10,000，最多 2 位小数）"
