"""Districts, departments, who works for them, and the years for which they report."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from ..domain.choices import DEPARTMENT_ROLES, DISTRICT_ROLES, DepartmentKind, ReportKind, Role
from ..domain.fiscal_years import FIRST_YEAR, LAST_YEAR, deadline_problem, year_problem
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

    @property
    def bureau(self) -> str:
        """The name of its finance bureau."""
        return f"{self.name}财政局"


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
        constraints = [
            models.CheckConstraint(
                name="department_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                violation_error_message="主管部门不能是本部门",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a parent that is the department itself, is below it, or is of another district.

        What is stored and left alone is not judged again.
        """
        if self.district_id is None:
            return
        before = Department.objects.filter(pk=self.pk).first()
        moved = before is not None and before.district_id != self.district_id
        if moved and self.subordinates.exclude(district=self.district_id).exists():
            raise ValidationError({"district": "它还是原来的区里其他部门的主管部门，不能换区"})
        if moved or before is None or before.parent_id != self.parent_id:
            problem = self._parent_problem()
            if problem:
                raise ValidationError({"parent": problem})

    def _parent_problem(self) -> str:
        if self.parent is None:
            return ""
        if self.parent.district_id != self.district_id:
            return f"主管部门须在同一个区，{self.parent}属于{self.parent.district}"
        passed: list[int] = []
        above: Department | None = self.parent
        while above is not None and above.pk not in passed:
            if above.pk == self.pk:
                return (
                    f"{self.parent}由本部门主管，不能反过来做它的主管部门"
                    if passed
                    else "主管部门不能是本部门"
                )
            passed.append(above.pk)
            above = above.parent
        return ""

    def deadline_in(self, year: FiscalYear, kind: str) -> datetime.date | None:
        """The last day on which the department may submit: the year's deadline or, if later, its extension (延期)."""
        general = year.deadline(kind)
        if general is None:
            return None
        own = [e.until for e in self.extensions.all() if (e.fiscal_year_id, e.kind) == (year.pk, kind)]
        return max([general, *own])

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
    """One district's year: edition of the classification and, for each kind, profile, whether it is open, deadline.

    In a kind that is not open (关闭) departments start no report and submit none for the first time. After its
    deadline they submit none for the first time if ``deadline_closes``, but for extensions (`Extension`).
    """

    district = models.ForeignKey(District, models.PROTECT, verbose_name="区", related_name="years")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.ForeignKey(ClassificationEdition, models.PROTECT, verbose_name="科目版本")
    budget_profile = models.CharField("预算表样", max_length=60, blank=True)
    final_profile = models.CharField("决算表样", max_length=60, blank=True)
    budget_open = models.BooleanField("预算开放", default=False)
    final_open = models.BooleanField("决算开放", default=False)
    budget_deadline = models.DateField("预算报送截止", null=True, blank=True)
    final_deadline = models.DateField("决算报送截止", null=True, blank=True)
    deadline_closes = models.BooleanField("截止后不能首次报送", default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "年度"
        ordering = ["district", "-year"]
        constraints = [
            models.UniqueConstraint(fields=["district", "year"], name="fiscal_year_unique"),
            models.CheckConstraint(
                name="fiscal_year_open",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
                | Q(budget_open=False, final_open=False),
                violation_error_message=f"只有 {FIRST_YEAR} 到 {LAST_YEAR} 之间的年度可以开放",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district} {self.year} 年"

    def clean(self) -> None:
        """Refuse a year or a deadline that is not plausible, and to open what cannot be.

        What is stored and left alone is not judged again: a deadline may have passed meanwhile.
        """
        if self.year is None:
            return
        today, before = timezone.localdate(), FiscalYear.objects.filter(pk=self.pk).first()
        problems = {}
        implausible = year_problem(self.year, today)
        if implausible and (before is None or before.year != self.year):
            problems["year"] = implausible
        for kind in ReportKind:
            if problem := self._opening_problem(kind, before, implausible):
                problems[f"{kind.value}_open"] = problem
            deadline = self.deadline(kind)
            changed = before is None or before.deadline(kind) != deadline
            if deadline and changed and (problem := deadline_problem(kind, self.year, deadline, today)):
                problems[f"{kind.value}_deadline"] = problem
        if problems:
            raise ValidationError(problems)

    def _opening_problem(self, kind: ReportKind, before: FiscalYear | None, implausible: str) -> str:
        if not self.opens(kind):
            return ""
        if not self.profile(kind):
            return f"还没有选{kind.label}的表样，选了才能开放"
        return implausible if before is None or not before.opens(kind) else ""

    def profile(self, kind: str) -> str:
        """The key of the profile for reports of that kind; empty if none is chosen."""
        return self.budget_profile if kind == ReportKind.BUDGET else self.final_profile

    def opens(self, kind: str) -> bool:
        """Whether the kind is marked as open."""
        return self.budget_open if kind == ReportKind.BUDGET else self.final_open

    def is_open(self, kind: str) -> bool:
        """Whether departments may start reports of that kind, and submit them for the first time."""
        return bool(self.profile(kind)) and self.opens(kind)

    def deadline(self, kind: str) -> datetime.date | None:
        """The last day for reports of that kind, without extensions (`Department.deadline_in`)."""
        return self.budget_deadline if kind == ReportKind.BUDGET else self.final_deadline

    def is_closed_by(self, deadline: datetime.date | None) -> bool:
        """Whether ``deadline``, a department's own, has passed and closes its first submission."""
        return self.deadline_closes and deadline is not None and timezone.localdate() > deadline
