"""全区进度: where every department of a year stands, and who is late."""

from __future__ import annotations

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from budgets.actions import comments
from budgets.domain.choices import Status
from budgets.models import Department, FiscalYear
from tests.factories import World, make_report

from .conftest import put
from .test_queue import many

URL = reverse("admin:budgets_report_board")
WORKBOOK = reverse("admin:budgets_report_board_workbook")
BUDGET_2023 = {"year": 2023, "kind": "budget"}


def days_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def due(year: int, days: int) -> None:
    FiscalYear.objects.filter(year=year).update(budget_deadline=days_from_now(days))


def rows(page) -> dict[str, object]:
    return {row.code: row for row in page.context["rows"]}


def test_every_department_of_the_district_is_on_it_and_no_other(world, report, login) -> None:
    comments.add(report, world.reviewer, "income", "请核对")
    page = login(world.reviewer).get(URL, BUDGET_2023)
    found = rows(page)
    assert list(found) == ["112001", "112002"]
    assert (found["112001"].state, found["112002"].state) == ("已报送", "未建立")
    assert found["112001"].open_threads == 1
    assert "3,073.53" in page.text and "未建立" in page.text and "344001" not in page.text
    assert reverse("admin:budgets_report_change", args=[report.pk]) in page.text


def test_what_a_department_has_not_submitted_shows_its_state_alone(world, report, login) -> None:
    put(report, Status.DRAFT, submitted_by=None, submitted_at=None)
    page = login(world.reviewer).get(URL, BUDGET_2023)
    row = rows(page)["112001"]
    assert row.state == "编制中" and row.total is None and not row.is_checked
    assert "3,073.53" not in page.text
    assert reverse("admin:budgets_report_change", args=[report.pk]) not in page.text


def test_who_has_not_submitted_in_time_is_late(world, report, login) -> None:
    due(2023, -3)
    client = login(world.reviewer)
    found = rows(client.get(URL, BUDGET_2023))
    assert found["112001"].lateness == "" and found["112001"].days_left is None
    assert found["112002"].lateness == "超期 3 天未报送"
    put(report, Status.RETURNED)
    assert rows(client.get(URL, BUDGET_2023))["112001"].lateness == "超期 3 天未报送"
    due(2023, 2)
    page = client.get(URL, BUDGET_2023)
    assert rows(page)["112002"].lateness == "" and "还有 2 天" in page.text


def test_who_has_not_published_in_twenty_days_is_late(world, report, login) -> None:
    client = login(world.reviewer)
    put(report, Status.APPROVED, approval_number="1号", approval_date=days_from_now(-20))
    assert rows(client.get(URL, BUDGET_2023))["112001"].lateness == ""
    put(report, Status.APPROVED, approval_date=days_from_now(-21))
    page = client.get(URL, BUDGET_2023)
    assert rows(page)["112001"].lateness == "超期 1 天未公开"
    assert list(rows(client.get(URL, {**BUDGET_2023, "state": "late"}))) == ["112001"]


def test_states_count_and_choose(world, report, login) -> None:
    client = login(world.reviewer)
    page = client.get(URL, {**BUDGET_2023, "state": "missing"})
    assert list(rows(page)) == ["112002"]
    assert {state["title"]: state["count"] for state in page.context["states"]} == {
        "全部": 2,
        "未建立": 1,
        "已报送": 1,
    }


@pytest.mark.parametrize("column", ["department", "state", "deadline", "total", "change", "findings", "late"])
def test_it_sorts_by_every_column_both_ways(world, report, login, column) -> None:
    client = login(world.reviewer)
    page = client.get(URL, {**BUDGET_2023, "sort": column})
    assert 'aria-sort="ascending"' in page.text
    up = list(rows(page))
    down = list(rows(client.get(URL, {**BUDGET_2023, "sort": f"-{column}"})))
    assert sorted(up) == sorted(down) == ["112001", "112002"]
    if column == "department":
        assert down == up[::-1]
    if column == "total":
        assert up == down == ["112001", "112002"], "what is not known stands last in both"


def test_years_and_kinds_of_ones_own_districts_only(world, report, login) -> None:
    client = login(world.reviewer)
    page = client.get(URL)
    assert "东西湖区 2024 年部门预算" in page.text
    assert "year=2023" in page.text
    for query in ({"district": "420106"}, {"year": 1999}, {"kind": "final"}, {"kind": "x"}, {"sort": "x"}):
        assert client.get(URL, query).status_code == 404
    assert "112001" not in login(world.foreign_reviewer).get(URL).text


def test_a_bureau_without_years_is_told_so(world, login) -> None:
    FiscalYear.objects.all().delete()
    assert "还没有设置年度" in login(world.reviewer).get(URL).text
    assert login(world.reviewer).get(WORKBOOK).status_code == 404


def test_the_workbook_has_the_rows_and_no_formula(world, report, login) -> None:
    Department.objects.filter(code="112002").update(name="=1+1")
    answer = login(world.reviewer).get(WORKBOOK, BUDGET_2023)
    sheet = load_workbook(io.BytesIO(answer.content))["编报进度"]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [own] = [row for row in values if "112001" in row]
    assert own[2] == "已报送" and own[5] == pytest.approx(3073.53)
    [other] = [cell for row in sheet.iter_rows() for cell in row if cell.value and "1+1" in str(cell.value)]
    assert other.data_type == "s"
    assert "board.xlsx" in answer["Content-Disposition"]


def test_queries_do_not_grow_with_departments(world: World, login) -> None:
    client = login(world.approver)
    many(world, 3)
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    many(world, 6)
    make_report(world, Status.DRAFT)
    with CaptureQueriesContext(connection) as more:
        page = client.get(URL)
    assert len(rows(page)) == 11
    assert len(more) == len(few) <= 60


def test_the_board_is_in_the_contents(world, login) -> None:
    text = login(world.reviewer).get(reverse("admin:index")).text
    assert URL in text and reverse("admin:budgets_report_rollup") in text
