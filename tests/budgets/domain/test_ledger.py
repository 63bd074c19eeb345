from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from budgets.domain.choices import FISCAL, Flow, Fund, Use
from budgets.domain.ledger import Filter, Ledger, Line
from budgets.domain.money import ZERO
from tests.strategies import filters, ledgers, signed_amounts


def line(amount: str, flow: Flow = Flow.EXPENDITURE, **fields) -> Line:
    return Line(key="line", flow=flow, amount=Decimal(amount), **fields)


def ledger(*lines: Line) -> Ledger:
    return Ledger(lines)


# --- filters --------------------------------------------------------------------------------------


@given(filters)
def test_a_filter_reads_back_from_its_query(filter):
    assert Filter.parse(filter.query()) == filter


def test_the_open_filter_matches_everything():
    assert Filter().matches(line("1", function="2080505"))
    assert Filter.parse("") == Filter()


@pytest.mark.parametrize(
    "query",
    ["colour=red", "flow=sideways", "fund=", "from_carry_over=2", "from_carry_over=1&from_carry_over=0"],
)
def test_a_query_that_no_filter_has_is_refused(query):
    with pytest.raises(ValueError):
        Filter.parse(query)


@pytest.mark.parametrize(
    ("filter", "matched"),
    [
        (Filter(flow=(Flow.EXPENDITURE,)), True),
        (Filter(flow=(Flow.INCOME,)), False),
        (Filter(flow=(Flow.INCOME, Flow.EXPENDITURE)), True),
        (Filter(use=(Use.BASIC,)), True),
        (Filter(use=(Use.PROJECT,)), False),
        (Filter(fund=FISCAL), True),
        (Filter(fund=(Fund.OTHER,)), False),
        (Filter(from_carry_over=False), True),
        (Filter(from_carry_over=True), False),
        (Filter(function=("208",)), True),
        (Filter(function=("20805", "201")), True),
        (Filter(function=("201",)), False),
        (Filter(exact_function=("208",)), False),
        (Filter(exact_function=("2080505",)), True),
        (Filter(economic=("301",)), True),
        (Filter(economic=("3",), economic_except=("301", "303")), False),
        (Filter(exact_economic=("",)), False),
        (Filter(unit=("112001",)), True),
        (Filter(project=("",)), True),
        (Filter(project=("p1",)), False),
        (Filter(fund=FISCAL, use=(Use.PROJECT,)), False),
    ],
)
def test_a_filter_is_a_conjunction(filter, matched):
    spent = line("1", use=Use.BASIC, function="2080505", economic="30108", unit="112001")
    assert filter.matches(spent) is matched


def test_lines_without_a_code_have_their_own_filter():
    uncoded = line("1")
    assert Filter(exact_function=("",)).matches(uncoded)
    assert not Filter(function=("2",)).matches(uncoded)


# --- sums -----------------------------------------------------------------------------------------


def test_single_values_need_no_tuple():
    lines = ledger(line("1", fund=Fund.OTHER), line("2"), line("4", flow=Flow.INCOME))
    assert lines.total(fund=Fund.GENERAL, flow=Flow.EXPENDITURE) == 2
    assert lines.total(Filter(fund=(Fund.OTHER,))) == 1
    assert lines.total() == 7
    assert len(lines.where(fund=FISCAL)) == 2


def test_a_sum_over_nothing_is_zero_with_two_places():
    assert str(Ledger().total()) == str(Ledger().closing()) == "0.00"


@given(ledgers(signed_amounts), filters)
def test_a_total_is_the_sum_of_the_lines_it_opens(lines, filter):
    assert lines.total(filter) == sum((each.amount for each in lines if filter.matches(each)), ZERO)
    assert lines.total(filter) == lines.where(filter).total()


@given(ledgers(signed_amounts))
def test_groups_add_up_to_the_whole(lines):
    assert sum(lines.by(lambda each: each.fund).values(), ZERO) == lines.total()


def test_lines_without_a_group_are_left_out():
    lines = ledger(line("1", use=Use.BASIC), line("2", flow=Flow.INCOME))
    assert lines.by(lambda each: each.use) == {Use.BASIC: 1}


@given(ledgers(signed_amounts))
def test_closing_is_what_came_in_less_what_went_out(lines):
    flows = {flow: lines.total(flow=flow) for flow in Flow}
    assert lines.closing() == (
        flows[Flow.OPENING]
        + flows[Flow.INCOME]
        + flows[Flow.RESERVES]
        - flows[Flow.EXPENDITURE]
        - flows[Flow.ALLOCATION]
    )


@given(ledgers(signed_amounts))
def test_closing_by_fund_adds_up(lines):
    assert sum((lines.closing(fund=fund) for fund in Fund), ZERO) == lines.closing()


def test_spending_more_than_there_is_closes_negative():
    assert ledger(line("5", flow=Flow.OPENING), line("7")).closing() == -2


def of_unit(given: Ledger, unit: str) -> Ledger:
    return Ledger(tuple(replace(each, unit=unit) for each in given))


@given(ledgers(), ledgers())
def test_ledgers_of_several_units_add_up(one, other):
    both = of_unit(one, "a") + of_unit(other, "b")
    assert both.total(unit="a") == one.total()
    assert both.total() == one.total() + other.total()
    assert len(both) == len(one) + len(other)


def test_personnel_goes_by_the_economic_class():
    assert line("1", economic="30101").is_personnel
    assert line("1", economic="30302").is_personnel
    assert not line("1", economic="30201").is_personnel
    assert not line("1", economic="31002").is_personnel
    assert not line("1").is_personnel


# --- 全年预算数 -------------------------------------------------------------------------------------


def test_the_adjusted_total_is_that_of_the_lines_whose_adjusted_budget_is_known():
    lines = ledger(line("1", adjusted=Decimal("5")), line("2"), line("4", fund=Fund.OTHER))
    assert lines.adjusted(Filter()) == Decimal("5")
    assert lines.adjusted(Filter(fund=(Fund.OTHER,))) is None
    assert ledger(line("1", adjusted=ZERO)).adjusted(Filter()) == ZERO


def test_the_lines_of_a_project_are_what_a_filter_finds():
    lines = Ledger(
        tuple(Line(key=str(i), flow=Flow.INCOME, amount=Decimal(i), project=str(i % 3)) for i in range(9))
    )
    assert lines.of_project("1") == lines.where(project="1")
    assert lines.of_project("9") == Ledger()
