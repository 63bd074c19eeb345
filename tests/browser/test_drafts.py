"""What was typed outlives the page: a window that is closed, and a login that ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from budgets.domain.choices import Role, Status
from budgets.models import Draft, Report
from tests.browser.walk import EntryDesk, signed_in
from tests.factories import person
from tests.samples import adopt_sample

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def report(live_server: Any) -> Report:
    draft = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=draft.department)
    person("fuze", Role.SUBMITTER, department=draft.department)
    return draft


def test_typed_and_never_saved(live_server: Any, report: Report, new_context: Contexts) -> None:
    place = f"{live_server.url}/entry/{report.pk}/projects/general-affairs/"

    def at_project(name: str) -> EntryDesk:
        page = signed_in(new_context(), live_server.url, name)
        page.goto(place)
        return EntryDesk(page)

    first = at_project("jingban")
    state = first.page.locator(".draft-state")
    first.table("activities").fill(0, amount="二十五万", basis="按合同")
    expect(state).to_contain_text("草稿已存")
    first.page.context.clear_cookies()
    first.table("activities").fill(0, basis="按合同约定")
    expect(state).to_contain_text("登录已过期")
    first.page.context.close()

    second = at_project("fuze")
    expect(second.page.get_by_text("还在填写这一部分")).to_be_visible()
    expect(second.page.get_by_role("link", name="接着填写")).to_have_count(0)

    again = at_project("jingban")
    again.page.get_by_role("link", name="接着填写").click()
    expect(again.page.get_by_text("还没有保存。核对后点")).to_be_visible()
    lines = again.table("activities")
    expect(lines.control(0, "amount")).to_have_value("二十五万")
    expect(lines.control(0, "basis")).to_have_value("按合同")
    lines.fill(0, amount="25")
    again.save()
    expect(again.page.locator("#draft")).to_have_count(0)
    assert not Draft.objects.exists()
