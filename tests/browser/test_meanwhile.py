"""Saving in place while other things go on: what `test_promise` found, each in the fewest steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from budgets.choices import Role, Status
from tests.browser.walk import EntryDesk, sign_in
from tests.factories import person
from tests.samples import adopt_sample


@pytest.fixture
def page(live_server: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The basics of a draft."""
    report = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=report.department)
    page = sign_in(new_context().new_page(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{report.pk}/basics/")
    return page


def test_a_range_pasted_while_a_save_is_under_way_is_filled_in_after_it(page: Page) -> None:
    held: list[Route] = []
    page.route("**/basics/", lambda route: route.continue_() if held else held.append(route))
    desk = EntryDesk(page)
    tasks = desk.table("tasks")
    desk.fill("basics", phone="027-1111")
    page.keyboard.press("Control+s")
    expect(page.locator("#section-form[aria-busy]")).to_be_attached()
    tasks.paste(0, "title", "甲\r\n乙\r\n")
    held[0].continue_()
    expect(tasks.control(1, "title")).to_have_value("乙")
    expect(tasks.control(0, "title")).to_have_value("甲")
    expect(page.locator("#f-basics-phone")).to_have_value("027-1111")
    expect(page.locator(".said")).to_contain_text("填入 2 行，还没有保存")
    desk.save()
    assert tasks.values("title")[:2] == ["甲", "乙"]


def test_another_form_of_the_page_goes_through_after_a_login_in_another_window(
    live_server: Any, page: Page
) -> None:
    page.context.clear_cookies()
    other = sign_in(page.context.new_page(), live_server.url, "jingban")
    other.close()
    page.get_by_role("button", name="元", exact=True).click()
    expect(page.locator("#section-form")).to_be_attached()
    expect(page.get_by_role("button", name="元", exact=True)).to_have_attribute("aria-pressed", "true")


def test_undoing_a_paste_takes_back_what_it_filled_and_nothing_else(page: Page) -> None:
    tasks = EntryDesk(page).table("tasks")
    before = tasks.values("title")
    tasks.control(0, "title").click()
    page.keyboard.type("没有保存的")
    page.keyboard.press("Tab")
    tasks.paste(4, "title", "甲\r\n乙\r\n")
    expect(page.locator(".said")).to_contain_text("填入 2 行")
    page.keyboard.press("Control+z")
    assert tasks.values("title") == ["没有保存的", *before[1:]]
    page.keyboard.press("Control+y")
    assert tasks.values("title") == ["没有保存的", *before[1:4], "甲", "乙", *before[6:]]
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert tasks.values("title") == before


def test_a_row_moved_while_a_save_is_under_way_can_be_moved_back(page: Page) -> None:
    held: list[Route] = []
    page.route("**/basics/", lambda route: route.continue_() if held else held.append(route))
    desk = EntryDesk(page)
    tasks = desk.table("tasks")
    before = tasks.values("title")
    tasks.fill(1, text="改过的")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+s")
    expect(page.locator("#section-form[aria-busy]")).to_be_attached()
    tasks.command(2, "up")
    held[0].continue_()
    expect(page.locator(".said")).to_contain_text("之后又有改动")
    assert tasks.values("title") == [before[0], before[2], before[1], *before[3:]]
    page.keyboard.press("Control+z")
    assert tasks.values("title") == before
    assert tasks.values("text")[1] == "改过的"
