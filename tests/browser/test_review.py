"""A reviewer reads a report, asks about a figure and returns it, in the browser, under the admin's policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report
from tests.browser.test_main_job import judge_points
from tests.factories import World, make_world

SAMPLE = Path(__file__).parents[2] / "budgets/samples/112001_2023_budget.json"


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


@pytest.fixture
def report(world: World) -> Report:
    made = adopt(json.loads(SAMPLE.read_text(encoding="utf-8")), Status.DRAFT)
    made.status, made.submitted_by, made.submitted_at = Status.SUBMITTED, world.submitter, timezone.now()
    made.save()
    return made


def log_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/admin/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", "sunshine-2024")
    page.click("button[type=submit]")


def test_from_the_queue_to_a_returned_report(live_server, world, report, page: Page) -> None:
    log_in(page, live_server.url, "reviewer")
    page.get_by_role("link", name="打开待处理的编报").click()
    page.get_by_role("link", name="112001").click()
    expect(page.locator(".review-cover h2")).to_contain_text("2023 年部门预算")
    page.get_by_role("navigation", name="编报内容").get_by_role("link", name="公开表").click()
    page.locator("#c-T05-total-total a").click()
    expect(page.locator(".review-value")).to_have_text("3,073.53 万元")
    page.get_by_label("意见", exact=True).fill("请说明构成")
    page.get_by_role("button", name="提出意见").click()
    expect(page.get_by_text("意见已提出")).to_be_visible()
    page.get_by_role("link", name="←").first.click()
    expect(page.locator("#c-T05-total-total")).to_have_class("amount has-comment")
    page.get_by_role("list", name="办理").get_by_role("link", name="退回").click()
    expect(page.get_by_label("理由")).to_have_value("1. 表5 一般公共预算支出表 · 合计 · 合计：请说明构成")
    page.get_by_role("button", name="确认退回").click()
    expect(page.locator(".review-state")).to_have_text("已退回")
    assert Report.objects.get(pk=report.pk).status == Status.RETURNED


def test_the_points_are_judged_before_the_report_is_passed(live_server, world, report, page: Page) -> None:
    log_in(page, live_server.url, "reviewer")
    page.goto(f"{live_server.url}/admin/budgets/report/{report.pk}/change/")
    judge_points(page)
    page.get_by_role("link", name="初审通过", exact=True).click()
    page.get_by_role("button", name="确认初审通过").click()
    expect(page.locator(".review-state")).to_have_text("初审通过")
    assert Report.objects.get(pk=report.pk).status == Status.REVIEWED
