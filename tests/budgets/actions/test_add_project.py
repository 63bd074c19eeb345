"""A project that is added by its name: the department's own of an earlier year, or a new one."""

from __future__ import annotations

import pytest

from budgets.actions import projects
from budgets.actions.adopt import adopt
from budgets.actions.base import ActionRefused
from budgets.domain.choices import Status
from budgets.models import Project, Report
from budgets.storage.loading import load_dossier
from tests.factories import World, make_report, make_world
from tests.sample_world import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world(2023)


def added(world: World, report: Report, name: str) -> str:
    return projects.add(report.pk, world.preparer, {"name": name})


def test_a_name_of_an_earlier_year_is_the_same_project(world: World) -> None:
    adopt(sample(year=2022), Status.ARCHIVED)
    report = make_report(world)
    key = added(world, report, "综合业务")
    assert key == "general-affairs"
    dossier = load_dossier(report)
    project = dossier.project(key)
    assert project is not None
    past = dossier.past(project, 2022)
    assert past is not None
    assert past.amount
    assert Project.objects.filter(department=report.department, key=key).count() == 1
    with pytest.raises(ActionRefused, match="已有名为"):
        added(world, report, "综合业务")


def test_a_name_that_nobody_had_is_a_new_project(world: World) -> None:
    adopt(sample(year=2022), Status.ARCHIVED)
    key = added(world, make_report(world), "数据治理")
    assert not Project.objects.filter(key=key, applications__report__fiscal_year__year=2022).exists()


def test_one_that_ended_with_its_year_begins_anew(world: World) -> None:
    last = sample(year=2022)
    for project in last["projects"]:
        project["identity"]["type"] = "one_off"
    adopt(last, Status.ARCHIVED)
    assert added(world, make_report(world), "综合业务") != "general-affairs"


def test_another_departments_project_of_the_same_name_is_not_ours(world: World) -> None:
    adopt(sample(year=2022), Status.ARCHIVED)
    report = make_report(world, department=world.sister)
    assert projects.add(report.pk, world.sister_preparer, {"name": "综合业务"}) != "general-affairs"


def test_one_taken_out_and_added_again_is_the_same(world: World) -> None:
    adopt(sample(year=2022), Status.ARCHIVED)
    report = make_report(world)
    key = added(world, report, "综合业务")
    projects.remove(report.pk, world.preparer, key)
    assert added(world, report, "综合业务") == key
