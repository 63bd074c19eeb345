"""A report with one project, for the sheets that are taken into it."""

from __future__ import annotations

import pytest

from budgets.actions import projects
from budgets.models import Report
from tests.budgets.workbook.own_sheets import NAME
from tests.factories import World, make_report, make_world


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def report(world: World) -> Report:
    """One project with nothing in it."""
    report = make_report(world)
    projects.add(report.pk, world.preparer, {"name": NAME, "category": "specific"}, "general")
    return Report.objects.get(pk=report.pk)
