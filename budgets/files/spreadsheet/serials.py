"""Dates and times as spreadsheets store them: days since an epoch, and what they are on the calendar."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

DAY = 86_400_000
"""Milliseconds of a day."""
LAST = 2_958_465
"""9999-12-31 in the system of 1900."""
BETWEEN = 1462
"""The days from the epoch of 1900 to that of 1904."""
_BEFORE_FICTION = datetime.date(1899, 12, 31)
_EPOCH = datetime.date(1899, 12, 30)
_FICTION = 60
"""1900-02-29, a day that the system of 1900 has and the calendar has not."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a date cell shows. ``weekday`` counts from Sunday (0)."""

    year: int
    month: int
    day: int
    weekday: int


def milliseconds(serial: float) -> int:
    """The whole milliseconds of ``serial``, which may be no calendar day."""
    return int(serial * DAY + 0.5)


def calendar(days: int) -> Calendar:
    """The day of the system of 1900. Day 0 is 1900-01-00, day 60 is 1900-02-29."""
    weekday = (days + 6) % 7
    if days == 0:
        return Calendar(1900, 1, 0, weekday)
    if days == _FICTION:
        return Calendar(1900, 2, 29, weekday)
    day = date(days)
    return Calendar(day.year, day.month, day.day, weekday)


def is_real(days: int) -> bool:
    """Whether the calendar has that day."""
    return 0 < days <= LAST and days != _FICTION


def date(days: int) -> datetime.date:
    """The date of a real day of the system of 1900."""
    return (_EPOCH if days > _FICTION else _BEFORE_FICTION) + datetime.timedelta(days=days)


def moment(stored: int) -> datetime.datetime:
    """The moment of so many milliseconds, on a real day."""
    days, rest = divmod(stored, DAY)
    return datetime.datetime.combine(date(days), datetime.time()) + datetime.timedelta(milliseconds=rest)


def serial(when: datetime.date) -> float:
    """The days of a date or moment in the system of 1900."""
    if isinstance(when, datetime.datetime):
        of_day = when - datetime.datetime.combine(when.date(), datetime.time(), when.tzinfo)
        return serial(when.date()) + of_day / datetime.timedelta(days=1)
    days = (when - _EPOCH).days
    return days if days > _FICTION else days - 1
