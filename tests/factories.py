"""A small world for tests: a district, two departments, named people in every role, and reports."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone

from budgets.classification.lookup import subjects_of
from budgets.domain.choices import ReportKind, Role, Status
from budgets.models import ClassificationEdition, Department, District, FiscalYear, Membership, Report
from budgets.storage.sections import report_parts


@dataclass
class World:
    """东西湖 with two departments, and 武昌 with one; people by role."""

    district: District
    other_district: District
    department: Department
    sister: Department
    foreign: Department
    year: FiscalYear
    other_year: FiscalYear
    preparer: User
    submitter: User
    sister_preparer: User
    reviewer: User
    approver: User
    administrator: User
    foreign_reviewer: User
    foreign_approver: User

    @property
    def people(self) -> dict[str, User]:
        return {name: value for name, value in vars(self).items() if isinstance(value, User)}


def person(name: str, role: Role, *, department=None, district=None) -> User:
    user = User.objects.create_user(name, password="sunshine-2024", is_staff=district is not None)
    Membership.objects.create(user=user, role=role, department=department, district=district)
    return user


def make_world(year: int = 2024, profile: str = "dongxihu_2023") -> World:
    edition = ClassificationEdition.objects.get(code="2024")
    here = District.objects.create(code="420112", name="东西湖区")
    there = District.objects.create(code="420106", name="武昌区")

    def department(district: District, code: str, name: str) -> Department:
        return Department.objects.create(district=district, code=code, name=name, kind="public_one")

    def fiscal_year(district: District) -> FiscalYear:
        return FiscalYear.objects.create(
            district=district,
            year=year,
            edition=edition,
            budget_profile=profile,
            budget_deadline=timezone.localdate() + datetime.timedelta(days=12),
            budget_open=True,
        )

    own = department(here, "112001", "企业和人才服务中心")
    sister = department(here, "112002", "档案馆")
    foreign = department(there, "344001", "武昌服务中心")
    return World(
        here,
        there,
        own,
        sister,
        foreign,
        fiscal_year(here),
        fiscal_year(there),
        preparer=person("preparer", Role.PREPARER, department=own),
        submitter=person("submitter", Role.SUBMITTER, department=own),
        sister_preparer=person("sister", Role.PREPARER, department=sister),
        reviewer=person("reviewer", Role.REVIEWER, district=here),
        approver=person("approver", Role.APPROVER, district=here),
        administrator=person("administrator", Role.ADMINISTRATOR, district=here),
        foreign_reviewer=person("foreign-reviewer", Role.REVIEWER, district=there),
        foreign_approver=person("foreign-approver", Role.APPROVER, district=there),
    )


def make_report(world: World, status: Status = Status.DRAFT, **values: object) -> Report:
    """A report of the world's department, blank but for its header."""
    if status not in (Status.DRAFT, Status.ARCHIVED):
        values.setdefault("submitted_by", world.submitter)
        values.setdefault("submitted_at", timezone.now())
    if status == Status.APPROVED:
        values.setdefault("approval_number", "东财预〔2024〕1号")
        values.setdefault("approval_date", timezone.localdate())
    values.setdefault("department", world.department)
    values.setdefault("fiscal_year", world.year)
    return Report.objects.create(kind=ReportKind.BUDGET, status=status, **values)


def fill(report: Report, content: dict) -> None:
    """Write report parts from exchange JSON, without versions."""
    codes = subjects_of(report.fiscal_year.edition).ids
    for part in report_parts(report.profile_key):
        if part.key in content:
            part.write(report, part.parse(content[part.key]), codes)
    report.refresh_from_db()


__all__ = ["World", "fill", "make_report", "make_world", "person"]
