"""Sub-tables under the keyboard, as a spreadsheet is used: nothing here touches the mouse but to begin."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from budgets.models import Report
from tests.browser.walk import EntryDesk, SubTable

PROJECT = "general-affairs"


@pytest.fixture
def page(project_page: Page) -> Page:
    return project_page


def amounts(lines: SubTable, count: int) -> list[str]:
    return [lines.control(row, "amount").input_value() for row in range(count)]


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_cells_are_reached_filled_cleared_and_undone_by_keys(page: Page) -> None:
    desk, press = EntryDesk(page), page.keyboard.press
    lines = desk.table("activities")
    was, total = amounts(lines, 4), lines.sum().inner_text()
    lines.control(0, "name").focus()
    for _ in range(3):
        press("ArrowRight")
    expect(lines.control(0, "economic")).to_be_focused()
    press("ArrowDown")
    expect(lines.control(1, "economic")).to_be_focused()

    # A letter replaces what the cell said, F2 goes on in it, Escape takes back.
    lines.control(1, "amount").focus()
    page.keyboard.type("7.5")
    expect(lines.sum()).not_to_have_text(total)
    press("Enter")
    expect(lines.control(2, "amount")).to_be_focused()
    press("F2")
    press("Backspace")
    assert amounts(lines, 3)[2] == was[2][:-1]
    press("Escape")
    assert amounts(lines, 4) == [was[0], "7.5", was[2], was[3]]
    press("Shift+Enter")
    press("Control+z")
    assert amounts(lines, 4) == was
    expect(lines.sum()).to_have_text(total)
    press("Control+y")
    assert amounts(lines, 4)[1] == "7.5"

    # A range: copied as Excel copies it, filled down, cleared, each one step.
    lines.control(0, "amount").focus()
    press("Shift+ArrowDown")
    press("Shift+ArrowDown")
    press("Control+c")
    assert copied(page).splitlines() == [was[0], "7.5", was[2]]
    press("Control+d")
    assert amounts(lines, 4) == [was[0], was[0], was[0], was[3]]
    press("Delete")
    assert amounts(lines, 4) == ["", "", "", was[3]]
    for expected in ([was[0]] * 3, [was[0], "7.5", was[2]], was[:3]):
        press("Control+z")
        assert amounts(lines, 3) == expected

    # Rows too: the one that Enter adds below the last.
    count = lines.rows.count()
    lines.control(count - 1, "name").focus()
    press("Enter")
    expect(lines.rows).to_have_count(count + 1)
    expect(lines.control(count, "name")).to_be_focused()
    press("Control+z")
    expect(lines.rows).to_have_count(count)

    # Tab goes on in the next row, over the row's buttons.
    lines.control(0, "remark").focus()
    press("Tab")
    expect(lines.control(1, "name")).to_be_focused()


def test_an_input_method_types_into_a_cell_that_was_reached_by_keys(page: Page) -> None:
    lines = EntryDesk(page).table("activities")
    was = lines.control(1, "name").input_value()
    lines.control(0, "name").focus()
    page.keyboard.press("ArrowDown")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "hui'yi", "selectionStart": 6, "selectionEnd": 6})
    keyboard.send("Input.insertText", {"text": "会议"})
    expect(lines.control(1, "name")).to_have_value("会议")
    page.keyboard.press("ArrowDown")
    expect(lines.control(2, "name")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(lines.control(1, "name")).to_have_value(was)


def test_a_long_table_is_laid_out_near_the_screen_and_saved_whole(page: Page) -> None:
    desk = EntryDesk(page)
    lines = desk.table("activities")
    before = lines.values("name")
    added = [f"活动 {number}" for number in range(1, 301)]
    text = "".join(f"{name}\t\t2010399\t30201\t\t\t1.5\n" for name in added)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    first = len(before)
    lines.control(first, "name").focus()
    page.keyboard.press("Control+v")
    expect(page.locator(".said")).to_contain_text("填入 300 行")
    assert lines.values("name") == [*before, *added]
    laid_out = page.locator('tbody[data-region="activities"] > [data-row]:not([hidden])')
    assert 20 < laid_out.count() < 250
    page.keyboard.press("Control+z")
    assert lines.values("name") == before
    page.keyboard.press("Control+y")
    lines.control(first, "amount").focus()
    for _ in range(40):
        page.keyboard.press("ArrowDown")
    expect(lines.control(first + 40, "amount")).to_be_focused()
    expect(lines.control(first + 40, "amount")).to_be_in_viewport()
    desk.save()
    report = int(re.search(r"/entry/(\d+)/", page.url)[1])
    activities = Report.objects.get(pk=report).applications.get(project__key=PROJECT).activities
    assert list(activities.order_by("position").values_list("name", flat=True))[-300:] == added
