"""Notices to people about acts and deadlines."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .report import Report


class Notice(models.Model):
    """通知: written in the transaction of its act, unique by event and recipient.

    Without a ``report`` it is about one that the department has not opened yet. ``event`` is a stable name of what
    happened (``submit:17``, ``deadline-7:3``). ``sent_at`` is set after the mail server took the mail, so that a
    crash may repeat a mail but never loses one.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="收件人", related_name="notices"
    )
    report = models.ForeignKey(
        Report, models.CASCADE, verbose_name="编报", null=True, blank=True, related_name="notices"
    )
    event = models.CharField("事件", max_length=80)
    title = models.CharField("标题", max_length=200)
    text = models.TextField("内容", blank=True)
    address = models.CharField("页面", max_length=200)
    created_at = models.DateTimeField("时间", auto_now_add=True)
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="notice_unique")]
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_unread")]

    def __str__(self) -> str:
        return self.title
