"""Imports whole reports from exchange JSON: all of the files or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from budgets.actions.adopt import adopt
from budgets.domain.choices import ADOPTABLE, Status
from budgets.domain.problems import ImportRefused, Problem
from budgets.exchange.importing import read_document


class Command(BaseCommand):
    help = "从交换格式的 JSON 文件载入编报；只要有一处问题，一个文件也不载入"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="文件")
        parser.add_argument(
            "--status",
            choices=[status.value for status in ADOPTABLE],
            default=Status.DRAFT.value,
            help="载入后的状态：draft 编制中（默认）、archived 历史、published 已公开",
        )

    def handle(self, *args: object, **options: Any) -> None:
        status = Status(options["status"])
        problems: list[str] = []
        done: list[str] = []
        with transaction.atomic():
            for path in options["files"]:
                try:
                    report = adopt(read_document(_bytes(path)), status)
                except ImportRefused as error:
                    problems += [f"{path}：{problem}" for problem in error.problems]
                else:
                    done.append(f"{path}：{report}，{Status(report.status).label}")
            if problems:
                transaction.set_rollback(True)
        if problems:
            for line in problems:
                self.stderr.write(line)
            raise CommandError(f"共 {len(problems)} 个问题，没有载入任何文件")
        for line in done:
            self.stdout.write(line)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused([Problem("$", f"不能读取文件（{error.strerror}）")]) from None
