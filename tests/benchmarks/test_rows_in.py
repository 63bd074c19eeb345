"""What taking in a workbook of 20,000 rows costs beside the same rows by django-import-export, and beside the floor.

The rows are lines of expenditure, 1,000 in each of 20 projects, as many as a list may have. Ours are kept
with a preview and confirmed: read, put through the forms, compared, written with a version of every project. The others get a
plain sheet with every cell as the table has it, check nothing of it and keep no versions.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX
from openpyxl import Workbook, load_workbook
from python_calamine import CalamineWorkbook

from budgets.actions import projects
from budgets.actions.keep_upload import keep_upload
from budgets.actions.take_upload import take_upload
from budgets.actions.write_workbook import preview
from budgets.domain.money import Unit
from budgets.forms.rows import LIMIT
from budgets.models import (
    EconomicCode,
    FunctionCode,
    LineItem,
    ProjectActivity,
    ProjectApplication,
    Report,
)
from budgets.workbook.reading import read_workbook
from tests.budgets.workbook.files import column, made
from tests.factories import make_report, make_world

from .conftest import MANY

ROWS = MANY
PROJECTS = ROWS // LIMIT
SUBJECTS = {
    "30201": "办公费",
    "30202": "印刷费",
    "30211": "差旅费",
    "30227": "委托业务费",
    "30299": "其他商品和服务支出",
}
CODES = tuple(SUBJECTS)
FUNCTION = "2010399"
TAB = "项目支出明细测算"
WHAT = {"workbook": "a workbook", "own_sheet": "an own sheet"}
"""What is taken, by its name in `Arena`."""


@dataclass(frozen=True)
class Arena:
    """A report of so many projects, each with one activity for those that write lines alone."""

    report: Report
    preparer: Any
    workbook: bytes
    own_sheet: bytes
    sheet: bytes


@pytest.fixture(scope="module")
def arena(django_db_setup: None, django_db_blocker: Any) -> Iterator[Arena]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        report = make_report(world)
        for number in range(PROJECTS):
            projects.add(report.pk, world.preparer, {"name": f"项目{number}"})
        report = Report.objects.get(pk=report.pk)
        yield Arena(report, world.preparer, _workbook(report), _own_sheet(), _sheet(report))
        transaction.set_rollback(True)


def _lines() -> Iterator[tuple[int, int, str, Decimal]]:
    """Project, number within it, subject and 元."""
    for number in range(ROWS):
        yield number // LIMIT, number % LIMIT, CODES[number % len(SUBJECTS)], Decimal(number + 1)


def _workbook(report: Report) -> bytes:
    """The entry workbook, filled in: the name of an activity, and below it its lines."""
    workbook = load_workbook(io.BytesIO(made(report, unit=Unit.YUAN, empty=True)))
    sheet = workbook[TAB]
    titles = ("所属项目", "项目活动", "功能分类", "支出经济分类", "金额")
    at = [column(sheet, title) for title in titles]
    for row, (project, number, economic, amount) in enumerate(_lines(), 3):
        name = None if number else "活动"
        for place, value in zip(at, (f"项目{project}", name, FUNCTION, economic, amount), strict=True):
            if value is not None:
                sheet.cell(row, place).value = value
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _own_sheet() -> bytes:
    """One table of a department's own, as it may come from its accounts: six columns, and their sum."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("全部项目")
    sheet.append(("序号", "项目名称", "活动", "科目编码", "科目名称", "金额（元）"))
    for at, (project, number, economic, amount) in enumerate(_lines(), 1):
        name = None if number else "活动"
        sheet.append((at, f"项目{project}", name, economic, SUBJECTS[economic], amount))
    sheet.append(("合计", None, None, None, None, Decimal(ROWS * (ROWS + 1) // 2)))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


HEADINGS = ("key", "report", "activity", "position", "flow", "use", "fund", "function", "economic", "amount")


def _sheet(report: Report) -> bytes:
    """The same lines as the table has them."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    sheet.append(HEADINGS)
    for position, (project, number, economic, amount) in enumerate(_lines()):
        line = (f"line-{position}", report.pk, f"项目{project}", number, "expenditure", "project", "general")
        sheet.append((*line, FUNCTION, economic, amount))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _rolled_back(run: Callable[[], object]) -> Callable[[], None]:
    def measured() -> None:
        with transaction.atomic():
            run()
            transaction.set_rollback(True)

    return measured


# --- ours -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["workbook", "own_sheet"])
def test_look(timed: Callable[..., None], arena: Arena, name: str) -> None:
    content = getattr(arena, name)
    taken = preview(arena.report, read_workbook(content))
    assert (taken.problems, len(taken.sections)) == ([], PROJECTS)
    timed(f"look at {WHAT[name]}", ROWS, lambda: preview(arena.report, read_workbook(content)), rounds=3)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["workbook", "own_sheet"])
def test_take(timed: Callable[..., None], arena: Arena, name: str) -> None:
    """An upload is kept with its preview, then confirmed."""

    def store() -> None:
        upload = keep_upload(arena.report, arena.preparer, "测算.xlsx", getattr(arena, name))
        take_upload(arena.report.pk, arena.preparer, upload.pk, upload.looks)
        assert LineItem.objects.filter(report=arena.report).count() == ROWS

    timed(f"preview and take {WHAT[name]}", ROWS, _rolled_back(store), rounds=3)


# --- others ---------------------------------------------------------------------------------------


def _activities(report: Report) -> dict[str, ProjectActivity]:
    """An activity of every project, called as it, for those that write lines alone."""
    numbers = count()
    made = ProjectActivity.objects.bulk_create(
        ProjectActivity(
            report=report, application=a, key=f"activity-{next(numbers)}", name=a.name, position=0
        )
        for a in ProjectApplication.objects.filter(report=report)
    )
    return {activity.name: activity for activity in made}


def _resource(foreign_key: type[widgets.ForeignKeyWidget], **bulk: object) -> type[resources.ModelResource]:
    class Lines(resources.ModelResource):
        report = fields.Field("report", "report", foreign_key(Report))
        activity = fields.Field("activity", "activity", foreign_key(ProjectActivity, "name"))
        function = fields.Field("function", "function", foreign_key(FunctionCode, "code"))
        economic = fields.Field("economic", "economic", foreign_key(EconomicCode, "code"))

        Meta = type("Meta", (), {"model": LineItem, "fields": HEADINGS, "import_id_fields": ("key",), **bulk})

    return Lines


def _import(arena: Arena, resource: type[resources.ModelResource]) -> None:
    _activities(arena.report)
    result = resource().import_data(XLSX().create_dataset(arena.sheet), raise_errors=True)
    assert result.totals["new"] == ROWS


@pytest.mark.django_db
def test_import_export(timed: Callable[..., None], arena: Arena) -> None:
    plain = _resource(widgets.ForeignKeyWidget)
    timed("import-export", ROWS, _rolled_back(lambda: _import(arena, plain)), rounds=1)


@pytest.mark.django_db
def test_import_export_in_bulk(timed: Callable[..., None], arena: Arena) -> None:
    bulk = _resource(
        widgets.CachedForeignKeyWidget,
        use_bulk=True,
        batch_size=1000,
        skip_diff=True,
        force_init_instance=True,
    )
    timed("import-export in bulk", ROWS, _rolled_back(lambda: _import(arena, bulk)), rounds=3)


@pytest.mark.django_db
def test_floor(timed: Callable[..., None], arena: Arena) -> None:
    """Read with calamine, and one bulk insert."""

    def store() -> None:
        activities = _activities(arena.report)
        edition = arena.report.fiscal_year.edition
        functions = dict(FunctionCode.objects.filter(edition=edition).values_list("code", "pk"))
        economics = dict(EconomicCode.objects.filter(edition=edition).values_list("code", "pk"))
        book = CalamineWorkbook.from_filelike(io.BytesIO(arena.sheet))
        rows = book.get_sheet_by_index(0).to_python()[1:]
        LineItem.objects.bulk_create(
            LineItem(
                report=arena.report,
                key=key,
                activity=activities[activity],
                position=int(position),
                flow=flow,
                use=use,
                fund=fund,
                function_id=functions[function],
                economic_id=economics[economic],
                amount=Decimal(str(amount)),
            )
            for key, _, activity, position, flow, use, fund, function, economic, amount in rows
        )
        assert LineItem.objects.filter(report=arena.report).count() == ROWS

    timed("read and insert", ROWS, _rolled_back(store), rounds=3)
