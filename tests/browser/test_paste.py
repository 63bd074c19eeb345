"""A range copied in a spreadsheet and pasted into a cell."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.walk import EntryDesk

PASTE_TABLE = """(control, [text, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  data.setData("text/html", html);
  control.focus();
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_merged_cells_of_the_paper_form_are_carried_down(project_page: Page) -> None:
    """As a browser or WPS copies them: what is merged stands once, and says over how many rows."""
    page = project_page
    indicators = EntryDesk(page).table("annual_indicators")
    first = len(indicators.values("name"))
    text = "产出指标\t数量指标\t活动场次\t\t\t≥4场\n\t\t参加人数\t\t\t≥100人\n\t质量指标\t合格率\t\t\t≥90%\n"
    html = (
        "<table><tr><td rowspan=3>产出指标</td><td rowspan=2>数量指标</td><td>活动场次</td><td></td><td></td>"
        "<td>≥4场</td></tr><tr><td>参加人数</td><td></td><td></td><td>≥100人</td></tr>"
        "<tr><td>质量指标</td><td>合格率</td><td></td><td></td><td>≥90%</td></tr></table>"
    )
    indicators.control(first, "level1").evaluate(PASTE_TABLE, [text, html])
    expect(page.locator(".said")).to_contain_text("填入 3 行")
    rows = range(first, first + 3)
    assert [indicators.control(row, "level1").input_value() for row in rows] == ["产出指标"] * 3
    assert [indicators.control(row, "level2").input_value() for row in rows] == [
        "数量指标",
        "数量指标",
        "质量指标",
    ]
    page.keyboard.press("Control+z")
    expect(indicators.control(first, "name")).to_have_value("")


def test_every_cell_of_a_row_that_a_paste_makes_is_there(project_page: Page) -> None:
    page = project_page
    lines = EntryDesk(page).table("activities")
    first = len(lines.values("name"))
    lines.paste(first, "name", "".join(f"活动 {number}\n" for number in range(20)))
    expect(page.locator(".said")).to_contain_text("填入 20 行")
    for field in (
        "description",
        "function",
        "economic",
        "fund",
        "from_carry_over",
        "amount",
        "basis",
        "remark",
    ):
        for row in (first, first + 10, first + 19):
            expect(lines.control(row, field)).to_have_count(1)
    last = first + 19
    lines.control(last, "amount").click()
    page.keyboard.type("1.5")
    lines.fill(last, economic="30201", function="2010399")
    lines.paste(first, "economic", "30201\n" * 19)
    lines.paste(first, "function", "2010399\n" * 19)
    EntryDesk(page).save()
    page.reload()
    expect(lines.control(last, "amount")).to_have_value("1.50")


def test_a_range_fills_the_cells_from_there_on(project_page: Page) -> None:
    page = project_page
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


def test_a_sum_is_left_out_and_the_box_says_so(project_page: Page) -> None:
    page = project_page
    items = EntryDesk(page).table("procurement")
    before = items.values("name")
    items.paste(
        len(before),
        "name",
        "采购明细表\n品名\t采购类别\t数量\t金额（千元）\n白板\t货物\t2\t20\n合 计\t\t2\t30\n",
    )
    expect(page.locator(".said")).to_contain_text("填入 1 行，2 处没有填入，见表下的说明；还没有保存")
    said = page.locator("details.paste[open] .paste-said[role=status]")
    expect(said).to_contain_text("1 行已填入，还没有保存")
    expect(said.locator("li")).to_have_text(
        [
            "第 1 行“采购明细表”是标题，没有填入",
            "第 4 行“合 计”没有填入：“金额”写的是 3.00，各行之和是 2.00，相差 1.00，请核对",
        ]
    )
    assert items.values("name") == [*before, "白板"]
    EntryDesk(page).save()
    expect(page.locator(".paste-said")).to_have_count(0)


def test_the_form_s_own_heading_over_two_rows_is_understood(project_page: Page) -> None:
    """As a browser copies the paper form: cells merged across and down, in the heading and below it."""
    page = project_page
    indicators = EntryDesk(page).table("annual_indicators")
    first = len(indicators.values("name"))
    text = (
        "目标名称\t一级指标\t二级指标\t三级指标\t指标值\t\t\t指标值确定依据\n\t\t\t\t前年\t上年\t预计当年实现\t\n"
        "年度绩效目标1\t产出指标\t数量指标\t走访企业\t80家\t90家\t≥100家\t计划数据\n"
        "\t\t质量指标\t合格率\t95%\t96%\t≥97%\t历史数据\n"
    )
    html = (
        "<table><tr><td rowspan=2>目标名称</td><td rowspan=2>一级指标</td><td rowspan=2>二级指标</td>"
        "<td rowspan=2>三级指标</td><td colspan=3>指标值</td><td rowspan=2>指标值确定依据</td></tr>"
        "<tr><td>前年</td><td>上年</td><td>预计当年实现</td></tr>"
        "<tr><td rowspan=2>年度绩效目标1</td><td rowspan=2>产出指标</td><td>数量指标</td><td>走访企业</td>"
        "<td>80家</td><td>90家</td><td>≥100家</td><td>计划数据</td></tr>"
        "<tr><td>质量指标</td><td>合格率</td><td>95%</td><td>96%</td><td>≥97%</td><td>历史数据</td></tr></table>"
    )
    for given in (html, ""):
        indicators.control(first, "name").evaluate(PASTE_TABLE, [text, given])
        expect(page.locator(".said")).to_contain_text("填入 2 行")
        for row, level2, values in (
            (first, "数量指标", ["走访企业", "80家", "90家", "≥100家", "计划数据"]),
            (first + 1, "质量指标", ["合格率", "95%", "96%", "≥97%", "历史数据"]),
        ):
            names = ("name", "value_before_last", "value_last", "value", "basis")
            assert [indicators.control(row, name).input_value() for name in names] == values
            assert indicators.control(row, "level1").input_value() == "产出指标"
            assert indicators.control(row, "level2").input_value() == level2
        page.keyboard.press("Control+z")
        expect(indicators.control(first, "name")).to_have_value("")
