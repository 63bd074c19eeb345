"""Load dossiers and sections from stored rows, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import QuerySet

from ..classification.lookup import subjects_of
from ..domain.choices import DepartmentKind, ReportKind, Status
from ..domain.dossier import PROJECT, Dossier, Header, ProjectDossier, TextSetting
from ..models import ProjectApplication, Publication, Report
from ..models import TextSetting as SettingRow
from ..parts.base import Part, load_parts, read_parts, read_rows
from .dossier_json import parse_dossier
from .sections import Section, project_parts, project_section, report_parts, report_sections
from .sources import YEARS_BACK, fixed_sources, full_dossiers, is_source


def load_dossier(report: Report, *, earlier: bool = True) -> Dossier:
    """Load the report as a dossier, with the two years before, in a constant number of queries.

    An earlier year comes from its last publication, else from its rows, archived or current. A submitted report keeps
    the sources that it was submitted with (`budgets.storage.sources`).
    """
    return load_dossiers([report], earlier=earlier)[report.pk]


def load_dossiers(reports: Iterable[Report], *, earlier: bool = True) -> dict[int, Dossier]:
    """Load dossiers like `load_dossier`, by report id. The number of queries does not grow with the reports."""
    wanted = list(with_context(Report.objects.all()).filter(pk__in=[report.pk for report in reports]))
    if not wanted:
        return {}
    return _load(wanted, _reports_around(wanted) if earlier else None)


def load_dossier_among(report: Report, reports: Iterable[Report]) -> Dossier:
    """Like `load_dossier`, when ``reports`` are already at hand: all of the department's, newest year first.

    ``reports`` and ``report`` must have been read `with_context`; this function does not do it again.
    """
    return _load([report], reports)[report.pk]


def load_to_save(report: Report, reports: Iterable[Report], key: str) -> tuple[Dossier, StoredSection | None]:
    """Like `load_dossier_among`, with the section that will be saved, whose rows are read apart and once.

    ``report`` must be locked. None if the report has no such section.
    """
    apart = _Apart(report, key)
    dossier = _load([report], reports, apart)[report.pk]
    return dossier, apart.stored


def _load(
    wanted: Sequence[Report], around: Iterable[Report] | None, apart: _Apart | None = None
) -> dict[int, Dossier]:
    """``around`` are the reports of the same departments, newest year first; None leaves out earlier years."""
    around = list(around) if around is not None else None
    fixed = fixed_sources(wanted) if around is not None else {}
    before = {r.pk: [o for o in around or () if is_source(o, r)] for r in wanted if r.pk not in fixed}
    previous = {report.pk: report for row in before.values() for report in row}
    frozen = _last_publications(list(previous.values()))
    stored = {report.pk: report for report in wanted}
    stored |= {pk: report for pk, report in previous.items() if pk not in frozen}
    dossiers = _from_rows(list(stored.values()), apart)
    texts = _text_settings(wanted)

    def complete(report: Report) -> Dossier:
        own = subjects_of(report.fiscal_year.edition).names
        if report.pk in fixed:
            history = [parse_dossier(f.content, own, status=f.status) for f in fixed[report.pk]]
        else:
            history = [
                parse_dossier(frozen[r.pk], own) if r.pk in frozen else replace(dossiers[r.pk], codes=own)
                for r in before[report.pk]
            ]
        return replace(
            dossiers[report.pk],
            earlier=tuple(d for d in history if d.header.year < report.year),
            budget=next((d for d in history if d.header.year == report.year), None),
            codes=own,
            text_settings=texts.get((report.fiscal_year_id, report.kind), ()),
        )

    return {report.pk: complete(report) for report in wanted}


def _text_settings(reports: Sequence[Report]) -> dict[tuple[int, str], tuple[TextSetting, ...]]:
    """The bureau's settings for the 说明, by year and kind."""
    names = [field.name for field in fields(TextSetting)]
    rows = SettingRow.objects.filter(fiscal_year__in={report.fiscal_year_id for report in reports})
    found: dict[tuple[int, str], tuple[TextSetting, ...]] = {}
    for year, kind, *values in rows.values_list("fiscal_year", "kind", *names):
        found[year, kind] = (*found.get((year, kind), ()), TextSetting(*values))
    return found


def _reports_around(reports: Sequence[Report]) -> QuerySet[Report]:
    """Reports of the same departments in the years that ``reports`` are compared with, newest first."""
    years = [report.year for report in reports]
    return (
        with_context(Report.objects.all())
        .filter(
            department__in={report.department_id for report in reports},
            fiscal_year__year__range=(min(years) - YEARS_BACK, max(years)),
        )
        .order_by("-fiscal_year__year")
    )


