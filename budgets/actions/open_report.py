"""Open a new report: a budget as a copy of last year's, final accounts from the year's budget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ..classification.lookup import leave_out_unknown, subjects_of
from ..domain.choices import BUDGET_STANDS, DEPARTMENT_ROLES, ReportKind, Status
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.transitions import Verb
from ..models import Department, FiscalYear, Project, ProjectApplication, Report
from ..parts.base import Part
from ..permissions import roles_in
from ..storage.loading import load_dossier
from ..storage.sections import project_parts, report_parts
from .base import ActionRefused, Forbidden, log

Taken = Callable[[Any, int], Any]


def open_report(
    department: Department, fiscal_year: FiscalYear, kind: ReportKind, user: User | None
) -> Report:
    """Open a draft for ``fiscal_year`` with what each part carries forward from the year before, else a blank one.

    Final accounts get what each part takes over from the year's budget, and the carry-over of last year's final
    accounts. ``user`` is None for the application itself (samples). Raises `ActionRefused` if there is a report
    already, the year has no profile for that kind or is not open for it, or its budget is not settled; `Forbidden`
    without a role in the department.
    """
    with transaction.atomic():
        # Locked before it is read: it may have been closed or given other tables meanwhile.
        fiscal_year = (
            FiscalYear.objects.select_for_update(of=("self",), no_key=True)
            .select_related("district", "edition")
            .get(pk=fiscal_year.pk)
        )
        Department.objects.select_for_update().get(pk=department.pk)
        _refuse_closed(fiscal_year, ReportKind(kind))
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
        log(report, Verb.OPEN, "", user, _settle(report) if kind == ReportKind.FINAL else _continue(report))
        return report


def _refuse_closed(fiscal_year: FiscalYear, kind: ReportKind) -> None:
    if not fiscal_year.profile(kind):
        raise ActionRefused(f"{fiscal_year.year} 年尚未设置{kind.label}的表样")
    if not fiscal_year.is_open(kind):
        raise ActionRefused(
            f"{fiscal_year.year} 年{kind.label}没有开放，不能新建。要开放的，请联系{fiscal_year.district.bureau}的管理员。"
        )


def _continue(report: Report) -> str:
    """Start a budget from last year's; returns what the log says of it."""
    source = load_dossier(report).previous
    if source is None:
        return ""
    if source.header.status == Status.DRAFT:
        return f"{source.header.year} 年部门预算还在编制，没有复制"
    parts = project_parts(report.profile_key)
    carried = [p for p in source.projects if all(part.carries_on(p.part(part.type)) for part in parts)]
    left_out = _write(report, source, carried, lambda part: part.copy_forward)
    return f"由 {source.header.year} 年复制{_told(report, left_out)}"


def _settle(report: Report) -> str:
    """Start final accounts from the year's budget; returns what the log says of it."""
    blank = load_dossier(report)
    source, last = blank.budget, blank.previous
    if source is None:
        raise ActionRefused(
            f"没有 {report.year} 年部门预算，决算由预算建立；以前年度的预算请联系财政部门载入后再开始"
        )
    if source.header.status not in BUDGET_STANDS:
        raise ActionRefused(f"{report.year} 年部门预算尚未批复，批复后才能编制决算")

    def begun(part: Part[Any, Any]) -> Taken:
        return lambda value, year: settled(part, value, year, last)

    left_out = _write(report, source, source.projects, begun)
    return f"由 {report.year} 年部门预算建立{_told(report, left_out)}"


def settled(part: Part[Any, Any], value: Any, year: int, last: Dossier | None) -> Any:
    """The start of a part in final accounts from the budget's ``value`` and last year's final accounts, if any."""
    begun = part.settle(value, year)
    return part.carry_in(begun, last) if last else begun


def _write(
    report: Report,
    source: Dossier,
    projects: Sequence[ProjectDossier],
    taken: Callable[[Part[Any, Any]], Taken],
) -> list[str]:
    """Write the result of ``taken`` for each part of ``source`` and ``projects``. Returns the subjects that were left
    out because the report's edition does not have them."""
    codes = subjects_of(report.fiscal_year.edition).ids
    left_out: list[str] = []

    def write(part: Part[Any, Any], owner: Report | ProjectApplication, value: Any) -> None:
        begun = taken(part)(value, report.year)
        content = part.dump(begun)
        unknown = list(leave_out_unknown(content, codes))
        left_out.extend(unknown)
        part.write(owner, part.parse(content) if unknown else begun, codes)

    for whole in report_parts(report.profile_key):
        write(whole, report, source.part(whole.type))
    for position, project in enumerate(projects):
        owner, _ = Project.objects.get_or_create(department=report.department, key=project.key)
        row = ProjectApplication.objects.create(report=report, project=owner, position=position)
        for single in project_parts(report.profile_key):
            write(single, row, project.part(single.type))
    return list(dict.fromkeys(left_out))


def _told(report: Report, left_out: Sequence[str]) -> str:
    if not left_out:
        return ""
    return f"；{report.year} 年科目表中没有 {'、'.join(left_out)}，这些科目要重新选择"
