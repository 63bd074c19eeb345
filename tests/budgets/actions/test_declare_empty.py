"""A department declares that a required section holds nothing, and takes that back."""

from __future__ import annotations

import pytest

from budgets.actions.adopt import adopt
from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.declare_empty import declare_empty, take_back
from budgets.actions.open_report import open_report
from budgets.actions.projects import add, remove
from budgets.actions.restore_section import restore_section
from budgets.actions.save_section import save_section
from budgets.actions.submit import submit
from budgets.domain.choices import EDITABLE, ReportKind, Status
from budgets.models import FiscalYear, Report
from budgets.review.declarations import declarations_of
from budgets.storage.loading import load_dossier
from tests.explanations import explain_all
from tests.factories import make_report, make_world
from tests.sample_world import SampleWorld, make_sample_world, sample

pytestmark = pytest.mark.django_db

STAFFED = {"staffing": {"posts": [{"category": "institution", "authorised": 12, "filled": 11}]}}


@pytest.fixture
def world():
    return make_world(2023)


@pytest.fixture
def blank(world) -> Report:
    return make_report(world)


@pytest.fixture
def place() -> SampleWorld:
    """The sample without staffing."""
    return make_sample_world(sample() | {"staffing": {}})


def current(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def declared(report: Report) -> list[str]:
    return list(declarations_of(current(report), load_dossier(report)))


def test_declared_counted_and_logged(world, blank) -> None:
    assert declare_empty(blank.pk, world.preparer, "staffing") == "人员情况"
    assert current(blank).changes == blank.changes + 1
    (said,) = declarations_of(current(blank), load_dossier(blank)).values()
    assert (said.section, said.title, said.who) == ("staffing", "人员情况", "preparer")
    (step,) = blank.transitions.all()
    assert (step.verb, step.user, step.reason) == ("declare", world.preparer, "人员情况")
    assert step.source == step.target == Status.DRAFT
    assert said.at and abs((step.at - said.at).total_seconds()) < 60


def test_a_second_click_changes_nothing(world, blank) -> None:
    for act in (declare_empty, take_back):
        act(blank.pk, world.preparer, "staffing")
        before = current(blank)
        act(blank.pk, world.submitter, "staffing")
        assert (current(blank).changes, current(blank).declared_empty) == (
            before.changes,
            before.declared_empty,
        )
    assert [step.verb for step in blank.transitions.all()] == ["declare", "take_back"]


def test_taken_back(world, blank) -> None:
    for section in ("staffing", "projects"):
        declare_empty(blank.pk, world.preparer, section)
    take_back(blank.pk, world.submitter, "staffing")
    assert declared(blank) == ["projects"]
    assert current(blank).changes == blank.changes + 3


@pytest.mark.parametrize("section", ["matters", "explanations", "nothing", "project", "project:x", ""])
def test_only_what_is_required_can_be_declared(world, blank, section) -> None:
    for act in (declare_empty, take_back):
        with pytest.raises(ActionRefused):
            act(blank.pk, world.preparer, section)
    assert current(blank).declared_empty == {}


@pytest.mark.parametrize("section", ["basics", "staffing", "income", "expenditure", "goals", "projects"])
def test_not_where_there_is_something(section) -> None:
    made = make_sample_world()
    with pytest.raises(ActionRefused) as refused:
        declare_empty(made.report.pk, made.preparer, section)
    assert "已有内容" in refused.value.message
    assert not made.report.transitions.filter(verb="declare").exists()


def test_only_by_the_department(world, blank) -> None:
    for person in (world.sister_preparer, world.reviewer, world.approver, world.foreign_reviewer):
        for act in (declare_empty, take_back):
            with pytest.raises(Forbidden):
                act(blank.pk, person, "staffing")


@pytest.mark.parametrize("status", [status for status in Status if status not in EDITABLE])
def test_not_once_it_is_handed_in(world, status) -> None:
    report = make_report(world, status)
    for act in (declare_empty, take_back):
        with pytest.raises(Stale):
            act(report.pk, world.preparer, "staffing")


def test_what_is_filled_in_afterwards_ends_it_for_good(world, blank) -> None:
    declare_empty(blank.pk, world.preparer, "staffing")
    save_section(blank.pk, world.preparer, "staffing", 0, STAFFED)
    assert declared(blank) == []
    save_section(blank.pk, world.preparer, "staffing", 1, {"staffing": {}})
    assert declared(blank) == []


def test_zeros_do_not_end_it(world, blank) -> None:
    declare_empty(blank.pk, world.preparer, "staffing")
    zeros = {"staffing": {"posts": [{"category": "institution"}]}}
    save_section(blank.pk, world.preparer, "staffing", 0, zeros)
    assert declared(blank) == ["staffing"]


def test_an_earlier_save_restored_ends_it(world, blank) -> None:
    save_section(blank.pk, world.preparer, "staffing", 0, STAFFED)
    save_section(blank.pk, world.preparer, "staffing", 1, {"staffing": {}})
    declare_empty(blank.pk, world.preparer, "staffing")
    restore_section(blank.pk, world.preparer, "staffing", 1, 2)
    assert declared(blank) == []


def test_a_project_ends_it(world, blank) -> None:
    declare_empty(blank.pk, world.preparer, "projects")
    key = add(blank.pk, world.preparer, {"name": "新项目"})
    assert current(blank).declared_empty == {}
    remove(blank.pk, world.preparer, key)
    assert declared(blank) == []
    declare_empty(blank.pk, world.preparer, "projects")
    assert declared(blank) == ["projects"]


def test_one_of_a_section_that_holds_something_counts_for_nothing(place) -> None:
    """Whatever wrote the rows."""
    declare_empty(place.report.pk, place.preparer, "staffing")
    Report.objects.filter(pk=place.report.pk).update(retirees=3)
    assert declared(place.report) == []
    assert "staffing" in current(place.report).declared_empty


def test_refused_while_it_is_undeclared_and_submitted_when_it_is(place) -> None:
    explain_all(place.report, place.submitter)
    with pytest.raises(ActionRefused) as refused:
        submit(place.report.pk, place.submitter, current(place.report).changes)
    assert "有 1 个错误" in refused.value.message
    assert "人员情况：还没有填写" in refused.value.message
    declare_empty(place.report.pk, place.preparer, "staffing")
    submit(place.report.pk, place.submitter, current(place.report).changes)
    assert current(place.report).status == Status.SUBMITTED
    assert declared(place.report) == ["staffing"]


def test_whoever_submits_has_seen_it(place) -> None:
    seen = current(place.report).changes
    explain_all(place.report, place.submitter)
    declare_empty(place.report.pk, place.preparer, "staffing")
    with pytest.raises(Stale):
        submit(place.report.pk, place.submitter, seen)


def test_goals_declared_are_not_asked_for_by_another_rule() -> None:
    made = make_sample_world(sample() | {"goals": {}})
    explain_all(made.report, made.submitter)
    declare_empty(made.report.pk, made.preparer, "goals")
    submit(made.report.pk, made.submitter, current(made.report).changes)
    assert current(made.report).status == Status.SUBMITTED


def test_not_carried_into_the_next_year(place) -> None:
    declare_empty(place.report.pk, place.preparer, "staffing")
    Report.objects.filter(pk=place.report.pk).update(status=Status.ARCHIVED)
    year = place.report.fiscal_year
    after = FiscalYear.objects.create(
        district=year.district,
        year=2024,
        edition=year.edition,
        budget_profile=year.budget_profile,
        budget_open=True,
    )
    assert open_report(place.report.department, after, ReportKind.BUDGET, None).declared_empty == {}


def test_adopting_takes_what_the_document_declares(place) -> None:
    declare_empty(place.report.pk, place.preparer, "staffing")
    said = current(place.report).declared_empty
    document = sample() | {"staffing": {}, "goals": {}, "declared_empty": ["staffing", "goals"]}
    adopt(document, Status.DRAFT)
    assert current(place.report).declared_empty == {**said, "goals": {}}
    assert [
        one.who for one in declarations_of(current(place.report), load_dossier(place.report)).values()
    ] == [
        "preparer",
        "",
    ]
    adopt(sample(), Status.DRAFT)
    assert current(place.report).declared_empty == {}
