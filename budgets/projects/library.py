"""项目库: projects of a department's earlier reports that one report does not have.

A renamed department stays the same department, with the same projects. Amounts in 元.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from ..domain.choices import ReportKind, Status
from ..domain.dossier import Classification, Dossier, ProjectDossier
from ..models import Publication, Report
from ..storage.dossier_json import parse_dossier
from ..storage.loading import load_dossiers
from ..storage.sections import project_parts
from ..storage.sources import full_dossiers


@dataclass(frozen=True, kw_only=True)
class Shelved:
    """A project as in ``source``, the last report that has it. Within a year, the budget comes before final accounts.

    ``years`` are those of all reports that have it, oldest first. ``names`` are its former names.
    """

    project: ProjectDossier
    source: Dossier
    years: tuple[int, ...]
    names: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.project.key

    @property
    def name(self) -> str:
        return self.project.identity.name

    @property
    def year(self) -> int:
        return self.source.header.year

    @property
    def amount(self) -> Decimal:
        """Its amount in the last year."""
        return self.project.amount

    @property
    def carries_on(self) -> bool:
        """Whether opening the next year would have carried it over. A one-year project ends with its year."""
        parts = project_parts(self.source.header.profile)
        return all(part.carries_on(self.project.part(part.type)) for part in parts)

    @property
    def spans(self) -> str:
        """The years in words: ``2019–2021、2023``."""
        runs: list[list[int]] = []
        for year in self.years:
            if runs and year == runs[-1][-1] + 1:
                runs[-1].append(year)
            else:
                runs.append([year])
        return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def shelve(dossiers: Iterable[Dossier], present: Collection[str]) -> list[Shelved]:
    """The projects of ``dossiers`` whose keys are not ``present``, latest first, then in the order of their report."""
    order = sorted(dossiers, key=lambda d: (-d.header.year, d.header.kind != ReportKind.BUDGET))
    latest: dict[str, tuple[ProjectDossier, Dossier]] = {}
    years: dict[str, set[int]] = {}
    names: dict[str, dict[str, None]] = {}
    for dossier in order:
        for project in dossier.projects:
            if project.key in present or not project.identity.name:
                continue
            latest.setdefault(project.key, (project, dossier))
            years.setdefault(project.key, set()).add(dossier.header.year)
            names.setdefault(project.key, {})[project.identity.name] = None
    return [
        Shelved(
            project=project,
            source=source,
            years=tuple(sorted(years[key])),
            names=tuple(name for name in names[key] if name != project.identity.name),
        )
        for key, (project, source) in latest.items()
    ]


def load_library(report: Report) -> list[Shelved]:
    """The projects that ``report`` can take over from earlier reports, in a constant number of queries."""
    found = list(_earlier(report).select_related("fiscal_year"))
    dossiers = load_dossiers(found, earlier=False) | _published(found)
    present = set(report.applications.values_list("project__key", flat=True))
    return shelve(dossiers.values(), present)


def _earlier(report: Report) -> QuerySet[Report]:
    """Reports of the years before, for final accounts also the budget of their year; without drafts."""
    before = Q(fiscal_year__year__lt=report.year)
    if report.kind == ReportKind.FINAL:
        before |= Q(fiscal_year__year=report.year, kind=ReportKind.BUDGET)
    return Report.objects.filter(before, department=report.department_id).exclude(status=Status.DRAFT)


def _published(reports: Iterable[Report]) -> dict[int, Dossier]:
    """The last publications of reports that are under correction."""
    correcting = [report.pk for report in reports if report.status == Status.CORRECTING]
    rows = Publication.objects.filter(report__in=correcting).order_by("revision")
    frozen = full_dossiers(rows, "report_id")
    return {pk: parse_dossier(data, Classification()) for pk, data in frozen.items()}
