"""Goals of a department or of a project, and their indicators."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budgets.models import ProjectApplication, ReportRow

from ..domain.goals import Horizon


class Goal(ReportRow):
    """绩效目标; of the whole department if it has no application."""

    application = models.ForeignKey(
        ProjectApplication,
        models.CASCADE,
        verbose_name="项目申报",
        null=True,
        blank=True,
        related_name="goals",
    )
    horizon = models.CharField("目标类型", max_length=12, choices=Horizon.pairs())
    name = models.CharField("目标名称", max_length=200, blank=True)
    text = models.TextField("目标说明", blank=True)
    until_year = models.PositiveSmallIntegerField("截止年度", null=True, blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "绩效目标"
        constraints = [
            *ReportRow.Meta.constraints,
            models.CheckConstraint(name="goal_horizon", condition=Q(horizon__in=list(Horizon))),
        ]

    def __str__(self) -> str:
        return self.name or self.text[:40]


class Indicator(ReportRow):
    """绩效指标, with values as written."""

    goal = models.ForeignKey(Goal, models.CASCADE, verbose_name="绩效目标", related_name="indicators")
    level1 = models.CharField("一级指标", max_length=200, blank=True)
    level2 = models.CharField("二级指标", max_length=200, blank=True)
    name = models.CharField("三级指标", max_length=200, blank=True)
    content = models.TextField("指标内容", blank=True)
    value_before_last = models.CharField("前年指标值", max_length=200, blank=True)
    value_last = models.CharField("上年指标值", max_length=200, blank=True)
    value = models.CharField("指标值", max_length=200, blank=True)
    basis = models.CharField("指标值确定依据", max_length=200, blank=True)
    remark = models.TextField("备注", blank=True)

    class Meta(ReportRow.Meta):
        verbose_name = verbose_name_plural = "绩效指标"

    def __str__(self) -> str:
        return self.name
