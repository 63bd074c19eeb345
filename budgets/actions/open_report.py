"""A new year's report, started as a copy of the last one."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from ..access import roles_in
from ..choices import DEPARTMENT_ROLES, ReportKind, Status
from ..dossier import Dossier, ProjectDossier
from ..models import Department, FiscalYear, Project, ProjectApplication, Report
from ..parts.base import Codes
from ..sections import load_dossier, project_parts, report_parts
from .base import ActionRefused, Forbidden, log
from .transitions import Verb


def open_report(
    department: Department, fiscal_year: FiscalYear, kind: ReportKind, user: AbstractBaseUser | None
) -> Report:
    """A draft for ``fiscal_year``: what each part carries forward from the year before, else blank.

    ``user`` None is the application itself (samples). Raises `ActionRefused` where there is a report already
    or the year has no profile for that kind, `Forbidden` without a role in the department.
    """
    if not fiscal_year.profile(kind):
        raise ActionRefused(f"{fiscal_year.year} 年尚未设置{ReportKind(kind).label}的表样")
    with transaction.atomic():
        Department.objects.select_for_update().get(pk=department.pk)
        report, created = Report.objects.get_or_create(
            department=department,
            fiscal_year=fiscal_year,
            kind=kind,
            defaults={
                "address": department.address,
                "postcode": department.postcode,
                "phone": department.phone,
            },
        )
        if user is not None and not roles_in(user, report) & set(DEPARTMENT_ROLES):
            raise Forbidden("只有本部门的填报人、报送人可以建立编报")
        if not created:
            raise ActionRefused(f"{fiscal_year.year} 年{ReportKind(kind).label}已经建立")
        last = Report.objects.filter(
            department=department, kind=kind, fiscal_year__year=fiscal_year.year - 1
        ).first()
        if last is not None:
            _copy(load_dossier(report).previous, report)
        log(report, Verb.OPEN, "", user, f"由 {last.year} 年复制" if last else "")
        return report


def _copy(source: Dossier | None, report: Report) -> None:
    if source is None or source.header.status == Status.DRAFT:
        return
    codes = Codes.of(report.fiscal_year.edition_id)
    for part in report_parts(report.profile_key):
        part.write(report, part.copy_forward(source.part(part.type), report.year), codes)
    parts = project_parts(report.profile_key)
    carried = [
        project
        for project in source.projects
        if all(part.carries_on(project.part(part.type)) for part in parts)
    ]
    for position, project in enumerate(carried):
        _copy_project(project, report, position, codes)


def _copy_project(project: ProjectDossier, report: Report, position: int, codes: Codes) -> None:
    owner, _ = Project.objects.get_or_create(department=report.department, key=project.key)
    row = ProjectApplication.objects.create(report=report, project=owner, position=position)
    for part in project_parts(report.profile_key):
        part.write(row, part.copy_forward(project.part(part.type), report.year), codes)
