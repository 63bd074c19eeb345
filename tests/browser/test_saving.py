"""✓ 已保存 is true: what is typed while a save is under way, refused, lost or left is stored, kept or still there."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from budgets.audit import errors
from budgets.models import Draft, ProjectActivity, Report
from tests.browser.walk import EntryDesk, SubTable

PROJECT = "general-affairs"
PAGE = re.compile(rf"/projects/{PROJECT}/(\?.*)?$")
DRAFTS = re.compile(r"/drafts/")


@dataclass
class Line:
    """The line between a page and the server: posts of the section wait in ``held`` until they are let through."""

    page: Page
    held: list[Route] = field(default_factory=list)

    def hold(self) -> None:
        self.page.route(
            PAGE,
            lambda route: self.held.append(route) if route.request.method == "POST" else route.continue_(),
        )

    def wait(self) -> Route:
        """The post that is under way, once it is."""
        for _ in range(100):
            if self.held:
                return self.held.pop(0)
            self.page.wait_for_timeout(50)
        raise AssertionError("nothing was posted")

    def free(self) -> None:
        self.page.unroute(PAGE)


@pytest.fixture
def page(project_page: Page) -> Page:
    return project_page


@pytest.fixture
def report(draft: Report) -> Report:
    return draft


def lines_of(page: Page) -> SubTable:
    return EntryDesk(page).table("activities")


def said(page: Page) -> Locator:
    return page.locator(".save-bar .said")


def stored(report: Report) -> list[ProjectActivity]:
    return list(report.applications.get(project__key=PROJECT).activities.order_by("position"))


def type_into(control: Locator, text: str) -> None:
    control.click()
    control.page.keyboard.type(text)


@pytest.mark.parametrize("verb", ["add", "duplicate", "up", "down"])
def test_ctrl_s_after_a_button_of_a_row_saves(page: Page, report: Report, verb: str) -> None:
    lines = lines_of(page)
    if verb == "add":
        lines.add()
    else:
        lines.command(1, verb)
    type_into(lines.control(0, "basis"), "按合同约定")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    page.reload()
    expect(lines.control(0, "basis")).to_have_value("按合同约定")
    assert "按合同约定" in [activity.basis for activity in stored(report)]


def test_typing_goes_on_while_a_save_is_running(page: Page, report: Report) -> None:
    """In a line, in prose, in a list, in a box, in a new row; a row moved and one taken away."""
    lines, line = lines_of(page), Line(page)
    names = lines.values("name")
    line.hold()
    type_into(lines.control(0, "amount"), "25.5")
    page.keyboard.press("Control+s")
    post = line.wait()
    type_into(lines.control(0, "basis"), "之后填写")
    lines.control(1, "fund").select_option("government_fund")
    lines.control(2, "from_carry_over").check()
    page.locator("#f-application-plan").fill("之后的实施方案")
    lines.command(3, "down")
    lines.command(5, "delete")
    lines.add()
    page.keyboard.type("之后加的一行")
    lines.command(6, "duplicate")
    post.continue_()
    expect(said(page)).to_contain_text("之后又有改动")

    expect(lines.control(0, "amount")).to_have_value("25.50")
    expect(lines.control(0, "basis")).to_have_value("之后填写")
    expect(lines.control(1, "fund")).to_have_value("government_fund")
    expect(lines.control(2, "from_carry_over")).to_be_checked()
    expect(page.locator("#f-application-plan")).to_have_value("之后的实施方案")
    wanted = [*names[:3], names[4], names[3], names[6], names[6], *names[7:], "之后加的一行"]
    assert lines.values("name") == wanted
    line.free()
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    assert [activity.name for activity in stored(report)] == wanted
    assert stored(report)[0].basis == "之后填写"
    page.reload()
    assert lines.values("name") == wanted
    expect(lines.control(2, "from_carry_over")).to_be_checked()


def test_an_input_method_goes_on_composing_while_a_save_is_answered(page: Page, report: Report) -> None:
    lines, line = lines_of(page), Line(page)
    line.hold()
    type_into(lines.control(0, "remark"), "甲")
    page.keyboard.press("Control+s")
    post = line.wait()
    lines.control(1, "name").click()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "hui'yi", "selectionStart": 6, "selectionEnd": 6})
    post.continue_()
    expect(said(page)).to_contain_text("之后又有改动")
    keyboard.send("Input.imeSetComposition", {"text": "hui'yi'fei", "selectionStart": 10, "selectionEnd": 10})
    keyboard.send("Input.insertText", {"text": "会议费"})
    expect(lines.control(1, "name")).to_have_value("会议费")
    line.free()
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    assert [(a.name, a.remark) for a in stored(report)][:2] == [
        (lines.control(0, "name").input_value(), "甲"),
        ("会议费", ""),
    ]


def test_a_save_waits_for_the_input_method(page: Page, report: Report) -> None:
    lines = lines_of(page)
    lines.control(1, "name").click()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "hui'yi", "selectionStart": 6, "selectionEnd": 6})
    page.keyboard.press("Control+s")
    page.wait_for_timeout(300)
    keyboard.send("Input.insertText", {"text": "会议"})
    expect(said(page)).to_have_text("✓ 已保存")
    assert stored(report)[1].name == "会议"


def test_what_was_refused_outlives_a_crash(page: Page, report: Report) -> None:
    lines = lines_of(page)
    type_into(lines.control(0, "amount"), "二十五万")
    type_into(lines.control(1, "basis"), "按合同约定")
    page.keyboard.press("Control+s")
    expect(page.locator("#outcome")).to_contain_text("没有保存")
    expect(lines.control(0, "amount")).to_have_value("二十五万")
    address, context = page.url, page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    again.get_by_role("link", name="接着填写").click()
    expect(lines_of(again).control(0, "amount")).to_have_value("二十五万")
    again.wait_for_load_state()
    expect(lines_of(again).control(1, "basis")).to_have_value("按合同约定")
    type_into(lines_of(again).control(0, "amount"), "25")
    again.keyboard.press("Control+s")
    expect(said(again)).to_have_text("✓ 已保存")
    assert not Draft.objects.exists()


def test_an_answer_that_is_lost_is_found_again(page: Page, report: Report) -> None:
    """The save arrived, its answer did not; typing goes on in the same cell, and there is no conflict with oneself."""
    lines, line = lines_of(page), Line(page)
    line.hold()
    type_into(lines.control(0, "basis"), "第一次")
    page.keyboard.press("Control+s")
    post = line.wait()
    post.fetch(max_redirects=0)
    post.abort()
    expect(said(page)).to_contain_text("没有保存：网络不通")
    assert stored(report)[0].basis == "第一次"
    line.free()
    page.keyboard.type("，第二次")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    assert stored(report)[0].basis == "第一次，第二次"
    assert [v.number for v in report.versions.filter(section=f"project:{PROJECT}")] == [0, 1, 2]


def test_without_a_line_everything_stays_and_is_kept_when_it_is_back(page: Page, report: Report) -> None:
    lines = lines_of(page)
    page.context.set_offline(True)
    type_into(lines.control(0, "basis"), "断网时填写")
    page.keyboard.press("Control+s")
    expect(said(page)).to_contain_text("网络不通")
    page.context.set_offline(False)
    expect(page.locator(".draft-state")).to_contain_text("草稿已存")
    assert "断网时填写" in str(Draft.objects.get().data)


NUMBER = re.compile(r"（编号 (\w{10})）")


def number_in(place: Locator) -> str:
    expect(place).to_contain_text(NUMBER)
    return NUMBER.findall(place.inner_text())[0]


@pytest.mark.parametrize("at", ["before", "after"])
def test_a_save_that_the_server_fails_of_says_so_and_goes_on(
    page: Page, report: Report, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Whether it fails before anything is stored, or when all is stored and the answer is made."""
    failing = {
        "before": "budgets.views.entry.editing.drop_saved",
        "after": "budgets.views.entry.project.show",
    }[at]
    lines = lines_of(page)
    type_into(lines.control(0, "basis"), "第一次")
    expect(page.locator(".draft-state")).to_contain_text("草稿已存")
    with monkeypatch.context() as patch:
        patch.setattr(failing, full_disk)
        page.keyboard.press("Control+s")
        expect(said(page)).to_contain_text("没有保存：服务器存储空间不足")
        number = number_in(said(page))
    expect(page.get_by_text("✓ 已保存")).to_have_count(0)
    found = errors.find(number)
    assert found and (found.status, found.user) == (507, "jingban")
    expect(lines.control(0, "basis")).to_have_value("第一次")
    page.keyboard.type("，第二次")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    assert stored(report)[0].basis == "第一次，第二次"


