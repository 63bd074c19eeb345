"""载入: store a whole report from a document. Commands use it; all other figures come from the entry site."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

from ..classification.codes import Codes
from ..classification.lookup import subjects_of
from ..disclosure.publication import PublicContent, create_publication
from ..domain.choices import ADOPTABLE, REPLACEABLE, Status
from ..domain.dossier import PROJECT, Dossier, Header
from ..domain.fiscal_years import year_problem
from ..domain.problems import ImportRefused, Loc, PartError, Problem, json_path
from ..domain.profile import declared_sections
from ..domain.transitions import Verb
from ..exchange.importing import check_document
from ..models import (
    ClassificationEdition,
    Department,
    District,
    EarlierName,
    FiscalYear,
    Project,
    ProjectApplication,
    Report,
    SectionVersion,
)
from ..parts.base import Part
from ..renderers.pdf import NotDrawn
from ..review.validation import Judged, judge
from ..storage.dossier_json import dump_dossier
from ..storage.loading import load_dossier
from ..storage.sections import all_sections, project_parts, report_parts
from .base import ActionRefused, log
from .secrets import refuse_secrets


def adopt(
    document: Mapping[str, Any],
    status: Status,
    user: User | None = None,
    formats: Collection[str] | None = None,
) -> Report:
    """Store the document as a report in ``status``, all of it or nothing; raises `ImportRefused`.

    District, department and year are created if they are missing. A kind that the year has no tables for yet gets
    those of the document, and is opened for a draft, which is to be worked on. A draft or archived report is replaced.
    A report in another state is refused, unless it has ``status`` and the document's content already. With the status
    published, the document is refused if a check finds an error, and is frozen like any publication, with the documents
    of ``formats`` (None: those of the installation).
    """
    if status not in ADOPTABLE:
        raise ValueError(status)
    dossier = check_document(document)
    with transaction.atomic():
        fiscal_year = _fiscal_year(dossier.header, status)
        department = _department(dossier.header, fiscal_year.district)
        report, source = _report(department, fiscal_year, dossier, status)
        if source == status and _says_the_same(report, dossier):
            return report
        if source not in ("", *REPLACEABLE):
            label = Status(source).label
            raise ImportRefused([Problem("$", f"{report}已在系统中，状态为“{label}”，不能替换")])
        _write(report, dossier, replacing=bool(source))
        if status == Status.PUBLISHED:
            content = PublicContent(report, load_dossier(report), formats)
            _refuse_errors(report, dossier, content.whole)
            _refuse_secrets(content)
            _publish(report, user, content)
        log(report, Verb.ADOPT, source, user)
        report.refresh_from_db()
        return report


# --- where it belongs -----------------------------------------------------------------------------


def _fiscal_year(head: Header, status: Status) -> FiscalYear:
    edition = ClassificationEdition.objects.filter(code=head.edition).first()
    if edition is None:
        raise ImportRefused(
            [Problem("$.edition", f"没有载入 {head.edition} 年版科目，请先运行 load_classification")]
        )
    district, _ = District.objects.get_or_create(
        code=head.district_code, defaults={"name": head.district_name}
    )
    year, created = FiscalYear.objects.get_or_create(
        district=district, year=head.year, defaults={"edition": edition}
    )
    if created and (problem := year_problem(head.year, timezone.localdate())):
        raise ImportRefused([Problem("$.year", problem)])
    year = (
        FiscalYear.objects.select_for_update(of=("self",), no_key=True)
        .select_related("district", "edition")
        .get(pk=year.pk)
    )
    if year.edition_id != edition.pk:
        raise ImportRefused([Problem("$.edition", f"{year}用的是 {year.edition}科目")])
    profile = year.profile(head.kind)
    if not profile:
        values: dict[str, Any] = {f"{head.kind}_profile": head.profile}
        if status == Status.DRAFT:
            values[f"{head.kind}_open"] = True
        for field, value in values.items():
            setattr(year, field, value)
        year.save(update_fields=list(values))
    elif profile != head.profile:
        raise ImportRefused([Problem("$.profile", f"{year}用的表样是 {profile}")])
    return year


def _department(head: Header, district: District) -> Department:
    department, created = Department.objects.get_or_create(
        code=head.department_code,
        defaults={"district": district, "name": head.department_name, "kind": head.department_kind},
    )
    if created:
        return department
    department = Department.objects.select_for_update(of=("self",), no_key=True).get(pk=department.pk)
    if department.district_id != district.pk:
        raise ImportRefused(
            [Problem("$.department.code", f"{head.department_code} 已是{department.district}的单位")]
        )
    years = set(department.reports.values_list("fiscal_year__year", flat=True))
    if not years or head.year >= max(years):
        department.kind = head.department_kind
    _name(department, head, years)
    department.save()
    return department


def _name(department: Department, head: Header, years: set[int]) -> None:
    """Give ``department`` the document's name in the document's year, without changing its names in other years."""
    year, name = head.year, head.department_name
    if department.name_in(year) == name:
        return
    before = department.name_in(year - 1)
    if any(other < year for other in years):
        EarlierName.objects.get_or_create(
            department=department, last_year=year - 1, defaults={"name": before}
        )
    known_later = department.earlier_names.filter(last_year__gte=year).exists()
    if years and year >= max(years) and not known_later:
        department.name = name
    else:
        EarlierName.objects.update_or_create(department=department, last_year=year, defaults={"name": name})


def _report(
    department: Department, fiscal_year: FiscalYear, dossier: Dossier, status: Status
) -> tuple[Report, str]:
    """The locked report and its former state, which is empty for a new report."""
    where = {"department": department, "fiscal_year": fiscal_year, "kind": dossier.header.kind}
    report, created = Report.objects.get_or_create(**where, defaults={"status": status})
    if created:
        return report, ""
    report = Report.objects.select_for_update().get(pk=report.pk)
    report.department, report.fiscal_year = department, fiscal_year
    source = report.status
    if source in REPLACEABLE:
        report.status = status
    return report, source


def _says_the_same(report: Report, dossier: Dossier) -> bool:
    return dump_dossier(load_dossier(report, earlier=False)) == dump_dossier(dossier)


# --- what it says ---------------------------------------------------------------------------------


def _write(report: Report, dossier: Dossier, *, replacing: bool) -> None:
    codes = subjects_of(report.fiscal_year.edition).ids
    before = _contents(report) if replacing else {}
    _declare(report, dossier)
    if replacing:
        _clear(report, codes)
    profile = report.profile_key
    for whole in report_parts(profile):
        with _at(whole.key):
            _begin(whole, report, dossier.part(whole.type), codes)
    for index, project in enumerate(dossier.projects):
        owner, _ = Project.objects.get_or_create(department=report.department, key=project.key)
        application = ProjectApplication.objects.create(report=report, project=owner, position=index)
        for single in project_parts(profile):
            with _at("projects", index, single.key):
                _begin(single, application, project.part(single.type), codes)
    if replacing:
        _append_versions(report, before)


def _declare(report: Report, dossier: Dossier) -> None:
    """The document's declarations of empty sections. An existing declaration keeps its author and time."""
    declared = {key: report.declared_empty.get(key, {}) for key in declared_sections(dossier)}
    if declared != report.declared_empty:
        report.declared_empty = declared
        report.save(update_fields=["declared_empty"])


