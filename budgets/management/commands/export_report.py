"""Writes a report's files into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.exchange.exporting import FORMATS, export
from budgets.storage.loading import load_dossier

from ._report import add_report_arguments, find_report


class Command(BaseCommand):
    help = "导出编报（内部使用：json 含不予公开的项目）"

    def add_arguments(self, parser: CommandParser) -> None:
        add_report_arguments(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="文件夹")
        parser.add_argument("--formats", default=",".join(FORMATS), help="以逗号分隔，默认全部：%(default)s")

    def handle(self, *args: object, **options: Any) -> None:
        formats = [name.strip() for name in options["formats"].split(",") if name.strip()]
        if not formats or set(formats) - set(FORMATS):
            raise CommandError(f"格式只能是 {'、'.join(FORMATS)}")
        dossier = load_dossier(find_report(options))
        folder: Path = options["out"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for file in export(dossier, formats):
                (folder / file.name).write_bytes(file.content)
                self.stdout.write(str(folder / file.name))
        except OSError as error:
            raise CommandError(f"不能写入 {folder}：{error.strerror}") from error
