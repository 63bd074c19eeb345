"""Every page about a report answers every role for final accounts as it does for a budget."""

from __future__ import annotations

from typing import Any

from django.test import Client, TestCase
from django.urls import reverse

from budgets.domain.choices import Status
from budgets.models import Report
from tests import test_routes
from tests.sample_world import make_final_world
from tests.test_routes import REPORT, ROLES, ROUTES, Answers, bureau, department, everybody

ALSO: tuple[tuple[str, tuple[Any, ...], dict[str, Any], Answers], ...] = (
    *(
        ("entry:section", ("report", key), {}, department(200))
        for key in ("basics", "staffing", "income", "expenditure", "evaluation", "matters", "explanations")
    ),
    ("entry:project", ("report", "through-train"), {}, department(200)),
    ("entry:lines", REPORT, {"flow": "expenditure", "budget": 1}, department(200)),
    ("admin:budgets_report_figure", REPORT, {"cell": "F05/total/total"}, bureau(200)),
    ("admin:budgets_report_lines", REPORT, {"flow": "expenditure", "budget": 1}, bureau(200)),
    *(
        ("admin:budgets_report_change", REPORT, {"tab": tab}, bureau(200))
        for tab in ("changes", "tables", "projects", "performance", "findings", "checklist", "trail")
    ),
    ("admin:budgets_report_board", (), {"district": "420112", "year": 2024, "kind": "final"}, bureau(200)),
    ("admin:budgets_report_rollup", (), {"district": "420112", "year": 2024, "kind": "final"}, bureau(200)),
    ("public:report", (2024, "112001", "final"), {}, everybody(200)),
    ("public:report", (2024, "112001", "budget"), {}, everybody(404)),
    ("public:report", (2023, "112001", "final"), {}, everybody(404)),
    ("public:revision", (2024, "112001", "final", 1), {}, everybody(200)),
    ("public:file", (2024, "112001", "final", 1, "112001-2024-final.xlsx"), {}, everybody(200)),
)
"""What only final accounts have, or have otherwise: route, arguments, query, answers."""


class RoutesOfFinalAccounts(TestCase):
    """Published once, and returned for the pages on which something can be done."""

    @classmethod
    def setUpTestData(cls) -> None:
        made = make_final_world(Status.PUBLISHED)
        cls.report = made.report
        Report.objects.filter(pk=made.report.pk).update(
            status=Status.RETURNED, submitted_by=made.world.submitter, submitted_at=made.report.created_at
        )
        cls.people = made.world.people

    def setUp(self) -> None:
        self.clients: dict[str, Client] = {}
        for role in ROLES:
            self.clients[role] = Client()
            if role in self.people:
                self.clients[role].force_login(self.people[role])

    def answers(self, name: str, args: tuple[Any, ...], data: dict[str, Any]) -> dict[str, int | str]:
        url = reverse(name, args=[self.report.pk if arg == "report" else arg for arg in args])
        return {role: test_routes.Routes.ask(self, role, "get", url, data) for role in ROLES}  # type: ignore[arg-type]

    def test_pages_that_a_budget_has(self) -> None:
        for name, requests in ROUTES.items():
            for asked in requests:
                if (
                    asked.args == REPORT
                    and asked.method == "get"
                    and not asked.data
                    and name not in NARRATIVE
                ):
                    with self.subTest(name):
                        Report.objects.filter(pk=self.report.pk).update(status=asked.status)
                        self.assertEqual(self.answers(name, asked.args, {}), dict(asked.answers))

    def test_pages_of_their_own(self) -> None:
        for name, args, data, answers in ALSO:
            with self.subTest(f"{name} {args} {data}"):
                self.assertEqual(self.answers(name, args, data), dict(answers))


NARRATIVE = ("entry:annex_file", "admin:budgets_report_annex")
"""The sample has none attached."""
