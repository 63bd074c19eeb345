"""The three roads of docs/contributing.md: each function is there, and runs in the order of its table."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from budgets.actions.checklist import Verdict, judge_points
from budgets.domain.choices import Status
from budgets.domain.profile import get_profile
from budgets.models import PublishedFile, Report
from tests.budgets.workbook.files import edited, first_empty, made, put
from tests.controls import controls, named
from tests.sample_world import SampleWorld, make_sample_world
from tests.small_year import NUMBER, small_year

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "contributing.md"
ROADS = ("Saving a section", "Importing a workbook", "Publishing")


@dataclass(frozen=True)
class Step:
    """One row of a table: ``name`` within the module at ``path``."""

    name: str
    path: str

    def __str__(self) -> str:
        return f"{self.name} ({self.path})"

    @property
    def code(self) -> CodeType:
        """What runs; raises AttributeError where the module has no such function."""
        found: Any = importlib.import_module(self.path.removesuffix(".py").replace("/", "."))
        for name in self.name.split("."):
            found = inspect.getattr_static(found, name)
        if isinstance(found, cached_property):
            found = found.func
        elif isinstance(found, property):
            found = found.fget
        elif inspect.isclass(found):
            found = found.__init__
        code: CodeType = inspect.unwrap(found).__code__
        return code


def steps(road: str) -> list[Step]:
    text = PAGE.read_text(encoding="utf-8")
    (section,) = re.findall(rf"^### {road}\n(.*?)(?=^##)", text, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| `([\w.]+)` \| `([\w/]+\.py)` \|", section, re.MULTILINE)
    assert len(rows) == len(re.findall(r"^\| `", section, re.MULTILINE)), "a row of another shape"
    return [Step(*row) for row in rows]


@contextmanager
def recorded(road: list[Step]) -> Iterator[list[CodeType]]:
    """The calls of the road's functions, in order."""
    wanted = {step.code for step in road}
    calls: list[CodeType] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in wanted:
            calls.append(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def assert_walked(road: list[Step], calls: list[CodeType]) -> None:
    """Each step is called after the step before it."""
    rest = iter(calls)
    for number, step in enumerate(road, 1):
        assert any(code is step.code for code in rest), (
            f"step {number}, {step}, is not called after the one before"
        )


@pytest.mark.parametrize("road", ROADS)
def test_every_function_of_a_road_is_there(road: str) -> None:
    found = steps(road)
    assert len(found) > 10
    assert all(step.code for step in found)


@pytest.fixture
def sample(db: None) -> SampleWorld:
    return make_sample_world()


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_saving_a_section(sample: SampleWorld) -> None:
    road = steps("Saving a section")
    client = logged_in(sample.world.preparer)
    address = reverse("entry:section", args=[sample.report.pk, "expenditure"])
    data = controls(client.get(address).content.decode(), "section-form")
    data[next(named(data, "expenditure", "amount"))] = "1"
    with recorded(road) as calls:
        assert client.post(address, data).status_code == 302
    assert_walked(road, calls)


def test_importing_a_workbook(sample: SampleWorld) -> None:
    road = steps("Importing a workbook")
    client = logged_in(sample.world.preparer)

    def fill_in(workbook: Workbook) -> None:
        workbook["基本情况"]["B2"] = "新填报人"
        projects = workbook["项目"]
        put(projects, first_empty(projects), 项目名称="档案整理", 支出项目类别="特定目标类项目")

    # The workbook is made first: what is recorded begins with the upload.
    upload = SimpleUploadedFile("填报.xlsx", edited(made(sample.report), fill_in))
    with recorded(road) as calls:
        address = reverse("entry:fill", args=[sample.report.pk])
        page = client.post(address, {"file": upload}, follow=True)
        assert page.status_code == 200
        args = [sample.report.pk, page.context["upload"].pk]
        data = {"looks": page.context["upload"].looks}
        assert client.post(reverse("entry:upload_confirm", args=args), data).status_code == 302
    assert_walked(road, calls)


def test_publishing(db: None) -> None:
    road = steps("Publishing")
    year = small_year()
    world, pk = year.world, year.budget.pk
    submitter, reviewer, approver = map(logged_in, (world.submitter, world.reviewer, world.approver))

    def seen() -> dict[str, Any]:
        return {"seen": Report.objects.get(pk=pk).changes}

    def verb(name: str) -> str:
        return reverse("admin:budgets_report_verb", args=[pk, name])

    with recorded(road) as calls:
        submitter.post(reverse("entry:check", args=[pk]), seen())
        points = {key: Verdict(True) for key, _ in get_profile(year.budget.profile_key).checklist}
        judge_points(pk, world.reviewer, seen()["seen"], points)
        reviewer.post(verb("pass"), seen())
        shown = approver.get(verb("approve")).context["form"].initial["digest"]
        approval = {"number": NUMBER, "date": timezone.localdate().isoformat(), "digest": shown}
        approver.post(verb("approve"), seen() | approval)
        submitter.post(reverse("entry:publish", args=[pk]), seen())
        assert Report.objects.get(pk=pk).status == Status.PUBLISHED
        anybody = Client()
        address = reverse("public:report", args=[year.budget.year, world.department.code, "budget"])
        assert anybody.get(address).status_code == 200
        file = PublishedFile.objects.filter(publication__report=pk)[0]
        answer = anybody.get(f"{address}1/{file.name}")
        assert b"".join(answer.streaming_content)
    assert_walked(road, calls)
