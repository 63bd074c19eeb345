"""What somebody typed in a section and has not saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .report import Report


class Draft(models.Model):
    """草稿: the controls of a section's page as they stood, readable or not. One a person and section.

    ``data`` maps the controls' names to lists of values, in the order of the page; ``base`` is the version of
    the section that the page showed. Never a source of figures: it goes back into the page.
    """

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="填写人", related_name="+"
    )
    section = models.CharField("部分", max_length=80)
    data = models.JSONField("内容")
    saved_at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "user", "section"], name="draft_unique"),
        ]
