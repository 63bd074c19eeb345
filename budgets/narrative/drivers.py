"""What a change of expenditure is made of: 人员经费, 公用经费, projects. They add up to it; a rest is named.

Pure. Proposed from the differences to last year's report; what a change is due to, only the department knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ..domain.choices import Use
from ..domain.dossier import Dossier
from ..domain.figures import FIGURES, last_years
from ..domain.ledger import Filter
from ..domain.money import ZERO
from ..domain.sheets import Lines
from .document import Kind, Value
from .narrator import Narrator
from .sources import Source, Sum
from .words import project_name

MOST = 6
"""So many drivers are named; the smaller ones are the rest."""

REST = "其余"
_BASIC = {figure.title: figure.filter for figure in FIGURES if figure.parent == "basic"}


@dataclass(frozen=True, slots=True)
class Driver:
    """One difference. ``amount`` is its size with sign, in 元."""

    name: Value | str
    now: Source
    before: Source
    amount: Decimal


def drivers_of(narrator: Narrator, filter: Filter) -> list[Driver]:
    """The largest differences within ``filter``, then their rest; empty where fewer than two would be named."""
    dossier = narrator.dossier
    found = [driver for driver in _all(dossier, filter) if narrator.is_told(driver.amount)]
    if last_years(dossier, filter) is None or not found:
        return []
    named = sorted(found, key=lambda driver: -abs(driver.amount))[:MOST]
    ordered = [driver for driver in found if driver in named]
    rest = _rest(dossier, filter, ordered)
    if narrator.is_told(rest.amount):
        ordered.append(rest)
    return ordered if len(ordered) > 1 else []


def _all(dossier: Dossier, filter: Filter) -> Iterator[Driver]:
    for title, part in _BASIC.items():
        if not filter.use or Use.BASIC in filter.use:
            narrowed = replace(
                filter, use=part.use, economic=part.economic, economic_except=part.economic_except
            )
            yield from _driver(dossier, title, narrowed)
    for key, name in _projects(dossier).items():
        within = replace(filter, project=(key,))
        yield from _driver(dossier, Value(name, Kind.NAME, Lines(within)), within)


def _projects(dossier: Dossier) -> dict[str, str]:
    """Names by key of the projects of this year and last year, but not of what stands for withheld ones."""
    reports = (dossier, *((dossier.previous,) if dossier.previous else ()))
    found: dict[str, str] = {}
    for report in reports:
        for project in report.projects:
            if not project.withheld and project_name(project):
                found.setdefault(project.key, project_name(project))
    return found


def _driver(dossier: Dossier, name: Value | str, filter: Filter) -> Iterator[Driver]:
    before = last_years(dossier, filter)
    if before is not None:
        year = dossier.header.year - 1
        yield Driver(name, Lines(filter), Lines(filter, year), dossier.ledger.total(filter) - before)


def _rest(dossier: Dossier, filter: Filter, named: list[Driver]) -> Driver:
    before = last_years(dossier, filter) or ZERO
    amount = dossier.ledger.total(filter) - before - sum((driver.amount for driver in named), ZERO)
    now: tuple[Source, ...] = tuple(driver.now for driver in named)
    then: tuple[Source, ...] = tuple(driver.before for driver in named)
    whole, last = Lines(filter), Lines(filter, dossier.header.year - 1)
    return Driver(REST, Sum((whole,), now), Sum((last,), then), amount)
