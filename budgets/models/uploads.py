"""Uploaded workbooks with their previews, and what departments have said about their own tables."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from ..domain.choices import UploadState
from .formatted import Formatted
from .organisation import Department
from .report import Report

NAME = 80
"""The most characters of a file's name."""


class Upload(Formatted):
    """上传的表: a workbook, the preview that its owner was shown, and what it wrote.

    ``plan`` is the preview (`budgets.workbook.plan_json`). ``sections`` is what will be written: ``key``, ``base`` (the
    version that the preview was made on) and ``content`` of each section. ``looks``
    counts the previews. ``written`` is what `budgets.actions.undo_upload` needs. When the upload is taken or given up,
    the file at ``path`` is deleted, and ``plan``, ``sections`` and ``path`` are emptied.
    """

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="uploads")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="上传人", related_name="+"
    )
    name = models.CharField("文件名", max_length=NAME)
    path = models.CharField("文件", max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("大小")
    answers = models.JSONField("回答", default=dict, blank=True)
    plan = models.JSONField("预览", encoder=DjangoJSONEncoder)
    sections = models.JSONField("要写入的内容", encoder=DjangoJSONEncoder, default=list, blank=True)
    looks = models.PositiveIntegerField("预览次数", default=1)
    state = models.CharField(
        "状态", max_length=8, choices=UploadState.pairs(), default=UploadState.WAITING.value
    )
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    taken_at = models.DateTimeField("写入时间", null=True, blank=True)
    written = models.JSONField("已写入的内容", default=dict, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="撤销人",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = verbose_name_plural = "上传的表"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["report", "sha256"], name="upload_file")]
        constraints = [
            models.CheckConstraint(name="upload_state", condition=Q(state__in=list(UploadState))),
            models.CheckConstraint(
                name="upload_taken",
                condition=Q(state__in=[UploadState.TAKEN, UploadState.UNDONE], taken_at__isnull=False)
                | Q(state__in=[UploadState.WAITING, UploadState.DROPPED], taken_at__isnull=True),
            ),
            models.CheckConstraint(
                name="upload_undone",
                condition=Q(state=UploadState.UNDONE, undone_at__isnull=False, undone_by__isnull=False)
                | (~Q(state=UploadState.UNDONE) & Q(undone_at__isnull=True, undone_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        return self.state == UploadState.WAITING

    @property
    def is_taken(self) -> bool:
        """Whether it stands as written, and can be undone."""
        return self.state == UploadState.TAKEN

    @property
    def outcome(self) -> str:
        """``写入 3 个部分，新增 1 个项目``; empty before it was taken."""
        if not self.written:
            return ""
        projects = len(self.written["projects"])
        return f"写入 {len(self.written['sections'])} 个部分" + (
            f"，新增 {projects} 个项目" if projects else ""
        )


class TableMemory(models.Model):
    """记住的表: what a department said last about its own table with these headings.

    ``signature`` stands for the headings. ``answers`` are by what was asked: ``column-D``, ``tab``.
    """

    department = models.ForeignKey(Department, models.CASCADE, verbose_name="部门", related_name="+")
    signature = models.CharField("表头", max_length=64)
    answers = models.JSONField("回答")
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "记住的表"
        ordering = ["department", "signature"]
        constraints = [
            models.UniqueConstraint(fields=["department", "signature"], name="table_memory_unique"),
        ]
