"""How many queries a page takes: as many for a large report as for a small one, and no more than noted.

The baselines stand in ``tests/query_counts.json`` under ``entry``.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.models import DutyItem, LineItem

from .case import EntryCase
from .final_case import FinalCase

BASELINES = Path(__file__).parents[3] / "query_counts.json"

PAGES = {
    "report": (),
    "preview": (),
    "workbook": (),
    "lines": (),
    "check": (),
    "publish": (),
    "projects": (),
    "project": ("general-affairs",),
    "section": ("expenditure",),
    "codes": ("function",),
}


class Queries(EntryCase):
    def count(self, url: str) -> int:
        self.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(url).status_code, 200)
        return len(queries)

    def counts(self) -> dict[str, int]:
        return {"home": self.count("/entry/")} | {
            name: self.count(self.url(name, *args)) for name, args in PAGES.items()
        }

    def test_the_number_of_rows_does_not_matter_and_the_baseline_is_kept(self) -> None:
        self.enter()
        large = self.counts()
        self.report.applications.exclude(project__key="general-affairs").delete()
        LineItem.objects.filter(report=self.report, flow="expenditure", activity__isnull=True).delete()
        DutyItem.objects.filter(report=self.report).delete()
        self.assertEqual(self.counts(), large)
        self.assertEqual(large, json.loads(BASELINES.read_text(encoding="utf-8"))["entry"])


FINAL_PAGES = {
    **{name: (name,) for name in ("basics", "income", "expenditure", "matters", "explanations")},
    "preview": (),
    "lines": (),
}


class FinalQueries(FinalCase):
    """Sections of final accounts are compared with the budget and with last year in no further queries."""

    count = Queries.count

    def counts(self) -> dict[str, int]:
        return {
            name: self.count(self.url("section", *args) if args else self.url(name))
            for name, args in FINAL_PAGES.items()
        }

    def test_the_number_of_rows_does_not_matter_and_the_baseline_is_kept(self) -> None:
        large = self.counts()
        LineItem.objects.filter(flow="expenditure", activity__isnull=True).delete()
        self.report.applications.exclude(project__key="general-affairs").delete()
        self.assertEqual(self.counts(), large)
        self.assertEqual(large, json.loads(BASELINES.read_text(encoding="utf-8"))["final_sections"])
