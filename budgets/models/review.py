"""Comments on a report, its trail, and the marks of its checklist."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..domain.choices import Status
from .append_only import AppendOnly
from .report import Report


class CommentQuerySet(models.QuerySet["Comment"]):
    def threads(self) -> CommentQuerySet:
        """The first comments of all threads."""
        return self.filter(parent__isnull=True)

    def with_people(self) -> CommentQuerySet:
        """Load authors and answers as well, in two queries."""
        answers = models.Prefetch("answers", Comment.objects.select_related("author"))
        return self.select_related("author", "resolved_by").prefetch_related(answers)


class Comment(models.Model):
    """意见: a thread (no ``parent``) or an answer in one.

    ``target`` is empty for the whole section, else a row (``activities/<key>``), a figure (a cell key) or a sentence of
    the text (``text/<key>``).
    """

    OF_SENTENCE = "text/"

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="comments")
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name="所答意见", null=True, blank=True, related_name="answers"
    )
    section = models.CharField("部分", max_length=80)
    target = models.CharField("位置", max_length=200, blank=True)
    place = models.CharField("位置说明", max_length=200, blank=True)
    text = models.TextField("意见")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="提出人", related_name="+"
    )
    created_at = models.DateTimeField("时间", auto_now_add=True)
    resolved_at = models.DateTimeField("解决时间", null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="解决人",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="comment_resolved",
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_answer_open", condition=Q(parent__isnull=True) | Q(resolved_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def sentence(self) -> str:
        """The key of the sentence that the thread is about; empty if it is about something else."""
        return self.target.removeprefix(self.OF_SENTENCE) if self.target.startswith(self.OF_SENTENCE) else ""

    @property
    def is_open(self) -> bool:
        return self.parent_id is None and self.resolved_at is None


class Transition(AppendOnly):
    """留痕: one act on a report, append-only."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="transitions")
    verb = models.CharField("动作", max_length=24)
    source = models.CharField("原状态", max_length=12, choices=Status.pairs(), blank=True)
    target = models.CharField("新状态", max_length=12, choices=Status.pairs())
    revision = models.PositiveSmallIntegerField("版次")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="操作人",
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.TextField("理由", blank=True)
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "留痕"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class ChecklistMark(models.Model):
    """A reviewer's mark on one point of the profile's checklist, in one revision."""

    report = models.ForeignKey(Report, models.CASCADE, verbose_name="编报", related_name="checklist_marks")
    revision = models.PositiveSmallIntegerField("版次")
    item = models.CharField("要点", max_length=60)
    passed = models.BooleanField("符合")
    note = models.TextField("说明", blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="审核人", related_name="+"
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核要点"
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["report", "revision", "item"], name="checklist_mark_unique"),
        ]

    def __str__(self) -> str:
        return self.item

    @property
    def said(self) -> str:
        """``不符合（请核对口径）``."""
        verdict = "符合" if self.passed else "不符合"
        return f"{verdict}（{self.note}）" if self.note else verdict
