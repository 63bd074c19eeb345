"""Every kind of page as it stands on a screen: within its width, in Chinese, and accessible.

Violations of the policy and script errors fail in `conftest`. All faults of a site are listed together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from budgets.domain.choices import ReportKind, Status
from budgets.models import Report
from tests.browser.walk import EntryDesk, look, signed_in
from tests.budgets.workbook.files import own_table
from tests.samples import load_samples

Contexts = Callable[..., BrowserContext]

WIDTHS = (1440, 1366, 390)
SENTENCE = re.compile(r"[A-Za-z][a-z]+(?: [A-Za-z]+){2,}")
"""Three English words in a row: what somebody forgot to say in Chinese."""

SERIOUS = ("serious", "critical")


@pytest.fixture
def site(live_server: Any) -> str:
    load_samples()
    return live_server.url


@pytest.fixture
def draft(site: str) -> Report:
    """The sample budget being entered, copied from last year."""
    return Report.objects.get(department__code="112001", fiscal_year__year=2025)


@pytest.fixture
def published(site: str) -> Report:
    return Report.objects.get(department__code="112001", fiscal_year__year=2023, kind=ReportKind.BUDGET)


@pytest.fixture
def final(site: str) -> Report:
    """The sample's final accounts, published."""
    return Report.objects.get(department__code="112001", kind=ReportKind.FINAL, fiscal_year__year=2024)


def faults(page: Page, name: str, impacts: tuple[str, ...] = SERIOUS) -> Iterator[str]:
    """What is wrong with the page that is open: ``name: what``."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        shown = page.evaluate("document.documentElement.scrollWidth")
        if shown > width:
            yield f"{name}: {shown} wide on a screen of {width}"
        look(page, f"{name}-{width}")
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})
    for sentence in SENTENCE.findall(page.evaluate("document.body.innerText")):
        yield f"{name}: says {sentence!r}"
    for found in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]:
        if found["impact"] in impacts:
            first = found["nodes"][0]["html"][:160]
            yield f"{name}: {found['impact']} {found['id']}, {len(found['nodes'])} times, first {first}"


def visit(page: Page, site: str, places: dict[str, str], impacts: tuple[str, ...] = SERIOUS) -> list[str]:
    """The faults of the pages at ``places``, addresses by name."""
    found = []
    for name, place in places.items():
        answer = page.goto(f"{site}{place}")
        if answer is None or answer.status != 200:
            found.append(f"{name}: status {answer and answer.status}")
        found += faults(page, name, impacts)
    return found


def test_entry(site: str, draft: Report, published: Report, new_context: Contexts) -> None:
    at = f"/entry/{draft.pk}"
    page = signed_in(new_context(), site, "baosong")
    sections = (
        "basics",
        "staffing",
        "income",
        "expenditure",
        "goals",
        "matters",
        "explanations",
        "statement",
    )
    found = visit(
        page,
        site,
        {
            "home": "/entry/",
            "password": "/password/",
            "help": "/entry/help/",
            "overview": f"{at}/",
            **{section: f"{at}/{section}/" for section in sections},
            "projects": f"{at}/projects/",
            "story": "/entry/departments/112001/projects/general-affairs/",
            "project": f"{at}/projects/general-affairs/",
            "project-remove": f"{at}/projects/general-affairs/remove/",
            "preview": f"{at}/preview/",
            "text": f"{at}/text/",
            "reword": f"{at}/text/balance.total/",
            "edited": f"{at}/edited/",
            "lines": f"{at}/lines/?project=general-affairs",
            "check": f"{at}/check/",
            "locked-project": f"/entry/{published.pk}/projects/general-affairs/",
        },
    )
    page.goto(f"{site}{at}/projects/general-affairs/")
    page.locator("[id^=f-lines-][id$=-amount]").first.fill("十万")
    page.locator("#f-identity-end_year").fill("次年")
    EntryDesk(page).press_save()
    page.get_by_role("alert").first.wait_for()
    found += faults(page, "project-refused")
    assert not found, "\n".join(found)


def test_uploads(site: str, draft: Report, new_context: Contexts) -> None:
    """A department's own sheet with questions, answered, written."""
    page = signed_in(new_context(), site, "tianbao")
    found = visit(page, site, {"fill": f"/entry/{draft.pk}/fill/"})
    sheet = own_table(
        ("一、劳务费", None, 3, None),
        ("讲课费", "30226", 2, "一科"),
        ("其中：外地专家", "30226", 1, "二科"),
        ("合计", None, 2, None),
        headings=("活动", "科目编码", "金额（千元）", "经办科室"),
    )
    buffer = {"name": "测算表.xlsx", "mimeType": "application/octet-stream", "buffer": sheet}
    page.get_by_label("填好的工作簿").set_input_files(buffer)
    page.get_by_role("button", name="上传并查看改动").click()
    page.get_by_role("heading", name="上传的表").wait_for()
    found += faults(page, "upload-asked")
    for name, answer in {"row-2": "-", "row-4": "-", "column-D": "-"}.items():
        page.locator(f"[name=table-0-{name}]").select_option(answer)
    page.get_by_role("button", name="按所选重新查看").click()
    page.get_by_role("button", name="确认写入").wait_for()
    found += faults(page, "upload-ready")
    page.get_by_role("button", name="确认写入").click()
    page.get_by_role("button", name="撤销").first.wait_for()
    found += faults(page, "upload-written")
    found += visit(page, site, {"fill-list": f"/entry/{draft.pk}/fill/"})
    assert not found, "\n".join(found)


