"""The figures of other reports that a report read when it was submitted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .append_only import AppendOnly
from .formatted import Formatted
from .report import Report


class Submission(AppendOnly, Formatted):
    """报送: one submission of a report, with the sources that it is fixed to.

    ``sources`` lists the reports that it reads, newest year first (`budgets.storage.sources.SourceReport`): the
    department's reports of the years before and, for final accounts, the budget of the year. ``contents`` holds the
    exchange JSON of those that were read from rows, by kind and year (``budget-2023``); the others are publications.
    """

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="submissions")
    revision = models.PositiveSmallIntegerField("版次")
    changes = models.PositiveIntegerField("修改计数")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="报送人", null=True, related_name="+"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    sources = models.JSONField("来源")
    contents = models.JSONField("来源的内容", default=dict)
    rules = models.JSONField("校验规则设置", default=list)
    """The year's rule settings at that time, each ``{"rule", "applies", "severity", "options"}``."""

    class Meta:
        verbose_name = verbose_name_plural = "报送"
        ordering = ["report", "id"]

    def __str__(self) -> str:
        return f"{self.report} {self.at:%Y-%m-%d %H:%M}"
