"""The whole way of a report, and everything that must not move it."""

import datetime

import pytest
from django.utils import timezone

from budgets.actions.approve import approve
from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.correct import correct
from budgets.actions.pass_review import pass_review
from budgets.actions.publish import publish, publish_many
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.revoke import revoke
from budgets.actions.save_section import save_section
from budgets.actions.submit import submit
from budgets.domain.choices import DEPARTMENT_ROLES, Role, Status
from budgets.domain.transitions import MOVES, Verb, move
from budgets.models import Membership, Publication, PublishedFile, Report, Transition
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.factories import make_report, make_world
from tests.sample_world import make_sample_world, sample

from .transition_steps import (
    NUMBER,
    current,
    to_approved,
    to_correcting,
    to_published,
    to_reviewed,
    to_submitted,
)

pytestmark = pytest.mark.django_db

ACTS = {
    Verb.SUBMIT: submit,
    Verb.RETURN: lambda pk, user, seen: return_for_changes(pk, user, seen, "请核对"),
    Verb.PASS: pass_review,
    Verb.APPROVE: lambda pk, user, seen: approve(pk, user, seen, NUMBER, timezone.localdate()),
    Verb.REVOKE: lambda pk, user, seen: revoke(pk, user, seen, "文号有误"),
    Verb.PUBLISH: publish,
    Verb.CORRECT: lambda pk, user, seen: correct(pk, user, seen, "金额有误"),
}


@pytest.fixture
def world():
    return make_world(2023)


def stored():
    """Everything an act may write."""
    rows = list(Report.objects.order_by("pk").values())
    return rows, Transition.objects.count(), Publication.objects.count(), PublishedFile.objects.count()


def refused(act, *args, kind=ActionRefused):
    """The refusal; nothing may have been written."""
    before = stored()
    with pytest.raises(kind) as caught:
        act(*args)
    assert stored() == before
    assert caught.value.message
    return caught.value


def test_every_verb_of_the_table_is_tried_here():
    assert set(ACTS) == {m.verb for m in MOVES}


def test_the_whole_way_leaves_its_trail():
    place = make_sample_world()
    report, today = place.report, timezone.localdate()
    assert to_approved(report, place).status == Status.APPROVED
    assert (current(report).approval_number, current(report).approval_date) == (NUMBER, today)
    revoke(report.pk, place.approver, 0, "文号有误")
    assert (current(report).approval_number, current(report).approval_date) == ("", None)
    to_approved(report, place)
    publish(report.pk, place.approver, 0)
    assert current(report).submitted_by == place.submitter
    moves = report.transitions.exclude(verb__in=["adopt", "judge"])
    assert [(t.verb, t.source, t.target, t.reason) for t in moves] == [
        ("submit", "draft", "submitted", ""),
        ("pass", "submitted", "reviewed", ""),
        ("approve", "reviewed", "approved", NUMBER),
        ("revoke", "approved", "returned", "文号有误"),
        ("submit", "returned", "submitted", ""),
        ("pass", "submitted", "reviewed", ""),
        ("approve", "reviewed", "approved", NUMBER),
        ("publish", "approved", "published", ""),
    ]


@pytest.mark.parametrize("verb", ACTS)
@pytest.mark.parametrize("status", Status)
def test_a_verb_starts_from_its_own_states_only(world, verb, status):
    if status in move(verb).sources:
        return
    report = make_report(world, status)
    user = {
        Role.SUBMITTER: world.submitter,
        Role.REVIEWER: world.reviewer,
        Role.APPROVER: world.approver,
    }[move(verb).roles[0]]
    error = refused(ACTS[verb], report.pk, user, 0, kind=Stale)
    assert status.label in error.message


@pytest.mark.parametrize("verb", ACTS)
def test_others_than_those_of_the_table_are_refused(world, verb):
    step = move(verb)
    report = make_report(world, step.sources[0])
    for name, user in world.people.items():
        role = Membership.objects.get(user=user).role
        if role in step.roles and not name.startswith("foreign"):
            continue
        refused(ACTS[verb], report.pk, user, 0, kind=Forbidden)


@pytest.mark.parametrize("verb", ACTS)
def test_who_saw_other_figures_is_refused(world, verb):
    report = make_report(world, move(verb).sources[0], changes=3)
    Membership.objects.create(user=world.submitter, role=Role.APPROVER, district=world.district)
    Membership.objects.create(user=world.submitter, role=Role.REVIEWER, district=world.district)
    refused(ACTS[verb], report.pk, world.submitter, 2, kind=Stale)


