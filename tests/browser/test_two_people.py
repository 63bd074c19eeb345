"""Two people at one section: what fits is merged, what does not is shown to the second with both values.

And one without scripts, for whom every button is a post.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from budgets.domain.choices import Role, Status
from budgets.models import Report
from tests.browser.walk import EntryDesk, signed_in
from tests.factories import person
from tests.samples import adopt_sample

Contexts = Callable[..., BrowserContext]


@pytest.fixture
def report(live_server: Any) -> Report:
    """The sample as a draft, with an officer and a submitter."""
    draft = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=draft.department)
    person("fuze", Role.SUBMITTER, department=draft.department)
    return draft


def at(contexts: Contexts, site: str, name: str, place: str, **options: Any) -> EntryDesk:
    page = signed_in(contexts(**options), site, name)
    page.goto(f"{site}{place}")
    return EntryDesk(page)


def test_two_save_one_section(live_server: Any, report: Report, new_context: Contexts) -> None:
    place = f"/entry/{report.pk}/basics/"
    first = at(new_context, live_server.url, "jingban", place)
    second = at(new_context, live_server.url, "fuze", place)

    first.fill("basics", phone="027-1111-1111")
    first.table("duties").fill(0, text="宣传政策")
    first.save()
    second.fill("basics", address="长青街 8 号")
    second.table("duties").fill(1, text="联系企业")
    second.save()
    expect(second.page.get_by_role("status").first).to_contain_text("合并了他人刚才的修改")
    expect(second.page.locator("#f-basics-phone")).to_have_value("027-1111-1111")
    expect(second.page.locator("#f-basics-address")).to_have_value("长青街 8 号")
    assert second.table("duties").values("text")[:2] == ["宣传政策", "联系企业"]

    first.fill("basics", phone="027-2222-2222", postcode="430041")
    second.fill("basics", phone="027-3333-3333")
    second.save()
    first.press_save()
    expect(first.page.get_by_role("alert")).to_contain_text("没有保存")
    phone = first.page.get_by_role("cell").filter(has=first.page.locator("#f-basics-phone"))
    expect(phone).to_contain_text("对方改为：027-3333-3333")
    expect(phone).to_contain_text("您填写：027-2222-2222")
    expect(first.page.locator("#f-basics-phone")).to_have_value("027-2222-2222")
    expect(first.page.locator("#f-basics-postcode")).to_have_value("430041")

    first.save()
    second.page.reload()
    expect(second.page.locator("#f-basics-phone")).to_have_value("027-2222-2222")
    expect(second.page.locator("#f-basics-postcode")).to_have_value("430041")


def test_rows_that_one_moved_stay_moved_in_the_page_of_the_other(
    live_server: Any, report: Report, new_context: Contexts
) -> None:
    place = f"/entry/{report.pk}/basics/"
    first = at(new_context, live_server.url, "jingban", place)
    was = first.table("duties").values("text")
    moved = [was[1], was[0], *was[2:]]
    second = at(new_context, live_server.url, "fuze", place)
    first.table("duties").command(1, "up")
    first.save()
    for address in ("长青街 8 号", "长青街 9 号"):
        second.fill("basics", address=address)
        second.save()
        assert second.table("duties").values("text") == moved
    first.page.reload()
    assert first.table("duties").values("text") == moved


def test_without_scripts(live_server: Any, report: Report, new_context: Contexts) -> None:
    place = f"/entry/{report.pk}/expenditure/"
    desk = at(new_context, live_server.url, "jingban", place, java_script_enabled=False)
    table = desk.table("expenditure")
    filled = len(table.values("amount"))
    blank = table.rows.count() - filled
    assert blank > 0

    row = filled
    for amount in ("1.25", "2.50", "3.75"):
        if row == table.rows.count():
            table.add()
        table.control(row, "economic").fill("30201")
        table.control(row, "function").fill("2010350")
        table.control(row, "amount").fill(amount)
        row += 1
    table.command(row - 1, "duplicate")
    expect(table.control(row, "amount")).to_have_value("3.75")
    table.command(row, "delete")
    table.control(row - 3, "economic").fill("没有这样的科目")
    desk.press_save()
    expect(desk.page.get_by_role("alert")).to_contain_text("没有名称为“没有这样的科目”的科目")
    assert table.values("amount")[-3:] == ["1.25", "2.50", "3.75"]

    table.control(row - 3, "economic").fill("办公费")
    desk.save()
    assert table.values("amount")[-3:] == ["1.25", "2.50", "3.75"]
    expect(table.control(row - 3, "economic")).to_have_value("30201-办公费")
    assert len(table.values("amount")) == filled + 3
