"""What the figures of a narrative are compared with, and the reasons that hold for a change.

Pure. A headline figure is compared as `figures.compare_with_last_year` does. Other lines are compared where last
year's report tells them; a change that is exactly that of a headline figure has its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..domain.address import Address
from ..domain.dossier import Dossier, ProjectDossier, derived
from ..domain.figures import (
    Comparison,
    Figure,
    compare_with_last_year,
    explanation_of,
    headline,
    last_years,
)
from ..domain.ledger import Filter
from ..domain.schema import History
from ..domain.sheets import Lines
from .sources import Source, Sum


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sources, of which ``before`` is None where last year's amount is unknown, and who tells the reason."""

    now: Source
    before: Source = None
    reason: Address | None = None
    restated: str = ""
    """The key of the figure, if last year's amount is restated (上年数调整)."""


@derived
def _comparisons(dossier: Dossier) -> Mapping[str, Comparison]:
    return {comparison.figure.key: comparison for comparison in compare_with_last_year(dossier)}


def compared_figure(dossier: Dossier, key: str) -> Compared:
    """A headline figure beside last year's."""
    figure = next(each for each in headline(dossier.header.kind) if each.key == key)
    found = _comparisons(dossier).get(key)
    restated = key if found and found.restated else ""
    return Compared(Lines(figure.filter), _before(dossier, found), reason_at(dossier, figure), restated)


def compared_lines(dossier: Dossier, filter: Filter, like: str = "") -> Compared:
    """Lines beside last year's. They have the reason of the headline figure ``like`` if they changed as it did.

    Lines that are the very money of that figure are compared as it is, also where it is restated.
    """
    known, current = last_years(dossier, filter), dossier.ledger.total(filter)
    whole = _comparisons(dossier).get(like)
    if whole and (whole.current, whole.published) == (current, known):
        return replace(compared_figure(dossier, like), now=Lines(filter))
    before = None if known is None else Lines(filter, dossier.header.year - 1)
    is_alike = whole is not None and known is not None and whole.change == current - known
    return Compared(Lines(filter), before, reason_at(dossier, whole.figure) if whole and is_alike else None)


def has_ever(dossier: Dossier, filter: Filter) -> bool:
    """Whether there are such lines, or were last year."""
    return bool(len(dossier.ledger.where(filter)) or last_years(dossier, filter))


def compared_sum(dossier: Dossier, *keys: str) -> Compared:
    """Several headline figures together. Their reasons stand with each of them."""
    parts = [compared_figure(dossier, key) for key in keys]
    before = [part.before for part in parts]
    return Compared(Sum(tuple(part.now for part in parts)), None if None in before else Sum(tuple(before)))


def compared_project(dossier: Dossier, project: ProjectDossier) -> Compared:
    """A project beside last year's report, else beside what was typed of the same kind (预算 or 决算)."""
    past = dossier.past(project, dossier.header.year - 1)
    now, reason = Lines(_of(project.key)), project.address("application", field="change_reason")
    if past is None or past.amount is None or past.measure != dossier.measure:
        return Compared(now, None, reason)
    report = dossier.previous
    if report is not None and report.project(project.key):
        return Compared(now, Lines(_of(project.key), past.year), reason)
    return Compared(now, project.address("history", str(past.year), "amount"), reason)


def is_new(dossier: Dossier, project: ProjectDossier) -> bool:
    """Whether the department says that the project did not exist last year (未立项)."""
    past = dossier.past(project, dossier.header.year - 1)
    return past is not None and past in project.part(History).entries and past.amount is None


def reason_at(dossier: Dossier, figure: Figure) -> Address | None:
    """Where the reason of a figure was typed; None if there is none."""
    found = explanation_of(figure, dossier)
    return Address("explanations", found.figure, "text") if found else None


def _before(dossier: Dossier, comparison: Comparison | None) -> Source:
    if comparison is None:
        return None
    if comparison.restated:
        return Address("restated", comparison.figure.key, "amount")
    return Lines(comparison.figure.filter, dossier.header.year - 1)


def _of(project: str) -> Filter:
    return Filter(project=(project,))
