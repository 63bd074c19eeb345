"""Cells as in a spreadsheet: what a click, a key and a paste do to one, by pointer and keyboard alike."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from budgets.models import Post, Report
from tests.browser.walk import EntryDesk, SubTable

PROJECT = "general-affairs"


@pytest.fixture
def page(project_page: Page) -> Page:
    return project_page


@pytest.fixture
def report(draft: Report) -> Report:
    return draft


def lines_of(page: Page) -> SubTable:
    return EntryDesk(page).table("activities")


def click_at(control: Locator, share: float, count: int = 1) -> None:
    """Click into the control at a share of its width."""
    control.scroll_into_view_if_needed()
    box = control.bounding_box()
    assert box is not None
    control.click(position={"x": box["width"] * share, "y": 12}, click_count=count)


def selection(control: Locator) -> list[int]:
    return control.evaluate("control => [control.selectionStart, control.selectionEnd]")


@pytest.mark.parametrize("share", [0.95, 0.8, 0.05])
def test_the_first_click_selects_and_typing_replaces(page: Page, share: float) -> None:
    amount = lines_of(page).control(0, "amount")
    click_at(amount, share)
    page.keyboard.type("200")
    page.keyboard.press("Tab")
    expect(amount).to_have_value("200")
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_have_text("✓ 已保存")
    page.reload()
    expect(amount).to_have_value("200.00")


def test_a_click_into_a_cell_that_a_key_has_reached_selects_it_too(page: Page) -> None:
    """It is the first click there; what is typed does not stand before what was."""
    amount = lines_of(page).control(0, "amount")
    click_at(lines_of(page).control(0, "economic"), 0.5)
    while not amount.evaluate("control => control === document.activeElement"):
        page.keyboard.press("Tab")
    click_at(amount, 0.05)
    page.keyboard.type("200")
    page.keyboard.press("Tab")
    expect(amount).to_have_value("200")


@pytest.mark.parametrize("way", ["second click", "F2", "double click"])
def test_a_second_click_f2_and_a_double_click_edit(page: Page, way: str) -> None:
    amount = lines_of(page).control(0, "amount")
    was = amount.input_value()
    click_at(amount, 0.95, 2 if way == "double click" else 1)
    if way == "second click":
        page.wait_for_timeout(600)
        click_at(amount, 0.95)
    elif way == "F2":
        page.keyboard.press("F2")
    start, end = selection(amount)
    assert start == end
    page.keyboard.press("End")
    page.keyboard.type("1")
    expect(amount).to_have_value(f"{was}1")


def test_a_click_into_prose_puts_the_caret(page: Page) -> None:
    plan = page.locator("#f-application-plan")
    plan.click()
    start, end = selection(plan)
    assert start == end


def test_tab_selects_a_whole_cell_of_the_form(page: Page) -> None:
    page.locator("#f-application-authority").focus()
    page.keyboard.press("Tab")
    unit = page.locator("#f-application-executing_unit")
    expect(unit).to_be_focused()
    assert selection(unit) == [0, len(unit.input_value())]
    page.keyboard.type("办公室")
    expect(unit).to_have_value("办公室")


def test_a_list_cell_is_selected_chosen_by_letters_and_pasted_into(page: Page) -> None:
    lines = lines_of(page)
    fund = lines.control(0, "fund")
    expect(fund).to_have_value("general")
    click_at(fund, 0.1)
    expect(fund).to_be_focused()
    page.keyboard.press("z")
    expect(fund).to_have_value("government_fund")
    page.wait_for_timeout(1000)
    page.keyboard.type("syd")
    expect(fund).to_have_value("commercial")
    page.evaluate("navigator.clipboard.writeText('国有资本经营预算财政拨款')")
    page.keyboard.press("Control+v")
    expect(fund).to_have_value("state_capital")
    page.keyboard.press("Control+z")
    expect(fund).to_have_value("commercial")
    page.evaluate("navigator.clipboard.writeText('没有这样的资金')")
    page.keyboard.press("Control+v")
    expect(page.locator(".said")).to_contain_text("“没有这样的资金”不在可选的内容中")
    expect(fund).to_have_value("commercial")


def test_staffing_and_past_years_are_grids(page: Page, report: Report) -> None:
    press = page.keyboard.press
    history = EntryDesk(page).table("history")
    address = page.url
    history.control(0, "amount").click()
    press("ArrowDown")
    expect(history.control(1, "amount")).to_be_focused()
    press("ArrowLeft")
    expect(history.control(1, "measure")).to_be_focused()
    press("Enter")
    assert page.url == address

    page.goto(re.sub(r"projects/.*", "staffing/", address))
    posts = EntryDesk(page).table("staffing")
    click_at(posts.control(0, "authorised"), 0.9)
    page.keyboard.type("12")
    press("ArrowRight")
    page.keyboard.type("11")
    press("Enter")
    expect(posts.control(1, "filled")).to_be_focused()
    press("Shift+Enter")
    expect(posts.control(0, "filled")).to_be_focused()
    press("Control+s")
    expect(page.locator(".said")).to_have_text("✓ 已保存")
    stored = Post.objects.get(report=report, category="administrative")
    assert (stored.authorised, stored.filled) == (12, 11)


def test_an_amount_that_may_be_a_slip_is_asked_about_once(page: Page) -> None:
    lines = lines_of(page)
    amount, doubt = lines.control(0, "amount"), page.locator(".amount-doubt")

    def enter(text: str) -> None:
        amount.focus()
        page.keyboard.type(text)
        page.keyboard.press("Tab")

    enter("12.5")
    expect(doubt).to_have_count(0)
    enter("195.002")
    expect(doubt).to_contain_text("＝ 1,950,020 元")
    page.get_by_role("button", name="没有错").click()
    expect(doubt).to_have_count(0)
    enter("12.5")
    enter("195.002")
    expect(doubt).to_have_count(0)
    enter("98765")
    expect(doubt).to_contain_text("＝ 987,650,000 元，是本栏一般金额的 100 倍以上")
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_have_text("✓ 已保存")
    expect(doubt).to_contain_text("987,650,000 元")


def test_pasted_and_unchanged_amounts_are_not_asked_about(page: Page) -> None:
    lines = lines_of(page)
    for text in ("62.745", "62.745\n98765"):
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        lines.control(0, "amount").focus()
        page.keyboard.press("Control+v")
        expect(lines.control(0, "amount")).to_have_value("62.745")
        page.keyboard.press("Tab")
    page.keyboard.press("Control+s")
    expect(page.locator(".said")).to_have_text("✓ 已保存")
    lines.control(0, "amount").focus()
    page.keyboard.press("F2")
    page.keyboard.press("Tab")
    expect(page.locator(".amount-doubt")).to_have_count(0)


def test_what_is_said_of_a_cell_covers_no_subject_beside_it(page: Page) -> None:
    """A subject takes two lines; what is said of the amount is written across it, below both."""
    page.goto(page.url.split("/projects/")[0] + "/expenditure/")
    row = (
        page.locator("[data-row]").filter(has=page.locator('[name$="-economic"]', has_text="养老保险")).first
    )
    row.locator('[name$="-amount"]:not([type="hidden"])').fill("十几")
    page.get_by_role("button", name="保存", exact=True).click()
    said = row.locator(".field-error")
    expect(said).to_be_visible()
    subject, below = row.locator('[name$="-economic"]').bounding_box(), said.bounding_box()
    assert subject is not None and below is not None
    assert below["x"] < subject["x"] + subject["width"], "what is said lies across the subject"
    assert subject["y"] + subject["height"] <= below["y"] + 1
