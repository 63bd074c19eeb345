"""FND-1: which money may pay for what."""

import pytest

from budgets.checks.fnd_1 import FundFitsUse
from budgets.domain.address import Address
from budgets.domain.choices import FISCAL, Fund, Severity, Use
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Expenditure, ExpenditureLine
from tests.examples import dossier, wan


def found(use, fund):
    line = ExpenditureLine(key="e", use=use, fund=fund, amount=wan("12"))
    report = dossier(parts={Expenditure: Expenditure(lines=(line,))})
    return list(FundFitsUse().run(report, CheckSettings()))


@pytest.mark.parametrize("fund", [fund for fund in Fund if fund != Fund.COMMERCIAL])
def test_commercial_expenditure_is_paid_from_commercial_income_alone(fund):
    (finding,) = found(Use.COMMERCIAL, fund)
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("expenditure", "e", "fund")
    assert (finding.expected, finding.actual) == ("事业单位经营收入", fund.label)
    assert "12.00 万元" in finding.message


@pytest.mark.parametrize("fund", FISCAL)
def test_no_fiscal_money_goes_to_subordinate_units(fund):
    (finding,) = found(Use.SUBSIDY, fund)
    assert finding.actual == fund.label


@pytest.mark.parametrize(
    ("use", "fund"),
    [
        (Use.COMMERCIAL, Fund.COMMERCIAL),
        (Use.SUBSIDY, Fund.OPERATING_INCOME),
        (Use.BASIC, Fund.GENERAL),
        (Use.BASIC, Fund.COMMERCIAL),
        (Use.REMITTED, Fund.OTHER),
    ],
)
def test_it_stays_silent(use, fund):
    assert found(use, fund) == []
