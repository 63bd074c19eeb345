"""SectionVersion: the content of a section after each save."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from ..domain.formats import SECTION
from .append_only import AppendOnly
from .formatted import Formatted
from .report import Report


class SectionVersion(AppendOnly, Formatted):
    """Append-only: optimistic lock, base of a merge, undo and trail of one section.

    ``content`` maps the keys of the section's parts to their exchange JSON. ``attempt`` is the page's name for its
    attempt to save, empty without a page. A page that got no answer names the attempt again with the next save.
    """

    LAYOUTS = {"content": SECTION}

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="versions")
    section = models.CharField("部分", max_length=80)
    number = models.PositiveIntegerField("序号")
    content = models.JSONField("内容", encoder=DjangoJSONEncoder)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="保存人",
        null=True,
        blank=True,
        related_name="+",
    )
    attempt = models.CharField("保存请求", max_length=32, blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "部分版本"
        ordering = ["report", "section", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "section", "number"], name="section_version_unique"),
        ]
