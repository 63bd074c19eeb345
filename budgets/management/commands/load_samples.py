"""Loads the samples: two districts' published reports, one budget being entered, and a person for every role."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from budgets.actions.adopt import adopt
from budgets.actions.open_report import open_report
from budgets.domain.choices import DEPARTMENT_ROLES, ReportKind, Role, Status
from budgets.domain.problems import ImportRefused
from budgets.exchange.importing import read_document
from budgets.models import ClassificationEdition, Department, FiscalYear, Membership, Report
from budgets.renderers.pdf import FontsMissing, missing_fonts

FOLDER = Path(__file__).resolve().parents[2] / "samples"

REPORTS = (
    ("112001", 2021, ReportKind.BUDGET, Status.ARCHIVED),
    ("112001", 2022, ReportKind.BUDGET, Status.ARCHIVED),
    ("112001", 2023, ReportKind.BUDGET, Status.PUBLISHED),
    ("112001", 2023, ReportKind.FINAL, Status.ARCHIVED),
    ("112001", 2024, ReportKind.BUDGET, Status.ARCHIVED),
    ("112001", 2024, ReportKind.FINAL, Status.PUBLISHED),
    ("344001", 2021, ReportKind.BUDGET, Status.ARCHIVED),
    ("344001", 2022, ReportKind.BUDGET, Status.PUBLISHED),
)
"""In order: earlier years first, and a year's budget before its final accounts, because later ones compare."""

FINALS = ("344001", 2022, "wuchang_final_2022")
"""A year with a published budget, for which final accounts can be opened."""

OPEN = ("112001", 2025)
DAYS_TO_ENTER = 30

PASSWORD = "sunshine-2024"  # noqa: S105
USERS = (
    ("tianbao", Role.PREPARER),
    ("baosong", Role.SUBMITTER),
    ("chushen", Role.REVIEWER),
    ("pifu", Role.APPROVER),
    ("guanli", Role.ADMINISTRATOR),
)
PREFIXES = {"112001": "", "344001": "wc-"}


class Command(BaseCommand):
    help = "载入样例数据和演示用户；可重复执行，已有的编报不改动"

    def handle(self, *args: object, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("样例数据和演示用户不能载入正式环境")
        self.formats = [*settings.PUBLISHED_DOCUMENTS]
        if "pdf" in self.formats and missing_fonts():
            self.formats.remove("pdf")
            self.stdout.write(f"{FontsMissing(missing_fonts())}；样例先不含 PDF")
        with transaction.atomic():
            if not ClassificationEdition.objects.exists():
                call_command("load_classification", stdout=self.stdout)
            for report in REPORTS:
                self._adopt(*report)
            self._offer_finals(*FINALS)
            self._open(*OPEN)
            for code, prefix in PREFIXES.items():
                self._people(Department.objects.get(code=code), prefix)

    def _adopt(self, code: str, year: int, kind: ReportKind, status: Status) -> None:
        where = {"department__code": code, "fiscal_year__year": year, "kind": kind}
        if Report.objects.filter(**where).exists():
            return
        path = FOLDER / f"{code}_{year}_{kind}.json"
        try:
            report = adopt(read_document(path.read_bytes()), status, formats=self.formats)
        except ImportRefused as error:
            raise CommandError("\n".join(f"{path.name}：{problem}" for problem in error.problems)) from error
        self.stdout.write(f"{report}：{status.label}")

    def _offer_finals(self, code: str, year: int, profile: str) -> None:
        """Open final accounts for the year, unless an administrator has chosen a profile for them."""
        district = Department.objects.get(code=code).district
        FiscalYear.objects.filter(district=district, year=year, final_profile="").update(
            final_profile=profile, final_open=True
        )

    def _open(self, code: str, year: int) -> None:
        department = Department.objects.get(code=code)
        last = FiscalYear.objects.get(district=department.district, year=year - 1)
        fiscal_year, _ = FiscalYear.objects.get_or_create(
            district=department.district,
            year=year,
            defaults={
                "edition": last.edition,
                "budget_profile": last.budget_profile,
                "final_profile": last.final_profile,
                "budget_open": True,
                "final_open": bool(last.final_profile),
                "budget_deadline": timezone.localdate() + datetime.timedelta(days=DAYS_TO_ENTER),
                "deadline_closes": False,  # Whoever looks at the samples later can still submit.
            },
        )
        if department.reports.filter(fiscal_year=fiscal_year, kind=ReportKind.BUDGET).exists():
            return
        report = open_report(department, fiscal_year, ReportKind.BUDGET, None)
        self.stdout.write(f"{report}：{Status(report.status).label}（由上年复制）")

    def _people(self, department: Department, prefix: str) -> None:
        self.stdout.write(f"{department.district} {department} 的演示用户，密码均为 {PASSWORD}：")
        for name, role in USERS:
            in_department = role in DEPARTMENT_ROLES
            user, created = get_user_model().objects.get_or_create(
                username=prefix + name,
                defaults={
                    "last_name": role.label,
                    "is_staff": not in_department,
                    "is_superuser": role == Role.ADMINISTRATOR,
                },
            )
            if created:
                user.set_password(PASSWORD)
                user.save()
            scope = {"department": department} if in_department else {"district": department.district}
            Membership.objects.get_or_create(user=user, role=role, **scope)
            site = "/entry/" if in_department else "/admin/"
            self.stdout.write(f"  {user.username:<12} {role.label}  {site}")
