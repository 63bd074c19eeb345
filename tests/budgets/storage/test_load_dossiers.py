"""Many dossiers at once are the same as one by one, in a number of queries that does not grow."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.domain.choices import Status
from budgets.models import Department, FiscalYear, Report
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier, load_dossiers
from tests.factories import fill, make_report, make_world

pytestmark = pytest.mark.django_db
SAMPLE = json.loads(
    (Path(__file__).parents[3] / "budgets/samples/112001_2023_budget.json").read_text(encoding="utf-8")
)


def reports(count: int) -> list[Report]:
    """``count`` departments, each with a report of 2024 and the ones of 2023 and 2022."""
    world = make_world()
    years = [world.year]
    years += [
        FiscalYear.objects.create(
            district=world.district, year=year, edition=world.year.edition, budget_profile="dongxihu_2023"
        )
        for year in (2023, 2022)
    ]
    made = []
    for number in range(count):
        department = Department.objects.create(
            district=world.district, code=f"7{number:05}", name=f"单位{number}", kind="public_one"
        )
        for year in years:
            report = make_report(world, Status.SUBMITTED, department=department, fiscal_year=year)
            fill(report, SAMPLE)
            if year == world.year:
                made.append(report)
    return made


def test_each_is_as_if_it_were_loaded_alone() -> None:
    made = reports(3)
    together = load_dossiers(made)
    for report in made:
        alone = load_dossier(report)
        assert dump_dossier(together[report.pk]) == dump_dossier(alone)
        assert [d.header for d in together[report.pk].earlier] == [d.header for d in alone.earlier]
        assert [d.header.year for d in alone.earlier] == [2023, 2022]
        assert together[report.pk].earlier[0].ledger.total() == alone.earlier[0].ledger.total() > 0
        assert together[report.pk].earlier[0].codes.function_name("201")


def test_an_earlier_year_of_one_report_can_be_asked_for_too() -> None:
    (report,) = reports(1)
    before = Report.objects.get(department=report.department, fiscal_year__year=2023)
    together = load_dossiers([report, before])
    assert [d.header.year for d in together[before.pk].earlier] == [2022]
    assert [d.header.year for d in together[report.pk].earlier] == [2023, 2022]
    assert together[report.pk].earlier[0].earlier == ()


def test_queries_do_not_grow_with_reports() -> None:
    made = reports(4)
    with CaptureQueriesContext(connection) as few:
        load_dossiers(made[:1])
    with CaptureQueriesContext(connection) as many:
        load_dossiers(made)
    assert len(many) == len(few)


def test_nothing_is_asked_for() -> None:
    assert load_dossiers([]) == {}
