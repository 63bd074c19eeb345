"""The queue: what waits, since when, and what is to be said of it."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.domain.choices import Status
from budgets.models import Department, FiscalYear, Report
from tests.factories import World, fill, make_report

from .conftest import SAMPLE, put

URL = reverse("admin:budgets_report_changelist")


def many(world: World, count: int) -> None:
    """``count`` departments with a report that waits, and last year's."""
    last = FiscalYear.objects.filter(year=2023).first() or FiscalYear.objects.create(
        district=world.district, year=2023, edition=world.year.edition, budget_profile="dongxihu_2023"
    )
    for number in range(Department.objects.count(), Department.objects.count() + count):
        department = Department.objects.create(
            district=world.district, code=f"8{number:05}", name=f"单位{number}", kind="public_one"
        )
        for year in (last, world.year):
            report = make_report(world, Status.SUBMITTED, department=department, fiscal_year=year)
            fill(report, {key: SAMPLE[key] for key in ("income", "expenditure")})
        put(Report.objects.get(department=department, fiscal_year=last), Status.PUBLISHED)


def test_a_row_says_total_change_findings_and_waiting(world, report, login) -> None:
    comments.add(report, world.reviewer, "income", "请核对")
    put(report, Status.SUBMITTED, submitted_at=timezone.now() - datetime.timedelta(days=3))
    page = login(world.reviewer).get(URL)
    text = page.text
    assert "112001" in text and "2023 年预算" in text and "已报送" in text
    assert "3,073.53" in text and "3 天" in text and "1 意见" in text
    [row] = page.context["cl"].result_list
    assert row.entry.total.previous is None


def test_the_change_is_against_last_year(world, login) -> None:
    many(world, 1)
    page = login(world.reviewer).get(URL)
    [row] = page.context["cl"].result_list
    assert row.entry.total.previous == row.entry.total.current
    assert "持平" in page.text


def test_waiting_reports_come_first_hand_and_others_on_request(world, report, login) -> None:
    client = login(world.reviewer)

    def shown(**query: object) -> int:
        return len(client.get(URL, query).context["cl"].result_list)

    assert shown() == shown(state="submitted") == shown(state="all") == 1
    assert shown(state="published") == 0
    put(report, Status.RETURNED)
    assert shown() == 0
    assert shown(state="returned") == shown(state="all") == 1


def test_days_to_publish_count_down_and_flag(world, report, login) -> None:
    today = timezone.localdate()
    put(report, Status.APPROVED, approval_number="1号", approval_date=today - datetime.timedelta(days=5))
    assert "还有 15 天" in login(world.approver).get(URL).text
    put(report, Status.APPROVED, approval_date=today - datetime.timedelta(days=23))
    page = login(world.approver).get(URL)
    assert "超期 3 天" in page.text
    assert str(report) in login(world.approver).get(reverse("admin:index")).text


def test_search_and_year(world, report, login) -> None:
    many(world, 1)
    client = login(world.reviewer)
    assert len(client.get(URL, {"q": "112001"}).context["cl"].result_list) == 1
    assert len(client.get(URL, {"q": "没有这个"}).context["cl"].result_list) == 0
    assert [r.year for r in client.get(URL, {"year": 2024}).context["cl"].result_list] == [2024]
    assert client.get(URL, {"year": "x"}).status_code == 200


def test_another_districts_reports_are_not_in_it(world, report, login) -> None:
    page = login(world.foreign_reviewer).get(URL, {"state": "all"})
    assert page.status_code == 200 and "112001" not in page.text


def test_history_is_not_checked(world, report, login) -> None:
    put(report, Status.ARCHIVED)
    [row] = login(world.reviewer).get(URL, {"state": "archived"}).context["cl"].result_list
    assert row.entry.judgement.findings == ()


@pytest.mark.parametrize("query", [{}, {"state": "all"}])
def test_queries_do_not_grow_with_reports(world, login, query) -> None:
    client = login(world.approver)
    many(world, 5)
    client.get(URL, query)
    with CaptureQueriesContext(connection) as few:
        client.get(URL, query)
    many(world, 15)
    with CaptureQueriesContext(connection) as more:
        page = client.get(URL, query)
    assert len(page.context["cl"].result_list) >= 20
    assert len(more) == len(few) <= 60


def test_the_first_page_counts_by_state(world, report, login) -> None:
    text = login(world.reviewer).get(reverse("admin:index")).text
    assert f"{URL}?state=submitted&amp;year=2023" in text
    assert "年度" not in text, "a reviewer has nothing to do with the configuration"
