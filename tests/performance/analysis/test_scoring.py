"""The scores that the official note prescribes: proposals for what can be computed, and no others."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.analysis.scoring import (
    SHARES,
    achieved,
    band_range,
    combine,
    execution_rate,
    execution_score,
    is_relative,
    quantitative_score,
    weighted_mean,
)
from performance.domain.evaluation import Band
from performance.domain.values import parse
from tests.performance.evaluation_strategies import values

money = st.integers(0, 10**12).map(lambda cents: Decimal(cents).scaleb(-2))
points = st.integers(0, 10_000).map(lambda hundredths: Decimal(hundredths).scaleb(-2))


# --- execution ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("budget", "executed", "score"),
    [
        ("1438.19", "1112.14", "15.47"),
        ("95.5", "82.38", "17.25"),
        ("20", "17.95", "17.95"),
        ("65", "62.745", "19.31"),
        ("30", "9.155", "6.10"),
        ("36", "26.325", "14.63"),
        ("30", "30", "20"),
        ("30", "45", "20"),
        ("30", "0", "0"),
        ("30", "-1", "0"),
    ],
)
def test_execution_scores_its_rate_and_never_more_than_its_weight(budget, executed, score):
    assert execution_score(Decimal(20), Decimal(budget), Decimal(executed)) == Decimal(score)


def test_without_a_budget_there_is_no_rate():
    assert execution_rate(Decimal(0), Decimal(5)) is None
    assert execution_score(Decimal(20), Decimal(0), Decimal(5)) is None


@given(weight=points, budget=money, executed=money)
def test_execution_stays_between_nothing_and_its_weight(weight, budget, executed):
    score = execution_score(weight, budget, executed)
    assert (score is None) == (budget == 0)
    assert score is None or 0 <= score <= weight


# --- quantitative ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [
        ("≤24万", "28.9", Decimal(24) / Decimal("28.9")),
        ("≤24万", "28.9万元", Decimal(24) / Decimal("28.9")),
        ("≤24万", "289000元", Decimal(24) / Decimal("28.9")),
        ("≤20万", "4.4", Decimal(1)),
        ("≤36万元", "26.325", Decimal(1)),
        ("≤5起", "0", Decimal(1)),
        ("≤24小时", "≤24小时", Decimal(1)),
        ("≥500份", "792份", Decimal(1)),
        ("≥500份", "250份", Decimal("0.5")),
        ("≥240天/年", "≥240天", Decimal(1)),
        ("≥3次/年", "3", Decimal(1)),
        ("99%以上", "100%", Decimal(1)),
        ("≥90%", "≥90%", Decimal(1)),
        ("≥90%", "45", Decimal("0.5")),
        ("≥10家/次", "均超过 10 家", Decimal(1)),
        ("≥4次", "0次", Decimal(0)),
    ],
)
def test_the_share_of_a_target_follows_its_direction(target, actual, share):
    assert achieved(parse(target), parse(actual)) == share


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("5个/年", "7"),
        ("65 万", "62.75 万元"),
        ("2台/年", "2"),
        ("240天/年", "240天/年"),
        ("100%", "100%"),
        ("1-2次", "2次"),
        ("≥0", "5"),
        ("≥4 次/年", "已举办 12 期"),
        ("≤24小时", "3天"),
        ("≥4次/月", "12次"),
        ("不超过合同金额", "未超过合同金额"),
        ("有效保障", "有效保障"),
        ("当年", "当年"),
        ("≥4次", ""),
        ("≥4次", "很多"),
        ("≥4次", "-3次"),
    ],
)
def test_what_the_note_leaves_to_a_person_has_no_share(target, actual):
    assert achieved(parse(target), parse(actual)) is None


def test_a_bound_of_the_other_side_tells_nothing():
    assert achieved(parse("≥50家"), parse("<50家")) is None
    assert achieved(parse("≤24万"), parse(">20万")) is None


def test_a_bare_fraction_of_a_rate_may_be_per_cent():
    assert achieved(parse("≥95%"), parse("0.95")) is None
    assert achieved(parse("≤5%"), parse("0")) == 1


@given(target=values, actual=values, weight=points)
def test_a_proposed_score_stays_between_nothing_and_its_weight(target, actual, weight):
    score = quantitative_score(parse(target), parse(actual), weight)
    assert score is None or 0 <= score <= weight


@given(aim=st.integers(1, 10**6), one=st.integers(0, 10**6), other=st.integers(0, 10**6), weight=points)
def test_more_of_a_floor_and_less_of_a_ceiling_never_scores_less(aim, one, other, weight):
    less, more = sorted((one, other))

    def score(target, actual):
        return quantitative_score(parse(f"{target}{aim}家"), parse(f"{actual}家"), weight)

    assert score("≥", less) <= score("≥", more)
    assert score("≤", less) >= score("≤", more)


@given(aim=st.integers(1, 10**6), actual=st.integers(0, 10**6), weight=points)
def test_a_target_that_is_met_scores_in_full(aim, actual, weight):
    assert quantitative_score(parse(f"≥{aim}家"), parse(f"{max(aim, actual)}家"), weight) == weight
    assert quantitative_score(parse(f"≤{aim}家"), parse(f"{min(aim, actual)}家"), weight) == weight
    assert quantitative_score(parse(f"≤{aim}家"), parse("0"), weight) == weight


def test_exactly_half_a_hundredth_of_a_point_counts_as_a_whole_one():
    """3 × 5/24 is 0.625, though no decimal is 5/24."""
    assert execution_score(Decimal(3), Decimal(24), Decimal(5)) == Decimal("0.63")
    assert quantitative_score(parse("≥24家"), parse("5家"), Decimal(3)) == Decimal("0.63")
    assert quantitative_score(parse("≤5家"), parse("24家"), Decimal(3)) == Decimal("0.63")


# --- qualitative ----------------------------------------------------------------------------------


def test_each_band_includes_its_lower_end():
    met, partly, not_met = (band_range(band, Decimal(10)) for band in Band)
    assert [Decimal(8) in allowed for allowed in (met, partly, not_met)] == [True, False, False]
    assert [Decimal(5) in allowed for allowed in (met, partly, not_met)] == [False, True, False]
    assert Decimal(10) in met
    assert Decimal(0) in not_met


@given(weight=points.filter(lambda weight: weight >= 1), share=st.integers(0, 100))
def test_every_score_up_to_the_weight_is_in_one_band(weight, share):
    score = weight * share / 100
    exact = [weight * end for ends in SHARES.values() for end in ends]
    assume(all(abs(score - end) >= Decimal("0.01") for end in exact))
    assert sum(score in band_range(band, weight) for band in Band) == 1


# --- several units --------------------------------------------------------------------------------


def unit(actual, amount="0"):
    return parse(actual), Decimal(amount)


def test_absolute_values_are_added():
    combined = combine([unit("3次", "5"), unit("4 次", "900")])
    assert (combined.number, combined.unit) == (Decimal(7), "次")


def test_amounts_are_added_exactly_in_the_larger_unit_whatever_the_order():
    results = [unit("62.745万元"), unit("3000元")]
    for order in (results, results[::-1]):
        combined = combine(order)
        assert (combined.number, combined.unit) == (Decimal("63.045"), "万元")


def test_rates_are_averaged_by_money():
    combined = combine([unit("100%", "30"), unit("80%", "10")])
    assert (combined.number, combined.unit) == (Decimal(95), "%")


def test_rates_without_money_are_averaged_by_head():
    assert combine([unit("100%"), unit("80%")]).number == Decimal(90)


def test_so_much_apiece_is_averaged_and_so_much_a_month_is_added():
    assert combine([unit("10家/次", "1"), unit("20家/次", "3")]).number == Decimal("17.5")
    assert combine([unit("10家/月", "1"), unit("20家/月", "3")]).number == Decimal(30)


def test_bounds_of_one_side_combine_to_a_bound():
    assert combine([unit(">4期"), unit("5期")]).operator == parse(">4期").operator


@pytest.mark.parametrize(
    "results",
    [[], ["3次", "4期"], ["很好", "3次"], ["1-2次", "3次"], ["≥3次", "<4次"], ["", "3次"], ["90%", "3次"]],
    ids=str,
)
def test_what_cannot_be_combined_is_left_to_a_person(results):
    assert combine([unit(text) for text in results]) is None


def test_results_are_combined_first_and_scored_then():
    """A unit above the target makes up for one below: not so where each is scored and the scores averaged."""
    target, weight = parse("≥10次"), Decimal(10)
    results = [unit("2次", "1"), unit("8次", "1")]
    assert quantitative_score(target, combine(results), weight) == Decimal(10)
    apart = [(quantitative_score(target, value, weight), amount) for value, amount in results]
    assert weighted_mean(apart) == Decimal(5)

    target = parse("≥90%")
    results = [unit("100%", "1"), unit("80%", "1")]
    assert quantitative_score(target, combine(results), weight) == Decimal(10)
    apart = [(quantitative_score(target, value, weight), amount) for value, amount in results]
    assert weighted_mean(apart) < Decimal(10)


unit_results = st.tuples(
    st.integers(0, 10**6).map(lambda n: Decimal(n).scaleb(-2)), st.integers(0, 10**9).map(Decimal)
)


@given(results=st.lists(unit_results, min_size=1, max_size=6), data=st.data(), weight=points)
def test_the_order_of_units_does_not_matter(results, data, weight):
    for target in ("≥300次", "≤300万元", "≥90%", "≥10家/次"):
        value = parse(target)
        spelt = [
            (parse(f"{number}{value.unit}" + (f"/{value.per}" if value.per else "")), amount)
            for number, amount in results
        ]
        one, other = combine(spelt), combine(data.draw(st.permutations(spelt)))
        assert one.number == other.number
        assert quantitative_score(value, one, weight) == quantitative_score(value, other, weight)


@given(st.lists(unit_results, min_size=1, max_size=6))
def test_a_combined_rate_lies_among_the_units(results):
    combined = combine([(parse(f"{number}%"), amount) for number, amount in results])
    numbers = [number for number, _ in results]
    assert min(numbers) - Decimal("1e-20") <= combined.number <= max(numbers) + Decimal("1e-20")


@given(st.lists(unit_results, min_size=1, max_size=6))
def test_a_combined_count_is_the_sum(results):
    combined = combine([(parse(f"{number}次"), amount) for number, amount in results])
    assert combined.number == sum(number for number, _ in results)


def test_relative_values_are_rates_and_what_is_so_much_apiece():
    assert [
        is_relative(parse(text)) for text in ("95%", "10家/次", "1.8元/平", "4次/年", "4次/月", "24万")
    ] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
