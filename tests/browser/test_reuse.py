"""A project begun as a copy, and indicators taken over from what the district uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from budgets.domain.choices import Role, Status
from tests.browser.walk import EntryDesk, look, signed_in
from tests.factories import person
from tests.samples import adopt_sample


def test_a_copied_project_takes_a_common_indicator(
    live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    report = adopt_sample(status=Status.DRAFT)
    adopt_sample(year=2024, status=Status.ARCHIVED)
    person("jingban", Role.PREPARER, department=report.department)
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{report.pk}/projects/")
    page.get_by_role("link", name="复制 综合业务").click()
    expect(page.get_by_label("新项目的名称")).to_be_focused()
    page.get_by_label("新项目的名称").fill("综合业务二期")
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("综合业务二期")
    page.wait_for_load_state()

    desk = EntryDesk(page)
    annual = desk.table("annual_indicators")
    before = annual.values("name")
    page.locator("button[value='common-open:annual']").click()
    listed = page.get_by_role("region", name="常用指标")
    expect(listed.get_by_label("加入到")).to_be_focused()
    look(page, "common-indicators")
    listed.get_by_label("查找").fill("活动费用")
    expect(listed.locator("li:visible")).to_have_count(1)
    listed.get_by_label("查找").press("Enter")
    expect(listed).to_be_visible()
    listed.locator("li:visible input").check()
    listed.get_by_role("button", name="加入所选指标").click()
    expect(listed).to_have_count(0)
    expect(page.locator("tbody[data-region=annual_indicators] [data-row] :focus")).to_be_visible()
    added = annual.values("name")
    assert added[:-1] == before
    assert "活动费用" in added[-1]
    desk.save()
    assert annual.values("name") == added
