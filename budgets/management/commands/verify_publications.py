"""Compares everything that was published or approved with its rows, its checksums and its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.disclosure.verification import Verified, verify_publications
from budgets.models import Department


@dataclass
class Counts:
    """What has been verified so far, in numbers."""

    published: int = 0
    approved: int = 0
    files: int = 0
    unlisted: int = 0
    problems: int = 0

    def add(self, one: Verified) -> None:
        self.published += one.is_published
        self.approved += not one.is_published
        self.files += one.files
        self.unlisted += not one.has_manifest
        self.problems += len(one.problems)

    def __str__(self) -> str:
        approved = f"、{self.approved} 份已批复待公开的内容" if self.approved else ""
        unlisted = f"（其中 {self.unlisted} 份没有清单）" if self.unlisted else ""
        return f"已核对 {self.published} 次公开{approved}、{self.files} 个文件{unlisted}"


class Command(BaseCommand):
    help = "核对已公开和已批复的内容、文件与公开清单；有问题时以状态 1 结束"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--department", default="", metavar="代码", help="只核对一个部门")

    def handle(self, *args: object, **options: Any) -> None:
        code: str = options["department"]
        if code and not Department.objects.filter(code=code).exists():
            raise CommandError(f"没有部门 {code}", returncode=2)
        counts = Counts()
        for one in verify_publications(code):
            counts.add(one)
            self._print(one)
        if counts.problems:
            raise CommandError(f"{counts}，发现 {counts.problems} 个问题")
        self.stdout.write(f"{counts}，没有发现问题")

    def _print(self, one: Verified) -> None:
        for problem in one.problems:
            self.stdout.write(f"{one.place}：{problem}")
        if not one.has_manifest and not one.problems:
            self.stdout.write(f"{one.place}：没有清单，只按登记核对了文件")
