"""Runs the checks of a report's profile and prints what they find."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from budgets.domain.choices import Severity
from budgets.review.validation import Judged, judge
from budgets.storage.loading import load_dossier

from ._report import add_report_arguments, find_report


class Command(BaseCommand):
    help = "勾稽检查；有错误时以状态 1 结束"

    def add_arguments(self, parser: CommandParser) -> None:
        add_report_arguments(parser)
        parser.add_argument("--json", action="store_true", help="以 JSON 输出，金额为元")

    def handle(self, *args: object, **options: Any) -> None:
        report = find_report(options)
        judgement = judge(report, load_dossier(report))
        findings = judgement.findings
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(f) for f in findings], ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                self.stdout.write(_as_line(finding))
            counts = Counter(finding.severity for finding in findings if not finding.is_waived)
            self.stdout.write("，".join(f"{severity.label} {counts[severity]}" for severity in Severity))
        if judgement.errors:
            raise CommandError(f"有 {len(judgement.errors)} 个错误")


def _as_line(judged: Judged) -> str:
    finding = judged.finding
    parts = [f"[{finding.severity.label}] {finding.rule}", finding.place, finding.message]
    amounts = (("应为", finding.expected), ("实为", finding.actual), ("差额", finding.difference))
    parts += [f"{word} {value}" for word, value in amounts if value is not None]
    parts += [f"已豁免：{judged.waived}"] if judged.is_waived else []
    parts += [f"说明：{judged.explanation}"] if judged.explanation else []
    parts += [f"说明（金额已变，未重新确认）：{judged.outdated}"] if judged.outdated else []
    return "  ".join(part for part in parts if part)


def _as_json(judged: Judged) -> dict[str, Any]:
    def text(value: object) -> str | None:
        return None if value is None else str(value)

    finding = judged.finding
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "section": finding.section,
        "place": finding.place,
        "object": finding.field.owner if finding.field else None,
        "field": finding.field.field if finding.field else None,
        "expected": text(finding.expected),
        "actual": text(finding.actual),
        "difference": text(finding.difference),
        "message": finding.message,
        "waived": judged.waived,
        "explanation": judged.explanation,
        "outdated": judged.outdated,
    }
