"""延期: a department may submit later than the others."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from ..domain.choices import ReportKind
from ..domain.fiscal_years import deadline_problem
from .organisation import Department, FiscalYear


class Extension(models.Model):
    """The later deadline of one department for its report of one year and kind, with the reason.

    It counts while it is later than the year's own (`Department.deadline_in`). It opens no kind that is closed.
    ``granted_by`` is who entered or changed it last; the history tells it of every change.
    """

    department = models.ForeignKey(Department, models.CASCADE, verbose_name="部门", related_name="extensions")
    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name="年度", related_name="extensions"
    )
    kind = models.CharField("种类", max_length=8, choices=ReportKind.pairs())
    until = models.DateField("延期至")
    reason = models.TextField("理由")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="办理人",
        null=True,
        editable=False,
        related_name="+",
    )
    history = HistoricalRecords(excluded_fields=["granted_by"])

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        ordering = ["-fiscal_year__year", "kind", "department__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "fiscal_year", "kind"],
                name="extension_unique",
                violation_error_message="这个部门已经有延期，请在列表中打开它修改",
            ),
            models.CheckConstraint(name="extension_kind", condition=Q(kind__in=list(ReportKind))),
        ]

    def __str__(self) -> str:
        return f"{self.department} {self.fiscal_year.year} 年{ReportKind(self.kind).label}"

    def clean(self) -> None:
        """Refuse a date that postpones nothing, is past or too late, and another district's department.

        A date that is stored and left alone is not judged again.
        """
        if not (self.department_id and self.fiscal_year_id and self.kind in list(ReportKind) and self.until):
            return
        before = Extension.objects.filter(pk=self.pk).first()
        if before is not None and before.until == self.until:
            return
        if before is None and self.department.district_id != self.fiscal_year.district_id:
            raise ValidationError({"department": f"{self.department}不属于{self.fiscal_year.district}"})
        if problem := self._date_problem():
            raise ValidationError({"until": problem})

    def _date_problem(self) -> str:
        year, kind = self.fiscal_year, ReportKind(self.kind)
        general = year.deadline(kind)
        if general is None:
            return f"{year}没有设置{kind.label}的报送截止，不用延期"
        if self.until <= general:
            return f"要晚于原来的报送截止 {general}"
        return deadline_problem(kind, year.year, self.until, timezone.localdate())
