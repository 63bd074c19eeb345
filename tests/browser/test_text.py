"""说明文字 in the browser: from a figure to its field, and back to what it says now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from budgets.models import Report
from tests.browser.walk import EntryDesk, signed_in


def test_from_a_sentence_to_its_field_and_back(
    live_server: Any, draft: Report, new_context: Callable[..., BrowserContext]
) -> None:
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{draft.pk}/text/")
    posts = page.locator("article.narrative .sentence", has_text="共有编制")
    expect(posts).to_contain_text("事业编制51人")
    posts.get_by_role("link", name="51").last.click()
    authorised = page.locator("#f-staffing-institution-authorised")
    expect(authorised).to_be_focused()
    page.wait_for_load_state()
    authorised.fill("52")
    EntryDesk(page).save()
    expect(page.locator("#told")).to_contain_text("事业编制52人")
    page.go_back()
    expect(posts).to_contain_text("事业编制52人")
