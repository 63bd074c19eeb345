"""Which fiscal years and which deadlines (报送截止) are plausible."""

from __future__ import annotations

import datetime

from .choices import ReportKind

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""The years that any document or row may be of."""

YEARS_AHEAD = 2
"""The number of years, from today's on, for which a year can be set up."""

DEADLINE_AHEAD = 1
"""The number of years, from today's on, in which the deadline of a year long past may lie."""


def year_problem(year: int, today: datetime.date) -> str:
    """Why nobody sets up ``year`` today; empty if it is plausible. An earlier year may be set up to be compared with."""
    last = today.year + YEARS_AHEAD
    if FIRST_YEAR <= year <= last:
        return ""
    return f"年度应写四位数，在 {FIRST_YEAR} 到 {last} 之间，如 {today.year}；现在是 {year}"


def deadline_problem(kind: ReportKind, year: int, deadline: datetime.date, today: datetime.date) -> str:
    """Why ``deadline`` cannot be set today for reports of ``kind`` and ``year``; empty if it can.

    A budget is entered from the year before on, final accounts once the year is over.
    """
    if deadline < today:
        return f"截止日期 {deadline} 已经过去，请填今天（{today}）或以后的日期"
    if kind == ReportKind.BUDGET:
        first, last = year - 1, year
        why = f"{year} 年预算最早在上一年编报"
    else:
        first, last = year + 1, year + 1
        why = f"{year} 年决算在年度结束后编报"
    if deadline.year < first:
        return f"{why}，截止日期不能早于 {first}-01-01"
    last = max(last, today.year + DEADLINE_AHEAD)
    return f"截止日期 {deadline} 太晚，不能晚于 {last}-12-31" if deadline.year > last else ""
