"""The whole main job through the real pages: a budget entered by hand, returned, mended, approved, published.

What is typed of 综合业务 is the sample's, which `tests/fidelity` compares with the printed original.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from budgets.domain.choices import Role
from budgets.models import Department
from tests.browser.walk import EntryDesk, look, pick, sign_in
from tests.factories import person
from tests.samples import document, load_samples

YEAR = 2025
CODE = "112009"
NAME = "东西湖区企业服务站"
COMMENT = "办公费较往年偏高，请核对"
REASON = "办公费请核实后重新报送"
ANSWER = "已核减办公费 2.00 万元"
NUMBER = "东财预〔2025〕9号"

BASIC = (
    ("2010350", "30101", "165.00"),
    ("2010350", "30107", "339.26"),
    ("2080505", "30108", "82.00"),
    ("2210201", "30113", "96.00"),
    ("2010350", "30201", "12.50"),
    ("2010350", "30231", "3.00"),
)
"""功能分类, 经济分类, 万元."""

ECONOMIC_NAMES = {"30227": "委托业务费", "30299": "其他商品和服务支出"}
"""Typed in place of the code."""


@pytest.fixture
def department(live_server: Any) -> Department:
    """A department without any earlier report, its officer and its submitter, beside the samples."""
    load_samples()
    sister = Department.objects.get(code="112001")
    made = Department.objects.create(
        district=sister.district,
        code=CODE,
        name=NAME,
        kind=sister.kind,
        address="长青街 1 号",
        postcode="430040",
    )
    person("jingban", Role.PREPARER, department=made)
    person("fuze", Role.SUBMITTER, department=made)
    return made


def general_affairs() -> dict[str, Any]:
    """The sample's 综合业务."""
    return next(p for p in document()["projects"] if p["identity"]["name"] == "综合业务")


def in_wan(yuan: str) -> str:
    return str(Decimal(yuan) / 10_000)


def test_from_entry_to_download(
    live_server: Any,
    department: Department,
    new_context: Callable[..., BrowserContext],
    tmp_path: Path,
) -> None:
    site = live_server.url
    officer = sign_in(new_context().new_page(), site, "jingban")
    desk = start(officer)
    enter_basics(desk)
    enter_money(desk)
    enter_project(desk)
    enter_department(desk)
    mend_findings(desk)
    read_figures(desk)
    submitter = EntryDesk(sign_in(new_context().new_page(), site, "fuze"))
    submitter.page.get_by_role("link", name=f"{YEAR} 年部门预算").first.click()
    submit(submitter)

    reviewer = sign_in(new_context().new_page(), site, "chushen", "/admin/")
    send_back(reviewer, site)
    mend(desk, site)
    submit(submitter)
    pass_on(reviewer, site)
    approver = sign_in(new_context().new_page(), site, "pifu", "/admin/")
    approve(approver, site)
    publish(submitter)

    citizen = new_context().new_page()
    workbook = openpyxl.load_workbook(download(citizen, site, tmp_path), data_only=True)
    check_workbook(workbook)


# --- the officer ----------------------------------------------------------------------------------


def start(officer: Page) -> EntryDesk:
    look(officer, "01-home")
    officer.get_by_role("button", name=f"开始 {YEAR} 年部门预算").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("概览")
    return EntryDesk(officer)


def enter_basics(desk: EntryDesk) -> None:
    sample = document()
    desk.open("基本情况")
    desk.fill("basics", preparer="经办人", phone="027-0000-0000", composition="由 1 个事业单位组成")
    for row, duty in enumerate(sample["basics"]["duties"][:4]):
        desk.table("duties").fill(row, text=duty["text"])
    for row, task in enumerate(sample["basics"]["tasks"][:3]):
        desk.table("tasks").fill(row, title=task["title"], text=task["text"])
    desk.save()
    look(desk.page, "03-basics")
    desk.open("人员情况")
    desk.fill("staffing-institution", authorised="51", filled="40")
    desk.save()


