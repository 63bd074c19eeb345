"""CAR-1: what is brought over, beside what last year left, and why it was adjusted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.checks.car_1 import OpeningCarriedOver
from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Expenditure, ExpenditureLine, Income, IncomeLine
from tests.examples import dossier, header, wan
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts


def accounts(year, *income, spent="0", fund=Fund.OTHER, status=Status.DRAFT):
    """Final accounts of one fund; ``income`` as (amount in 万元, changes), ``spent`` in 万元."""
    lines = tuple(
        IncomeLine(**{"key": f"n{i}", "fund": fund, "amount": wan(amount), **changes})
        for i, (amount, changes) in enumerate(income)
    )
    return dossier(
        header=header(year, "dongxihu_final_2024", kind=ReportKind.FINAL, status=status),
        parts={
            Income: Income(lines=lines),
            Expenditure: Expenditure(lines=(ExpenditureLine(key="e", fund=fund, amount=wan(spent)),)),
        },
    )


OPENING = {"flow": Flow.OPENING}


def last(status=Status.PUBLISHED, spent="28.81"):
    """Last year: 24.75 brought over, 4.09 came in, 0.03 is left unless ``spent`` is another amount."""
    return accounts(2023, ("24.75", OPENING), ("4.09", {}), spent=spent, status=status)


def found(this, before=None, severity=None):
    report = replace(this, earlier=(before,) if before else ())
    return list(OpeningCarriedOver().run(report, CheckSettings(severity=severity)))


def test_carry_over_that_was_left_and_is_not_brought_over():
    """As 004: what it says of the year before leaves 0.03, and its 年初结转 is blank."""
    (finding,) = found(accounts(2024, ("21.72", {})), last())
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("income", "n0", "amount")
    assert (finding.expected, finding.actual, finding.difference) == (wan("0.03"), 0, wan("-0.03"))


def test_an_adjustment_accounts_for_it():
    lines = [
        ("0.03", OPENING),
        ("-0.03", {**OPENING, "adjustment": "归集上缴和缴回资金", "remark": "上年结余缴回"}),
        ("21.72", {}),
    ]
    assert found(accounts(2024, *lines), last()) == []


def test_an_adjustment_does_not_stand_for_what_was_carried_over():
    lines = [("0.03", {**OPENING, "adjustment": "会计差错更正", "remark": "补记"})]
    (finding,) = found(accounts(2024, *lines), last())
    assert finding.actual == 0


def test_every_adjustment_says_why():
    lines = [("0.03", OPENING), ("-0.03", {**OPENING, "adjustment": "归集上缴和缴回资金"})]
    (finding,) = found(accounts(2024, *lines), last())
    assert finding.address.on_page == Address("income", "n1", "remark")
    assert "归集上缴和缴回资金" in finding.message


def test_each_fund_stands_for_itself():
    lines = [("0.03", {**OPENING, "fund": Fund.GENERAL})]
    places = {finding.place for finding in found(accounts(2024, *lines), last())}
    assert places == {"一般公共预算财政拨款年初结转", "其他收入年初结转"}


def test_a_fund_without_any_line_has_no_field_to_link_to():
    (finding,) = found(accounts(2024), last())
    assert finding.field is None


def test_rounding_of_an_archived_year_is_shown_and_asks_for_nothing():
    (finding,) = found(accounts(2024), last(Status.ARCHIVED, spent="28.82"))
    assert finding.severity == Severity.INFO
    assert "尾差" in finding.message


def test_rounding_of_the_opening_itself_is_shown_too():
    (finding,) = found(accounts(2024, ("0.03", OPENING)), last(spent="28.8052"))
    assert (finding.severity, finding.difference) == (Severity.INFO, wan("-0.0048"))


def test_a_year_known_to_the_cent_has_no_rounding():
    (finding,) = found(accounts(2024), last(spent="28.8399"))
    assert finding.severity == Severity.WARNING


def test_0_03_is_more_than_the_rounding_of_three_lines():
    (finding,) = found(accounts(2024), last(Status.ARCHIVED))
    assert finding.severity == Severity.WARNING


@pytest.mark.parametrize("before", [None, last(spent="30")])
def test_a_first_year_and_one_that_does_not_close_are_not_judged(before):
    assert found(accounts(2024, ("5", OPENING)), before) == []


def test_archived_accounts_are_as_they_were_published():
    assert found(accounts(2024, status=Status.ARCHIVED), last()) == []


def test_a_locality_may_set_the_severity():
    (finding,) = found(accounts(2024), last(), Severity.ERROR)
    assert finding.severity == Severity.ERROR


@given(
    dossiers(amount=signed_amounts, flows=ANY_FLOWS, profile="dongxihu_final_2024", kind=ReportKind.FINAL),
    st.data(),
)
def test_what_a_year_leaves_brought_over_in_full_is_never_found(report, data):
    """Carry-over of any accounts: as many lines as funds, each with what was left."""
    year = report.header.year
    lines = tuple(
        IncomeLine(key=f"o{fund}", flow=Flow.OPENING, fund=fund, amount=report.ledger.closing(fund=fund))
        for fund in Fund
        if report.ledger.closing(fund=fund)
    )
    following = replace(
        report, header=replace(report.header, year=year + 1), parts={Income: Income(lines=lines)}
    )
    assert list(OpeningCarriedOver().run(replace(following, earlier=(report,)), CheckSettings())) == []
    if not lines:
        return
    wrong = data.draw(st.sampled_from(range(len(lines))))
    off = tuple(
        replace(line, amount=line.amount + wan("100")) if place == wrong else line
        for place, line in enumerate(lines)
    )
    moved = replace(following, parts={Income: Income(lines=off)}, earlier=(report,))
    places = [finding.place for finding in OpeningCarriedOver().run(moved, CheckSettings())]
    closes = report.ledger.closing(fund=lines[wrong].fund) >= 0
    assert places == ([f"{lines[wrong].fund.label}年初结转"] if closes else [])
