"""Loads editions of 政府收支分类科目 from CSV; repeatable."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from budgets.actions.define import define
from budgets.classification import editions
from budgets.domain.choices import CodeLevel
from budgets.models import ClassificationEdition, Definition, EconomicCode, FunctionCode
from budgets.workbook.definitions import read_definitions
from budgets.workbook.reading import WorkbookRefused

C = TypeVar("C", FunctionCode, EconomicCode)

LEVELS = {3: CodeLevel.CLASS, 5: CodeLevel.SECTION, 7: CodeLevel.ITEM}


class Command(BaseCommand):
    help = "载入政府收支分类科目（默认载入随软件提供的各版本）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("editions", nargs="*", metavar="版本", help="如 2024")
        parser.add_argument(
            "--folder", type=Path, default=editions.HERE, help="财政部门自己的科目文件所在目录"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for edition in options["editions"] or editions.editions():
            try:
                self.load(edition, options["folder"])
            except (FileNotFoundError, KeyError) as error:
                raise CommandError(f"科目文件不完整：{error}") from error
            except WorkbookRefused as refused:
                raise CommandError(f"definitions.csv：{refused.message}") from refused

    @transaction.atomic
    def load(self, code: str, folder: Path) -> None:
        edition, _ = ClassificationEdition.objects.update_or_create(code=code)
        economic = dict(editions.read(code, "economic", folder))
        economic |= dict(editions.read(code, "government_economic", folder))
        _store(FunctionCode, edition, dict(editions.read(code, "function", folder)))
        _store(EconomicCode, edition, economic)
        file = folder / code / "definitions.csv"
        if file.exists():
            read = read_definitions(file.read_bytes())
            define(edition.pk, read.texts)
            for row in read.left_out:
                self.stderr.write(f"编码和释义不全，没有采用：{row}")
        self.stdout.write(
            f"{edition}：功能分类 {FunctionCode.objects.filter(edition=edition).count()}，"
            f"经济分类 {EconomicCode.objects.filter(edition=edition).count()}，"
            f"释义 {Definition.objects.filter(edition=edition).count()}"
        )


def _store(model: type[C], edition: ClassificationEdition, names: Mapping[str, str]) -> None:
    rows = []
    for code, name in names.items():
        if len(code) not in LEVELS or not code.isdigit():
            raise CommandError(f"科目编码 {code} 不是 3、5 或 7 位数字")
        rows.append(model(edition=edition, code=code, name=name, level=LEVELS[len(code)]))
    model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["edition", "code"],
        update_fields=["name", "level"],
    )
