"""The cells of a spreadsheet as a person sees them, and as they are stored."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MAX_ROWS = 20_002
"""The most rows of a sheet: 20,000 and two of headings."""
MAX_COLUMNS = 200
MAX_CELLS = 1_000_000
"""The most cells of all sheets, counted in each row up to its last value."""
MAX_CHARACTERS = 20_000_000
"""The most characters of all cells."""
MAX_MERGED = 200_000
"""The most covered cells of a sheet."""
MAX_FORMULA = 100
"""The characters of a formula that are kept."""
MAX_NAME = 100
"""The most characters of a sheet's name. Spreadsheets themselves allow 31."""
PRECISION = 15
"""The significant digits that Excel keeps. Further digits are noise of its arithmetic."""

Number = int | float
Moment = datetime.datetime | datetime.date | datetime.time | datetime.timedelta


class SpreadsheetRefused(Exception):
    """The whole file is refused; ``message`` is Chinese and says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Shown:
    """A number, date or time whose format shows something else than its plain digits.

    ``value`` is what is stored, ``text`` what is shown: 95%, 1200人次, 3月5日. ``places`` are the decimals of a format
    that only groups, signs and rounds. Not ``is_certain``: how the format shows it is unknown or nothing, and ``text`` has
    the plain digits.
    """

    value: Number | Moment
    text: str
    places: int | None = None
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A formula that failed: ``#DIV/0!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula whose result the file does not have. ``formula`` is its beginning, empty where it is shared."""

    formula: str


Cell = str | int | float | bool | Shown | Failed | Uncomputed | None

Place = tuple[int, int]
"""Row and column from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows up to the last value, each up to its last value; rows and columns from 0.

    ``merged`` maps every covered cell within them to the cell with its value.
    """

    name: str
    rows: list[list[Cell]]
    merged: Mapping[Place, Place] = field(default_factory=dict)
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """The worksheets in order. No two have the same name."""

    sheets: Sequence[Sheet]


def digits(number: Number) -> str:
    """A number without exponent and without the noise of binary fractions: ``12.3``, ``430040``."""
    text = f"{number:.{PRECISION}g}"
    if "e" in text:
        text = _without_exponent(text)
    return "0" if text == "-0" else text


def _without_exponent(text: str) -> str:
    """``1.5e-07`` as ``0.00000015``."""
    mantissa, _, exponent = text.partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, decimals = mantissa.lstrip("-").partition(".")
    point = len(whole) + int(exponent)
    figures = whole + decimals
    if point <= 0:
        return f"{sign}0.{'0' * -point}{figures}"
    if point >= len(figures):
        return sign + figures.ljust(point, "0")
    return f"{sign}{figures[:point]}.{figures[point:]}"


def column_letters(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
