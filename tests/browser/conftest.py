"""Browser tests: Debian's Chromium, and no test passes with a policy violation or a script error."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, WebError, expect

from budgets.domain.choices import Role, Status
from budgets.models import Report
from tests.browser.walk import signed_in
from tests.factories import person
from tests.samples import adopt_sample

# The synchronous Playwright runs an event loop in the test's thread; Django would refuse the ORM there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PATIENCE = 60_000
"""Milliseconds that actions and expectations wait alike: a busy machine answers late, and is not wrong."""

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => window.reportPolicyViolation({
    directive: event.effectiveDirective, blocked: event.blockedURI, page: event.documentURI,
    source: event.sourceFile, line: event.lineNumber, sample: event.sample,
}));
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.path.dirname(__file__)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker("browser")


@pytest.fixture(autouse=True)
def _pictures(settings: Any) -> None:
    """Pages are looked at with their pictures, which tests without a browser leave out."""
    settings.PUBLISHED_DOCUMENTS = ["svg"]


@pytest.fixture(scope="session", autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        message = "Chromium was not found on the PATH"
        if os.environ.get("REQUIRE_SERVICES") == "1":
            pytest.fail(message)
        pytest.skip(message)
    args = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    ]
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": executable, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1366, "height": 900},
    }


@dataclass
class BrowserReport:
    """What the browser complained about; `console` is for looking at, the other two fail the test."""

    console: list[str] = field(default_factory=list)
    violations: list[dict[str, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture
def browser_report() -> Iterator[BrowserReport]:
    report = BrowserReport()
    yield report
    assert not report.violations, f"Content-Security-Policy violations: {report.violations}"
    assert not report.errors, f"script errors: {report.errors}; console: {report.console}"


class Traffic:
    """Requests that the server of a test is answering."""

    def __init__(self) -> None:
        self.lock, self.open = threading.Lock(), 0

    def count(self, by: int) -> None:
        with self.lock:
            self.open += by

    def __enter__(self) -> Traffic:
        self.starts: Callable[..., None] = lambda **_: self.count(1)
        self.ends: Callable[..., None] = lambda **_: self.count(-1)
        request_started.connect(self.starts)
        request_finished.connect(self.ends)
        return self

    def __exit__(self, *_: object) -> None:
        request_started.disconnect(self.starts)
        request_finished.disconnect(self.ends)

    def rest(self) -> None:
        """Return when nothing is being answered."""
        until = time.monotonic() + PATIENCE / 1000
        while self.open > 0 and time.monotonic() < until:
            time.sleep(0.02)


@pytest.fixture
def new_context(
    live_server: Any, browser_report: BrowserReport, new_context: Callable[..., BrowserContext]
) -> Iterator[Callable[..., BrowserContext]]:
    """Every context of a test is watched, so that tests of two users are too.

    A page that is closed sends what was typed in it as a draft: at the end contexts are cut off, and what the
    server still answers is waited for, before the database is emptied.
    """
    made: list[BrowserContext] = []

    def on_console(message: ConsoleMessage) -> None:
        browser_report.console.append(f"{message.type}: {message.text}")

    def on_error(error: WebError) -> None:
        browser_report.errors.append(str(error.error))

    def make(**kwargs: Any) -> BrowserContext:
        context = new_context(**kwargs)
        made.append(context)
        context.set_default_timeout(PATIENCE)
        context.expose_binding(
            "reportPolicyViolation", lambda source, violation: browser_report.violations.append(violation)
        )
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", on_console)
        context.on("weberror", on_error)
        return context

    with Traffic() as traffic:
        yield make
        for context in made:
            with contextlib.suppress(Error):
                context.set_offline(True)
        traffic.rest()


@pytest.fixture
def draft(live_server: Any) -> Report:
    """The sample's report as a draft, with 经办 (``jingban``) to fill it in."""
    report = adopt_sample(status=Status.DRAFT)
    person("jingban", Role.PREPARER, department=report.department)
    return report


@pytest.fixture
def project_page(live_server: Any, draft: Report, new_context: Callable[..., BrowserContext]) -> Page:
    """The page of one of its projects, 综合业务, with a clipboard."""
    context = new_context(reduced_motion="reduce")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = signed_in(context, live_server.url, "jingban")
    page.goto(f"{live_server.url}/entry/{draft.pk}/projects/general-affairs/")
    return page