def _begin(part: Part[Any, Any], owner: models.Model, value: Any, codes: Codes) -> None:
    """Write a part of a new owner, without querying for rows."""
    part.rewrite(owner, value, codes, *([] for _ in part.reads([owner])))


def _clear(report: Report, codes: Codes) -> None:
    """Empty the report, so that the document may use its keys for any row."""
    report.applications.all().delete()
    for part in report_parts(report.profile_key):
        part.write(report, part.type(), codes)
    report.changes += 1
    report.changed_at = timezone.now()
    report.save(update_fields=["status", "changes", "changed_at"])


def _contents(report: Report) -> dict[str, dict[str, Any]]:
    dossier = load_dossier(report, earlier=False)
    return {section.key: section.content(dossier) for section in all_sections(dossier)}


def _append_versions(report: Report, before: Mapping[str, Any]) -> None:
    """Raise the sections' version numbers, so that an open page cannot be saved over the adopted content."""
    numbers = dict(report.versions.order_by().values_list("section").annotate(last=models.Max("number")))
    rows = []
    for key, content in _contents(report).items():
        if content == before.get(key):
            continue
        if key in before and key not in numbers:
            rows.append(SectionVersion(report=report, section=key, number=0, content=before[key]))
        if key in before or key in numbers:
            number = numbers.get(key, 0) + 1
            rows.append(SectionVersion(report=report, section=key, number=number, content=content))
    SectionVersion.objects.bulk_create(rows)


@contextmanager
def _at(*loc: str | int) -> Iterator[None]:
    """Turn a part's refusal into a problem with its place in the document."""
    try:
        yield
    except PartError as error:
        raise ImportRefused([Problem(json_path((*loc, *error.loc)), error.message)]) from None


def _refuse_errors(report: Report, given: Dossier, stored: Dossier) -> None:
    errors = judge(report, stored).errors
    if errors:
        raise ImportRefused([Problem(json_path(_loc(f, given)), f"{f.message}（{f.rule}）") for f in errors])


def _refuse_secrets(content: PublicContent) -> None:
    try:
        refuse_secrets(content)
    except ActionRefused as refused:
        raise ImportRefused([Problem("$", refused.message)]) from None


def _publish(report: Report, user: User | None, content: PublicContent) -> None:
    try:
        create_publication(report, user, content)
    except NotDrawn as missing:
        raise ImportRefused([Problem("$", str(missing))]) from None


def _loc(finding: Judged, given: Dossier) -> Loc:
    if not finding.section.startswith(PROJECT):
        return ()
    key = finding.section.removeprefix(PROJECT)
    return ("projects", next(i for i, project in enumerate(given.projects) if project.key == key))