def test_entry_of_final_accounts(site: str, final: Report, new_context: Contexts) -> None:
    """Being corrected, so that every page has its fields."""
    Report.objects.filter(pk=final.pk).update(status=Status.CORRECTING)
    at = f"/entry/{final.pk}"
    page = signed_in(new_context(), site, "baosong")
    sections = ("basics", "staffing", "income", "expenditure", "evaluation", "matters", "explanations")
    found = visit(
        page,
        site,
        {
            "final-overview": f"{at}/",
            **{f"final-{section}": f"{at}/{section}/" for section in sections},
            "final-projects": f"{at}/projects/",
            "final-project": f"{at}/projects/general-affairs/",
            "final-preview": f"{at}/preview/",
            "final-check": f"{at}/check/",
        },
    )
    assert not found, "\n".join(found)


def test_public(site: str, new_context: Contexts) -> None:
    page = new_context().new_page()
    places = {
        "login": "/login/",
        "public-home": "/",
        "public-district": "/districts/420112/",
        "public-department": "/departments/112001/",
        "public-report": "/2023/112001/budget/",
        "public-final": "/2024/112001/final/",
        "public-project": "/departments/112001/projects/general-affairs/",
    }
    found = visit(page, site, places)
    page.goto(f"{site}/login/")
    page.get_by_role("button", name="登录").click()
    page.get_by_role("alert").wait_for()
    found += faults(page, "login-refused")
    assert not found, "\n".join(found)


def test_review(site: str, published: Report, new_context: Contexts) -> None:
    """The theme's own markup is not ours: of what axe finds here, only what is critical fails."""
    at = f"/admin/budgets/report/{published.pk}"
    page = signed_in(new_context(), site, "pifu")
    tabs = (
        *("changes", "tables", "text", "projects", "performance"),
        *("findings", "checklist", "comments", "trail"),
    )
    found = visit(
        page,
        site,
        {
            "admin-index": "/admin/",
            "queue": "/admin/budgets/report/?state=all",
            "board": "/admin/budgets/report/board/?district=420112&year=2023&kind=budget",
            "rollup": "/admin/budgets/report/rollup/?district=420112&year=2023&kind=budget",
            "rollup-figure": "/admin/budgets/report/rollup/figure/?year=2023&kind=budget&cell=T05/total/total",
            "rollup-nothing": "/admin/budgets/report/rollup/?district=420112&year=2025&kind=budget",
            **{f"desk-{tab}": f"{at}/change/?tab={tab}" for tab in tabs},
            "figure": f"{at}/figure/?cell=T05/total/total",
            "story": "/admin/budgets/report/departments/112001/projects/general-affairs/",
            "sentence": f"{at}/sentence/?key=balance.total",
            "waive": f"{at}/waive/VAR-1/",
            "verb": f"{at}/verb/correct/",
        },
        impacts=("critical",),
    )
    page.get_by_role("button", name="确认").click()
    page.get_by_text("请填写更正原因").wait_for()
    found += faults(page, "verb-refused", impacts=("critical",))
    assert not found, "\n".join(found)


def test_rule_settings(site: str, published: Report, new_context: Contexts) -> None:
    page = signed_in(new_context(), site, "guanli")
    add = "/admin/budgets/rulesetting/add/"
    place = f"fiscal_year={published.fiscal_year_id}&rule=VAR-1"
    found = visit(
        page,
        site,
        {"rule-choice": add, "rule": f"{add}?{place}"},
        impacts=("critical",),
    )
    assert not found, "\n".join(found)
