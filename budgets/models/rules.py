"""Settings of the cross-checks (勾稽) for a year, waivers for a report, and explanations of warnings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from ..domain.choices import ReportKind, Severity
from .organisation import FiscalYear
from .report import Report


class RuleSetting(models.Model):
    """One rule in one fiscal year: severity, thresholds and whether it applies, with the reason.

    ``options`` override the profile's thresholds by name; an empty ``severity`` keeps the profile's.
    """

    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name="年度", related_name="rule_settings"
    )
    rule = models.CharField("规则", max_length=16)
    applies = models.BooleanField("适用", default=True)
    severity = models.CharField("级别", max_length=8, choices=Severity.pairs(), blank=True)
    options = models.JSONField("阈值", default=dict, blank=True)
    reason = models.TextField("理由")
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "校验规则设置"
        ordering = ["fiscal_year", "rule"]
        constraints = [models.UniqueConstraint(fields=["fiscal_year", "rule"], name="rule_setting_unique")]

    def __str__(self) -> str:
        return f"{self.fiscal_year} {self.rule}"


class TextSetting(models.Model):
    """The 说明 of one year's reports of one kind: a chapter or, with a ``pattern``, one of its sentences.

    See `budgets.domain.dossier.TextSetting`.
    """

    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name="年度", related_name="text_settings"
    )
    kind = models.CharField("种类", max_length=8, choices=ReportKind.pairs())
    chapter = models.CharField("章节", max_length=40)
    pattern = models.CharField("句子", max_length=40, blank=True)
    title = models.CharField("标题", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("排在第几", null=True, blank=True)
    note = models.TextField("附加的说明", blank=True)
    template = models.TextField("写法", blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "说明文字设置"
        ordering = ["fiscal_year", "kind", "chapter", "pattern"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "kind", "chapter", "pattern"], name="text_setting_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}{ReportKind(self.kind).label} {self.chapter} {self.pattern}".strip()


class Waiver(models.Model):
    """豁免: a reviewer set a rule aside for one report. The row stays when the waiver is lifted."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="waivers")
    rule = models.CharField("规则", max_length=16)
    reason = models.TextField("理由")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="豁免人", related_name="+"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="撤销人",
        null=True,
        blank=True,
        related_name="+",
    )
    lifted_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规则豁免"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "rule"],
                name="waiver_unique",
                condition=models.Q(lifted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="waiver_lifted",
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.report}"


class WarningExplanation(models.Model):
    """The department's explanation of a warning, by rule, object and field, so that next year can show it again.

    ``stamp`` holds the figures that it explains (`budgets.review.validation.Judged.stamp`); blank if not recorded.
    """

    report = models.ForeignKey(
        Report, models.CASCADE, verbose_name="编报", related_name="warning_explanations"
    )
    rule = models.CharField("规则", max_length=16)
    section = models.CharField("部分", max_length=80)
    object = models.CharField("对象", max_length=160, blank=True)
    field = models.CharField("栏目", max_length=60, blank=True)
    text = models.TextField("说明")
    stamp = models.TextField("说明时的金额", blank=True, default="")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="说明人", related_name="+"
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "提醒的说明"
        ordering = ["section", "rule", "object", "field"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "rule", "section", "object", "field"], name="warning_explanation_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
