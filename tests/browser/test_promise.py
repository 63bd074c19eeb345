"""What was shown as saved is stored; what was typed is stored, or in a draft, or still in the page.

Walks at a section drawn by hypothesis: a few with every run, many with `make soak PART=promise`. A walk that fails
prints its steps; `REPLAY="basics: [Type(…), …]"` before the command walks them again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import BrowserContext

from budgets.actions.save_section import current_number, save_section
from budgets.domain.choices import Role, Status
from budgets.models import Draft, Report
from budgets.storage.loading import load_section
from tests.browser.conftest import BrowserReport
from tests.browser.promise.content import PLACES
from tests.browser.promise.user_actions import replayed, walks
from tests.browser.promise.walker import COLLEAGUE, WRITER, Walk
from tests.factories import person
from tests.samples import adopt_sample

SCALE = float(os.environ.get("SCALE", "0"))
EACH = 8
"""Walks at each section, at a scale of 1."""
REDUCING = 300
"""Seconds for finding fewer steps that fail too; the last line printed has the fewest."""
REPLAY = os.environ.get("REPLAY", "")

Take = Callable[[str, list[Any]], None]


@pytest.fixture
def report(live_server: Any) -> Report:
    draft = adopt_sample(status=Status.DRAFT)
    person(WRITER, Role.PREPARER, department=draft.department)
    person(COLLEAGUE, Role.SUBMITTER, department=draft.department)
    return draft


@pytest.fixture
def take(
    live_server: Any,
    report: Report,
    new_context: Callable[..., BrowserContext],
    browser_report: BrowserReport,
) -> Take:
    """Takes a walk at a section, which begins as it was adopted."""
    stored = {name: load_section(report, place.key).content for name, place in PLACES.items()}
    writer = report.department.memberships.get(user__username=COLLEAGUE).user

    def begin_again(name: str) -> None:
        Draft.objects.all().delete()
        key = PLACES[name].key
        report.refresh_from_db()
        number = current_number(report, key)
        if number:
            save_section(report.pk, writer, key, number, stored[name])

    def take(name: str, steps: list[Any]) -> None:
        begin_again(name)
        context = new_context()
        done = []
        try:
            walk = Walk(context, live_server.url, report, PLACES[name])
            for step in steps:
                done.append(step)
                walk.go(step)
                assert not browser_report.errors and not browser_report.violations, browser_report
            walk.finish()
            assert not browser_report.errors and not browser_report.violations, browser_report
        except BaseException:
            print(f'REPLAY="{name}: {done}"')
            raise
        finally:
            browser_report.errors.clear()
            browser_report.violations.clear()
            context.close()

    return take


def take_many(take: Take, name: str, count: int) -> None:
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        derandomize=not SCALE,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps=walks)
    def walk(steps: list[Any]) -> None:
        try:
            take(name, steps)
        except Exception:
            if SCALE:
                reduce(take, name, steps)
            raise

    walk()


def reduce(take: Take, name: str, steps: list[Any]) -> None:
    """Walks again with steps left out, as long as that fails too and patience lasts; each that fails is printed."""
    end = time.monotonic() + REDUCING
    size = len(steps) // 2
    while size:
        at = 0
        while at < len(steps) and time.monotonic() < end:
            fewer = steps[:at] + steps[at + size :]
            try:
                take(name, fewer)
                at += size
            except Exception:
                steps = fewer
        size //= 2


@pytest.mark.parametrize("name", PLACES)
def test_nothing_is_lost(name: str, take: Take) -> None:
    take_many(take, name, 1)


@pytest.mark.soak
@pytest.mark.parametrize("name", PLACES)
def test_nothing_is_lost_on_many_walks(name: str, take: Take) -> None:
    take_many(take, name, max(1, round(EACH * SCALE)))


if REPLAY:

    def test_a_walk_again(take: Take) -> None:
        name, _, steps = REPLAY.partition(": ")
        take(name, replayed(steps))
