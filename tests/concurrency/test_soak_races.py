"""Each race a thousand times: one winner every time. On PostgreSQL, with real locks.

`test_races` shows what becomes of a race; here the same two people meet again and again, in both orders of arrival, on
reports that are new every time or brought back to where they were. ``make soak PART=races SCALE=1`` runs 1,000 rounds.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from budgets.actions.approve import approve
from budgets.actions.base import ActionRefused
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
from budgets.domain.choices import Status
from budgets.models import Department, LineItem, Publication, Report
from tests.budgets.actions.transition_steps import meet_all_points
from tests.budgets.workbook.files import own_table
from tests.explanations import explain_all
from tests.factories import World, make_report, make_world
from tests.sample_world import SampleWorld, make_sample_world

from .race import Outcome, race, together

SCALE = float(os.environ.get("SCALE", "0"))
ROUNDS = max(1, round(1000 * SCALE))
NUMBER = "东财预〔2023〕12 号"

pytestmark = [
    pytest.mark.soak,
    pytest.mark.concurrency,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL's locks"),
]

Act = Callable[[], Any]


@pytest.fixture
def world() -> World:
    return make_world(2023)


@pytest.fixture
def place() -> SampleWorld:
    made = make_sample_world()
    explain_all(made.report, made.submitter)
    return made


def fresh(world: World, number: int, status: Status) -> Report:
    """A report of a department of its own, for which the world's people work."""
    department = Department.objects.create(
        district=world.district, code=f"R{number}", name=f"单位{number}", kind="public_one"
    )
    world.submitter.memberships.create(role="submitter", department=department)
    return make_report(world, status, department=department)


def changes(report: Report) -> int:
    return Report.objects.values_list("changes", flat=True).get(pk=report.pk)


def winner(outcomes: list[Outcome]) -> int:
    (won,) = [place for place, outcome in enumerate(outcomes) if outcome.won]
    assert all(outcome.won or isinstance(outcome.error, ActionRefused) for outcome in outcomes), outcomes
    return won


def meet(report: Report, number: int, *acts: Act) -> int:
    """The place of the act that won: the first to arrive, which is another one in every second round."""
    order = 1 if number % 2 else -1
    won = winner(race(report, *acts[::order])[::order])
    assert won == (0 if order == 1 else len(acts) - 1)
    return won


def test_approving_what_is_being_returned(world: World) -> None:
    for number in range(ROUNDS):
        report = fresh(world, number, Status.REVIEWED)
        won = meet(
            report,
            number,
            lambda report=report: approve(report.pk, world.approver, 0, NUMBER, timezone.localdate()),
            lambda report=report: return_for_changes(report.pk, world.reviewer, 0, "请核对"),
        )
        report.refresh_from_db()
        assert report.status == (Status.APPROVED, Status.RETURNED)[won]


def test_publishing_by_both_sides(world: World) -> None:
    for number in range(ROUNDS):
        report = fresh(world, number, Status.APPROVED)
        meet(
            report,
            number,
            lambda report=report: publish(report.pk, world.submitter, 0),
            lambda report=report: publish(report.pk, world.approver, 0),
        )
        assert Publication.objects.filter(report=report).count() == 1


def test_publishing_what_is_being_revoked(world: World) -> None:
    for number in range(ROUNDS):
        report = fresh(world, number, Status.APPROVED)
        won = meet(
            report,
            number,
            lambda report=report: publish(report.pk, world.submitter, 0),
            lambda report=report: revoke(report.pk, world.approver, 0, "文号有误"),
        )
        assert Publication.objects.filter(report=report).count() == (1, 0)[won]


def test_correcting_twice(world: World) -> None:
    for number in range(ROUNDS):
        report = fresh(world, number, Status.APPROVED)
        publish(report.pk, world.submitter, 0)

        def act(report: Report = report) -> Report:
            return correct(report.pk, world.approver, 0, "金额有误")

        winner(race(report, act, act, act))
        report.refresh_from_db()
        assert (report.status, report.revision) == (Status.CORRECTING, 2)


def test_saving_the_same_field(world: World) -> None:
    report = make_report(world)
    amounts = []

    def income(amount: int) -> dict[str, Any]:
        return {"income": {"lines": [{"key": "a", "amount": f"{amount}.00"}]}}

    save_section(report.pk, world.preparer, "income", 0, income(1))
    for number in range(ROUNDS):
        base = report.versions.filter(section="income").order_by("-number")[0].number
        outcomes = race(
            report,
            lambda base=base, n=number: save_section(
                report.pk, world.preparer, "income", base, income(2 * n + 2)
            ),
            lambda base=base, n=number: save_section(
                report.pk, world.submitter, "income", base, income(2 * n + 3)
            ),
        )
        assert winner(outcomes) == 0
        assert isinstance(outcomes[1].error, Conflict)
        amounts.append(LineItem.objects.get(report=report).amount)
    assert amounts == [2 * number + 2 for number in range(ROUNDS)]


def test_submitting_and_returning(place: SampleWorld) -> None:
    """Submitted by three windows, returned by two people, and again."""
    report = place.report
    for number in range(ROUNDS):

        def hand_in(seen: int = changes(report)) -> Report:
            return submit(report.pk, place.submitter, seen)

        assert winner(race(report, hand_in, hand_in, hand_in)) == 0
        seen = changes(report)
        won = meet(
            report,
            number,
            lambda seen=seen: return_for_changes(report.pk, place.reviewer, seen, "请核对"),
            lambda seen=seen: return_for_changes(report.pk, place.approver, seen, "请再核对"),
        )
        report.refresh_from_db()
        assert report.status == Status.RETURNED, won


def test_passing_twice(place: SampleWorld) -> None:
    report = place.report
    for _ in range(ROUNDS):
        submit(report.pk, place.submitter, changes(report))
        meet_all_points(report, place.reviewer)

        def act(seen: int = changes(report)) -> Report:
            return pass_review(report.pk, place.reviewer, seen)

        winner(race(report, act, act))
        return_for_changes(report.pk, place.reviewer, changes(report), "请核对")


def test_confirming_and_undoing_an_upload(place: SampleWorld) -> None:
    report, content = place.report, own_table(("安全检测", "30227", 15000))

    def added() -> int:
        return LineItem.objects.filter(report=report, activity__name="安全检测").count()

    for number in range(ROUNDS):
        upload = keep_upload(report, place.preparer, "测算.xlsx", content)

        def take(upload: Any = upload) -> Any:
            return take_upload(report.pk, place.preparer, upload.pk, upload.looks)

        def undo(upload: Any = upload) -> Any:
            return undo_upload(report.pk, place.preparer, upload.pk)

        if number % 2:
            assert winner(race(report, take, take, take, take)) == 0
        else:
            outcomes = together(take, lambda upload=upload: look_again(upload, {"table-0-mode": "replace"}))
            if winner(outcomes):
                assert not added()
                continue
        assert added() == 1
        assert winner(race(report, undo, undo)) == 0
        assert not added()
