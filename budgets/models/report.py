"""编报: the report, to which all its rows belong."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property

from ..domain.choices import EDITABLE, ReportKind, Status
from .organisation import Department, FiscalYear

PUBLICATION_DAYS = 20
"""Days within which a department publishes after approval (预算法 第十四条)."""


class Report(models.Model):
    """One department's budget or final accounts of one year.

    Only `budgets.actions` writes the status. ``changes`` counts saves. Who submits or approves posts the count that
    they saw.
    """

    department = models.ForeignKey(Department, models.PROTECT, verbose_name="部门", related_name="reports")
    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, verbose_name="年度", related_name="reports")
    kind = models.CharField("种类", max_length=8, choices=ReportKind.pairs())
    status = models.CharField("状态", max_length=12, choices=Status.pairs(), default=Status.DRAFT)
    revision = models.PositiveSmallIntegerField("版次", default=1)
    changes = models.PositiveIntegerField("修改计数", default=0)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    changed_at = models.DateTimeField("修改时间", auto_now_add=True)

    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="报送人",
        null=True,
        blank=True,
        related_name="+",
    )
    submitted_at = models.DateTimeField("报送时间", null=True, blank=True)
    approval_number = models.CharField("批复文号", max_length=60, blank=True)
    approval_date = models.DateField("批复日期", null=True, blank=True)

    correction_reason = models.TextField("更正原因", blank=True)
    """The reason of the revision in preparation, written when the correction is opened and again at its approval."""

    preparer = models.CharField("填报人", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=200, blank=True)
    address = models.CharField("单位地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=200, blank=True)
    composition = models.TextField("单位构成", blank=True)
    honorary_retirees = models.PositiveIntegerField("离休人员", default=0)
    retirees = models.PositiveIntegerField("退休人员", default=0)

    declared_empty = models.JSONField("声明没有内容的部分", default=dict, blank=True)
    """``{"who": name, "at": ISO time}`` by section. Only `budgets.actions` writes it (`budgets.review.declarations`)."""

    class Meta:
        verbose_name = verbose_name_plural = "编报"
        ordering = ["-fiscal_year__year", "department__code", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["department", "fiscal_year", "kind"], name="report_unique"),
            models.CheckConstraint(name="report_status", condition=Q(status__in=list(Status))),
            models.CheckConstraint(name="report_kind", condition=Q(kind__in=list(ReportKind))),
            models.CheckConstraint(name="report_revision", condition=Q(revision__gte=1)),
            models.CheckConstraint(
                name="report_approval",
                condition=~Q(status=Status.APPROVED)
                | (~Q(approval_number="") & Q(approval_date__isnull=False)),
            ),
            models.CheckConstraint(
                name="report_submitted_by",
                condition=~Q(status__in=[Status.SUBMITTED, Status.REVIEWED])
                | (Q(submitted_by__isnull=False) & Q(submitted_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_name} {self.year} 年{ReportKind(self.kind).label}"

    @property
    def year(self) -> int:
        return self.fiscal_year.year

    @property
    def department_name(self) -> str:
        """The name of the department in the report's year."""
        return self.department.name_in(self.year)

    @property
    def profile_key(self) -> str:
        return self.fiscal_year.profile(self.kind)

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @cached_property
    def deadline(self) -> datetime.date | None:
        """The last day on which the department may submit, with its extension if it has one."""
        return self.department.deadline_in(self.fiscal_year, self.kind)

    @property
    def is_extended(self) -> bool:
        return self.deadline != self.fiscal_year.deadline(self.kind)

    @property
    def days_left(self) -> int | None:
        """Days until the deadline, negative after it; None without a deadline."""
        return (self.deadline - timezone.localdate()).days if self.deadline else None

    @property
    def days_to_publish(self) -> int | None:
        """Days left of the twenty within which an approved report must be published; negative when late."""
        if self.status != Status.APPROVED or self.approval_date is None:
            return None
        due = self.approval_date + datetime.timedelta(days=PUBLICATION_DAYS)
        return (due - timezone.localdate()).days
