"""CAR-2: no subject of fiscal money is spent beyond what it had; 年末结转 is typed nowhere."""

from decimal import Decimal

import pytest
from hypothesis import given

from budgets.checks.car_2 import ClosingBySubject
from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Flow, Fund, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Expenditure, ExpenditureLine, Income, IncomeLine
from tests.budgets.checks.test_by_construction import refuses
from tests.examples import dossier, header, wan
from tests.strategies import ANY_FLOWS, FUNCTION, dossiers, signed_amounts

RUN, PENSION = "2010350", "2080505"


def report(income, expenditure, fund=Fund.GENERAL, status=Status.DRAFT):
    """(function, amount in 万元) of what came in and of what was spent."""
    return dossier(
        header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL, status=status),
        parts={
            Income: Income(
                lines=tuple(
                    IncomeLine(key=f"n{i}", fund=fund, function=code, amount=wan(amount))
                    for i, (code, amount) in enumerate(income)
                )
            ),
            Expenditure: Expenditure(
                lines=tuple(
                    ExpenditureLine(key=f"e{i}", fund=fund, function=code, amount=wan(amount))
                    for i, (code, amount) in enumerate(expenditure)
                )
            ),
        },
    )


def found(report, severity=None):
    return list(ClosingBySubject().run(report, CheckSettings(severity=severity)))


def test_what_came_in_is_spent_under_its_own_subject():
    assert found(report([(RUN, "643.93"), (PENSION, "80.81")], [(RUN, "643.93"), (PENSION, "80.80")])) == []


def test_a_subject_overspent_behind_the_surplus_of_another_stops_the_report():
    (finding,) = found(report([(RUN, "700"), (PENSION, "80")], [(RUN, "600"), (PENSION, "80.815")]))
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("income", "n1", "amount")
    assert (finding.expected, finding.actual) == (0, wan("-0.815"))
    assert PENSION in finding.place


def test_a_subject_without_income_leads_to_the_income_of_its_fund():
    (finding,) = found(report([(RUN, "700")], [(PENSION, "80")]))
    assert finding.address.on_page == Address("income", "n0", "amount")


def test_a_fund_overspent_as_a_whole_is_left_to_the_balance():
    assert found(report([(RUN, "700")], [(RUN, "600"), (PENSION, "180")])) == []


def test_rounding_to_ten_thousands_is_shown_and_stops_nothing():
    (finding,) = found(report([(RUN, "10"), (PENSION, "80.80")], [(PENSION, "40.41"), (PENSION, "40.40")]))
    assert finding.severity == Severity.INFO
    assert "尾差" in finding.message


def test_the_same_difference_of_amounts_to_the_cent_is_none():
    lines = [(PENSION, "40.4099"), (PENSION, "40.4001")]
    (finding,) = found(report([(RUN, "10"), (PENSION, "80.80")], lines))
    assert finding.severity == Severity.ERROR


@pytest.mark.parametrize("fund", [Fund.OTHER, Fund.OPERATING_INCOME, Fund.SPECIAL_ACCOUNT])
def test_own_money_may_be_spent_under_other_subjects(fund):
    assert found(report([(RUN, "80")], [(PENSION, "80")], fund)) == []


@pytest.mark.parametrize("code", ["", "208", "20805"])
def test_a_subject_that_is_not_yet_known_is_not_judged(code):
    assert found(report([(RUN, "80")], [(PENSION, "40"), (code, "10")])) == []


def test_archived_accounts_are_as_they_were_published():
    assert found(report([(RUN, "80")], [(PENSION, "80")], status=Status.ARCHIVED)) == []


def test_a_locality_may_set_the_severity():
    (finding,) = found(report([(RUN, "80")], [(PENSION, "80")]), Severity.WARNING)
    assert finding.severity == Severity.WARNING


@pytest.mark.parametrize("name", ["closing", "年末结转", "carried_forward"])
def test_nobody_types_what_is_left(name):
    assert refuses(Income, {"lines": [{"key": "a", name: "1.00"}]})
    assert refuses(Income, {name: "1.00"})
    with pytest.raises(ValueError, match="closing"):
        Flow("closing")


@given(dossiers(amount=signed_amounts, flows=ANY_FLOWS, profile="dongxihu_final_2024", kind=ReportKind.FINAL))
def test_what_is_left_by_subject_adds_up_to_what_is_left(report):
    """Of any accounts: by fund, by fund and subject, and from the flows themselves."""
    total = Decimal(0)
    for fund in Fund:
        lines = report.ledger.where(fund=fund)
        by_subject = [lines.closing(exact_function=(code,)) for code in ("", *FUNCTION)]
        came = lines.total(flow=(Flow.OPENING, Flow.INCOME, Flow.RESERVES))
        went = lines.total(flow=(Flow.EXPENDITURE, Flow.ALLOCATION))
        assert sum(by_subject, Decimal(0)) == lines.closing() == came - went
        total += lines.closing()
    assert total == report.ledger.closing()
    judged = {fund for fund in FISCAL if report.ledger.closing(fund=fund) >= 0}
    assert {finding.place.split("—")[0] for finding in found(report)} <= {fund.label for fund in judged}
