"""A save reads each fact once: what is stored from its rows, what was entered from its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from budgets.domain.profile import parts_of
from budgets.models import LineItem
from budgets.workbook.reading import read_workbook
from tests.budgets.workbook.files import column, edited, made, take_workbook
from tests.controls import controls, named
from tests.sample_world import SampleWorld, make_sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SampleWorld:
    return make_sample_world()


class Readings:
    """How often each part was loaded, by its owner, and parsed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, profile: str) -> None:
        self.loaded: Counter[tuple[str, str, int]] = Counter()
        self.parsed: Counter[str] = Counter()
        for part in {type(part): part for parts in parts_of(profile) for part in parts}.values():
            monkeypatch.setattr(type(part), "values", self._loading(type(part).values))
            monkeypatch.setattr(type(part), "parse", self._parsing(type(part).parse))

    def _loading(self, values: Callable[..., Any]) -> Callable[..., Any]:
        def load(part: Any, owners: Any, *rows: Any) -> Any:
            self.loaded.update((type(part).__name__, type(owner).__name__, owner.pk) for owner in owners)
            return values(part, owners, *rows)

        return load

    def _parsing(self, parse: Callable[..., Any]) -> Callable[..., Any]:
        def read(part: Any, data: Any) -> Any:
            self.parsed[type(part).__name__] += 1
            return parse(part, data)

        return read


def test_a_save_loads_and_parses_once(place: SampleWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.force_login(place.world.preparer)
    address = reverse("entry:section", args=[place.report.pk, "expenditure"])
    data = controls(client.get(address).content.decode(), "section-form")
    data[next(named(data, "expenditure", "amount"))] = "1"
    readings = Readings(monkeypatch, place.report.profile_key)
    assert client.post(address, data).status_code == 302
    assert place.report.versions.filter(section="expenditure").exists()
    assert set(readings.loaded.values()) == {1}
    assert readings.parsed == {"ExpenditurePart": 1}


def test_a_project_is_loaded_and_parsed_once(place: SampleWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    client.force_login(place.world.preparer)
    project = place.report.applications.select_related("project").first().project.key
    address = reverse("entry:project", args=[place.report.pk, project])
    data = controls(client.get(address).content.decode(), "section-form")
    data[next(named(data, "activities", "amount"))] = "1"
    readings = Readings(monkeypatch, place.report.profile_key)
    assert client.post(address, data).status_code == 302
    assert place.report.versions.filter(section=f"project:{project}").exists()
    assert set(readings.loaded.values()) == {1}
    _, parts = parts_of(place.report.profile_key)
    assert readings.parsed == {type(part).__name__: 1 for part in parts}


def test_a_section_of_an_upload_is_loaded_and_parsed_once(
    place: SampleWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_in(workbook: Workbook) -> None:
        lines = workbook["项目支出明细测算"]
        amount = column(lines, "金额")
        for row in range(3, lines.max_row + 1):
            if lines.cell(row, amount).value is not None:
                lines.cell(row, amount).value = 1

    upload = read_workbook(edited(made(place.report), fill_in))
    readings = Readings(monkeypatch, place.report.profile_key)
    taken = take_workbook(place.report.pk, place.world.preparer, upload)
    assert taken.sections == place.report.applications.count()
    assert LineItem.objects.filter(report=place.report, activity__isnull=False, amount=10000).exists()
    assert set(readings.loaded.values()) == {1}
    assert readings.parsed["ActivitiesPart"] == taken.sections