@pytest.mark.parametrize("verb", [Verb.RETURN, Verb.REVOKE, Verb.CORRECT])
@pytest.mark.parametrize("reason", ["", " \n\t", "字" * 2001, "a\x00b"])
def test_a_reason_is_required(world, verb, reason):
    act = {Verb.RETURN: return_for_changes, Verb.REVOKE: revoke, Verb.CORRECT: correct}[verb]
    report = make_report(world, move(verb).sources[0])
    assert refused(act, report.pk, world.approver, 0, reason).field == "reason"


def test_a_report_with_errors_is_not_submitted():
    document = sample()
    document["projects"][0]["activities"]["activities"][0]["lines"][0]["economic"] = "302"
    document["projects"][0]["activities"]["activities"][0]["lines"][0]["function"] = ""
    place = make_sample_world(document)
    error = refused(submit, place.report.pk, place.submitter, 0)
    assert "个错误" in error.message
    assert document["projects"][0]["identity"]["name"] in error.message


def test_a_text_that_names_a_withheld_project_is_not_submitted():
    document = sample()
    document["projects"][2]["identity"] |= {"disclosure": "withheld", "name": "特别专班保障"}
    document["basics"]["tasks"][0]["text"] = "做好特别专班保障工作"
    place = make_sample_world(document)
    assert "特别专班保障" in refused(submit, place.report.pk, place.submitter, 0).message


def test_whoever_submitted_cannot_approve():
    place = make_sample_world()
    Membership.objects.create(user=place.submitter, role=Role.APPROVER, district=place.district)
    to_reviewed(place.report, place)
    refused(ACTS[Verb.APPROVE], place.report.pk, place.submitter, 0, kind=Forbidden)
    ACTS[Verb.APPROVE](place.report.pk, place.approver, 0)


@pytest.mark.parametrize(
    ("number", "days", "field"),
    [
        ("", 0, "number"),
        ("  ", 0, "number"),
        ("号" * 61, 0, "number"),
        (NUMBER, 1, "date"),
        (NUMBER, -6, "date"),
    ],
)
def test_an_approval_needs_a_number_and_a_likely_date(world, number, days, field):
    report = make_report(world, Status.REVIEWED, submitted_at=timezone.now() - datetime.timedelta(days=5))
    date = timezone.localdate() + datetime.timedelta(days=days)
    assert refused(approve, report.pk, world.approver, 0, number, date).field == field


def test_an_approval_needs_a_date(world):
    report = make_report(world, Status.REVIEWED)
    assert refused(approve, report.pk, world.approver, 0, NUMBER, None).field == "date"


def test_figures_changed_after_they_were_seen_are_not_approved():
    place = make_sample_world()
    report = place.report
    to_reviewed(report, place)
    seen = current(report).changes
    return_for_changes(report.pk, place.reviewer, seen, "请核对")
    dossier = load_dossier(report)
    content = find_section(dossier, "staffing").content(dossier)
    content["staffing"]["retirees"] = 7
    save_section(report.pk, place.preparer, "staffing", 0, content)
    to_reviewed(report, place)
    refused(approve, report.pk, place.approver, seen, NUMBER, timezone.localdate(), kind=Stale)


@pytest.mark.parametrize("walk", [to_submitted, to_approved, to_published])
def test_what_was_handed_in_cannot_be_saved_over(walk):
    place = make_sample_world()
    walk(place.report, place)
    with pytest.raises(Stale):
        save_section(place.report.pk, place.preparer, "staffing", 0, {"staffing": {}})


def test_a_correction_can_be_saved_and_published_again():
    place = make_sample_world()
    report = to_correcting(place.report, place)
    assert current(report).revision == 2
    posts = [{"category": "institution", "authorised": 51, "filled": 50}]
    save_section(report.pk, place.preparer, "staffing", 0, {"staffing": {"posts": posts}})
    to_published(report, place)
    assert [(p.revision, p.reason) for p in report.publications.order_by("revision")] == [
        (1, ""),
        (2, "金额有误"),
    ]


def test_publishing_many_says_of_each_what_became_of_it(world):
    approved = make_report(world, Status.APPROVED)
    submitted = make_report(world, Status.SUBMITTED, department=world.sister)
    foreign = make_report(world, Status.APPROVED, department=world.foreign, fiscal_year=world.other_year)
    results = publish_many([approved.pk, submitted.pk, foreign.pk, 999_999], world.approver)
    assert {report.pk: bool(message) for report, message in results} == {
        approved.pk: False,
        submitted.pk: True,
        foreign.pk: True,
    }
    assert current(approved).status == Status.PUBLISHED
    assert current(submitted).status == Status.SUBMITTED
    assert current(foreign).status == Status.APPROVED


def test_nobody_of_a_department_has_a_bureaus_verb():
    for step in MOVES:
        if step.verb not in (Verb.SUBMIT, Verb.PUBLISH):
            assert not set(step.roles) & set(DEPARTMENT_ROLES)
