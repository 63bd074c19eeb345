"""Districts, departments, who works for them, and the years for which they report."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ..domain.choices import DEPARTMENT_ROLES, DISTRICT_ROLES, DepartmentKind, ReportKind, Role
from .classification import ClassificationEdition

CODE = RegexValidator(r"^[0-9A-Za-z_-]{1,20}$", "编码只能由数字、字母、- 和 _ 组成")


class District(models.Model):
    """区: the owner of its bureau's roles, years and roll-ups."""

    code = models.CharField("行政区划代码", max_length=20, unique=True, validators=[CODE])
    name = models.CharField("名称", max_length=100)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "区"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """部门/预算单位. ``code`` is unique across districts, because public addresses contain it."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="区", related_name="departments")
    code = models.CharField("单位代码", max_length=20, unique=True, validators=[CODE])
    name = models.CharField("单位名称", max_length=200)
    kind = models.CharField("单位性质", max_length=24, choices=DepartmentKind.pairs())
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="主管部门", null=True, blank=True, related_name="subordinates"
    )
    address = models.CharField("单位地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    phone = models.CharField("电话", max_length=40, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def name_in(self, year: int) -> str:
        """The name of the department in the fiscal ``year``."""
        earlier = [row for row in self.earlier_names.all() if row.last_year >= year]
        return min(earlier, key=lambda row: row.last_year).name if earlier else self.name


class EarlierName(models.Model):
    """A former name, and the last fiscal year in which it was used."""

    department = models.ForeignKey(
        Department, models.CASCADE, verbose_name="部门", related_name="earlier_names"
    )
    name = models.CharField("曾用名", max_length=200)
    last_year = models.PositiveSmallIntegerField("最后使用年度")

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        ordering = ["last_year"]
        constraints = [
            models.UniqueConstraint(fields=["department", "last_year"], name="earlier_name_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（至 {self.last_year} 年）"


class Division(models.Model):
    """科室."""

    department = models.ForeignKey(Department, models.CASCADE, verbose_name="部门", related_name="sections")
    name = models.CharField("科室名称", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "科室"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="section_unique")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a person in one department, or in one district's finance bureau."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="用户", related_name="memberships"
    )
    role = models.CharField("角色", max_length=16, choices=Role.pairs())
    department = models.ForeignKey(
        Department, models.CASCADE, verbose_name="部门", null=True, blank=True, related_name="memberships"
    )
    district = models.ForeignKey(
        District, models.CASCADE, verbose_name="区", null=True, blank=True, related_name="memberships"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "人员与角色"
        ordering = ["user", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "department"],
                name="membership_department_unique",
                condition=Q(department__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "district"],
                name="membership_district_unique",
                condition=Q(district__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_scope",
                condition=Q(role__in=DEPARTMENT_ROLES, department__isnull=False, district__isnull=True)
                | Q(role__in=DISTRICT_ROLES, department__isnull=True, district__isnull=False),
                violation_error_message="填报人、报送人须选部门；初审人、批复人、管理员须选区",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {Role(self.role).label} · {self.department or self.district}"


class FiscalYear(models.Model):
    """One district's year: edition of the classification, profiles, and deadlines."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="区", related_name="years")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.ForeignKey(ClassificationEdition, models.PROTECT, verbose_name="科目版本")
    budget_profile = models.CharField("预算表样", max_length=60, blank=True)
    final_profile = models.CharField("决算表样", max_length=60, blank=True)
    budget_deadline = models.DateField("预算报送截止", null=True, blank=True)
    final_deadline = models.DateField("决算报送截止", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "年度"
        ordering = ["district", "-year"]
        constraints = [models.UniqueConstraint(fields=["district", "year"], name="fiscal_year_unique")]

    def __str__(self) -> str:
        return f"{self.district} {self.year} 年"

    def profile(self, kind: str) -> str:
        """The key of the profile for reports of that kind; empty if none is chosen."""
        return self.budget_profile if kind == ReportKind.BUDGET else self.final_profile

    def deadline(self, kind: str) -> datetime.date | None:
        return self.budget_deadline if kind == ReportKind.BUDGET else self.final_deadline
