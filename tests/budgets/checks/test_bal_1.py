"""BAL-1: what stops a report whose funds are overspent, and what only asks."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from budgets.checks.bal_1 import Balance
from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund, ReportKind, Severity, Use
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Expenditure, ExpenditureLine, Income, IncomeLine
from tests.examples import dossier, wan
from tests.strategies import dossiers


def report(income=(), expenditure=()):
    """Lines as (amount in 万元, changes)."""
    return dossier(
        parts={
            Income: Income(
                lines=tuple(IncomeLine(key=f"n{i}", amount=wan(a), **c) for i, (a, c) in enumerate(income))
            ),
            Expenditure: Expenditure(
                lines=tuple(
                    ExpenditureLine(key=f"e{i}", amount=wan(a), **c) for i, (a, c) in enumerate(expenditure)
                )
            ),
        }
    )


def found(report, severity=None):
    return list(Balance().run(report, CheckSettings(severity=severity)))


def test_a_balanced_budget_is_silent():
    assert found(report([("3073.53", {})], [("967.43", {}), ("2106.1", {"use": Use.PROJECT})])) == []


def test_spending_more_than_there_is_stops_the_report():
    (finding,) = found(report([("3073.53", {})], [("3073.54", {})]))
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("income", "n0", "amount")
    assert (finding.expected, finding.actual) == (wan("3073.53"), wan("3073.54"))
    assert finding.difference == Decimal("100.00")
    assert "超支 0.01 万元" in finding.message


def test_each_fund_stands_for_itself():
    lines = [("10", {"fund": Fund.GENERAL}), ("5", {"fund": Fund.OTHER})]
    (finding,) = found(report(lines, [("10", {}), ("6", {"fund": Fund.OTHER})]))
    assert finding.place == "其他收入"


def test_a_fund_without_any_income_has_no_field_to_link_to():
    (finding,) = found(report([], [("6", {"fund": Fund.SPECIAL_ACCOUNT})]))
    assert finding.field is None
    assert finding.anchor == ""


def test_spending_more_carry_over_than_was_brought_over_stops_the_report():
    lines = [("10", {}), ("2", {"flow": Flow.OPENING})]
    (finding,) = found(report(lines, [("9", {}), ("3", {"from_carry_over": True})]))
    assert finding.severity == Severity.ERROR
    assert (finding.expected, finding.actual, finding.difference) == (wan("2"), wan("3"), wan("1"))


def test_fiscal_money_left_over_in_a_budget_asks_why():
    (finding,) = found(report([("11", {})], [("10", {})]))
    assert finding.severity == Severity.WARNING
    assert "1.00 万元 结转下年" in finding.message


@pytest.mark.parametrize("fund", [Fund.OTHER, Fund.SPECIAL_ACCOUNT])
def test_other_money_left_over_does_not(fund):
    assert found(report([("11", {"fund": fund})], [("10", {"fund": fund})])) == []


def test_final_accounts_may_leave_money_over():
    budget = report([("11", {})], [("10", {})])
    assert found(replace(budget, header=replace(budget.header, kind=ReportKind.FINAL))) == []


def test_a_locality_may_set_the_severity():
    (finding,) = found(report([("1", {})], [("2", {})]), Severity.INFO)
    assert finding.severity == Severity.INFO


@given(dossiers())
def test_an_error_means_a_fund_below_zero_or_carry_over_that_nobody_has(report):
    errors = {f.place for f in found(report) if f.severity == Severity.ERROR}
    for fund in Fund:
        lines = report.ledger.where(fund=fund)
        carried = lines.total(flow=Flow.EXPENDITURE, from_carry_over=True)
        overspent = lines.closing() < 0 or carried > lines.total(flow=Flow.OPENING)
        assert (fund.label in errors) == overspent