def enter_money(desk: EntryDesk) -> None:
    desk.open("基本支出")
    lines = desk.table("expenditure")
    for row, (function, economic, amount) in enumerate(BASIC):
        lines.fill(row, amount=amount)
        pick(lines.control(row, "function"), function, function)
        pick(lines.control(row, "economic"), economic, economic)
    expect(lines.sum()).to_have_text("697.76")
    for kind, codes in (("personnel", ("301", "303")), ("operating", ("302",))):
        amount = sum(Decimal(amount) for _, economic, amount in BASIC if economic.startswith(codes))
        expect(desk.page.locator(f"[data-sums=expenditure] [data-kind={kind}]")).to_have_text(f"{amount:.2f}")
    desk.save()
    look(desk.page, "05-expenditure")
    desk.open("收入与结转")
    income = desk.table("income")
    income.fill(0, amount="772.76")
    desk.save()


def enter_project(desk: EntryDesk) -> None:
    project = general_affairs()
    desk.open("项目")
    desk.page.get_by_role("link", name="新建项目").click()
    desk.page.get_by_label("项目名称").first.fill("综合业务")
    desk.page.get_by_label("支出项目类别").select_option(project["identity"]["category"])
    desk.page.get_by_role("button", name="添加").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("综合业务")
    look(desk.page, "07-project-blank")
    enter_header(desk, project)
    enter_activities(desk, project["activities"]["activities"])
    look(desk.page, "08-project-activities")
    enter_procurement(desk, project["procurement"]["items"])
    enter_goals(desk, project["goals"]["goals"])
    desk.save()
    look(desk.page, "09-project")
    assert desk.table("activities").values("name") == [
        activity["name"] for activity in project["activities"]["activities"]
    ]
    assert len(desk.table("long_term_indicators").values("name")) == 14
    assert len(desk.table("annual_indicators").values("name")) == 14
    expect(desk.table("activities").sum()).to_have_text("75.00")


def enter_header(desk: EntryDesk, project: dict[str, Any]) -> None:
    application = project["application"]
    desk.fill("identity", attribute="continuing", start_year=str(YEAR), end_year=str(YEAR))
    texts = ("authority", "executing_unit", "leader", "phone", "address", "postcode", "basis", "plan")
    desk.fill("application", **{name: application[name] for name in texts}, total_budget="70")
    pick(desk.page.locator("#f-application-function"), application["function"], application["function"])


def enter_activities(desk: EntryDesk, activities: list[dict[str, Any]]) -> None:
    """Eleven rows: one a copy of its neighbour, two swapped, one deleted; the sum follows every change."""
    table = desk.table("activities")

    def enter(row: int, activity: dict[str, Any], by_name: bool = False) -> None:
        [line] = activity["lines"]
        texts = {name: activity[name] for name in ("name", "description", "basis")}
        table.fill(row, **texts, amount=in_wan(line["amount"]))
        code = line["economic"]
        pick(table.control(row, "economic"), ECONOMIC_NAMES[code] if by_name else code, code)

    for row, activity in enumerate(activities[:7]):
        enter(row, activity, by_name=row % 2 == 1)
    table.command(6, "duplicate")
    expect(table.control(7, "name")).to_have_value(activities[6]["name"])
    expect(table.sum()).to_have_text("60.00")
    enter(7, activities[7])
    enter(8, activities[9])
    enter(9, activities[8])
    table.command(9, "up")
    expect(table.control(8, "name")).to_have_value(activities[8]["name"])
    enter(10, activities[10])
    expect(table.sum()).to_have_text("75.00")
    table.command(7, "delete")
    expect(table.sum()).to_have_text("70.00")
    table.command(7, "restore")
    table.command(6, "duplicate")
    expect(table.sum()).to_have_text("78.00")
    table.command(7, "delete")
    expect(table.sum()).to_have_text("75.00")


def enter_procurement(desk: EntryDesk, items: list[dict[str, Any]]) -> None:
    table = desk.table("procurement")
    for row, item in enumerate(items):
        table.fill(
            row,
            name=item["name"],
            kind=item["kind"],
            quantity=item["quantity"],
            amount=in_wan(item["amount"]),
        )
    expect(table.sum()).to_have_text("15.50")


