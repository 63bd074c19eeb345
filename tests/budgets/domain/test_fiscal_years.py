"""Years and deadlines that nobody means are refused, and said so."""

from __future__ import annotations

import datetime

import pytest

from budgets.domain.choices import ReportKind
from budgets.domain.fiscal_years import deadline_problem, year_problem

TODAY = datetime.date(2026, 12, 1)


@pytest.mark.parametrize("year", [1990, 2007, 2025, 2026, 2027, 2028])
def test_a_year_that_can_be_set_up(year: int) -> None:
    assert year_problem(year, TODAY) == ""


@pytest.mark.parametrize("year", [0, 26, 206, 1989, 2029, 2099, 2206, 20026])
def test_a_year_that_can_only_be_mistyped(year: int) -> None:
    assert str(year) in year_problem(year, TODAY) and "1990 到 2028" in year_problem(year, TODAY)


@pytest.mark.parametrize(
    ("kind", "year", "deadline"),
    [
        (ReportKind.BUDGET, 2027, "2026-12-01"),
        (ReportKind.BUDGET, 2027, "2027-12-31"),
        (ReportKind.BUDGET, 2028, "2027-01-01"),
        (ReportKind.FINAL, 2026, "2027-01-01"),
        (ReportKind.FINAL, 2025, "2026-12-01"),
        # A year that is caught up on.
        (ReportKind.BUDGET, 2022, "2027-12-31"),
        (ReportKind.FINAL, 2022, "2027-12-31"),
    ],
)
def test_a_deadline_that_can_be_set(kind: ReportKind, year: int, deadline: str) -> None:
    assert deadline_problem(kind, year, datetime.date.fromisoformat(deadline), TODAY) == ""


@pytest.mark.parametrize(
    ("kind", "year", "deadline", "said"),
    [
        (ReportKind.BUDGET, 2027, "2026-11-30", "已经过去"),
        (ReportKind.FINAL, 2025, "2025-12-31", "已经过去"),
        (ReportKind.BUDGET, 2028, "2026-12-31", "不能早于 2027-01-01"),
        (ReportKind.FINAL, 2026, "2026-12-31", "不能早于 2027-01-01"),
        (ReportKind.BUDGET, 2027, "2028-01-01", "不能晚于 2027-12-31"),
        (ReportKind.BUDGET, 2027, "2062-12-20", "不能晚于 2027-12-31"),
        (ReportKind.FINAL, 2027, "2029-01-01", "不能晚于 2028-12-31"),
        (ReportKind.BUDGET, 2022, "2028-01-01", "不能晚于 2027-12-31"),
    ],
)
def test_a_deadline_that_nobody_means(kind: ReportKind, year: int, deadline: str, said: str) -> None:
    assert said in deadline_problem(kind, year, datetime.date.fromisoformat(deadline), TODAY)