def with_context(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Add to the query what a dossier needs of each report besides its rows."""
    return reports.select_related(
        "fiscal_year__district", "fiscal_year__edition", "department"
    ).prefetch_related("department__earlier_names")


def _last_publications(reports: Sequence[Report]) -> dict[int, Mapping[str, Any]]:
    return full_dossiers(Publication.objects.filter(report__in=reports).order_by("revision"), "report_id")


def _from_rows(reports: Sequence[Report], apart: _Apart | None) -> dict[int, Dossier]:
    """Load dossiers by report id, without earlier years and names of codes.

    Reports of different profiles are loaded by the union of their parts.
    """
    applications = list(
        ProjectApplication.objects.filter(report__in=reports)
        .select_related("project", "function")
        .order_by("report", "position", "id")
    )
    of_report: dict[int, list[ProjectApplication]] = {report.pk: [] for report in reports}
    for application in applications:
        of_report[application.report_id].append(application)
    profiles = dict.fromkeys(report.profile_key for report in reports)
    whole = dict.fromkeys(part for key in profiles for part in report_parts(key))
    single = dict.fromkeys(part for key in profiles for part in project_parts(key))
    owners = dict.fromkeys(whole, reports) | dict.fromkeys(single, applications)
    values = apart.load(owners) if apart else load_parts(owners)
    return {
        report.pk: Dossier(
            header=header(report),
            parts={part.type: values[part][report.pk] for part in whole},
            projects=tuple(
                ProjectDossier(a.project.key, {part.type: values[part][a.pk] for part in single})
                for a in of_report[report.pk]
            ),
            declared_empty=frozenset(report.declared_empty),
        )
        for report in reports
    }


def header(report: Report) -> Header:
    """The dossier's header of a report."""
    department, year = report.department, report.fiscal_year
    return Header(
        kind=ReportKind(report.kind),
        year=year.year,
        profile=report.profile_key,
        district_code=year.district.code,
        district_name=year.district.name,
        department_code=department.code,
        department_name=department.name_in(year.year),
        department_kind=DepartmentKind(department.kind),
        edition=year.edition.code,
        status=Status(report.status),
        revision=report.revision,
    )


@dataclass(frozen=True)
class StoredSection:
    """A section with its stored content, JSON by part key, and the rows of each part."""

    section: Section
    owner: Report | ProjectApplication
    content: Mapping[str, Any]
    rows: Mapping[Part[Any, Any], tuple[list[Any], ...]]


class _Apart:
    """One section of ``report``, whose rows are read in the same query as all others but kept apart."""

    def __init__(self, report: Report, key: str) -> None:
        self.report, self.key = report, key
        self.stored: StoredSection | None = None

    def load(
        self, owners: Mapping[Part[Any, Any], Sequence[Report | ProjectApplication]]
    ) -> dict[Part[Any, Any], dict[int, Any]]:
        """Values like `load_parts`."""
        found = _owner(self.report, self.key, owners)
        if found is None:
            return load_parts(owners)
        section, own = found
        wanted = [
            (part, [owner for owner in of if part not in section.parts or owner != own])
            for part, of in owners.items()
        ]
        wanted += [(part, [own]) for part in section.parts]
        values: dict[Part[Any, Any], dict[int, Any]] = {part: {} for part in owners}
        rows: dict[Part[Any, Any], tuple[list[Any], ...]] = {}
        for (part, of), found_rows in zip(wanted, read_rows(wanted), strict=True):
            values[part] |= part.values(of, *found_rows) if of else {}
            rows[part] = found_rows
        content = {part.key: part.dump(values[part][own.pk]) for part in section.parts}
        self.stored = StoredSection(section, own, content, {part: rows[part] for part in section.parts})
        return values


def _owner(
    report: Report, key: str, owners: Mapping[Part[Any, Any], Sequence[Report | ProjectApplication]]
) -> tuple[Section, Report | ProjectApplication] | None:
    """The section with that key, and whose rows it has; ``owners`` are all that are loaded."""
    if not key.startswith(PROJECT):
        sections = report_sections(report.profile_key)
        return next(((section, report) for section in sections if section.key == key), None)
    project, single = key.removeprefix(PROJECT), project_parts(report.profile_key)
    for owner in owners[single[0]]:
        if not isinstance(owner, ProjectApplication) or owner.report_id != report.pk:
            continue
        if owner.project.key == project:
            owner.report = report
            return project_section(report.profile_key, project, owner.name), owner
    return None


def load_section(report: Report, key: str, content: Mapping[str, Any] | None = None) -> StoredSection | None:
    """Load one section, in one query, a project's in two; None if the report has no section with that key.

    A caller that has loaded the section under the same lock gives its ``content``, and only the rows are read.
    """
    owner: Report | ProjectApplication | None = report
    section = next((section for section in report_sections(report.profile_key) if section.key == key), None)
    if key.startswith(PROJECT):
        project = key.removeprefix(PROJECT)
        applications = ProjectApplication.objects.filter(report=report, project__key=project)
        owner = applications.select_related("function").first()
        section = project_section(report.profile_key, project, owner.name) if owner else None
    if owner is None or section is None:
        return None
    if isinstance(owner, ProjectApplication):
        owner.report = report
    rows = read_parts({part: [owner] for part in section.parts})
    if content is None:
        content = {part.key: part.dump(part.values([owner], *rows[part])[owner.pk]) for part in section.parts}
    return StoredSection(section, owner, content, rows)
