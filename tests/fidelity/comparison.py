"""Printed figures beside the ones found, and what may be said of the differences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from .pages import Page, plain

NUMBER = re.compile(r"^[+-]?[\d,]+(\.\d+)?$")


@dataclass(frozen=True)
class Pair:
    """One printed thing: where it stands, what was printed, what the workbook has there."""

    where: str
    printed: str
    found: object
    addends: int | None = None
    """How many printed figures it is the sum of, where 尾差 may explain a difference; none: it has to match.

    0: a figure that was rounded by itself, to the last digit printed.
    """

    @property
    def matches(self) -> bool:
        """A blank cell and a zero say the same; a unit printed in the cell (25万, 100%) is the column's own."""
        printed = plain(self.printed)
        if isinstance(self.found, Decimal):
            return self.number == self.found
        return printed == plain(self.found) or {printed, plain(self.found)} == {"", "0"}

    @property
    def is_within(self) -> bool:
        """Not the same, but apart by no more than rounding explains: half a last digit for each figure and the sum."""
        if self.addends is None or self.matches or self.number is None or not isinstance(self.found, Decimal):
            return False
        digit = Decimal(1).scaleb(self.number.as_tuple().exponent)  # type: ignore[arg-type]
        return abs(self.number - self.found) <= digit / 2 * (self.addends + 1)

    @property
    def number(self) -> Decimal | None:
        """What was printed as a number; None for text."""
        number = plain(self.printed).rstrip("%万").replace(",", "")
        return Decimal(number or 0) if NUMBER.match(number or "0") else None


def pair(where: str, printed: str, find: Callable[..., object], *args: str, **options: str) -> Pair:
    """What ``find(*args)`` finds beside what was printed; where there is no such place, that is what is found."""
    try:
        return Pair(where, printed, find(*args, **options))
    except LookupError as error:
        return Pair(where, printed, f"({error})")


def cells(where: str, page: Page, *wanted: tuple[str, str, tuple[str, ...]]) -> Iterator[Pair]:
    """Pairs of one page: (printed, row label, column headings)."""
    for number, label, path in wanted:
        yield pair(f"{where} {label} {'/'.join(path)}", number, page.at, label, *path)


def rows(where: str, wanted: list[list[Any]], found: list[Any], columns: tuple[str, ...]) -> Iterator[Pair]:
    """Row by row and cell by cell; what was not printed (null) is not compared."""
    yield Pair(f"{where} 行数", str(len(wanted)), Decimal(len(found)))
    for number, (left, right) in enumerate(zip(wanted, found, strict=False), 1):
        for column, value, cell in zip(columns, left, right, strict=True):
            if value is not None:
                yield Pair(f"{where}{number} {column}", value, cell)


@dataclass(frozen=True)
class Tally:
    pairs: tuple[Pair, ...]
    exceptions: Mapping[str, str]

    @property
    def matched(self) -> list[Pair]:
        return [p for p in self.pairs if p.matches]

    @property
    def within(self) -> list[Pair]:
        """Apart by 尾差 alone."""
        return [p for p in self.pairs if p.is_within and p.where not in self.exceptions]

    @property
    def excepted(self) -> list[Pair]:
        return [p for p in self.pairs if not p.matches and p.where in self.exceptions]

    @property
    def wrong(self) -> list[str]:
        return [
            f"{p.where}: printed {p.printed!r}, found {p.found!r}"
            for p in self.pairs
            if not p.matches and not p.is_within and p.where not in self.exceptions
        ]

    @property
    def unused(self) -> list[str]:
        """Exceptions that nothing needs."""
        return sorted(set(self.exceptions) - {p.where for p in self.excepted})

    def at(self, where: str) -> Pair:
        return next(p for p in self.pairs if p.where == where)

    def settle(self, capsys: pytest.CaptureFixture[str], title: str, *, least: int) -> None:
        """Report under ``title``; fails on what is wrong, on idle exceptions, and below ``least`` matches."""
        with capsys.disabled():
            print("\n" + "\n".join(self.report(title)))
        assert not self.wrong, "\n".join(self.wrong)
        assert not self.unused
        assert len(self.matched) >= least

    def report(self, title: str) -> Iterator[str]:
        counts = {
            "compared": self.pairs,
            "matched": self.matched,
            "within the envelope": self.within,
            "excepted": self.excepted,
        }
        yield f"{title}: {', '.join(f'{len(pairs)} {name}' for name, pairs in counts.items() if pairs)}"
        for p in self.within:
            yield f"  {p.where}: printed {p.printed}, found {plain(p.found)}: 尾差"
        for p in self.excepted:
            yield f"  {p.where}: printed {p.printed}, found {plain(p.found)}: {self.exceptions[p.where]}"


def tally(pairs: Iterable[Pair], exceptions: Mapping[str, str]) -> Tally:
    found = tuple(pairs)
    places = [p.where for p in found]
    assert len(places) == len(set(places)), sorted({p for p in places if places.count(p) > 1})
    return Tally(found, exceptions)
