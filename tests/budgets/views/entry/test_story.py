"""One project across the years, for the officers of its department."""

from __future__ import annotations

import json

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.actions.adopt import adopt
from budgets.domain.choices import Role, Status
from budgets.models import Department, Report
from tests.factories import person
from tests.project_years import NEW_NAME, OLD_NAME, archived, document, four_years, project


class Story(TestCase):
    reports: dict[str, Report]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.reports = four_years()
        cls.department = Department.objects.get(code="112001")
        cls.preparer = person("preparer", Role.PREPARER, department=cls.department)

    def setUp(self) -> None:
        self.client.force_login(self.preparer)

    def url(self, key: str = "a", department: str = "112001") -> str:
        return reverse("entry:story", args=[department, key])

    def story(self, key: str = "a"):
        response = self.client.get(self.url(key))
        assert response.status_code == 200, response.status_code
        return response

    def test_every_year_stands_with_its_figures_and_reports(self) -> None:
        years = {year.year: year for year in self.story().context["story"].years}
        self.assertEqual(list(years), [2024, 2023, 2022, 2021])
        now = years[2024]
        amounts = [known.amount for known in (now.initial, now.adjusted, now.actual)]
        self.assertEqual(amounts, [120000, 110000, 90000])
        self.assertEqual([a.address for a in now.accounts], [
            reverse("entry:project", args=[self.reports[name].pk, "a"]) for name in ("final", "2024")
        ])  # fmt: skip
        self.assertEqual(str(now.rate), "81.82")
        self.assertEqual(str(now.score), "66.36")
        self.assertIsNotNone(years[2021].absent)

    def test_the_page_says_it_in_words(self) -> None:
        text = self.story().content.decode()
        for words in (
            "2024 年年初预算 <strong>12.00 万元</strong>，比上年减少 3.00（20.0%），全年预算 11.00 万元",
            "决算 <strong>9.00 万元</strong>，执行率 81.82%，绩效自评 <strong>66.36 分</strong>",
            f"2022—2023 年为{OLD_NAME}，2024 年为{NEW_NAME}",
            "2022—2023 年为“项目a”，2024 年为“人才活动”",
            "部门预算说明：少办一场活动",
            "未立项",
            "场地未落实",
            "≥4次",
            "2次",
        ):
            self.assertIn(words, text)

    def test_amounts_are_in_the_unit_of_the_person(self) -> None:
        self.client.post(reverse("entry:unit"), {"unit": "yuan"})
        self.assertIn("120,000.00 元", self.story().content.decode())

    def test_a_draft_is_told_and_said_to_be_one(self) -> None:
        adopt(document(2025, project("a", "130000.00")), Status.DRAFT)
        text = self.story().content.decode()
        self.assertIn("2025 年（编制中）年初预算", text)
        self.assertIn("2025 年部门预算</a>（编制中）", text)

    def test_a_withheld_project_is_shown_to_its_department_as_such(self) -> None:
        self.reports["2024"].applications.update(disclosure="withheld")
        self.assertIn("不予公开", self.story().content.decode())

    def test_what_is_not_there_and_what_is_others_is_not_found(self) -> None:
        for key in ("nothing", "项目", "a" * 300):
            self.assertEqual(self.client.get(self.url(key)).status_code, 404)
        self.assertEqual(self.client.get(self.url("a\0")).status_code, 400)
        self.assertEqual(self.client.get(self.url(department="999")).status_code, 404)
        sister = Department.objects.create(
            district=self.department.district, code="112002", name="档案馆", kind="public_one"
        )
        self.client.force_login(person("sister", Role.PREPARER, department=sister))
        self.assertEqual(self.client.get(self.url()).status_code, 404)
        self.assertEqual(self.client.get(self.url(department="112002")).status_code, 404)

    def test_it_is_for_reading(self) -> None:
        self.assertEqual(self.client.post(self.url()).status_code, 405)
        self.client.logout()
        self.assertEqual(self.client.get(self.url()).status_code, 302)

    def test_the_project_and_the_list_lead_here(self) -> None:
        report = self.reports["2024"].pk
        for page in (reverse("entry:project", args=[report, "a"]), reverse("entry:projects", args=[report])):
            self.assertIn(f'href="{self.url()}"', self.client.get(page).content.decode())

    def test_years_and_projects_cost_no_queries(self) -> None:
        def count() -> int:
            self.story()
            with CaptureQueriesContext(connection) as queries:
                self.story()
            return len(queries)

        few = count()
        more = [project(key, "1.00") for key in ("b", "c", "d")]
        for year in (2018, 2019, 2020):
            archived(year, project("a", "5.00"), *more)
            archived(year, project("a", "5.00"), *json.loads(json.dumps(more)), kind="final")
        self.assertEqual(len(self.story().context["story"].years), 7)
        self.assertEqual(count(), few)
