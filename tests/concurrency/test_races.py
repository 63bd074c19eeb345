"""Two people at once: exactly one wins, the other is told, nothing is lost. On PostgreSQL, with real locks.

Every race is run in both orders of arrival.
"""

import datetime
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from budgets.actions import publish as publishing
from budgets.actions.adopt import adopt
from budgets.actions.approve import approve
from budgets.actions.base import ActionRefused, AlreadyDone, Stale
from budgets.actions.correct import correct
from budgets.actions.keep_upload import keep_upload, look_again
from budgets.actions.pass_review import pass_review
from budgets.actions.publish import publish
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.revoke import revoke
from budgets.actions.save_section import Conflict, save_section
from budgets.actions.submit import submit
from budgets.actions.take_upload import take_upload
from budgets.actions.undo_upload import undo_upload
from budgets.domain.choices import Role, Status
from budgets.models import (
    Extension,
    FiscalYear,
    LineItem,
    Project,
    Publication,
    Report,
    SectionVersion,
    Transition,
    Upload,
)
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.budgets.actions.transition_steps import meet_all_points
from tests.budgets.workbook.files import own_table
from tests.explanations import explain_all
from tests.factories import make_report, make_world, person
from tests.sample_world import make_sample_world, sample

from .race import Outcome, race, together

pytestmark = [
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL's locks"),
]
ORDERS = pytest.mark.parametrize("order", [1, -1], ids=["as-written", "reversed"])
NUMBER = "东财预〔2023〕12 号"


@pytest.fixture
def world():
    return make_world(2023)


