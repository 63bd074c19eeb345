"""The small world of the factories, a real report in it, and a browser for each person."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.models import Report
from tests.cached_worlds import kept
from tests.factories import World, make_world

SAMPLE = json.loads(
    (Path(__file__).parents[3] / "budgets/samples/112001_2023_budget.json").read_text(encoding="utf-8")
)


@dataclass
class Stored:
    """What a test has of the database: the world, and the report in it where the test asks for it."""

    world: World
    report: Report | None


@pytest.fixture
def stored(db: None, request: pytest.FixtureRequest) -> Stored:
    if "report" in request.fixturenames:
        return Stored(*kept("world with a report", lambda: (make_world(), adopt(SAMPLE, Status.DRAFT))))
    return Stored(kept("world", make_world), None)


@pytest.fixture
def world(stored: Stored) -> World:
    return stored.world


@pytest.fixture
def report(stored: Stored) -> Report:
    """The published 2023 budget of 112001, as if it had just been submitted."""
    world, made = stored.world, stored.report
    return put(made, Status.SUBMITTED, submitted_by=world.submitter, submitted_at=timezone.now())


@pytest.fixture
def login() -> Callable[[User], Client]:
    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


def put(report: Report, status: Status, **values: object) -> Report:
    """The report in a state, without going through the actions."""
    Report.objects.filter(pk=report.pk).update(status=status, **values)
    return Report.objects.select_related("department", "fiscal_year").get(pk=report.pk)
