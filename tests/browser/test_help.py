"""What a field asks for is shown by its mark, also without scripts, and by F1 in the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from budgets.domain.choices import Role, Status
from budgets.models import Report
from tests.browser.walk import signed_in
from tests.factories import person
from tests.samples import adopt_sample

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def report(live_server: Any) -> Report:
    found = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=found.department)
    return found


@pytest.mark.parametrize("scripts", [False, True])
def test_the_mark_shows_what_a_field_asks_for(
    live_server: Any, new_context: Contexts, report: Report, scripts: bool
) -> None:
    page = signed_in(new_context(java_script_enabled=scripts), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{report.pk}/projects/general-affairs/")
    text = page.get_by_text("其他运转类：不属于人员和公用经费")
    expect(text).to_be_hidden()
    page.get_by_role("button", name="“支出项目类别”怎样填").click()
    expect(text).to_be_visible()
    page.keyboard.press("Escape")
    expect(text).to_be_hidden()


def test_f1_shows_it_in_a_field_of_a_row_and_tab_passes_the_marks_by(
    live_server: Any, new_context: Contexts, report: Report
) -> None:
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{report.pk}/projects/general-affairs/")
    page.locator("#f-identity-code").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#f-application-authority")).to_be_focused()
    page.locator("[id^=f-indicators-][id$=-value]").first.click()
    shown = page.locator(".help-text").filter(has_text="至少达到的写 ≥", visible=True)
    page.keyboard.press("F1")
    expect(shown).to_have_count(1)
    page.keyboard.press("F1")
    expect(shown).to_have_count(0)
