"""What a report read of others when it was submitted."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .append_only import AppendOnly
from .formatted import Formatted
from .report import Report


class Submission(AppendOnly, Formatted):
    """报送: one submission of a report, with the sources that it was fixed to.

    ``sources`` lists, newest year first, the reports that it reads (`budgets.storage.sources.SourceReport`): the same
    department's of the years before and, of final accounts, the budget of the year. ``contents`` holds by kind and
    year (``budget-2023``) the exchange JSON of those that were read from their rows; the others are publications.
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
    """The year's rule settings then, each ``{"rule", "applies", "severity", "options"}``."""

    class Meta:
        verbose_name = verbose_name_plural = "报送"
        ordering = ["report", "id"]

    def __str__(self) -> str:
        return f"{self.report} {self.at:%Y-%m-%d %H:%M}"
