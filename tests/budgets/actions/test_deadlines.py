"""A year is open or closed, and a deadline closes the first submission alone; extensions postpone it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from budgets.actions.adopt import adopt
from budgets.actions.base import ActionRefused
from budgets.actions.correct import correct
from budgets.actions.open_report import open_report
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.save_section import save_section
from budgets.actions.submit import submit
from budgets.domain.choices import ReportKind, Status
from budgets.domain.problems import ImportRefused
from budgets.models import Department, Extension, FiscalYear, Report
from tests.explanations import explain_all
from tests.sample_world import SampleWorld, make_sample_world, sample

from .transition_steps import current, to_published, to_submitted

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 20)
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


@pytest.fixture
def place() -> SampleWorld:
    made = make_sample_world()
    explain_all(made.report, made.submitter)
    return made


def settle(place: SampleWorld, **values: object) -> None:
    FiscalYear.objects.filter(pk=place.year.pk).update(**values)


def days_from_now(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def extend(place: SampleWorld, until: datetime.date, **where: object) -> Extension:
    where = {"department": place.department, "fiscal_year": place.year, "kind": ReportKind.BUDGET, **where}
    return Extension.objects.create(**where, until=until, reason="系统故障")


def refusal(place: SampleWorld) -> str:
    """Why the report cannot be submitted; nothing was written."""
    before = current(place.report)
    with pytest.raises(ActionRefused) as refused:
        submit(place.report.pk, place.submitter, before.changes)
    after = current(place.report)
    assert (after.status, after.submitted_at, after.transitions.count()) == (
        before.status,
        before.submitted_at,
        before.transitions.count(),
    )
    return refused.value.message


@contextmanager
def at(*moment: int) -> Iterator[None]:
    """The clock stands at ``moment``, in Shanghai."""
    now = datetime.datetime(*moment, tzinfo=SHANGHAI)
    with mock.patch("django.utils.timezone.now", return_value=now):
        yield


# --- the deadline -----------------------------------------------------------------------------------


def test_the_day_of_the_deadline_counts_to_its_end_in_shanghai(place) -> None:
    settle(place, budget_deadline=DAY)
    with at(2026, 11, 21, 0, 0, 0):
        said = refusal(place)
    assert "已过报送截止 2026-11-20，" in said and "东西湖区财政局的管理员办理" in said
    with at(2026, 11, 20, 23, 59, 59):
        assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_a_deadline_closes_nothing_where_it_is_not_to(place) -> None:
    settle(place, budget_deadline=days_from_now(-1), deadline_closes=False)
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_the_deadline_of_final_accounts_is_another(place) -> None:
    settle(place, final_deadline=days_from_now(-1), budget_deadline=None)
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_what_was_returned_is_submitted_again_behind_deadline_and_closing(place) -> None:
    to_submitted(place.report, place.world)
    return_for_changes(place.report.pk, place.reviewer, current(place.report).changes, "请核对")
    settle(place, budget_deadline=days_from_now(-1), budget_open=False)
    assert submit(place.report.pk, place.submitter, current(place.report).changes).status == Status.SUBMITTED


def test_a_correction_is_submitted_behind_deadline_and_closing(place) -> None:
    to_published(place.report, place.world)
    settle(place, budget_deadline=days_from_now(-1), budget_open=False)
    correct(place.report.pk, place.approver, current(place.report).changes, "金额有误")
    explain_all(current(place.report), place.submitter)
    assert submit(place.report.pk, place.submitter, current(place.report).changes).status == Status.SUBMITTED


def test_the_correction_of_a_publication_that_was_imported_is_submitted_too(place) -> None:
    Report.objects.filter(pk=place.report.pk).update(status=Status.CORRECTING, submitted_at=None)
    settle(place, budget_deadline=days_from_now(-1))
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


# --- extensions -------------------------------------------------------------------------------------


def test_an_extension_postpones_one_departments_deadline_to_the_end_of_its_day(place) -> None:
    settle(place, budget_deadline=DAY)
    extend(place, datetime.date(2026, 11, 25))
    with at(2026, 11, 26, 0, 0, 0):
        assert "2026-11-25（已经延期）" in refusal(place)
    with at(2026, 11, 25, 23, 59, 59):
        assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_an_extension_is_of_its_department_year_and_kind(place) -> None:
    settle(place, budget_deadline=days_from_now(-1))
    other = FiscalYear.objects.get(district=place.district, year=2022)
    extend(place, days_from_now(5), department=place.sister)
    extend(place, days_from_now(5), kind=ReportKind.FINAL)
    extend(place, days_from_now(5), fiscal_year=other)
    assert "报送截止" in refusal(place)


def test_a_later_deadline_for_everybody_outruns_an_extension(place) -> None:
    extend(place, days_from_now(-1))
    settle(place, budget_deadline=days_from_now(3))
    report = current(place.report)
    assert report.deadline == days_from_now(3) and not report.is_extended
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_a_department_has_one_extension_for_a_report(place) -> None:
    extend(place, days_from_now(5))
    with pytest.raises(IntegrityError), transaction.atomic():
        extend(place, days_from_now(6))
    with pytest.raises(IntegrityError), transaction.atomic():
        extend(place, days_from_now(6), kind="else")


# --- open and closed --------------------------------------------------------------------------------


def test_in_a_closed_kind_nothing_is_submitted_for_the_first_time_though_it_is_extended(place) -> None:
    settle(place, budget_open=False)
    extend(place, days_from_now(20))
    assert "没有开放" in refusal(place)
    settle(place, budget_open=True, final_open=False)
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_a_draft_of_a_closed_kind_is_still_saved(place) -> None:
    settle(place, budget_open=False)
    content = {"staffing": {"retirees": 9}}
    save_section(place.report.pk, place.preparer, "staffing", 0, content)
    assert current(place.report).retirees == 9


def test_nothing_is_started_in_a_closed_kind(place) -> None:
    year = place.year
    stale = FiscalYear.objects.get(pk=year.pk)
    settle(place, budget_open=False)
    with pytest.raises(ActionRefused, match=r"没有开放，不能新建.*东西湖区财政局"):
        open_report(place.sister, stale, ReportKind.BUDGET, place.sister_preparer)
    assert not place.sister.reports.exists()
    settle(place, budget_open=True)
    assert open_report(place.sister, year, ReportKind.BUDGET, place.sister_preparer).status == Status.DRAFT


def test_a_new_year_is_closed_and_its_deadlines_close(place) -> None:
    year = FiscalYear.objects.create(district=place.district, year=2031, edition=place.year.edition)
    assert (year.budget_open, year.final_open, year.deadline_closes) == (False, False, True)


def test_a_year_out_of_all_reason_cannot_be_open() -> None:
    place = make_sample_world()
    for year in (26, 2101):
        FiscalYear.objects.create(district=place.district, year=year, edition=place.year.edition)
        for kind in ReportKind:
            with pytest.raises(IntegrityError), transaction.atomic():
                FiscalYear.objects.filter(year=year).update(**{f"{kind}_open": True})


def test_a_department_is_not_its_own_parent(place) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=place.department.pk).update(parent=place.department)


# --- what an import sets up -------------------------------------------------------------------------


def test_a_draft_that_is_imported_opens_its_kind_and_an_archived_report_does_not(db) -> None:
    adopt(sample(year=2022), Status.ARCHIVED)
    assert not FiscalYear.objects.get(year=2022).budget_open
    adopt(sample(), Status.DRAFT)
    year = FiscalYear.objects.get(year=2023)
    assert (year.budget_open, year.final_open) == (True, False)


def test_what_an_administrator_has_closed_no_import_opens(place) -> None:
    settle(place, budget_open=False)
    adopt(sample(), Status.DRAFT)
    assert not FiscalYear.objects.get(pk=place.year.pk).budget_open


def test_a_year_that_nobody_means_is_not_made_by_an_import(db) -> None:
    with pytest.raises(ImportRefused) as refused:
        adopt(sample() | {"year": 2099}, Status.DRAFT)
    (problem,) = refused.value.problems
    assert problem.path == "$.year" and "2099" in problem.message
    assert not FiscalYear.objects.exists()
