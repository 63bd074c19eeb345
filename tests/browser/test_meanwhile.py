"""Saving in place while other things go on: what `test_promise` found, each in the fewest steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, expect

from budgets.actions.save_section import current_number, save_section
from budgets.domain.choices import Role, Status
from budgets.models import Report
from budgets.storage.loading import load_section
from tests.browser.walk import EntryDesk, sign_in, signed_in
from tests.factories import person
from tests.samples import adopt_sample


@pytest.fixture
def page(live_server: Any, new_context: Callable[..., BrowserContext]) -> Page:
    """The basics of a draft."""
    report = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=report.department)
    page = signed_in(new_context(), live_server.url, "jingban")
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


def test_an_answer_that_does_not_name_the_try_is_no_save(project_page: Page, draft: Report) -> None:
    """A login that ended in between leads to the page as well, and nothing was saved."""
    page, lines = project_page, EntryDesk(project_page).table("activities")
    here = page.url

    def lead_back(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=302, headers={"Location": here})
        else:
            route.continue_()

    page.route("**/projects/general-affairs/", lead_back)
    lines.control(0, "basis").click()
    page.keyboard.type("登录过期时填写")
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_contain_text("没有保存：登录已过期")
    expect(lines.control(0, "basis")).to_have_value("登录过期时填写")
    page.locator('[data-command="duplicate"]').first.click()
    page.get_by_role("button", name="常用指标").first.click()
    expect(page.locator(".said")).to_contain_text("没有完成：登录已过期")
    expect(lines.control(0, "basis")).to_have_value("登录过期时填写")
    page.unroute("**/projects/general-affairs/")
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_have_text("✓ 已保存")


def test_what_another_saved_is_shown_in_the_cell_that_one_stands_in(
    project_page: Page, draft: Report
) -> None:
    page, lines = project_page, EntryDesk(project_page).table("activities")
    key = "project:general-affairs"
    other = person("fuze", Role.SUBMITTER, department=draft.department)
    content = load_section(draft, key).content
    content["activities"]["activities"][2]["lines"][0]["amount"] = "196100.00"
    save_section(draft.pk, other, key, current_number(draft, key), content)
    lines.control(0, "basis").click()
    page.keyboard.type("按合同约定")
    amount = lines.control(2, "amount")
    amount.click()
    page.wait_for_timeout(600)
    amount.click()
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_contain_text("合并了他人刚才的修改")
    expect(amount).to_have_value("19.61")
    lines.control(1, "basis").click()
    page.keyboard.type("再改一处")
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_have_text("✓ 已保存")
    assert (
        load_section(draft, key).content["activities"]["activities"][2]["lines"][0]["amount"] == "196100.00"
    )


def test_a_report_that_was_submitted_meanwhile_is_said_to_be_and_what_was_typed_stays(
    project_page: Page, draft: Report
) -> None:
    page, lines = project_page, EntryDesk(project_page).table("activities")
    lines.control(0, "basis").click()
    page.keyboard.type("报送之后填写")
    submitter = person("fuze", Role.SUBMITTER, department=draft.department)
    Report.objects.filter(pk=draft.pk).update(
        status=Status.SUBMITTED, submitted_by=submitter, submitted_at=timezone.now()
    )
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_contain_text("没有保存：编报现在是“已报送”，不能修改")
    expect(lines.control(0, "basis")).to_have_value("报送之后填写")


def test_a_range_pasted_into_a_cell_that_is_typed_in_fills_that_cell_too(project_page: Page) -> None:
    page, lines = project_page, EntryDesk(project_page).table("activities")
    first = len(lines.values("name"))
    page.evaluate("navigator.clipboard.writeText('甲\\t内容\\n乙\\t内容\\n')")
    lines.control(first, "name").dblclick()
    page.keyboard.press("Control+v")
    expect(page.locator(".said")).to_contain_text("填入 2 行")
    assert lines.values("name")[first:] == ["甲", "乙"]


def test_letters_begin_anew_in_another_list(project_page: Page) -> None:
    page = project_page
    indicators = EntryDesk(page).table("annual_indicators")
    row = len(indicators.values("name"))
    indicators.control(row, "level1").focus()
    page.keyboard.type("c")
    page.keyboard.press("Tab")
    page.keyboard.type("sl")
    expect(indicators.control(row, "level2")).to_have_value("数量指标")


def test_an_indicator_of_a_goal_that_is_deleted_is_not_given_to_another(project_page: Page) -> None:
    page = project_page
    goals, indicators = (EntryDesk(page).table(name) for name in ("goals", "annual_indicators"))
    goal = indicators.control(0, "goal").input_value()
    at = goals.rows.evaluate_all("(rows, goal) => rows.findIndex((row) => row.dataset.key === goal)", goal)
    goals.command(at, "delete")
    expect(indicators.control(0, "goal")).to_have_value(goal)
    page.keyboard.press("Control+s")
    expect(page.locator("#outcome")).to_contain_text("没有保存")
    expect(indicators.control(0, "goal")).to_have_value(goal)


def test_a_save_asked_for_after_a_paste_has_the_paste(page: Page) -> None:
    """Both are asked for while an earlier save is under way: they follow in their order."""
    held: list[Route] = []
    page.route("**/basics/", lambda route: route.continue_() if held else held.append(route))
    desk = EntryDesk(page)
    tasks = desk.table("tasks")
    desk.fill("basics", phone="027-1111")
    page.keyboard.press("Control+s")
    expect(page.locator("#section-form[aria-busy]")).to_be_attached()
    tasks.paste(0, "title", "甲\r\n乙\r\n")
    page.keyboard.press("Control+s")
    desk.fill("basics", phone="027-2222")
    page.keyboard.press("Control+s")
    held[0].continue_()
    expect(page.locator(".said")).to_have_text("✓ 已保存")
    page.reload()
    assert tasks.values("title")[:2] == ["甲", "乙"]
    expect(page.locator("#f-basics-phone")).to_have_value("027-2222")


def test_a_row_that_was_taken_away_stays_so_in_the_other_unit(project_page: Page) -> None:
    """Struck through, in no sum, and passed over by what is pasted."""
    page = project_page
    rows = page.locator('tbody[data-region="activities"] > [data-row]')
    total = page.locator('[data-sum="activities.amount"]').first
    amounts = page.locator('tbody[data-region="activities"] > [data-row]:not(.is-deleted) [data-amount]')
    before = rows.count()
    rows.first.locator('[data-command="delete"]').click()
    expect(rows.first).to_have_class("is-deleted")
    kept = [
        float(value or 0)
        for value in amounts.evaluate_all("all => all.map(one => one.value.replaceAll(',', ''))")
    ]
    page.locator('.unit-switch button[aria-pressed="false"]').click()
    expect(page.locator('.unit-switch button[aria-pressed="true"]')).to_have_text("元")
    assert rows.count() == before
    expect(rows.first).to_have_class("is-deleted")
    expect(total).to_have_text(f"{sum(kept) * 10_000:,.2f}")