def now(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def run(report: Report, order: int, *acts: Callable) -> list[Outcome]:
    """The outcomes in the order of ``acts``, whichever came first."""
    return race(report, *acts[::order])[::order]


def only_winner(outcomes: list[Outcome]) -> int:
    """The place of the one act that succeeded; every other was refused with a message."""
    (winner,) = [place for place, outcome in enumerate(outcomes) if outcome.won]
    for outcome in outcomes:
        assert outcome.won or (isinstance(outcome.error, ActionRefused) and outcome.error.message), outcome
    return winner


def verbs(report: Report) -> list[str]:
    """What moved the report: the verdicts that a world begins with are no part of a race."""
    moves = Transition.objects.filter(report=report).exclude(verb__in=["adopt", "judge"])
    return [t.verb for t in moves]


def test_submitting_twice_at_once():
    place = make_sample_world()
    report = place.report
    explain_all(report, place.submitter)

    def act():
        return submit(report.pk, place.submitter, 0)

    outcomes = race(report, act, act, act)
    assert only_winner(outcomes) == 0
    assert all(isinstance(outcome.error, Stale) for outcome in outcomes[1:])
    assert verbs(report) == ["submit"]
    assert now(report).status == Status.SUBMITTED


@pytest.mark.parametrize("change", ["closing", "deadline", "extension"])
def test_submitting_into_a_year_that_is_being_closed(change):
    """What holds is what the year says when the report is locked, not when the lock was asked for."""
    place = make_sample_world()
    report, yesterday = place.report, timezone.localdate() - datetime.timedelta(days=1)
    explain_all(report, place.submitter)
    years = FiscalYear.objects.filter(pk=place.year.pk)
    extension = Extension.objects.create(
        department=place.department,
        fiscal_year=place.year,
        kind="budget",
        until=timezone.localdate(),
        reason="系统故障",
    )
    if change == "extension":
        years.update(budget_deadline=yesterday)

    def close() -> None:
        with transaction.atomic():
            Report.objects.select_for_update().get(pk=report.pk)
            if change == "closing":
                years.update(budget_open=False)
            else:
                years.update(budget_deadline=yesterday)
                extension.delete()

    closed, submitted = race(report, close, lambda: submit(report.pk, place.submitter, 0))
    assert closed.won and isinstance(submitted.error, ActionRefused), submitted
    assert now(report).status == Status.DRAFT


@ORDERS
def test_approving_what_is_being_returned(world, order):
    report = make_report(world, Status.REVIEWED)
    outcomes = run(
        report,
        order,
        lambda: approve(report.pk, world.approver, 0, NUMBER, timezone.localdate()),
        lambda: return_for_changes(report.pk, world.reviewer, 0, "请核对"),
    )
    winner = only_winner(outcomes)
    assert winner == (0 if order == 1 else 1)
    assert now(report).status == (Status.APPROVED, Status.RETURNED)[winner]
    assert bool(now(report).approval_number) == (winner == 0)
    assert len(verbs(report)) == 1


@ORDERS
def test_passing_what_is_being_returned(world, order):
    report = make_report(world, Status.SUBMITTED)
    meet_all_points(report, world.reviewer)
    outcomes = run(
        report,
        order,
        lambda: pass_review(report.pk, world.reviewer, 0),
        lambda: return_for_changes(report.pk, world.approver, 0, "请核对"),
    )
    if order == 1:
        assert [outcome.won for outcome in outcomes] == [True, True]
        assert verbs(report) == ["pass", "return"]
    else:
        assert only_winner(outcomes) == 1


@ORDERS
def test_submitting_what_is_being_changed(order):
    place = make_sample_world()
    report = place.report
    explain_all(report, place.submitter)
    content = find_section(load_dossier(report), "staffing").content(load_dossier(report))
    content["staffing"]["retirees"] = 9
    outcomes = run(
        report,
        order,
        lambda: submit(report.pk, place.submitter, 0),
        lambda: save_section(report.pk, place.preparer, "staffing", 0, content),
    )
    winner = only_winner(outcomes)
    assert winner == (0 if order == 1 else 1)
    assert now(report).status == (Status.SUBMITTED, Status.DRAFT)[winner]
    assert (now(report).retirees == 9) == (winner == 1)


def test_approving_what_changed_after_it_was_seen():
    """Returned, changed, submitted and passed again while the approver's page stood open."""
    place = make_sample_world()
    report = place.report
    explain_all(report, place.submitter)
    submit(report.pk, place.submitter, 0)
    meet_all_points(report, place.reviewer)
    pass_review(report.pk, place.reviewer, 0)
    return_for_changes(report.pk, place.reviewer, 0, "请核对")
    content = find_section(load_dossier(report), "staffing").content(load_dossier(report))
    content["staffing"]["retirees"] = 9
    save_section(report.pk, place.preparer, "staffing", 0, content)
    explain_all(report, place.submitter)
    submit(report.pk, place.submitter, 1)
    pass_review(report.pk, place.reviewer, 1)
    (outcome,) = race(report, lambda: approve(report.pk, place.approver, 0, NUMBER, timezone.localdate()))
    assert isinstance(outcome.error, Stale)
    assert now(report).status == Status.REVIEWED


@ORDERS
def test_publishing_by_both_sides_at_once(world, order):
    report = make_report(world, Status.APPROVED)
    outcomes = run(
        report,
        order,
        lambda: publish(report.pk, world.submitter, 0),
        lambda: publish(report.pk, world.approver, 0),
    )
    winner = only_winner(outcomes)
    publication = Publication.objects.get()
    assert publication.published_by == (world.submitter, world.approver)[winner]
    assert verbs(report) == ["publish"]


@ORDERS
def test_publishing_what_is_being_revoked(world, order):
    report = make_report(world, Status.APPROVED)
    outcomes = run(
        report,
        order,
        lambda: publish(report.pk, world.submitter, 0),
        lambda: revoke(report.pk, world.approver, 0, "文号有误"),
    )
    winner = only_winner(outcomes)
    assert now(report).status == (Status.PUBLISHED, Status.RETURNED)[winner]
    assert Publication.objects.count() == (1, 0)[winner]


@ORDERS
def test_publishing_what_is_being_corrected(world, order):
    report = make_report(world, Status.APPROVED)
    publish(report.pk, world.submitter, 0)
    outcomes = run(
        report,
        order,
        lambda: publish(report.pk, world.submitter, 0),
        lambda: correct(report.pk, world.approver, 0, "金额有误"),
    )
    assert only_winner(outcomes) == 1
    assert (now(report).status, now(report).revision) == (Status.CORRECTING, 2)
    assert Publication.objects.get().revision == 1


def test_correcting_twice_at_once(world):
    report = make_report(world, Status.APPROVED)
    publish(report.pk, world.submitter, 0)

    def act():
        return correct(report.pk, world.approver, 0, "金额有误")

    only_winner(race(report, act, act))
    assert now(report).revision == 2


def line(key: str, amount: str) -> dict:
    return {"key": key, "amount": amount}


def income(*lines: dict) -> dict:
    return {"income": {"lines": list(lines)}}


def test_saving_different_sections_at_once(world):
    report = make_report(world)
    outcomes = race(
        report,
        lambda: save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00"))),
        lambda: save_section(report.pk, world.submitter, "staffing", 0, {"staffing": {"retirees": 4}}),
    )
    assert all(outcome.won for outcome in outcomes)
    assert (LineItem.objects.get().amount, now(report).retirees, now(report).changes) == (1, 4, 2)


def test_saving_different_rows_of_one_section_at_once(world):
    report = make_report(world)
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00"), line("b", "2.00")))
    outcomes = race(
        report,
        lambda: save_section(
            report.pk, world.preparer, "income", 1, income(line("a", "5.00"), line("b", "2.00"))
        ),
        lambda: save_section(
            report.pk, world.submitter, "income", 1, income(line("a", "1.00"), line("b", "7.00"))
        ),
    )
    assert all(outcome.won for outcome in outcomes)
    assert dict(LineItem.objects.values_list("key", "amount")) == {"a": 5, "b": 7}
    assert list(SectionVersion.objects.values_list("number", flat=True)) == [0, 1, 2, 3]


def test_saving_the_same_field_at_once(world):
    report = make_report(world)
    save_section(report.pk, world.preparer, "income", 0, income(line("a", "1.00")))
    outcomes = race(
        report,
        lambda: save_section(report.pk, world.preparer, "income", 1, income(line("a", "5.00"))),
        lambda: save_section(report.pk, world.submitter, "income", 1, income(line("a", "7.00"))),
    )
    assert only_winner(outcomes) == 0
    conflict = outcomes[1].error
    assert isinstance(conflict, Conflict)
    assert conflict.merged["income"]["lines"][0]["amount"] == "7.00"
    assert conflict.current["income"]["lines"][0]["amount"] == "5.00"
    assert LineItem.objects.get().amount == 5


def test_bringing_the_same_report_in_twice_at_once():
    outcomes = together(*[lambda: adopt(sample(), Status.DRAFT)] * 3)
    assert [outcome.error for outcome in outcomes] == [None, None, None]
    report = Report.objects.get()
    assert Project.objects.count() == report.applications.count() == 12
    assert Transition.objects.count() == 1


def test_bringing_in_while_somebody_saves():
    report = adopt(sample(), Status.DRAFT)
    somebody = person("somebody", Role.PREPARER, department=report.department)
    document = sample()
    document["staffing"]["retirees"] = 30
    content = {"staffing": {**sample()["staffing"], "retirees": 20}}
    outcomes = race(
        report,
        lambda: adopt(document, Status.DRAFT),
        lambda: save_section(report.pk, somebody, "staffing", 0, content),
    )
    assert only_winner(outcomes) == 0
    assert isinstance(outcomes[1].error, Conflict)
    assert now(report).retirees == 30


def test_a_killed_connection_publishes_nothing(world, monkeypatch):
    report = make_report(world, Status.APPROVED)
    make_public = publishing.create_publication

    def publish_and_die(*args):
        make_public(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(publishing, "create_publication", publish_and_die)
    (outcome,) = together(lambda: publish(report.pk, world.submitter, 0))
    assert isinstance(outcome.error, OperationalError)
    assert now(report).status == Status.APPROVED
    assert not Publication.objects.exists()
    monkeypatch.undo()
    publish(report.pk, world.submitter, 0)
    assert Publication.objects.get().files.count() > 10


# --- uploaded workbooks ---------------------------------------------------------------------------


@pytest.fixture
def waiting() -> tuple[Report, Upload]:
    """A report, and an upload of one project's row that waits for its confirmation."""
    place = make_sample_world()
    content = own_table(("安全检测", "30227", 15000))
    return place.report, keep_upload(place.report, place.preparer, "测算.xlsx", content)


def added(report: Report) -> int:
    return LineItem.objects.filter(report=report, activity__name="安全检测").count()


def test_confirming_an_upload_several_times_at_once(waiting):
    report, upload = waiting

    def act():
        return take_upload(report.pk, upload.user, upload.pk, upload.looks)

    outcomes = race(report, act, act, act, act)
    assert only_winner(outcomes) == 0
    assert all(isinstance(outcome.error, AlreadyDone) for outcome in outcomes[1:])
    assert added(report) == 1
    assert [t.verb for t in Transition.objects.filter(report=report, verb="import")] == ["import"]


def test_undoing_an_upload_several_times_at_once(waiting):
    report, upload = waiting
    take_upload(report.pk, upload.user, upload.pk, upload.looks)

    def act():
        return undo_upload(report.pk, upload.user, upload.pk)

    outcomes = race(report, act, act)
    assert only_winner(outcomes) == 0
    assert isinstance(outcomes[1].error, AlreadyDone)
    assert added(report) == 0


def test_confirming_an_upload_while_it_is_looked_at_again(waiting):
    """Whichever comes first: what is written is what the confirming window showed, or nothing."""
    report, upload = waiting
    outcomes = together(
        lambda: take_upload(report.pk, upload.user, upload.pk, upload.looks),
        lambda: look_again(upload, {"table-0-mode": "replace"}),
    )
    assert sum(outcome.won for outcome in outcomes) == 1
    assert added(report) == (1 if outcomes[0].won else 0)
    assert LineItem.objects.filter(report=report, activity__isnull=False).count() > 1


@ORDERS
def test_confirming_an_upload_while_the_report_is_submitted(order):
    place = make_sample_world()
    explain_all(place.report, place.submitter)
    upload = keep_upload(place.report, place.preparer, "测算.xlsx", own_table(("安全检测", "30227", 15000)))
    outcomes = run(
        place.report,
        order,
        lambda: submit(place.report.pk, place.submitter, 0),
        lambda: take_upload(place.report.pk, place.preparer, upload.pk, upload.looks),
    )
    winner = only_winner(outcomes)
    assert winner == (0 if order == 1 else 1)
    assert added(place.report) == winner
