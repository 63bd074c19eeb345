"""A locality without a form for projects: they are entered part by part, and no sheet of one is published."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from budgets.actions.adopt import adopt
from budgets.actions.write_workbook import preview
from budgets.domain.choices import Status
from budgets.domain.profile import get_profile, run_checks
from budgets.models import FiscalYear, Publication, Report
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.views.entry.links import section_url
from budgets.workbook.reading import read_workbook
from tests.budgets.workbook.files import made
from tests.controls import controls, named
from tests.factories import World, make_world
from tests.other_profiles import install
from tests.sample_world import sample

PROJECT = "general-affairs"


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    shipped = get_profile("dongxihu_2023")
    tables = tuple(spec for spec in shipped.tables if spec.key != shipped.project_form)
    install(monkeypatch, replace(shipped, key="plain", project_form="", tables=tables))
    world = make_world(2023)
    FiscalYear.objects.update(budget_profile="plain")
    return world


@pytest.fixture
def report(world: World) -> Report:
    return adopt({**sample(), "profile": "plain"}, Status.DRAFT)


@pytest.fixture
def client(world: World) -> Client:
    return logged_in(world.preparer)


def logged_in(user: object) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def project_page(report: Report) -> str:
    return reverse("entry:project", args=[report.pk, PROJECT])


def test_an_untouched_page_changes_nothing(report: Report, client: Client) -> None:
    before = dump_dossier(load_dossier(report, earlier=False))
    data = controls(client.get(project_page(report)).content.decode(), "section-form")
    assert client.post(project_page(report), data).status_code == 302
    assert dump_dossier(load_dossier(report, earlier=False)) == before


def test_every_control_is_there_once(report: Report, client: Client) -> None:
    page = client.get(project_page(report)).content.decode().partition('id="section-form"')[2]
    ids = re.findall(r' id="(f-[^"]+)"', page)
    assert "f-application-long_term" in ids
    twice = [id for id, times in Counter(ids).items() if times > 1]
    assert [id for id in twice if "__key__" not in id] == []


def test_every_part_has_its_fields_and_they_are_saved(report: Report, client: Client) -> None:
    data = controls(client.get(project_page(report)).content.decode(), "section-form")
    data["identity-name"] = "改名的综合业务"
    data["application-plan"] = "分四个季度实施"
    data[next(named(data, "activities", "amount"))] = "6"
    data[next(named(data, "procurement", "name"))] = "改名的设备"
    data[next(named(data, "goals", "text"))] = "改写的目标"
    assert client.post(project_page(report), data).status_code == 302
    projects = dump_dossier(load_dossier(report, earlier=False))["projects"]
    one = next(project for project in projects if project["key"] == PROJECT)
    assert one["identity"]["name"] == "改名的综合业务"
    assert one["application"]["plan"] == "分四个季度实施"
    assert one["activities"]["activities"][0]["lines"][0]["amount"] == "60000.00"
    assert one["procurement"]["items"][0]["name"] == "改名的设备"
    assert one["goals"]["goals"][0]["text"] == "改写的目标"


def test_a_wrong_amount_is_refused_beside_its_control(report: Report, client: Client) -> None:
    data = controls(client.get(project_page(report)).content.decode(), "section-form")
    data[next(named(data, "activities", "amount"))] = "二十五万"
    answer = client.post(project_page(report), data)
    assert answer.status_code == 422
    assert "二十五万" in answer.text and 'aria-invalid="true"' in answer.text


def test_every_finding_leads_to_a_control(report: Report, client: Client) -> None:
    found = [finding for finding in run_checks(load_dossier(report)) if finding.field]
    pages: dict[str, str] = {}
    for finding in found:
        address = section_url(report.pk, finding.section)
        if address not in pages:
            pages[address] = client.get(address).content.decode()
        assert f'id="{finding.anchor}"' in pages[address]


def test_the_workbook_comes_back_as_it_went(report: Report) -> None:
    plan = preview(report, read_workbook(made(report)))
    assert (plan.problems, plan.sections, plan.changes) == ([], [], [])


def test_every_page_answers_and_no_sheet_of_a_project_is_published(world: World) -> None:
    report = adopt({**sample(), "profile": "plain"}, Status.PUBLISHED)
    files = [file.name for file in Publication.objects.get(report=report).files.all()]
    assert files and not [name for name in files if PROJECT in name]
    reviewer = logged_in(world.reviewer)
    page = reverse("admin:budgets_report_change", args=[report.pk])
    for tab in ("changes", "tables", "projects", "performance", "findings", "checklist", "trail"):
        answer = reviewer.get(page, {"tab": tab})
        assert answer.status_code == 200
        assert "#sheet--" not in answer.text
    names = ("entry:preview", "entry:report", "entry:check", "entry:projects", "entry:fill")
    for address in (
        *(reverse(name, args=[report.pk]) for name in names),
        project_page(report),
        reverse("entry:story", args=["112001", PROJECT]),
    ):
        assert logged_in(world.preparer).get(address).status_code == 200, address
    for address in ("/2023/112001/budget/", f"/departments/112001/projects/{PROJECT}/"):
        assert Client().get(address).status_code == 200, address
