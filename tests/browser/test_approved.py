"""A project is withheld by a correction: what the approver is shown is published, and the old revision is withdrawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from budgets.actions.correct import correct
from tests.browser.walk import look, sign_in
from tests.project_years import project
from tests.small_year import SmallYear, small_year

SECRET, KEY = "专班联络保障经费", "0f8fad5bd9cb469fa16570867728950e"
PAGE = "/2023/112001/budget/"
WIDTHS = (1440, 390)


@pytest.fixture
def year(live_server: Any) -> SmallYear:
    """Published with everything, then corrected so that one project is withheld, and reviewed."""
    made = small_year(project("a", "500000.00", name="日常业务"), project(KEY, "7919113.37", name=SECRET))
    made.to_published(made.budget)
    correct(made.budget.pk, made.world.approver, made.current(made.budget).changes, f"{SECRET}改为不予公开")
    made.budget.applications.filter(name=SECRET).update(disclosure="withheld")
    made.submit(made.budget)
    made.pass_review(made.budget)
    return made


def fits(page: Page) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide at {width}"
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def test_what_is_shown_is_published_and_what_it_replaces_is_withdrawn(
    live_server: Any, year: SmallYear, new_context: Callable[..., BrowserContext]
) -> None:
    site, number = live_server.url, year.budget.pk
    admin = f"{site}/admin/budgets/report/{number}"
    approver = sign_in(new_context().new_page(), site, "approver", "/admin/")

    approver.goto(f"{admin}/change/?tab=tables")
    expect(approver.get_by_text("现在公开就是这些，逐字相同")).to_be_visible()
    expect(approver.locator(".review-papers")).not_to_contain_text(SECRET)
    expect(approver.get_by_role("note")).to_contain_text("2023 年部门预算第 1 版")
    fits(approver)
    look(approver, "approved-tables")
    approver.get_by_role("link", name="看含不予公开项目的完整内容").click()
    expect(approver.locator(".review-papers")).to_contain_text("不公开的完整内容")

    approver.goto(f"{admin}/verb/approve/")
    expect(approver.get_by_text(re.compile("2[0-9]* 张公开表|1[0-9] 张公开表"))).to_be_visible()
    fits(approver)
    look(approver, "approved-approve")
    approver.get_by_label("批复文号").fill("东财预〔2023〕12 号")
    approver.get_by_role("button", name="确认批复").click()
    expect(approver.get_by_role("alert")).to_contain_text("请改写")
    approver.get_by_label("更正原因").fill("一个项目改为不予公开")
    approver.get_by_role("button", name="确认批复").click()
    expect(approver.get_by_text("已批复").first).to_be_visible()

    submitter = sign_in(new_context().new_page(), site, "submitter")
    submitter.goto(f"{site}/entry/{number}/preview/")
    expect(submitter.get_by_text("这是批复的内容，公开的就是它")).to_be_visible()
    fits(submitter)
    shown = submitter.locator("table.sheet").all_inner_texts()
    submitter.goto(f"{site}/entry/{number}/publish/")
    expect(submitter.get_by_text("一个项目改为不予公开")).to_be_visible()
    fits(submitter)
    submitter.get_by_role("button", name="确认公开").dblclick()
    submitter.wait_for_url(f"{site}/entry/{number}/")
    expect(submitter.get_by_text("2023 年部门预算已公开")).to_be_visible()

    citizen = new_context().new_page()
    citizen.goto(f"{site}{PAGE}")
    assert citizen.locator("table.sheet").all_inner_texts() == shown
    assert SECRET not in citizen.content() and KEY not in citizen.content()
    fits(citizen)
    look(citizen, "approved-public")
    citizen.goto(f"{site}{PAGE}1/")
    expect(citizen.locator("body")).to_contain_text(SECRET)

    approver.goto(f"{admin}/publications/")
    fits(approver)
    approver.get_by_role("link", name="撤下这一版").last.click()
    fits(approver)
    approver.get_by_label("撤下理由").fill("写有不予公开的项目")
    approver.get_by_role("button", name="确认撤下").click()
    expect(approver.get_by_text("第 1 版已撤下")).to_be_visible()
    look(approver, "approved-publications")

    citizen.reload()
    expect(citizen.get_by_text("由财政部门撤下")).to_be_visible()
    assert SECRET not in citizen.content()
    fits(citizen)
    citizen.get_by_role("link", name="查看现行有效的版本").click()
    citizen.wait_for_url(f"{site}{PAGE}")
