"""Prints the JSON Schema of the exchange format."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand

from budgets.exchange.schema import exchange_schema


class Command(BaseCommand):
    help = "输出编报交换格式的 JSON Schema"
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: Any) -> None:
        self.stdout.write(json.dumps(exchange_schema(), ensure_ascii=False, indent=1))
