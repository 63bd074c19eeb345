"""PRJ-7: who had money last year says what came of it."""

import pytest

from budgets.domain.address import Address
from budgets.domain.choices import Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import History, HistoryEntry, Identity
from performance.checks.prj_7 import PastValues
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from tests.examples import dossier, header, project, wan


def found(past, *values, status=Status.DRAFT):
    """``past``: amounts of 2021 and 2022 in 万元, or None; ``values``: 前年 and 上年 of each annual indicator."""
    entries = tuple(
        HistoryEntry(year=2021 + i, amount=amount and wan(amount)) for i, amount in enumerate(past)
    )
    annual = tuple(
        Indicator(key=f"a{i}", value_before_last=before, value_last=last)
        for i, (before, last) in enumerate(values)
    )
    goals = (
        Goal(key="g1", horizon=Horizon.LONG_TERM, indicators=(Indicator(key="l"),)),
        Goal(key="g2", horizon=Horizon.ANNUAL, indicators=annual),
    )
    course = project(
        identity=Identity(name="国情研修班"), history=History(entries=entries), goals=Goals(goals=goals)
    )
    return list(PastValues().run(dossier(course, header=header(status=status)), CheckSettings()))


def test_budgets_of_20_and_28_and_nothing_but_slashes():
    (finding,) = found(("20", "28"), ("/", "/"), ("/", "/"))
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("indicators", "a0", "value_last", "zhyw")
    assert "上年有预算 28.00 万元、前年有预算 20.00 万元" in finding.message


def test_with_one_value_in_each_year_it_is_silent():
    assert found(("20", "28"), ("/", "2次"), ("20人", "/")) == []


def test_an_empty_cell_says_as_little_as_a_slash():
    (finding,) = found(("20", "28"), ("", "2次"), ("", "/"))
    assert finding.address.on_page == Address("indicators", "a0", "value_before_last")
    assert "上年" not in finding.message


@pytest.mark.parametrize("past", [(), (None, None), ("0", "0")])
def test_without_a_past_budget_there_is_nothing_to_show(past):
    assert found(past, ("/", "/")) == []


def test_without_annual_indicators_another_rule_speaks():
    assert found(("20", "28")) == []


def test_archived_reports_are_as_published():
    assert found(("20", "28"), ("/", "/"), status=Status.ARCHIVED) == []
