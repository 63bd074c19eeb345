"""Final accounts through the real pages: opened from the year's budget, filled in, seen in the preview."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from budgets.domain.choices import Role, Status
from budgets.models import Report
from tests.browser.walk import EntryDesk, look, sign_in
from tests.factories import person
from tests.samples import adopt_sample

PROJECT = "综合业务"
KEY = "general-affairs"
ACTUAL = "8.25"
"""万元, of an activity of the project."""


@pytest.fixture
def budget(live_server: Any) -> Report:
    """A budget that stands, in a year that takes final accounts, with an officer."""
    report = adopt_sample(status=Status.ARCHIVED)
    year = report.fiscal_year
    year.final_profile, year.final_open = "dongxihu_final_2024", True
    year.save(update_fields=["final_profile", "final_open"])
    person("jingban", Role.PREPARER, department=report.department)
    return report


def test_from_the_budget_to_the_preview(
    live_server: Any, budget: Report, new_context: Callable[..., BrowserContext]
) -> None:
    page = sign_in(new_context().new_page(), live_server.url, "jingban")
    page.get_by_role("button", name=f"{budget.year} 年部门决算").click()
    expect(page).to_have_title(re.compile(f"^概览 · {budget.year} 年部门决算"))
    desk = EntryDesk(page)
    enter_project(desk)
    explain(desk)
    read_preview(page)


def enter_project(desk: EntryDesk) -> None:
    """What an activity cost, and how far an indicator was reached: its score is proposed."""
    desk.open(PROJECT)
    amount = desk.page.locator("[id^=f-lines-][id$=-amount]").first
    expect(amount).to_have_value("0.00")
    expect(desk.page.locator("[id^=f-lines-][id$=-adjusted]").first).not_to_have_value("")
    amount.fill(ACTUAL)
    desk.fill(f"results-{KEY}-a06", weight="3.5", actual="241天")
    proposed = desk.page.locator(f'[data-key="E02.{KEY}/indicator.{KEY}-a06/proposed"]')
    expect(proposed).to_have_text("3.5")
    desk.fill("evaluation", causes="委托设计少于年初计划。", measures="按需编制预算。")
    look(desk.page, "final-project")
    desk.save()
    expect(amount).to_have_value(ACTUAL)


def explain(desk: EntryDesk) -> None:
    """A finding of the check page leads to the reason that it asks for."""
    page = desk.page
    page.get_by_role("link", name="校验与报送").first.click()
    finding = page.get_by_role("listitem").filter(has_text=f"决算 {ACTUAL} 万元")
    finding.get_by_role("link", name="去修改").click()
    reason = page.locator("[id^='f-explanations-completion.']:focus")
    expect(reason).to_be_visible()
    reason.fill("宣传设计多由本单位自行完成。")
    look(page, "final-reasons")
    desk.save()
    page.get_by_role("link", name="校验与报送").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("校验与报送")
    expect(finding).to_have_count(0)


def read_preview(page: Page) -> None:
    """What was typed is spent in 公开01 and evaluated in the project's form."""
    page.get_by_role("link", name="预览公开表").click()
    totals = page.locator("#sheet-F01 [data-row], #sheet-F01 tr").filter(has_text="本年支出合计")
    expect(totals).to_contain_text(ACTUAL)
    form = page.locator(f"#sheet-E02-{KEY}")
    expect(form).to_contain_text("项目绩效自评表")
    expect(form.get_by_role("row").filter(has_text="241天")).to_contain_text("3.5")
    look(page, "final-preview")
