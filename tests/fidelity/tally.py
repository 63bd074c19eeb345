"""Printed figures beside the ones found, and what may be said of the differences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .pages import Page, plain

NUMBER = re.compile(r"^[+-]?[\d,]+(\.\d+)?$")


@dataclass(frozen=True)
class Pair:
    """One printed thing: where it stands, what was printed, what the workbook has there."""

    where: str
    printed: str
    found: object

    @property
    def matches(self) -> bool:
        """A blank cell and a zero say the same; a unit printed in the cell (25万, 100%) is the column's own."""
        printed = plain(self.printed)
        if isinstance(self.found, Decimal):
            number = printed.rstrip("%万").replace(",", "")
            return Decimal(number or 0) == self.found if NUMBER.match(number or "0") else False
        return printed == plain(self.found) or {printed, plain(self.found)} == {"", "0"}


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
    def excepted(self) -> list[Pair]:
        return [p for p in self.pairs if not p.matches and p.where in self.exceptions]

    @property
    def wrong(self) -> list[str]:
        return [
            f"{p.where}: printed {p.printed!r}, found {p.found!r}"
            for p in self.pairs
            if not p.matches and p.where not in self.exceptions
        ]

    @property
    def unused(self) -> list[str]:
        """Exceptions that nothing needs."""
        return sorted(set(self.exceptions) - {p.where for p in self.excepted})

    def report(self, title: str) -> Iterator[str]:
        yield f"{title}: {len(self.pairs)} compared, {len(self.matched)} matched, {len(self.excepted)} excepted"
        for p in self.excepted:
            yield f"  {p.where}: printed {p.printed}, found {plain(p.found)}: {self.exceptions[p.where]}"


def tally(pairs: Iterable[Pair], exceptions: Mapping[str, str]) -> Tally:
    found = tuple(pairs)
    places = [p.where for p in found]
    assert len(places) == len(set(places)), sorted({p for p in places if places.count(p) > 1})
    return Tally(found, exceptions)
