"""Drafts: text that was typed in a section and not saved."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .report import Report

BEFORE_PAGES = "0" * 32
"""The page of drafts from the time when a person had one draft for each section."""


class Draft(models.Model):
    """草稿: the controls of a section's page as they stood, valid or not. One for each open page.

    ``data`` maps the controls' names to lists of values, in the order of the page. In it, ``base`` is the version of
    the section that the page showed, and ``unit`` the unit of its amounts. A draft is only put back into a page; it
    is never a source of figures. ``page`` is a name that the page makes for itself, so that two windows of one person
    keep a draft each.
    """

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="drafts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="填写人", related_name="+"
    )
    section = models.CharField("部分", max_length=80)
    page = models.CharField("页面", max_length=32, default=BEFORE_PAGES)
    data = models.JSONField("内容")
    saved_at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "草稿"
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "user", "section", "page"], name="draft_unique"),
        ]
