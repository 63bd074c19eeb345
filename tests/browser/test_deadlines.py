"""A deadline has passed: the department is told, the bureau extends, the department submits. And a year is opened."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from budgets.domain.choices import Status
from budgets.models import FiscalYear, Report
from tests.browser.walk import look, sign_in
from tests.explanations import explain_all
from tests.sample_world import SampleWorld, make_sample_world

WIDTHS = (1440, 390)


def days_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def place(live_server: Any) -> SampleWorld:
    """A report that could be submitted, had its deadline not passed."""
    made = make_sample_world()
    explain_all(made.report, made.submitter)
    FiscalYear.objects.filter(pk=made.year.pk).update(budget_deadline=days_from_now(-2))
    return made


def fits(page: Page, name: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide at {width}"
        look(page, f"{name}-{width}")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_the_bureau_extends_and_the_department_submits(
    live_server: Any, place: SampleWorld, new_context: Callable[..., BrowserContext]
) -> None:
    site, until = live_server.url, days_from_now(5)
    department = sign_in(new_context().new_page(), site, "submitter")
    expect(department.get_by_text("现在不能报送。")).to_be_visible()
    fits(department, "deadlines-home")
    department.goto(f"{site}/entry/{place.report.pk}/check/")
    expect(department.get_by_text("现在不能报送。")).to_be_visible()
    expect(department.get_by_role("button", name="报送", exact=True)).to_be_disabled()
    expect(department.locator("#blocked")).to_contain_text("请联系东西湖区财政局的管理员办理")
    fits(department, "deadlines-check")

    bureau = sign_in(new_context().new_page(), site, "administrator", "/admin/")
    bureau.goto(f"{site}/admin/budgets/report/board/")
    row = bureau.get_by_role("row", name="112001")
    expect(row).to_contain_text("超期 2 天未报送")
    row.get_by_role("link", name="延期").click()
    bureau.get_by_label("延期至").fill(days_from_now(-2).isoformat())
    bureau.get_by_label("理由").fill("系统故障")
    bureau.get_by_role("button", name="保存", exact=True).click()
    expect(bureau.get_by_text(f"要晚于原来的报送截止 {days_from_now(-2)}")).to_be_visible()
    fits(bureau, "deadlines-refused")
    bureau.get_by_label("延期至").fill(until.isoformat())
    bureau.get_by_role("button", name="保存", exact=True).click()
    expect(bureau.get_by_role("row", name="企业和人才服务中心")).to_contain_text("系统故障")
    fits(bureau, "deadlines-extensions")
    bureau.goto(f"{site}/admin/budgets/report/board/")
    expect(row).to_contain_text(f"已延期至 {until}，还有 5 天")
    fits(bureau, "deadlines-board")

    department.goto(f"{site}/entry/")
    expect(department.get_by_text(f"报送截止延期至 {until}")).to_be_visible()
    expect(department.get_by_text(f"{until}（已延期），还有 5 天")).to_be_visible()
    fits(department, "deadlines-extended")
    department.goto(f"{site}/entry/{place.report.pk}/check/")
    department.get_by_role("button", name="报送", exact=True).click()
    expect(department.get_by_text("2023 年部门预算已报送")).to_be_visible()
    assert Report.objects.get(pk=place.report.pk).status == Status.SUBMITTED


def test_a_year_is_closed_until_the_bureau_opens_it(
    live_server: Any, place: SampleWorld, new_context: Callable[..., BrowserContext]
) -> None:
    site = live_server.url
    FiscalYear.objects.filter(pk=place.year.pk).update(budget_open=False)
    department = sign_in(new_context().new_page(), site, "sister")
    expect(department.get_by_text("财政部门开放年度后")).to_be_visible()
    expect(department.get_by_role("button", name="开始 2023 年部门预算")).to_have_count(0)

    bureau = sign_in(new_context().new_page(), site, "administrator", "/admin/")
    bureau.goto(f"{site}/admin/budgets/fiscalyear/{place.year.pk}/change/")
    bureau.get_by_label("预算开放").check()
    fits(bureau, "deadlines-year")
    bureau.get_by_role("button", name="保存", exact=True).click()
    expect(bureau.get_by_role("row", name="2023 东西湖区")).to_contain_text("预算")

    department.reload()
    expect(department.get_by_text("可以建立和填写，不能报送")).to_be_visible()
    department.get_by_role("button", name="开始 2023 年部门预算").click()
    expect(department.get_by_text("现在不能报送。")).to_be_visible()
