"""PRJ-2: a project's total covers this year's money, and this year lies in its term."""

from decimal import Decimal

import pytest

from budgets.checks.prj_2 import TotalBudget
from budgets.domain.address import Address
from budgets.domain.choices import Severity
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Activity, Application, Identity
from tests.examples import dossier, line, project, wan


def found(*, total=None, long_term=False, current="25", start=2023, end=2023, from_carry_over=False):
    money = line("l", current, from_carry_over=from_carry_over)
    return list(
        TotalBudget().run(
            dossier(
                project(
                    identity=Identity(name="企业人才直通车", start_year=start, end_year=end),
                    application=Application(total_budget=total and wan(total), long_term=long_term),
                    activities=Activities(activities=(Activity(key="a", lines=(money,)),)),
                )
            ),
            CheckSettings(),
        )
    )


@pytest.mark.parametrize(
    "case",
    [
        {"total": "25"},
        {"total": "483.3", "current": "283.3", "start": 2021},
        {"long_term": True, "total": "1"},
        {"total": None},
        {"start": None, "end": None},
        {"start": 2020, "end": 2022, "from_carry_over": True},
        {"current": "0", "start": 2024, "end": 2025},
    ],
)
def test_it_stays_silent(case):
    assert found(**case) == []


def test_a_total_below_this_years_money_is_an_error():
    (finding,) = found(total="20")
    assert finding.severity == Severity.ERROR
    assert finding.address.project == "zhyw"
    assert finding.address.on_page == Address("application", field="total_budget")
    assert (finding.expected, finding.actual, finding.difference) == (
        wan("25"),
        wan("20"),
        Decimal("-50000"),
    )
    assert "20.00 万元" in finding.message
    assert "25.00 万元" in finding.message


def test_money_before_the_project_begins_is_an_error():
    (finding,) = found(start=2024, end=2025)
    assert finding.anchor == "f-identity-start_year"
    assert finding.actual == "2024 年"


def test_new_money_after_the_project_ended_is_an_error():
    (finding,) = found(start=2020, end=2022)
    assert finding.anchor == "f-identity-end_year"
    assert finding.expected == "不早于 2023 年"


def test_a_term_that_ends_before_it_begins_never_contains_the_year():
    assert len(found(start=2024, end=2022)) == 2
