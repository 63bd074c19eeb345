"""用 Excel 填报 by hand: impatient clicks write once, a slow answer is told, and what was written is undone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from budgets.actions.keep_upload import keep_upload
from budgets.models import LineItem, Report, Transition, Upload
from tests.browser.walk import look, signed_in
from tests.budgets.workbook.files import own_table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def page(live_server: Any, draft: Report, new_context: Callable[..., BrowserContext]) -> Page:
    """The page with a table of the department's own that is chosen and not yet sent."""
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{draft.pk}/fill/")
    content = own_table(("安全检测", "30227", 15000), ("印刷", "30202", 800))
    page.get_by_label("填好的工作簿").set_input_files(
        {"name": "测算.xlsx", "mimeType": XLSX, "buffer": content}
    )
    return page


def rows() -> int:
    return LineItem.objects.filter(activity__name__in=["安全检测", "印刷"]).count()


def upload(page: Page) -> None:
    page.get_by_role("button", name="上传并查看改动").click()
    expect(page.get_by_role("button", name="确认写入")).to_be_visible()


def test_clicked_twice_it_is_written_once_and_undone_whole(page: Page) -> None:
    upload(page)
    look(page, "upload-preview")
    assert rows() == 0
    page.get_by_role("button", name="确认写入").dblclick()
    expect(page.get_by_role("status").first).to_contain_text("已导入工作簿")
    look(page, "upload-written")
    assert rows() == 2
    assert Transition.objects.filter(verb="import").count() == 1

    page.get_by_role("button", name="撤销这次导入").dblclick()
    expect(page.get_by_role("status").first).to_contain_text("已撤销")
    assert rows() == 0
    page.get_by_role("link", name="回到用 Excel 填报").click()
    expect(page.get_by_role("listitem").filter(has_text="测算.xlsx")).to_contain_text("已撤销")
    look(page, "uploads")


def test_without_scripts_two_clicks_write_once(
    live_server: Any, page: Page, new_context: Callable[..., BrowserContext]
) -> None:
    upload(page)
    plain = signed_in(new_context(java_script_enabled=False), live_server.url, "jingban")
    plain.goto(page.url)
    plain.get_by_role("button", name="确认写入").dblclick()
    expect(plain.get_by_role("heading", name="写入的部分")).to_be_visible()
    assert rows() == 2
    page.get_by_role("button", name="确认写入").click()
    expect(page.get_by_role("status").first).to_contain_text("没有再写一遍")
    assert rows() == 2


NOTE = """() => {
  const form = document.querySelector("form[data-waiting]");
  new MutationObserver(() => {
    sessionStorage.said = document.querySelector("[role=status]").textContent;
    sessionStorage.rests = form.querySelector("button").disabled;
    form.requestSubmit();
  }).observe(form.parentElement, { childList: true });
}"""
"""Playwright waits for the answer with whatever it is asked meanwhile, so the page notes what it says."""


def test_a_slow_answer_is_told_and_the_form_is_sent_once(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[float] = []

    def slow(*args: Any) -> Upload:
        begun.append(time.monotonic())
        time.sleep(4)
        return keep_upload(*args)

    monkeypatch.setattr("budgets.views.entry.workbook.keep_upload", slow)
    page.evaluate(NOTE)
    upload(page)
    assert page.evaluate("sessionStorage.said") == "正在读取工作簿，已 2 秒"
    assert page.evaluate("sessionStorage.rests") == "true"
    assert len(begun) == 1
    page.go_back()
    expect(page.get_by_role("button", name="上传并查看改动")).to_be_enabled()