def enter_goals(desk: EntryDesk, goals: list[dict[str, Any]]) -> None:
    """Both goals; the long-term indicators one by one, the annual ones from them by one button."""
    long_term, annual = goals
    for row, goal in enumerate(goals):
        desk.table("goals").fill(row, horizon=goal["horizon"], name=goal["name"], text=goal["text"])
    table = desk.table("long_term_indicators")
    for row, indicator in enumerate(long_term["indicators"]):
        table.fill(row, **{name: indicator[name] for name in ("level1", "level2", "name", "value", "basis")})
    desk.page.get_by_role("button", name="长期指标复制到年度").click()
    table = desk.table("annual_indicators")
    expect(table.control(13, "name")).to_have_value(annual["indicators"][13]["name"])
    for row, indicator in enumerate(annual["indicators"]):
        expect(table.control(row, "level2")).to_have_value(indicator["level2"])
        table.fill(row, **{name: indicator[name] for name in ("value_before_last", "value_last", "value")})


def enter_department(desk: EntryDesk) -> None:
    goal = next(goal for goal in document()["goals"]["goals"] if goal["horizon"] == "annual")
    desk.open("整体绩效目标")
    desk.table("goals").fill(0, horizon="annual", name=goal["name"], text=goal["text"])
    table = desk.table("annual_indicators")
    for row, indicator in enumerate(goal["indicators"]):
        names = ("level1", "level2", "name", "value", "basis")
        table.fill(row, **{name: indicator[name] for name in names if name in indicator})
    desk.save()
    look(desk.page, "10-goals")
    desk.open("采购、资产与其他")
    desk.fill("three_public", vehicles_held="1")
    desk.save()


def mend_findings(desk: EntryDesk) -> None:
    """The check says that the total is too small, and leads into the field."""
    desk.open("校验与报送")
    look(desk.page, "11-check")
    finding = desk.page.get_by_role("listitem").filter(has_text="小于当年预算")
    expect(finding).to_contain_text("70.00 万元")
    finding.get_by_role("link", name="去修改").click()
    field = desk.page.locator("#f-application-total_budget")
    expect(field).to_be_focused()
    field.fill("75")
    desk.save()
    desk.open("校验与报送")
    expect(desk.page.get_by_text("处错误，")).to_have_text(re.compile(r"^0 处错误"))
    expect(desk.page.get_by_text("只有报送人可以报送")).to_be_visible()
    expect(desk.page.get_by_role("button", name="报送", exact=True)).to_be_disabled()
    explain_warnings(desk)


def explain_warnings(desk: EntryDesk) -> None:
    """Each warning is answered in place; the badges of the contents count down."""
    desk.open("校验与报送")
    boxes = desk.page.locator("form.explain")
    expect(boxes).not_to_have_count(0)
    for number in range(boxes.count()):
        boxes.nth(number).get_by_label("说明").fill("按本年实际需要编列")
        boxes.nth(number).get_by_role("button", name="保存说明").click()
        expect(boxes.nth(number)).to_contain_text("已说明")
    expect(desk.page.get_by_text("没有错误，提醒都已说明")).to_be_visible()
    expect(desk.page.locator("#contents .count-warning")).to_have_count(0)
    look(desk.page, "11-explained")


def read_figures(desk: EntryDesk) -> None:
    """A figure of the preview opens the rows behind it, in the unit that is chosen."""
    page = desk.page
    desk.open("公开表预览")
    table = page.get_by_role("table").filter(has_text=f"{YEAR}年项目支出表")
    table.get_by_role("row").filter(has_text="综合业务").get_by_role("link", name="75.00").first.click()
    expect(page.get_by_role("row").filter(has_text="劳务外包服务")).to_contain_text("24.00")
    expect(page.get_by_role("row").filter(has_text="合计（11 条）")).to_contain_text("75.00")
    page.get_by_role("button", name="元", exact=True).click()
    expect(page.get_by_role("row").filter(has_text="合计（11 条）")).to_contain_text("750,000.00")
    look(page, "12-lines")
    page.get_by_role("link", name="240,000.00").click()
    expect(page.locator(":focus")).to_have_value("240000.00")
    page.get_by_role("button", name="万元", exact=True).click()
    expect(desk.table("activities").sum()).to_have_text("75.00")


def submit(desk: EntryDesk) -> None:
    desk.open("校验与报送")
    desk.page.get_by_role("button", name="报送", exact=True).click()
    expect(desk.page.get_by_role("status")).to_contain_text("已报送")
    look(desk.page, "13-submitted")


