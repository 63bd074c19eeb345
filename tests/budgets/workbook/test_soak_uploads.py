"""Ten thousand difficult spreadsheets on the whole road: uploaded, asked about, confirmed or refused.

The same files every time; SCALE adds others.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from budgets.actions import projects
from budgets.actions.base import ActionRefused
from budgets.actions.keep_upload import keep_upload, look_again
from budgets.actions.take_upload import take_upload
from budgets.domain.dossier import Dossier
from budgets.models import Report, SectionVersion, Upload
from budgets.storage.loading import load_dossier
from budgets.workbook.placed import DepartmentTable
from budgets.workbook.plan_json import parse_preview
from budgets.workbook.preview import Preview
from budgets.workbook.reading import WorkbookRefused, read_workbook
from tests.factories import World, make_report, make_world

from .accounting import untold
from .difficult_sheets import PROJECTS, Difficult, Line, Page, difficult

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

SCALE = float(os.environ.get("SCALE", "0"))
PARTS = 20
FILES = 10_000 // PARTS
SECONDS = 10
BY_PAGE = 10
"""Every so many-th file goes through the page, the others through its actions."""
AT_RANDOM = 5
"""Every so many-th file is answered at random."""
ROUNDS = 6


@dataclass
class Road:
    """A report with two projects, and how files went."""

    world: World
    report: Report
    client: Client
    went: Counter[str] = field(default_factory=Counter)

    def upload(self, file: Difficult, number: int) -> Upload | None:
        """Upload the file; None if it is refused."""
        name = "测算.xlsx"
        if number % BY_PAGE == 0:
            data = {"file": SimpleUploadedFile(name, file.content)}
            answer = self.client.post(self._url("fill"), data, follow=True)
            assert answer.status_code in (200, 422)
            return Upload.objects.filter(report=self.report).last()
        try:
            return keep_upload(self.report, self.world.preparer, name, file.content)
        except (WorkbookRefused, ActionRefused) as refused:
            assert refused.message
            return None

    def answer(self, upload: Upload, answers: Mapping[str, str], number: int) -> Upload:
        if number % BY_PAGE == 0:
            answer = self.client.post(self._url("upload", upload.pk), answers, follow=True)
            assert answer.status_code == 200
        else:
            look_again(upload, answers)
        return Upload.objects.select_related("report__department", "user").get(pk=upload.pk)

    def confirm(self, upload: Upload, number: int) -> None:
        """Confirm it; raises nothing if it is refused."""
        if number % BY_PAGE == 0:
            data = {"looks": upload.looks}
            answer = self.client.post(self._url("upload_confirm", upload.pk), data, follow=True)
            assert answer.status_code in (200, 409)
            return
        try:
            take_upload(self.report.pk, self.world.preparer, upload.pk, upload.looks)
        except ActionRefused as refused:
            assert refused.message

    def _url(self, name: str, *args: Any) -> str:
        return reverse(f"entry:{name}", args=[self.report.pk, *args])

    def versions(self) -> tuple[int, int]:
        return SectionVersion.objects.count(), Report.objects.get(pk=self.report.pk).changes

    def dossier(self) -> Dossier:
        return load_dossier(Report.objects.get(pk=self.report.pk), earlier=False)


@pytest.fixture(scope="module")
def road(django_db_setup: None, django_db_blocker: Any) -> Iterator[Road]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        report = make_report(world)
        for name in PROJECTS:
            projects.add(report.pk, world.preparer, {"name": name})
        client = Client()
        client.force_login(world.preparer)
        yield Road(world, Report.objects.get(pk=report.pk), client)
        transaction.set_rollback(True)


@pytest.mark.parametrize("part", range(PARTS))
def test_difficult_uploads_are_written_as_shown_or_refused(road: Road, part: int) -> None:
    road.went.clear()
    for number in range(part, round(PARTS * FILES * SCALE), PARTS):
        file = difficult(number)
        begun = time.process_time()
        try:
            with transaction.atomic():
                road.went[_walk(road, file, number)] += 1
                transaction.set_rollback(True)
        except Exception as error:
            raise AssertionError(f"file {number}") from error
        finally:
            _forget_files()
        assert time.process_time() - begun < SECONDS, f"file {number}"
    files = road.went.total()
    assert files < FILES or (road.went["written"] > files / 2 and road.went["refused"])


def _walk(road: Road, file: Difficult, number: int) -> str:
    """The whole road of one file; returns how it ended."""
    before = road.versions()
    upload = road.upload(file, number)
    assert road.versions() == before
    if upload is None:
        assert file.is_spoilt
        return "refused"
    upload, shown = _answered(road, file, upload, number)
    assert road.versions() == before
    road.confirm(upload, number)
    if not shown.is_ready or not upload.sections:
        assert road.versions() == before
        assert shown.problems or shown.repeated or not upload.sections
        is_hopeless = file.is_spoilt or number % AT_RANDOM == 0 or not file.lines
        assert is_hopeless, [(p.place, p.message) for p in shown.problems]
        return "not clean"
    assert road.versions() != before
    assert untold(read_workbook(file.content), shown.tables) == []
    if not file.is_spoilt and number % AT_RANDOM:
        assert _lines(road.dossier()) == file.lines
    return "written"


def _answered(road: Road, file: Difficult, upload: Upload, number: int) -> tuple[Upload, Preview]:
    draw = Random(number)
    answers: dict[str, str] = {}
    for _ in range(ROUNDS):
        shown = parse_preview(upload.plan)
        assert shown is not None
        found = [(question, table) for table in shown.tables for question in table.open]
        if not found:
            break
        for question, table in found:
            if number % AT_RANDOM and not file.is_spoilt:
                answers[question.name] = file.answer(question, _page_of(file.pages, table))
            else:
                answers[question.name] = draw.choice([value for value, _ in question.options])
        upload = road.answer(upload, answers, number)
    shown = parse_preview(upload.plan)
    assert shown is not None
    return upload, shown


def _page_of(pages: Sequence[Page], table: DepartmentTable) -> Page | None:
    return next((page for page in pages if f"“{page.name}”" in table.place), None)


def _lines(dossier: Dossier) -> dict[str, Counter[Line]]:
    """Subject and amount of every line, by the name of the project."""
    found: dict[str, Counter[Line]] = {}
    for project in dossier.projects:
        for activity in project.activities:
            for line in activity.lines:
                found.setdefault(project.identity.name, Counter())[line.economic, line.amount] += 1
    return found


def _forget_files() -> None:
    if default_storage.exists("workbooks"):
        for name in default_storage.listdir("workbooks")[1]:
            default_storage.delete(f"workbooks/{name}")
