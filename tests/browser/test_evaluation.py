"""自评 while it is typed: what scripts propose and add up is what the server computes after saving."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from budgets.actions.open_report import open_report
from budgets.domain.choices import ReportKind, Role, Status
from budgets.models import Report
from tests.browser.walk import EntryDesk, look, signed_in
from tests.factories import person
from tests.samples import adopt_sample

Contexts = Callable[..., BrowserContext]
PROJECT = "general-affairs"

TYPED = {
    # target ≥6/年, ≥240天/年 and ≤24小时 of the weight typed before each
    "a04": ("7", "4", "4.67（达成66.67%）"),
    "a06": ("3.5", "２４１ 天", "3.5"),
    "a12": ("2.5", "36小时", "1.67（达成66.67%）"),
}


@pytest.fixture
def report(live_server: Any) -> Report:
    """The sample's final accounts as they are opened, with an officer."""
    budget = adopt_sample(status=Status.ARCHIVED)
    year = budget.fiscal_year
    year.final_profile, year.final_open = "dongxihu_final_2024", True
    year.save(update_fields=["final_profile", "final_open"])
    person("jingban", Role.PREPARER, department=budget.department)
    return open_report(budget.department, year, ReportKind.FINAL, None)


def cell(page: Page, row: str, column: str) -> Locator:
    return page.locator(f'[data-key="E02.{PROJECT}/{row}/{column}"]')


def test_proposals_and_the_total_follow_what_is_typed(
    live_server: Any, report: Report, new_context: Contexts
) -> None:
    page = signed_in(new_context(), live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{report.pk}/projects/{PROJECT}/")
    desk = EntryDesk(page)
    for name, (weight, actual, said) in TYPED.items():
        stem = f"#f-results-{PROJECT}-{name}"
        page.fill(f"{stem}-weight", weight)
        page.fill(f"{stem}-actual", actual)
        expect(cell(page, f"indicator.{PROJECT}-{name}", "proposed")).to_have_text(said)
    page.fill(f"#f-results-{PROJECT}-a01-score", "19.5")
    page.fill("#f-evaluation-execution_score", "6")
    total = page.locator('[data-headline="total"]')

    def check() -> None:
        expect(total).to_have_text("35.34")
        expect(cell(page, "total", "score")).to_have_text("35.34")
        for name, (_, _, said) in TYPED.items():
            expect(cell(page, f"indicator.{PROJECT}-{name}", "proposed")).to_have_text(said)

    check()
    page.fill(f"#f-results-{PROJECT}-a02-score", "满分")
    desk.press_save()
    expect(page.get_by_role("alert")).to_contain_text("“满分”不是分值")
    check()
    page.fill(f"#f-results-{PROJECT}-a02-score", "")
    desk.save()
    look(page, "evaluation")
    page.reload()
    check()
