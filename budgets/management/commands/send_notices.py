"""Reminds of deadlines, and sends the mails that are still waiting. For a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets.models import Notice
from budgets.notifications import remind, send


class Command(BaseCommand):
    help = "生成期限提醒，发送尚未发出的通知邮件；可由定时任务反复运行"

    def handle(self, *args: object, **options: Any) -> None:
        remind()
        result = send(Notice.objects.all())
        self.stdout.write(f"发出 {result.sent} 封，未发出 {result.left} 封")
        if result.left:
            raise CommandError("有邮件未能发出，下次运行时再发")
