"""The arguments with which commands name a report: department code, year and kind."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser

from budgets.domain.choices import ReportKind
from budgets.models import Report

NOT_FOUND = 2
"""Exit status for an unknown report, distinct from that for errors."""


def add_report_arguments(parser: CommandParser) -> None:
    parser.add_argument("department", metavar="单位代码", help="如 112001")
    parser.add_argument("year", type=int, metavar="年度", help="如 2023")
    parser.add_argument(
        "kind", choices=[kind.value for kind in ReportKind], metavar="budget|final", help="预算或决算"
    )


def find_report(options: dict[str, Any]) -> Report:
    """The report named by the arguments; raises CommandError."""
    report = Report.objects.filter(
        department__code=options["department"], fiscal_year__year=options["year"], kind=options["kind"]
    ).first()
    if report is None:
        what = f"{options['department']} {options['year']} 年{ReportKind(options['kind']).label}"
        raise CommandError(f"没有 {what}", returncode=NOT_FOUND)
    return report
