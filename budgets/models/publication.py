"""Publications: frozen, addressed by content, never recomputed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from ..domain.formats import DIFFERENCE, DOSSIER, NARRATIVE, SHEETS, SUMMARY
from .append_only import AppendOnly
from .formatted import Formatted
from .report import Report


class Annex(models.Model):
    """附件: a document that the department publishes with its report. One per report."""

    report = models.OneToOneField(Report, models.CASCADE, verbose_name="编报", related_name="annex")
    file = models.FileField("文件", max_length=200)
    name = models.CharField("文件名", max_length=200)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间", auto_now=True)
    text = models.TextField("文件中的文字", null=True, blank=True)
    """The text that can be read in the file; None if there is none."""
    is_searchable = models.BooleanField("文字可全部检索", default=False)
    """Whether ``text`` is the whole text of the file as far as a program can tell: no page is a picture."""

    class Meta:
        verbose_name = verbose_name_plural = "附件"


class FrozenContent(Formatted):
    """The published content of one revision of a report.

    ``dossier``, ``sheets``, ``difference`` and ``narrative`` are redacted and contain nothing withheld; ``full_dossier``
    is not. ``narrative`` is None where the locality has no generated text, and in rows of releases that had none.
    ``summary`` holds the headline figures (`budgets.disclosure.summary`), so that public pages compute nothing.
    """

    LAYOUTS = {
        "full_dossier": DOSSIER,
        "dossier": DOSSIER,
        "sheets": SHEETS,
        "summary": SUMMARY,
        "difference": DIFFERENCE,
        "narrative": NARRATIVE,
    }

    reason = models.TextField("更正原因", blank=True)
    full_dossier = models.JSONField("编报内容（含不予公开部分）")
    dossier = models.JSONField("公开的编报内容")
    sheets = models.JSONField("公开表")
    summary = models.JSONField("摘要", default=dict)
    difference = models.JSONField("与上一版次的差异", default=list)
    narrative = models.JSONField("说明文字", null=True)

    class Meta:
        abstract = True


class ApprovedContent(FrozenContent):
    """批复的内容: the content that the approver was shown, kept until it is published or the approval is revoked.

    ``digest`` is `budgets.disclosure.publication.PublicContent.digest`. ``files`` describe stored files as
    `PublishedFile` has them.
    """

    report = models.OneToOneField(
        Report, models.CASCADE, verbose_name="编报", related_name="approved_content"
    )
    digest = models.CharField("内容校验值", max_length=64)
    files = models.JSONField("文件")

    class Meta:
        verbose_name = verbose_name_plural = "批复的内容"


class Publication(AppendOnly, FrozenContent):
    """公开: one revision of a report as the public sees it."""

    report = models.ForeignKey(Report, models.PROTECT, verbose_name="编报", related_name="publications")
    revision = models.PositiveSmallIntegerField("版次")
    published_at = models.DateTimeField("公开时间")
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="公开人", null=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "公开"
        ordering = ["report", "-revision"]
        constraints = [models.UniqueConstraint(fields=["report", "revision"], name="publication_unique")]

    def __str__(self) -> str:
        return f"{self.report} 第 {self.revision} 版"


class Withdrawal(AppendOnly):
    """撤下: the public no longer sees the revision. Its content, files and checksums stay for the bureau."""

    publication = models.OneToOneField(
        Publication, models.PROTECT, verbose_name="公开", related_name="withdrawal"
    )
    reason = models.TextField("撤下理由")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="撤下人", null=True, related_name="+"
    )
    at = models.DateTimeField("撤下时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "撤下"

    def __str__(self) -> str:
        return f"{self.publication} 撤下"


class PublishedFile(AppendOnly):
    """One downloadable file, by the SHA-256 of its bytes. ``format`` is its extension, or ``manifest`` (清单)."""

    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name="公开", related_name="files")
    name = models.CharField("文件名", max_length=200)
    title = models.CharField("标题", max_length=200)
    format = models.CharField("格式", max_length=8)
    content_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    file = models.FileField("存放位置", max_length=200)
    text = models.TextField("文件中的文字", null=True, blank=True)
    """The `Annex.text` of an attached document."""
    position = models.PositiveIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "公开文件"
        ordering = ["publication", "position"]
        constraints = [models.UniqueConstraint(fields=["publication", "name"], name="published_file_unique")]

    def __str__(self) -> str:
        return self.name
