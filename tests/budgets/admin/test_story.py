"""One project across the years, for the bureau that reviews its reports."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report
from tests.project_years import archived, document, four_years, project

from .conftest import put


def address(key: str = "a", department: str = "112001") -> str:
    return reverse("admin:budgets_report_story", args=[department, key])


@pytest.fixture
def reports(world) -> dict[str, Report]:
    return four_years()


def test_the_bureau_reads_every_year_with_ways_to_the_reports(world, reports, login) -> None:
    page = login(world.reviewer).get(address())
    assert [year.year for year in page.context["story"].years] == [2024, 2023, 2022, 2021]
    text = page.text
    for words in ("人才活动", "年初预算 <strong>12.00 万元</strong>", "81.82%", "66.36", "少办一场活动"):
        assert words in text, words
    budget, settled = (
        reverse("admin:budgets_report_change", args=[reports[n].pk]) for n in ("2024", "final")
    )
    assert f"{budget}?tab=performance#sheet-T13-a" in text and f"{settled}?tab=" in text


def test_a_draft_that_was_never_submitted_is_the_departments_own(world, reports, login) -> None:
    draft = adopt(document(2025, project("a", "1.00"), project("z", "2.00")), Status.DRAFT)
    client = login(world.reviewer)
    assert client.get(address()).context["story"].latest.year == 2024
    assert client.get(address("z")).status_code == 404
    put(draft, Status.SUBMITTED, submitted_by=world.submitter, submitted_at=timezone.now())
    assert client.get(address()).context["story"].latest.year == 2025
    assert "2025 年（已报送）" in client.get(address("z")).text


def test_a_budget_that_the_bureau_does_not_see_tells_nothing_through_the_final_accounts(
    world, reports, login
) -> None:
    put(reports["2024"], Status.DRAFT)
    story = login(world.reviewer).get(address()).context["story"]
    assert story.latest.initial is None
    assert "≥4次" not in str(story.latest.outcome)


def test_another_districts_bureau_finds_nothing(world, reports, login) -> None:
    assert login(world.foreign_reviewer).get(address()).status_code == 404
    assert login(world.reviewer).get(address(department="344001")).status_code == 404
    assert login(world.reviewer).get(address("nothing")).status_code == 404


def test_the_projects_tab_leads_here(world, reports, login) -> None:
    page = reverse("admin:budgets_report_change", args=[reports["2024"].pk]) + "?tab=projects"
    assert f'href="{address()}"' in login(world.reviewer).get(page).text


def test_years_cost_no_queries(world, reports, login) -> None:
    client = login(world.reviewer)

    def count() -> int:
        client.get(address())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address()).status_code == 200
        return len(queries)

    few = count()
    for year in (2019, 2020):
        archived(year, project("a", "5.00"), project("b", "5.00"))
        archived(year, project("a", "5.00"), kind="final")
    assert count() == few
