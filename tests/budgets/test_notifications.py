"""通知: real acts tell exactly whom they concern, and mail is sent once, later if need be, and never lost."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from budgets import notifications
from budgets.actions import comments
from budgets.actions.base import ActionRefused
from budgets.actions.pass_review import pass_review
from budgets.actions.publish import publish
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.revoke import revoke
from budgets.domain.choices import Role, Status
from budgets.models import Extension, FiscalYear, Notice, Report
from tests.budgets.actions.transition_steps import (
    current,
    to_approved,
    to_correcting,
    to_reviewed,
    to_submitted,
)
from tests.factories import World, make_report, make_world, person
from tests.sample_world import SampleWorld, make_sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> SampleWorld:
    return make_sample_world()


@pytest.fixture
def world(made: SampleWorld) -> World:
    """Everybody has an address."""
    for user in made.world.people.values():
        user.email = f"{user.username}@example.org"
        user.save()
    return made.world


@pytest.fixture
def report(made: SampleWorld) -> Report:
    return made.report


def told() -> list[tuple[str, str]]:
    """(verb or kind of event, recipient) of every notice of a report, and none left afterwards."""
    rows = Notice.objects.exclude(report=None).order_by("id").values_list("event", "recipient__username")
    found = sorted((event.partition(":")[0], name) for event, name in rows)
    Notice.objects.all().delete()
    return found


def run() -> str:
    out = StringIO()
    call_command("send_notices", stdout=out)
    return out.getvalue()


# --- who is told -----------------------------------------------------------------------------------


def test_every_step_tells_whoever_is_next(report: Report, world: World) -> None:
    to_approved(report, world)
    assert told() == [
        ("approve", "preparer"),
        ("approve", "submitter"),
        ("pass", "approver"),
        ("submit", "reviewer"),
    ]
    publish(report.pk, world.submitter, current(report).changes)
    assert told() == [("publish", "approver"), ("publish", "preparer")]


def test_the_department_is_told_of_a_return(report: Report, world: World) -> None:
    to_submitted(report, world)
    told()
    return_for_changes(report.pk, world.reviewer, current(report).changes, "请核对金额")
    notice = Notice.objects.first()
    assert notice.text == "请核对金额" and notice.address == f"/entry/{report.pk}/"
    assert told() == [("return", "preparer"), ("return", "submitter")]


def test_the_department_is_told_of_a_revoked_approval(report: Report, world: World) -> None:
    to_approved(report, world)
    told()
    revoke(report.pk, world.approver, current(report).changes, "文号有误")
    assert told() == [("revoke", "preparer"), ("revoke", "submitter")]


def test_the_department_is_told_of_a_correction(report: Report, world: World) -> None:
    to_correcting(report, world)
    assert [row for row in told() if row[0] == "correct"] == [
        ("correct", "preparer"),
        ("correct", "submitter"),
    ]


def test_comments_and_answers_tell_the_other_side(report: Report, world: World) -> None:
    to_submitted(report, world)
    told()
    thread = comments.add(current(report), world.reviewer, "basics", "请补充")
    assert told() == [("comment", "preparer"), ("comment", "submitter")]
    comments.answer(thread.pk, world.preparer, "已补充")
    address = Notice.objects.first().address
    assert address == f"/admin/budgets/report/{report.pk}/change/?tab=comments"
    assert told() == [("comment", "approver"), ("comment", "reviewer")]


def test_the_bureau_is_not_told_of_what_it_cannot_see(report: Report, world: World) -> None:
    comments.add(report, world.preparer, "basics", "待核实")
    assert told() == []


def test_who_has_left_is_not_told(report: Report, world: World) -> None:
    world.reviewer.is_active = False
    world.reviewer.save()
    to_submitted(report, world)
    assert told() == []


def test_nothing_is_told_of_what_was_refused_or_rolled_back(report: Report, world: World) -> None:
    with pytest.raises(ActionRefused):
        pass_review(report.pk, world.reviewer, report.changes)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        to_submitted(report, world)
        raise ZeroDivisionError
    assert told() == []


def test_one_notice_for_each_event_and_recipient(report: Report, world: World) -> None:
    both = person("both", Role.REVIEWER, district=world.district)
    for _ in range(2):
        notifications.notify(report, "event:1", [both], "标题", "", "/entry/")
    assert told() == [("event", "both")]


# --- mail ------------------------------------------------------------------------------------------


def test_mail_follows_the_commit(report: Report, world: World, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        to_submitted(report, world)
        assert not mail.outbox
    [message] = mail.outbox
    assert message.to == ["reviewer@example.org"] and "已报送" in message.subject
    assert Notice.objects.get().sent_at


def test_mail_does_not_say_what_the_notice_says(report: Report, world: World) -> None:
    notifications.notify(report, "return:1", [world.preparer], "编报被退回", "某项目不予公开", "/entry/1/")
    run()
    assert "/entry/1/" in mail.outbox[0].body and "某项目" not in mail.outbox[0].body


def test_nothing_is_sent_twice(report: Report, world: World) -> None:
    to_submitted(report, world)
    assert "发出 1 封" in run() and "发出 0 封" in run()
    assert len(mail.outbox) == 1


def test_without_an_address_or_once_read_there_is_no_mail(report: Report, world: World) -> None:
    world.reviewer.email = ""
    world.reviewer.save()
    to_reviewed(report, world)
    Notice.objects.filter(recipient=world.approver).update(read_at=timezone.now())
    run()
    assert not mail.outbox and not Notice.objects.filter(sent_at__isnull=False).exists()


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A mail server that refuses whoever stands in the list."""
    refused: list[str] = []
    send = EmailBackend.send_messages

    def send_messages(self: EmailBackend, messages: list) -> int:
        if messages[0].to[0].partition("@")[0] in refused:
            raise ConnectionError("refused")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    yield refused


