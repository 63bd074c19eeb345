"""Takes the pictures of 五分钟入门 (static/help/) and of the README (docs/) from the running site: `make tour`.

The site runs on a database of its own with the samples, which the walk changes as people would: a reason is
given, warnings are explained, the budget is submitted and returned. It stands with the tests because Chromium
is driven by one of their packages, by the helpers of their walks.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import openpyxl
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.walk import EntryDesk, SubTable, sign_in

ROOT = Path(__file__).parents[2]
HELP = ROOT / "static" / "help"
DOCS = ROOT / "docs"
WIDTH, HEIGHT = 1366, 800
COLOURS = 256
CONTENTS = 248
"""The width of the contents, px: what a picture of the page alone leaves out."""
PROJECT = "general-affairs"
DEPARTMENT = "武汉市东西湖区科技创新和人才服务中心"
YEAR = 2025

PASTED = (
    "会议服务\t年度工作会 2 场\t2010399\t30215\t一般公共预算财政拨款\t\t1.20\t2 场 × 0.6 万元/场\r\n"
    "资料印制\t政策汇编 500 册\t2010399\t30202\t一般公共预算财政拨款\t\t1.00\t500 册 × 20 元/册\r\n"
    "设备维护\t会议室设备\t2010399\t30213\t一般公共预算财政拨款\t\t0.80\t按维护合同\r\n"
)
COMMENT = "物业服务的面积与上年不同，请核对"
REASON = "综合业务的物业服务费请核实后重新报送"


# --- the site -------------------------------------------------------------------------------------


@contextmanager
def site() -> Iterator[str]:
    """The address of a site with the samples, on nothing that is there already."""
    with tempfile.TemporaryDirectory(prefix="tour-") as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        environment = {
            **os.environ,
            "ENV_FILE": os.devnull,
            "ENVIRONMENT": "development",
            "DATABASE_URL": f"sqlite:///{folder}/tour.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in ("migrate", "load_classification", "load_samples"):
            subprocess.run(
                [*manage, command, "--verbosity", "0"], check=True, env=environment, stdout=subprocess.DEVNULL
            )
        with open(f"{folder}/server.log", "w") as log:
            server = subprocess.Popen(
                [*manage, "runserver", address, "--noreload"], env=environment, stdout=log, stderr=log
            )
        try:
            wait_for(f"http://{address}/login/")
            yield f"http://{address}"
        finally:
            server.terminate()
            server.wait()


def wait_for(url: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            urlopen(url).close()
            return
        except URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("Chromium was not found on the PATH")
    arguments = ["--disable-gpu", "--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


# --- pictures -------------------------------------------------------------------------------------


def save(picture: bytes, path: Path) -> None:
    """Write a screenshot with a palette, which makes it a third of the size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {image.width} × {image.height}  {path.stat().st_size // 1024} KB")


def shoot(page: Page, key: str, height: int = HEIGHT, *, top: int = 0, left: int = 0) -> None:
    """A picture of the tour: what is seen of the page from ``left`` and ``top`` on, down to ``height``, px."""
    page.mouse.move(0, 0)
    clip = {"x": left, "y": top, "width": WIDTH - left, "height": height - top}
    save(page.screenshot(clip=clip), HELP / f"{key}.png")


def show(page: Page, name: str) -> None:
    """A picture of the README, as wide as a desk's screen."""
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.wait_for_timeout(500)
    save(page.screenshot(), DOCS / f"{name}.png")
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


def place(target: Locator) -> int:
    """Where ``target`` begins in the window, px from its upper edge."""
    return int(target.evaluate("element => element.getBoundingClientRect().top"))


def bring_up(target: Locator, top: int = 12) -> None:
    """Scroll so that ``target`` begins ``top`` px below the edge of the window."""
    target.evaluate("(element, top) => scrollBy(0, element.getBoundingClientRect().top - top)", top)
    target.page.wait_for_timeout(200)


# --- the walk -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class People:
    """Pages of those who take part, each in a session of his own."""

    preparer: Page
    submitter: Page
    reviewer: Page

    @classmethod
    def enter(cls, browser: Browser, site: str) -> People:
        def page(name: str, landing: str) -> Page:
            context = browser.new_context(
                locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": WIDTH, "height": HEIGHT}
            )
            context.set_default_timeout(30_000)
            return sign_in(context.new_page(), site, name, landing)

        return cls(page("tianbao", "/entry/"), page("baosong", "/entry/"), page("chushen", "/admin/"))


def enter_report(page: Page, site: str) -> None:
    """首页, 概览, the 申报表 with its help, a range from Excel."""
    page.goto(f"{site}/entry/")
    shoot(page, "home", 640)
    page.get_by_role("link", name="继续填报").click()
    shoot(page, "report", 540)
    report = page.url.rstrip("/")
    page.goto(f"{report}/projects/{PROJECT}/")
    show(page, "entry-project")
    bring_up(page.locator(".sheet-caption").first)
    page.locator('[popovertarget="help-identity-category"]').click()
    shoot(page, "project", 620, left=CONTENTS)
    page.keyboard.press("Escape")
    paste(EntryDesk(page).table("activities"))


def paste(lines: SubTable) -> None:
    blank = next(row for row in range(lines.rows.count()) if not lines.control(row, "name").input_value())
    lines.paste(blank, "name", PASTED)
    expect(lines.control(blank + 2, "name")).to_have_value("设备维护")
    bring_up(lines.page.get_by_text("项目支出明细测算", exact=True))
    shoot(lines.page, "paste", left=CONTENTS)
    EntryDesk(lines.page).save()


def mend(page: Page, report: str) -> None:
    """校验与报送, a workbook there and back, then everything that hinders the submission."""
    page.goto(f"{report}/check/")
    heading = page.get_by_role("heading", name="项目 2")
    bring_up(heading)
    shoot(page, "check", 560, top=place(heading) - 12, left=CONTENTS)
    take_workbook(page, report)
    page.goto(f"{report}/explanations/")
    page.locator("#f-explanations-project-text").fill("人才活动场次减少，聘用人员减少 2 人")
    EntryDesk(page).save()
    page.goto(f"{report}/check/")
    boxes = page.locator("form.explain")
    for number in range(boxes.count()):
        boxes.nth(number).get_by_label("说明").fill("按本年实际需要编列")
        boxes.nth(number).get_by_role("button", name="保存说明").click()
        expect(boxes.nth(number)).to_contain_text("已说明")


def take_workbook(page: Page, report: str) -> None:
    """Download it, change an amount and a text, upload it: the changes are listed."""
    page.goto(f"{report}/fill/")
    with page.expect_download() as started:
        page.get_by_role("link", name="带现有内容的工作簿").click()
    content = Path(started.value.path()).read_bytes()
    workbook = openpyxl.load_workbook(BytesIO(content))
    for old, new in CHANGED.items():
        [cell] = [cell for tab in workbook for row in tab.iter_rows() for cell in row if cell.value == old][
            :1
        ]
        cell.value = new
    changed = BytesIO()
    workbook.save(changed)
    file = {"name": started.value.suggested_filename, "mimeType": XLSX, "buffer": changed.getvalue()}
    page.get_by_label("填好的工作簿").set_input_files(file)
    page.get_by_role("button", name="上传并查看改动").click()
    expect(page.get_by_role("button", name="确认写入")).to_be_visible()
    shoot(page, "workbook", 430)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHANGED = {"按合同测算。": "按 3 年期合同测算。", "办公室负责人": "综合科负责人"}


def submit(page: Page, report: str) -> None:
    page.goto(f"{report}/check/")
    expect(page.get_by_role("button", name="报送", exact=True)).to_be_enabled()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    shoot(page, "submit", top=place(page.locator(".explain").last) - 12, left=CONTENTS)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已报送")


def send_back(page: Page, site: str) -> None:
    """The reviewer asks about a project, and returns the budget."""
    page.goto(f"{site}/admin/budgets/report/")
    page.get_by_role("row").filter(has_text=f"{YEAR}").get_by_role("link", name=DEPARTMENT).click()
    show(page, "review")
    page.get_by_role("navigation", name="编报内容").get_by_role("link", name="意见").click()
    page.get_by_label("部分").select_option(label="综合业务")
    page.get_by_role("textbox", name="意见").fill(COMMENT)
    page.get_by_role("button", name="提出意见").click()
    page.get_by_role("link", name="退回", exact=True).click()
    page.get_by_label("理由").fill(REASON)
    page.get_by_role("button", name="确认退回").click()
    expect(page.get_by_text("：已退回")).to_be_visible()


def show_returned(page: Page, report: str) -> None:
    page.goto(f"{report}/")
    page.set_viewport_size({"width": WIDTH, "height": 1100})
    shoot(page, "returned", 960)


def main() -> None:
    with site() as address, chromium() as browser:
        people = People.enter(browser, address)
        enter_report(people.preparer, address)
        report = re.sub(r"(/entry/\d+).*", r"\1", people.preparer.url)
        mend(people.preparer, report)
        submit(people.submitter, report)
        send_back(people.reviewer, address)
        show_returned(people.preparer, report)
        people.preparer.goto(f"{address}/2023/112001/budget/")
        show(people.preparer, "public-report")


if __name__ == "__main__":
    main()