def full_disk(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_draft_a_command_and_a_search_that_the_server_fails_of_say_so(
    page: Page, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lines_of(page)
    with monkeypatch.context() as patch:
        patch.setattr("budgets.views.entry.drafts.keep_draft", full_disk)
        type_into(lines.control(0, "basis"), "按合同约定")
        draft = page.locator(".draft-state")
        expect(draft).to_contain_text("草稿没有存上：服务器存储空间不足")
        assert errors.find(number_in(draft))
        patch.setattr("budgets.views.entry.codes.JsonResponse", full_disk)
        economic = page.locator("[data-picker-url]").first
        economic.click()
        page.keyboard.type("3")
        expect(page.locator(".picker-none")).to_contain_text("暂时查不到科目：服务器存储空间不足")
        assert errors.find(number_in(page.locator(".picker-none")))
    page.keyboard.press("Escape")
    expect(lines.control(0, "basis")).to_have_value("按合同约定")


@pytest.mark.parametrize("way", ["link", "history"])
def test_the_way_back_offers_what_was_typed(page: Page, report: Report, way: str) -> None:
    """The browser keeps no page behind the login; the draft is there all the same."""
    lines = lines_of(page)
    address = page.url
    if way == "history":
        page.goto(re.sub(r"projects/.*", "basics/", address))
        page.goto(address)
    type_into(lines.control(0, "basis"), "没有保存就走了")
    if way == "link":
        EntryDesk(page).open("人员情况")
        page.go_back()
    else:
        page.on("dialog", lambda dialog: dialog.accept())
        page.go_back()
        page.wait_for_url("**/basics/")
        page.go_forward()
    page.wait_for_url(address)
    page.get_by_role("link", name="接着填写").click()
    expect(lines.control(0, "basis")).to_have_value("没有保存就走了")


@pytest.mark.parametrize("way", ["unit", "link", "log out"])
def test_leaving_keeps_a_draft_first(page: Page, report: Report, way: str) -> None:
    page.on("dialog", lambda dialog: pytest.fail("the browser asked"))
    lines = lines_of(page)
    type_into(lines.control(0, "amount"), "62.745")
    type_into(lines.control(0, "basis"), "还没有保存")
    if way == "unit":
        page.get_by_role("button", name="元", exact=True).click()
        expect(page.get_by_role("button", name="元", exact=True)).to_have_attribute("aria-pressed", "true")
    elif way == "link":
        EntryDesk(page).open("人员情况")
        EntryDesk(page).open("综合业务")
    else:
        page.locator(".menu-right summary").click()
        page.get_by_role("button", name="退出").click()
        page.wait_for_url(lambda url: "/entry/" not in url)
        draft = Draft.objects.get()
        assert "还没有保存" in str(draft.data)
        return
    if way == "link":
        page.get_by_role("link", name="接着填写").click()
    expect(lines.control(0, "basis")).to_have_value("还没有保存")
    page.wait_for_load_state()
    expect(lines.control(0, "amount")).to_have_value("627450.00" if way == "unit" else "62.745")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    expect(lines.control(0, "amount")).to_have_value("627450.00" if way == "unit" else "62.745")


def test_closing_the_window_keeps_a_draft(page: Page, report: Report) -> None:
    page.goto(re.sub(r"projects/.*", "basics/", page.url))
    page.locator("#f-basics-preparer").fill("关窗之前")
    page.on("dialog", lambda dialog: dialog.accept())
    other = page.context.new_page()
    page.close(run_before_unload=True)
    for _ in range(200):
        if Draft.objects.exists():
            break
        other.wait_for_timeout(50)
    assert "关窗之前" in str(Draft.objects.get().data)


def test_two_windows_of_one_person_keep_a_draft_each(page: Page, report: Report) -> None:
    other = page.context.new_page()
    other.goto(page.url)
    type_into(lines_of(page).control(0, "basis"), "第一个窗口")
    type_into(lines_of(other).control(1, "basis"), "第二个窗口")
    for window in (page, other):
        expect(window.locator(".draft-state")).to_contain_text("草稿已存")
    assert Draft.objects.count() == 2
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    assert "第二个窗口" in str(Draft.objects.get().data)
    other.keyboard.press("Control+s")
    expect(said(other)).to_contain_text("已保存，并合并了另一窗口的修改")
    assert [activity.basis for activity in stored(report)][:2] == ["第一个窗口", "第二个窗口"]


def test_a_page_saves_in_the_unit_in_which_it_was_typed(page: Page, report: Report) -> None:
    """Another window of the same person has switched to 元 since."""
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="元", exact=True).click()
    expect(other.get_by_role("button", name="元", exact=True)).to_have_attribute("aria-pressed", "true")
    lines = lines_of(page)
    type_into(lines.control(0, "amount"), "25")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    page.keyboard.press("ArrowDown")
    expect(lines.control(0, "amount")).to_have_value("25")
    other.reload()
    expect(lines_of(other).control(0, "amount")).to_have_value("250000.00")


def test_save_and_go_on_stays_where_something_was_typed_meanwhile(page: Page, report: Report) -> None:
    lines, line = lines_of(page), Line(page)
    line.hold()
    type_into(lines.control(0, "basis"), "保存并到下一个")
    page.get_by_role("button", name="保存并到下一个").click()
    post = line.wait()
    type_into(lines.control(1, "basis"), "之后填写")
    post.continue_()
    expect(said(page)).to_contain_text("之后又有改动")
    expect(lines.control(1, "basis")).to_have_value("之后填写")
    line.free()
    address = page.url
    page.get_by_role("button", name="保存并到下一个").click()
    expect(page).not_to_have_url(address)
    assert [activity.basis for activity in stored(report)][:2] == ["保存并到下一个", "之后填写"]


def test_saved_is_no_longer_said_once_something_is_typed(page: Page) -> None:
    lines = lines_of(page)
    type_into(lines.control(0, "basis"), "甲")
    page.keyboard.press("Control+s")
    expect(said(page)).to_have_text("✓ 已保存")
    page.keyboard.type("乙")
    expect(said(page)).to_have_text("有改动，还没有保存")
    expect(page.locator(".note-success")).to_have_count(0)


@pytest.mark.parametrize("leave", ["", "Tab"])
def test_a_name_above_its_amounts_is_there_once_after_a_save(page: Page, report: Report, leave: str) -> None:
    """What is stored has the name in the row of the first amount; the caret goes there too."""
    table = lines_of(page)
    names = table.values("name")
    first = table.rows.count() - 2
    table.fill(first + 1, amount="6.5", economic="30201")
    name = table.control(first, "name")
    name.click()
    page.keyboard.type("新活动")
    if leave:
        page.keyboard.press(leave)
    page.keyboard.press("Control+s")
    expect(said(page)).to_contain_text("已保存")
    expect(said(page)).not_to_contain_text("改动")
    assert table.values("name") == [*names, "新活动"]
    expect(table.control(first, "amount")).to_have_value("6.50")
    expect(table.control(first, "description" if leave else "name")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(said(page)).not_to_have_attribute("role", "alert")
    page.reload()
    assert table.values("name") == [*names, "新活动"]
    stored = ProjectActivity.objects.filter(report=report, application__project__key=PROJECT)
    assert [activity.name for activity in stored].count("新活动") == 1