def test_a_refused_mail_waits_and_holds_up_no_other(
    report: Report, world: World, broken: list[str], django_capture_on_commit_callbacks
) -> None:
    broken.append("preparer")
    to_submitted(report, world)
    with django_capture_on_commit_callbacks(execute=True):
        return_for_changes(report.pk, world.reviewer, current(report).changes, "请改")
    assert [m.to for m in mail.outbox] == [["submitter@example.org"]]
    with pytest.raises(CommandError):
        run()
    assert Notice.objects.get(recipient=world.preparer).sent_at is None
    broken.clear()
    assert "发出 1 封，未发出 0 封" in run()


def test_an_unreachable_server_leaves_everything(
    report: Report, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmailBackend) -> None:
        raise ConnectionError

    to_submitted(report, world)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", refuse)
        with pytest.raises(CommandError):
            run()
    assert "发出 1 封" in run()


def test_a_crash_between_mail_and_mark_repeats_the_mail(
    report: Report, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    to_submitted(report, world)
    with monkeypatch.context() as patch:
        patch.setattr(Notice, "save", crash)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert len(mail.outbox) == 1 and Notice.objects.get().sent_at is None
    run()
    assert len(mail.outbox) == 2 and Notice.objects.get().sent_at


# --- limits ----------------------------------------------------------------------------------------


def limit(days: int) -> None:
    FiscalYear.objects.update(budget_deadline=timezone.localdate() + datetime.timedelta(days=days))


@pytest.mark.parametrize(
    ("days", "event"),
    [(8, None), (7, "deadline-7"), (2, "deadline-7"), (1, "deadline-1"), (0, "deadline-1"), (-1, None)],
)
def test_a_department_that_has_not_submitted_is_reminded(
    report: Report, world: World, days: int, event: str | None
) -> None:
    limit(days)
    run()
    run()
    assert told() == ([(event, "preparer"), (event, "submitter")] if event else [])


def test_each_limit_has_its_own_reminder(report: Report, world: World) -> None:
    for days in (7, 1, 7):
        limit(days)
        run()
    assert {event for event, _ in told()} == {"deadline-7", "deadline-1"}


def test_whoever_has_submitted_is_not_reminded(report: Report, world: World) -> None:
    to_submitted(report, world)
    told()
    limit(1)
    run()
    assert told() == []


def test_an_approved_report_is_to_be_published(made: SampleWorld, world: World) -> None:
    Report.objects.all().delete()
    for days, expected in ((13, "publish-7"), (12, None), (19, "publish-1"), (21, None)):
        date = timezone.localdate() - datetime.timedelta(days=days)
        report = make_report(world, Status.APPROVED, approval_date=date)
        run()
        assert {event for event, _ in told()} == ({expected} if expected else set()), days
        report.delete()


# --- where they are seen ----------------------------------------------------------------------------


def test_both_first_pages_show_them_until_they_are_read(report: Report, world: World) -> None:
    to_submitted(report, world)
    return_for_changes(report.pk, world.reviewer, current(report).changes, "请核对金额")
    for user, page in ((world.preparer, "/entry/"), (world.reviewer, "/admin/")):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        notice = Notice.objects.get(recipient=user)
        assert notice.title in client.get(page).content.decode()
        done = client.post(f"/notices/{notice.pk}/read/")
        assert done.status_code == 302 and done["Location"] == page
        assert notice.title not in client.get(page).content.decode()
        assert client.get(f"/notices/{notice.pk}/read/").status_code == 405


def test_nobody_reads_anothers(report: Report, world: World) -> None:
    to_submitted(report, world)
    notice = Notice.objects.get(recipient=world.reviewer)
    client = Client()
    client.force_login(world.approver, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/notices/{notice.pk}/read/").status_code == 404
    assert Notice.objects.get(pk=notice.pk).read_at is None


def test_whoever_loses_his_role_loses_the_sight_of_them(report: Report, world: World) -> None:
    to_submitted(report, world)
    assert notifications.unread(world.reviewer).exists()
    world.reviewer.memberships.all().delete()
    assert not notifications.unread(world.reviewer).exists()


def test_a_department_that_has_not_opened_its_report_is_reminded_once():
    world = make_world()
    FiscalYear.objects.filter(pk=world.year.pk).update(
        budget_deadline=timezone.localdate() + datetime.timedelta(days=5)
    )
    notifications.remind()
    notifications.remind()
    (notice,) = Notice.objects.filter(recipient=world.preparer)
    assert notice.report is None and "还没有建立" in notice.title and "还有 5 天" in notice.title
    assert list(notifications.unread(world.preparer)) == [notice]


def extend(world: World, days: int, kind: str = "budget") -> None:
    Extension.objects.update_or_create(
        department=world.department,
        fiscal_year=world.year,
        kind=kind,
        defaults={"until": timezone.localdate() + datetime.timedelta(days=days), "reason": "系统故障"},
    )


def test_an_extended_department_is_reminded_of_its_own_deadline(report: Report, world: World) -> None:
    limit(-2)
    extend(world, 8)
    run()
    assert told() == []
    extend(world, 7)
    run()
    run()
    assert "还有 7 天" in Notice.objects.first().title
    assert told() == [("deadline-7", "preparer"), ("deadline-7", "submitter")]


def test_an_extension_of_the_other_kind_reminds_nobody(report: Report, world: World) -> None:
    limit(-2)
    extend(world, 5, "final")
    run()
    assert told() == []


def test_of_a_closed_year_nobody_is_reminded_but_for_what_was_returned(report: Report, world: World) -> None:
    limit(1)
    FiscalYear.objects.update(budget_open=False)
    run()
    assert told() == []
    Report.objects.filter(pk=report.pk).update(
        status=Status.RETURNED, submitted_by=world.submitter, submitted_at=timezone.now()
    )
    run()
    assert told() == [("deadline-1", "preparer"), ("deadline-1", "submitter")]


def test_whoever_has_not_started_is_reminded_of_their_own_deadline_in_an_open_year() -> None:
    world = make_world()
    FiscalYear.objects.update(budget_deadline=timezone.localdate() - datetime.timedelta(days=1))
    notifications.remind()
    extend(world, 9)
    notifications.remind()
    assert not Notice.objects.exists()
    extend(world, 5)
    FiscalYear.objects.update(budget_open=False)
    notifications.remind()
    assert not Notice.objects.exists()
    FiscalYear.objects.update(budget_open=True)
    notifications.remind()
    notifications.remind()
    assert {notice.recipient for notice in Notice.objects.all()} == {world.preparer, world.submitter}
    assert "还没有建立，报送截止还有 5 天" in Notice.objects.first().title
