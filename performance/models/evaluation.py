"""绩效自评 as stored: typed values only, nothing computed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models import ProjectApplication, Report, ReportRow
from budgets.models.rows import amount_field

from ..domain.evaluation import Band


def points_field(verbose_name: str) -> models.DecimalField:
    """A weight or score, 0 to 100."""
    return models.DecimalField(verbose_name, max_digits=5, decimal_places=2, null=True, blank=True)


def within(name: str, *fields: str) -> models.CheckConstraint:
    """A constraint: each of ``fields`` is 0 to 100, or not given."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, 100)})
    return models.CheckConstraint(name=name, condition=condition)


class SelfEvaluation(models.Model):
    """绩效自评; of the whole department if it has no application."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="evaluations")
    application = models.OneToOneField(
        ProjectApplication,
        models.CASCADE,
        verbose_name="项目申报",
        null=True,
        blank=True,
        related_name="evaluation",
    )
    filled_on = models.DateField("填报日期", null=True, blank=True)
    execution_score = points_field("预算执行得分")
    execution_reason = models.TextField("执行得分说明", blank=True)
    summary = models.TextField("绩效目标完成情况", blank=True)
    problems = models.TextField("存在的问题", blank=True)
    causes = models.TextField("偏差大或目标未完成原因分析", blank=True)
    measures = models.TextField("改进措施及结果应用方案", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "绩效自评"
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(application__isnull=True), name="evaluation_unique"
            ),
            within("evaluation_points", "execution_score"),
        ]

    def __str__(self) -> str:
        return f"{self.application or self.report} 绩效自评"


class EvaluationWeight(models.Model):
    """权重 of a goal, or of an 一级指标 in it."""

    evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, verbose_name="绩效自评", related_name="+")
    key = models.CharField("标识", max_length=66)
    weight = points_field("权重")
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "自评权重"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="evaluation_weight_unique"),
            within("evaluation_weight_points", "weight"),
        ]


class IndicatorResult(models.Model):
    """指标完成情况, with the key of the indicator in the year's budget."""

    evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, verbose_name="绩效自评", related_name="+")
    key = models.CharField("指标", max_length=64)
    weight = points_field("权重")
    actual = models.CharField("实际完成值", max_length=200, blank=True)
    band = models.CharField("完成情况", max_length=8, choices=Band.pairs(), blank=True)
    score = points_field("得分")
    reason = models.TextField("评分说明", blank=True)
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "指标完成情况"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="indicator_result_unique"),
            within("indicator_result_points", "weight", "score"),
            models.CheckConstraint(name="indicator_result_band", condition=Q(band__in=["", *Band])),
        ]


class UnitResult(ReportRow):
    """分单位完成情况."""

    evaluation = models.ForeignKey(SelfEvaluation, models.CASCADE, verbose_name="绩效自评", related_name="+")
    indicator = models.CharField("指标", max_length=64)
    unit = models.CharField("单位", max_length=200, blank=True)
    actual = models.CharField("实际完成值", max_length=200, blank=True)
    money = amount_field("资金（元）", default=0)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "分单位完成情况"
