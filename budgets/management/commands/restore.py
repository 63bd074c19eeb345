"""Restores a backup into an empty database, and compares what came of it with the backup's manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.backup.archive import ArchiveRefused, open_archive
from budgets.backup.database import DatabaseFailed
from budgets.backup.reasons import reason_of
from budgets.backup.restoring import RestoreRefused, refuse_unfit, restore
from budgets.disclosure.verification import verify_publications


class Command(BaseCommand):
    help = "把 backup 做的备份恢复到空的数据库，再与备份的清单核对；有问题时以状态 1 结束"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with open_archive(options["file"]) as archive:
                refuse_unfit(archive)
                problems = [*restore(archive), *_damaged_publications()]
                manifest = archive.manifest
        except OSError as error:
            raise CommandError(
                f"没有恢复：{reason_of(error)}（{error.filename or options['file']}）"
            ) from None
        except DatabaseFailed as error:
            raise CommandError(f"没有恢复：{error}") from None
        except (ArchiveRefused, RestoreRefused) as refused:
            for problem in refused.problems:
                self.stdout.write(problem)
            raise CommandError(f"没有恢复，发现 {len(refused.problems)} 个问题") from None
        for problem in problems:
            self.stdout.write(problem)
        done = (
            f"已恢复 {manifest.made_at} 的备份：{len(manifest.tables)} 张表 {sum(manifest.tables.values())} 行，"
            f"{len(manifest.files)} 个文件"
        )
        if problems:
            raise CommandError(f"{done}；核对发现 {len(problems)} 个问题")
        self.stdout.write(f"{done}；已与备份的清单和公开清单核对，没有发现问题")


def _damaged_publications() -> list[str]:
    return [f"{one.place}：{problem}" for one in verify_publications() for problem in one.problems]
