"""A range copied in a spreadsheet and pasted into a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, expect

from budgets.choices import Role, Status
from tests.browser.walk import EntryDesk, sign_in
from tests.factories import person
from tests.samples import adopt_sample


def test_a_range_fills_the_cells_from_there_on(
    live_server: Any, new_context: Callable[..., BrowserContext]
) -> None:
    report = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=report.department)
    page = sign_in(new_context().new_page(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{report.pk}/projects/general-affairs/")
    desk = EntryDesk(page)
    lines = desk.table("activities")
    before = lines.values("name")
    last = lines.rows.count() - 1
    while not lines.control(last, "name").input_value():
        last -= 1
    copied = '"安全\r\n检测"\t每季一次\t2010399\t委托业务费\r\n12" 显示器\t更换\t2010399\t30201\r\n甲\t\t\t\r\n乙\t\t\t\r\n'
    lines.paste(last + 1, "name", copied)
    expect(lines.control(last + 2, "name")).to_have_value('12" 显示器')
    assert lines.values("name") == [*before, "安全\n检测", '12" 显示器', "甲", "乙"]
    lines.paste(last + 1, "amount", "1,250.50\r\n２\r\n3\r\n4\r\n")
    expect(lines.control(last + 4, "amount")).to_have_value("4")
    for row in (last + 3, last + 4):
        lines.fill(row, economic="30201")
    desk.save()
    expect(lines.control(last + 1, "economic")).to_have_value("30227-委托业务费")
    expect(lines.control(last + 1, "amount")).to_have_value("1250.50")
    expect(lines.control(last + 2, "amount")).to_have_value("2.00")
