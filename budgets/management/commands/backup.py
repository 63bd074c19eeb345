"""Writes one archive of the database and of all files that its rows name, while the site runs."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.backup.archive import ArchiveRefused
from budgets.backup.database import DatabaseFailed
from budgets.backup.making import BackupRefused, make_backup


class Command(BaseCommand):
    help = "把数据库和登记的全部文件备份成一个文件，网站不用停；有问题时以状态 1 结束"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "target", type=Path, metavar="文件夹或文件", help="文件夹（按时间命名）或新文件；不会覆盖已有文件"
        )

    def handle(self, *args: object, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _end)
        try:
            backup = make_backup(options["target"])
        except (BackupRefused, DatabaseFailed, ArchiveRefused) as error:
            raise CommandError(str(error)) from None
        for problem in backup.problems:
            self.stdout.write(problem)
        manifest = backup.manifest
        done = (
            f"已备份到 {backup.path}：{len(manifest.tables)} 张表 {sum(manifest.tables.values())} 行，"
            f"{len(manifest.files)} 个文件，共 {backup.path.stat().st_size} 字节"
        )
        if backup.problems:
            raise CommandError(f"{done}；备份前就有 {len(backup.problems)} 个问题")
        self.stdout.write(done)


def _end(number: int, _frame: object) -> NoReturn:
    """What is not whole is removed on the way out."""
    raise SystemExit(128 + number)
