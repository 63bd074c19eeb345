"""The rows behind a figure: read from an address, then looked up in the report.

Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from ..domain.choices import ReportKind
from ..domain.dossier import Dossier
from ..domain.ledger import Filter, Ledger, Line

MOST_FIELDS = 200
"""The most parameters that an address may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The lines that ``filter`` matches, of ``year`` (0 for the report's own).

    With ``of_budget`` they are the lines of the year's budget, which final accounts are compared with.
    """

    filter: Filter
    year: int = 0
    of_budget: bool = False

    @classmethod
    def parse(cls, query: str) -> Asked:
        """Read ``<filter>&year=2022&budget=1``; raises ValueError on an unknown filter or year."""
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=MOST_FIELDS)
        rest = urlencode([(name, value) for name, value in pairs if name not in ("year", "budget")])
        years = [value for name, value in pairs if name == "year"] or ["0"]
        if len(years) != 1 or not (years[0].isascii() and years[0].isdigit() and len(years[0]) <= 4):
            raise ValueError("year")
        return cls(Filter.parse(rest), int(years[0]), any(name == "budget" for name, _ in pairs))


@dataclass(frozen=True, slots=True)
class Behind:
    """A line with the names of its codes, its project and its activity."""

    line: Line
    function: str
    economic: str
    project: str
    activity: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of one report behind a figure. ``label`` names the report; ``known`` is False without one.

    ``total`` in 元.
    """

    year: int
    label: str
    known: bool
    lines: tuple[Behind, ...]
    total: Decimal
    has_adjusted: bool


def rows_behind(dossier: Dossier, asked: Asked) -> Rows:
    """The wanted lines of the report, its budget or an earlier year's report."""
    year = asked.year or dossier.header.year
    source = dossier.budget if asked.of_budget else dossier.year(year)
    found = source.ledger.where(asked.filter) if source else Ledger()
    if source is not None:
        kind = source.header.kind
    else:
        kind = ReportKind.BUDGET if asked.of_budget else dossier.header.kind
    return Rows(
        year,
        f"{year} 年{ReportKind(kind).label}",
        source is not None,
        _named(source, found) if source else (),
        found.total(),
        any(line.adjusted is not None for line in found),
    )


def _named(dossier: Dossier, found: Ledger) -> tuple[Behind, ...]:
    projects = {project.key: project.identity.name for project in dossier.projects}
    activities = {a.key: a.name for project in dossier.projects for a in project.activities}
    return tuple(
        Behind(
            line,
            dossier.codes.function_name(line.function),
            dossier.codes.economic_name(line.economic),
            projects.get(line.project, ""),
            activities.get(line.activity, ""),
        )
        for line in found
    )