def mend(desk: EntryDesk, site: str) -> None:
    """Reason and comment are where the officer looks; an amount is mended, the comment answered."""
    desk.page.goto(f"{site}/entry/")
    expect(desk.page.get_by_role("note")).to_contain_text(REASON)
    look(desk.page, "20-home-returned")
    desk.page.get_by_role("link", name="继续填报").click()
    expect(desk.page.locator("#comments ~ article")).to_contain_text(COMMENT)
    desk.open("基本支出")
    expect(desk.page.get_by_role("article")).to_contain_text(COMMENT)
    lines = desk.table("expenditure")
    lines.fill(4, amount="10.50")
    expect(lines.sum()).to_have_text("695.76")
    desk.save()
    desk.page.get_by_label("答复").fill(ANSWER)
    desk.page.get_by_role("button", name="发出答复").click()
    expect(desk.page.get_by_role("article")).to_contain_text(ANSWER)
    look(desk.page, "21-answered")
    desk.open("收入与结转")
    desk.table("income").fill(0, amount="770.76")
    desk.save()


# --- the bureau -----------------------------------------------------------------------------------


def open_file(page: Page, site: str) -> None:
    """The report, by the queue."""
    page.goto(f"{site}/admin/budgets/report/")
    page.get_by_role("link", name=NAME).click()
    expect(page.locator(".review-title")).to_contain_text(f"{NAME} {YEAR} 年部门预算")


