"""How many queries a page takes: as many for a large report as for a small one, and no more than noted.

The baselines stand in ``tests/query_counts.json`` under ``entry``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.actions.save_section import current_number, save_section
from budgets.models import DutyItem, LineItem
from budgets.storage.loading import load_section
from performance.models import Indicator

from .case import EntryCase, form_of
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
    "project_new": (),
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


LINE = re.compile(r"activities-\d+-amount")
TARGET = re.compile(r".*indicators-\d+-value")


class LargeProject(EntryCase):
    """A project of 60 lines and 120 indicators, opened and saved, in as many queries as a small one."""

    KEY = "general-affairs"

    def setUp(self) -> None:
        self.enter()
        self.address = self.url("project", self.KEY)

    def enlarge(self) -> None:
        """Lines and indicators beside those that are there, up to 60 and 120."""
        section = f"project:{self.KEY}"
        stored = load_section(self.report, section)
        content = deepcopy(dict(stored.content))
        lines = [line for activity in content["activities"]["activities"] for line in activity["lines"]]
        content["activities"]["activities"][0]["lines"] += [
            {**lines[0], "key": f"line-{n}"} for n in range(60 - len(lines))
        ]
        annual = next(goal for goal in content["goals"]["goals"] if goal.get("horizon", "annual") == "annual")
        count = sum(len(goal["indicators"]) for goal in content["goals"]["goals"])
        annual["indicators"] += [
            {**annual["indicators"][0], "key": f"indicator-{n}", "name": f"指标{n}"}
            for n in range(120 - count)
        ]
        base = current_number(self.report, section)
        save_section(self.report.pk, self.world.preparer, section, base, content)
        self.assertEqual(
            LineItem.objects.filter(report=self.report, activity__application__project__key=self.KEY).count(),
            60,
        )
        self.assertEqual(
            Indicator.objects.filter(report=self.report, goal__application__project__key=self.KEY).count(),
            120,
        )

    def opened(self) -> int:
        return Queries.count(self, self.address)

    def saved(self, change: Callable[[str, str], str]) -> int:
        """Queries of a save in which ``change`` was made to the values by the names of their controls."""
        data = form_of(self.client.get(self.address))
        data = {name: [change(name, value) for value in values] for name, values in data.items()}
        with CaptureQueriesContext(connection) as queries:
            response = self.client.post(self.address, data)
        self.assertRedirects(response, self.address, fetch_redirect_response=False)
        return len(queries)

    def counts(self, amounts: tuple[str, str], target: str) -> dict[str, int]:
        """Of opening it, of a save with another amount in each line, and of one with another target too."""

        def first(name: str, value: str) -> str:
            return amounts[0] if value and LINE.fullmatch(name) else value

        def second(name: str, value: str) -> str:
            if not value or not (LINE.fullmatch(name) or TARGET.fullmatch(name)):
                return value
            return amounts[1] if LINE.fullmatch(name) else target

        return {
            "opened": self.opened(),
            "amounts_saved": self.saved(first),
            "amounts_and_targets_saved": self.saved(second),
        }

    def test_the_number_of_rows_does_not_matter_and_stays_under_twenty(self) -> None:
        self.saved(lambda name, value: "改过的依据" if name == "application-basis" else value)
        small = self.counts(("1.5", "2.5"), "3")
        self.enlarge()
        large = self.counts(("3.5", "4.5"), "4")
        lines = LineItem.objects.filter(report=self.report, activity__application__project__key=self.KEY)
        self.assertEqual(set(lines.values_list("amount", flat=True)), {Decimal("45000.00")})
        self.assertEqual(
            Indicator.objects.filter(
                report=self.report, goal__application__project__key=self.KEY, value="4"
            ).count(),
            120,
        )
        self.assertEqual(large, small)
        self.assertLess(max(large.values()), 20)
        self.assertEqual(large, json.loads(BASELINES.read_text(encoding="utf-8"))["project"])


FINAL_PAGES = {
    **{name: (name,) for name in ("basics", "income", "expenditure", "matters", "explanations")},
    "preview": (),
    "lines": (),
}


class FinalQueries(FinalCase):
    """Sections of final accounts are compared with the budget and with last year in no further queries."""

    count = Queries.count

    def setUp(self) -> None:
        """With amounts, but for the vehicle: until there are some, nothing is found that a page would show."""
        super().setUp()
        entered = LineItem.objects.filter(report=self.report, flow="expenditure")
        entered.exclude(economic__code="30231").update(amount=1)

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
