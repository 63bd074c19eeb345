"""BAL-3: an income of another unit stops a report, and one that only grew does not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.checks.bal_3 import IncomeScale
from budgets.domain.address import Address
from budgets.domain.choices import Flow, Fund, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import (
    Expenditure,
    ExpenditureLine,
    Income,
    IncomeLine,
    RestatedComparatives,
    RestatedFigure,
)
from tests.catalogue import variants
from tests.catalogue.edits import changed, part, rows
from tests.examples import dossier, header, wan
from tests.strategies import ANY_FLOWS, dossiers, signed_amounts

OPENING = {"flow": Flow.OPENING}
OTHER = {"fund": Fund.OTHER}


def report(income=(), expenditure=(), **of):
    """Lines as (amount in 万元, changes); ``of`` is of its header."""
    return dossier(
        header=header(**of),
        parts={
            Income: Income(
                lines=tuple(IncomeLine(key=f"n{i}", amount=wan(a), **c) for i, (a, c) in enumerate(income))
            ),
            Expenditure: Expenditure(
                lines=tuple(
                    ExpenditureLine(key=f"e{i}", amount=wan(a), **c) for i, (a, c) in enumerate(expenditure)
                )
            ),
        },
    )


def accounts(income=(), expenditure=()):
    return report(income, expenditure, profile="dongxihu_final_2024", kind=ReportKind.FINAL)


def last(income="100", spent="100"):
    """The archived year before, in 万元; no income line where ``income`` is empty."""
    return report(
        [(income, {})] if income else [], [(spent, {})] if spent else [], year=2022, status=Status.ARCHIVED
    )


def found(report, before=None, severity=None, **options):
    own = replace(report, earlier=(before,) if before else ())
    return list(IncomeScale().run(own, CheckSettings(severity=severity, options=options)))


class TestLeftOver:
    def test_more_left_than_is_spent_stops_the_report(self):
        (finding,) = found(report([("5", {}), ("2005", {})], [("100", {})]))
        assert finding.severity == Severity.ERROR
        assert finding.address.on_page == Address("income", "n1", "amount")
        assert (finding.expected, finding.actual, finding.difference) == (
            wan("100"),
            wan("1910"),
            wan("1810"),
        )
        assert "结转下年为 1,910.00 万元" in finding.message
        assert "100.00 万元 的 1 倍" in finding.message

    def test_as_much_left_as_is_spent_does_not(self):
        assert found(report([("200", {})], [("100", {})])) == []

    def test_a_fiscal_fund_of_a_budget_is_held_to_what_it_spends_itself(self):
        fund = {"fund": Fund.GOVERNMENT_FUND}
        (finding,) = found(report([("1000", {}), ("200", fund)], [("1000", {}), ("10", fund)]))
        assert finding.place == "政府性基金预算财政拨款"
        assert "该项资金支出 10.00 万元" in finding.message

    def test_other_money_is_held_to_what_all_spend(self):
        income = [("1000", {}), ("200", OTHER)]
        assert found(report(income, [("1000", {}), ("10", OTHER)])) == []
        (finding,) = found(report([("1000", {}), ("200000", OTHER)], [("1000", {}), ("10", OTHER)]))
        assert "支出合计 1,010.00 万元" in finding.message

    def test_a_fund_of_which_nothing_is_spent_is_held_to_what_all_spend(self):
        fund = {"fund": Fund.STATE_CAPITAL}
        assert found(report([("100", {}), ("5", fund)], [("100", {})])) == []

    def test_carry_over_that_is_left_again_counts(self):
        (finding,) = found(report([("10", {}), ("300", OPENING)], [("10", {})]))
        assert finding.address.on_page == Address("income", "n1", "amount")

    def test_nothing_is_said_before_any_expenditure_is_entered(self):
        assert found(report([("2000", {})])) == []

    def test_final_accounts_may_leave_most_of_a_small_fund(self):
        """As 004: 21.72 of 其他收入, of which 0.30 are spent."""
        income = [("1112.12", {}), ("21.72", OTHER)]
        assert found(accounts(income, [("1112.12", {}), ("0.3", OTHER)])) == []

    def test_final_accounts_wait_for_their_expenditure(self):
        """Opened from the budget, with its rows and no amount; the projects come first."""
        rows = [("0", {"economic": "30101"}), ("5", {"use": "project"})]
        assert found(accounts([("100", {})], rows)) == []
        assert found(accounts([("100", {})], [("5", {})]))

    def test_the_threshold_is_the_localitys(self):
        grown = report([("260", {})], [("100", {})])
        assert found(grown, closing=2) == []
        assert len(found(grown, closing=1.5)) == 1


class TestGrown:
    def test_income_of_another_unit_stops_the_report(self):
        """Income and expenditure are wrong alike, so nothing is left over."""
        (finding,) = found(report([("2000", {})], [("2000", {})]), last())
        assert finding.severity == Severity.ERROR
        assert (finding.place, finding.field) == ("本年收入合计", Address("income", "n0", "amount"))
        assert (finding.expected, finding.actual, finding.difference) == (
            wan("1000"),
            wan("2000"),
            wan("1000"),
        )
        assert "超过上年收入 100.00 万元 的 10 倍" in finding.message

    def test_ten_times_as_much_does_not(self):
        assert found(report([("1000", {})], [("1000", {})]), last()) == []

    def test_carry_over_is_no_income(self):
        assert found(report([("100", {}), ("3000", OPENING)], [("3100", {})]), last()) == []

    @pytest.mark.parametrize(
        "before",
        [
            None,
            last(income="", spent="5"),
            last(income="", spent=""),
            last(income="0", spent=""),
            last(income="5", spent="100"),
        ],
        ids=["no report", "no income line", "bare", "no amount", "less than was spent"],
    )
    def test_nothing_is_said_where_last_years_is_not_wholly_known(self, before):
        assert found(report([("2000", {})], [("2000", {})]), before) == []

    def test_income_on_another_scope_is_compared_with_the_restated_one(self):
        merged = accounts([("2000", {})], [("2000", {})])
        restated = RestatedComparatives(figures=(RestatedFigure(figure="income", amount=wan("1900")),))
        merged = replace(merged, parts={**merged.parts, RestatedComparatives: restated})
        assert found(merged, last()) == []

    def test_the_threshold_is_the_localitys(self):
        grown = report([("2000", {})], [("2000", {})])
        assert found(grown, last(), income=20) == []
        assert len(found(grown, last(), income=19.5)) == 1


def test_a_locality_may_set_the_severity():
    (finding,) = found(report([("1000", {})], [("1", {})]), severity=Severity.WARNING)
    assert finding.severity == Severity.WARNING


@pytest.mark.parametrize("sample", [variants.dongxihu, variants.wuchang, variants.accounts])
def test_real_reports_are_silent_and_their_slips_are_not(sample):
    real = sample()
    assert list(IncomeScale().run(real, CheckSettings())) == []
    slip = part(Income, rows("lines", lambda line: replace(line, amount=line.amount * 20)))
    places = {f.place for f in IncomeScale().run(changed(real, slip), CheckSettings())}
    assert places == {"一般公共预算财政拨款", "本年收入合计"}


@given(dossiers(amount=signed_amounts, flows=ANY_FLOWS, kind=ReportKind.BUDGET), st.integers(0, 3))
def test_no_amounts_break_it_and_less_is_found_of_a_higher_threshold(report, times):
    stricter = {f.place for f in IncomeScale().run(report, CheckSettings(options={"closing": times}))}
    milder = {f.place for f in IncomeScale().run(report, CheckSettings(options={"closing": times + 1}))}
    assert milder <= stricter