def send_back(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/budgets/report/")
    expect(page.get_by_role("row").filter(has_text=NAME)).to_contain_text("772.76")
    look(page, "14-queue")
    open_file(page, site)
    look(page, "15-file")
    page.get_by_role("navigation", name="编报内容").get_by_role("link", name="公开表").click()
    look(page, "16-tables")
    table = page.get_by_role("table").filter(has_text="一般公共预算基本支出表")
    table.get_by_role("row").filter(has_text="办公费").get_by_role("link", name="12.50").first.click()
    expect(page.get_by_role("cell", name="30201 办公费")).to_be_visible()
    page.get_by_label("请部门在哪个部分核对").select_option("expenditure")
    page.get_by_label("意见", exact=True).fill(COMMENT)
    page.get_by_role("button", name="提出意见").click()
    expect(page.get_by_role("article")).to_contain_text(COMMENT)
    look(page, "17-figure")
    open_file(page, site)
    page.get_by_role("link", name="退回", exact=True).click()
    reason = page.get_by_label("理由")
    expect(reason).to_have_value(re.compile(COMMENT))
    look(page, "18-return")
    reason.fill("")
    page.get_by_role("button", name="确认退回").click()
    expect(page.get_by_text("请填写理由")).to_be_visible()
    reason.fill(REASON)
    page.get_by_role("button", name="确认退回").click()
    expect(page.get_by_text("：已退回")).to_be_visible()


def pass_on(page: Page, site: str) -> None:
    """The file says first what was changed since it went back, field by field."""
    open_file(page, site)
    expect(page.get_by_role("heading", name="退回后的改动")).to_contain_text("填报 2 处")
    changed = page.get_by_role("row").filter(has_text="金额")
    for old, new in (("12.50 万元", "10.50 万元"), ("772.76 万元", "770.76 万元")):
        expect(changed.filter(has_text=old).filter(has_text=new)).to_have_count(1)
    page.get_by_role("navigation", name="编报内容").get_by_role("link", name="意见").click()
    expect(page.get_by_role("article")).to_contain_text(ANSWER)
    page.get_by_role("button", name="解决").click()
    expect(page.get_by_role("article")).to_contain_text("✓")
    judge_points(page)
    page.get_by_role("link", name="初审通过", exact=True).click()
    page.get_by_role("button", name="确认初审通过").click()
    expect(page.get_by_text("：初审已通过")).to_be_visible()


def judge_points(page: Page) -> None:
    """Not passed before every point of the checklist is met; what is not met needs a note."""
    pass_link = page.get_by_role("link", name="初审通过", exact=True)
    expect(pass_link).to_be_disabled()
    page.get_by_role("navigation", name="编报内容").get_by_role("link", name="要点").click()
    points = page.get_by_role("group").filter(has=page.get_by_label("不符合", exact=True))
    expect(points).not_to_have_count(0)
    for number in range(points.count()):
        points.nth(number).get_by_label("符合", exact=True).check()
    points.first.get_by_label("不符合", exact=True).check()
    page.get_by_role("button", name="保存要点").click()
    expect(page.get_by_role("alert")).to_contain_text("说明")
    points.first.get_by_label("符合", exact=True).check()
    page.get_by_role("button", name="保存要点").click()
    expect(page.get_by_text("要点已保存")).to_be_visible()
    look(page, "22-points")


def approve(page: Page, site: str) -> None:
    open_file(page, site)
    page.get_by_role("link", name="批复", exact=True).click()
    page.get_by_label("批复文号").fill(NUMBER)
    page.get_by_label("批复日期").fill(timezone.localdate().isoformat())
    look(page, "23-approve")
    page.get_by_role("button", name="确认批复").click()
    expect(page.get_by_text("：已批复")).to_be_visible()
    look(page, "24-approved")


# --- the public -----------------------------------------------------------------------------------


def publish(desk: EntryDesk) -> None:
    desk.open("概览")
    look(desk.page, "25-to-publish")
    desk.page.get_by_role("link", name="公开", exact=True).click()
    expect(desk.page.get_by_role("main")).to_contain_text(NUMBER)
    desk.page.get_by_role("button", name="确认公开").click()
    expect(desk.page.get_by_role("status")).to_contain_text("已公开")


def download(page: Page, site: str, folder: Path) -> Path:
    page.goto(f"{site}/")
    look(page, "26-public-home")
    page.get_by_role("link", name=f"{NAME} {YEAR} 年部门预算").click()
    expect(page).to_have_url(f"{site}/{YEAR}/{CODE}/budget/")
    expect(page.get_by_role("main")).to_contain_text("支出 770.76 万元")
    look(page, "27-public-report")
    with page.expect_download() as started:
        page.get_by_role("link", name="下载全部公开表（Excel）").click()
    path = folder / started.value.suggested_filename
    started.value.save_as(path)
    return path


def check_workbook(workbook: openpyxl.Workbook) -> None:
    """Every amount that was typed stands in the tables in 万元, with the mended one and the new totals."""
    sheets = {sheet.title.partition(" ")[0]: rows_of(sheet) for sheet in workbook}
    assert {f"表{number}" for number in range(1, 13)} | {"表13-1", "表14"} <= set(sheets)

    assert sheets["表1"][-1] == ["收入总计", 770.76, "支出总计", 770.76]
    assert ["合计", 770.76, 695.76, 682.26, 13.5, 75] in sheets["表5"]
    mended = {**{economic: float(amount) for _, economic, amount in BASIC}, "30201": 10.5}
    printed = {row[0]: row[2] for row in sheets["表6"] if row[0] in mended}
    assert printed == mended
    assert [f"{YEAR}年", 3, 0, 3, 0, 3, 0] in sheets["表7"]
    assert ["特定目标类项目", "综合业务", "区企业和人才服务中心", 75, 75] in [
        row[:5] for row in sheets["表10"]
    ]
    assert ["合计", 15.5] in sheets["表11"]

    project = general_affairs()
    form = sheets["表13-1"]
    assert ["项目总预算", 75, "项目当年预算", 75] in form
    for activity in project["activities"]["activities"]:
        [line] = activity["lines"]
        [row] = [row for row in form if row[0] == activity["name"] and len(row) == 5]
        assert row[2].startswith(line["economic"])
        assert [row[1], row[3], row[4]] == [
            activity["description"],
            float(in_wan(line["amount"])),
            activity["basis"],
        ]
    for item in project["procurement"]["items"]:
        assert [item["name"], item["quantity"], float(in_wan(item["amount"]))] in form
    long_term, annual = project["goals"]["goals"]
    tails = [row[-3:] for row in form]
    for indicator in long_term["indicators"]:
        assert [indicator[name] for name in ("name", "value", "basis")] in tails
    tails = [row[-5:] for row in form]
    for indicator in annual["indicators"]:
        names = ("name", "value_before_last", "value_last", "value", "basis")
        assert [indicator[name] for name in names] in tails


def rows_of(sheet: Any) -> list[list[Any]]:
    """The rows that say anything, without their blank cells."""
    rows = ([value for value in row if value is not None] for row in sheet.iter_rows(values_only=True))
    return [row for row in rows if row]
