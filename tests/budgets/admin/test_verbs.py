"""The verbs by real posts: what they ask, what they do, and when they are refused."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.domain.choices import Role, Status
from budgets.models import Department, Membership, Publication, Report
from tests.budgets.actions.transition_steps import meet_all_points
from tests.factories import make_report

from .conftest import put


def url(report, name: str) -> str:
    return reverse("admin:budgets_report_verb", args=[report.pk, name])


def status(report) -> str:
    return Report.objects.get(pk=report.pk).status


def test_from_submitted_to_published_and_corrected(world, report, login) -> None:
    reviewer, approver = login(world.reviewer), login(world.approver)
    seen = {"seen": report.changes}
    meet_all_points(report, world.reviewer)
    done = reviewer.post(url(report, "pass"), seen, follow=True)
    assert status(report) == Status.REVIEWED and "初审已通过" in done.text
    today = timezone.localdate().isoformat()
    shown = approver.get(url(report, "approve")).context["form"].initial["digest"]
    data = {**seen, "digest": shown, "number": "东财预〔2026〕1号", "date": today}
    approver.post(url(report, "approve"), data)
    report.refresh_from_db()
    assert (report.status, report.approval_number) == (Status.APPROVED, "东财预〔2026〕1号")
    done = approver.post(url(report, "publish"), seen, follow=True)
    assert status(report) == Status.PUBLISHED and Publication.objects.count() == 1, done.text
    approver.post(url(report, "correct"), {**seen, "reason": "表5有误"})
    assert status(report) == Status.CORRECTING
    verbs = list(report.transitions.exclude(verb="judge").values_list("verb", flat=True))
    assert verbs == ["adopt", "pass", "approve", "publish", "correct"]


def test_returning_starts_from_the_open_comments(world, report, login) -> None:
    comments.add(report, world.reviewer, "income", "收入请核对", "T02/total/total", "表2 · 合计")
    settled = comments.add(report, world.reviewer, "basics", "已经好了")
    comments.resolve(settled.pk, world.reviewer)
    client = login(world.reviewer)
    page = client.get(url(report, "return"))
    assert page.context["form"].initial["reason"] == "1. 表2 · 合计：收入请核对"
    assert status(report) == Status.SUBMITTED, "asking changes nothing"
    client.post(url(report, "return"), {"seen": report.changes, "reason": "改过的理由"})
    assert status(report) == Status.RETURNED
    assert report.transitions.last().reason == "改过的理由"


@pytest.mark.parametrize("data", [{}, {"reason": ""}, {"reason": "   "}])
def test_returning_needs_a_reason(world, report, login, data) -> None:
    answer = login(world.reviewer).post(url(report, "return"), {"seen": report.changes, **data})
    assert answer.status_code in (409, 422) and "请填写" in answer.text
    assert status(report) == Status.SUBMITTED


def test_what_changed_meanwhile_is_not_passed(world, report, login) -> None:
    seen = report.changes
    Report.objects.filter(pk=report.pk).update(changes=seen + 1)
    answer = login(world.reviewer).post(url(report, "pass"), {"seen": seen})
    assert answer.status_code == 409 and "有改动" in answer.text
    assert f'value="{seen}"' in answer.text, "trying again does not pass what was not looked at"
    assert status(report) == Status.SUBMITTED


def test_what_was_returned_meanwhile_is_not_approved(world, report, login) -> None:
    put(report, Status.RETURNED)
    data = {"seen": report.changes, "number": "1号", "date": timezone.localdate().isoformat()}
    answer = login(world.approver).post(url(report, "approve"), data)
    assert answer.status_code == 409 and "已退回" in answer.text
    assert status(report) == Status.RETURNED


def test_without_the_counter_nothing_happens(world, report, login) -> None:
    assert login(world.reviewer).post(url(report, "pass")).status_code == 422
    assert status(report) == Status.SUBMITTED


def test_a_verb_that_does_not_fit_says_so_before_asking(world, report, login) -> None:
    answer = login(world.approver).get(url(report, "approve"))
    assert answer.status_code == 409 and "“初审通过”时可办理" in answer.text


@pytest.mark.parametrize(
    "data",
    [
        {"number": "", "date": "2026-01-01"},
        {"number": "1号", "date": ""},
        {"number": "1号", "date": "不是日期"},
        {"number": "1号", "date": "9999-01-01"},
        {"number": "1号", "date": "2001-01-01"},
    ],
)
def test_an_approval_needs_its_number_and_date(world, report, login, data) -> None:
    put(report, Status.REVIEWED)
    answer = login(world.approver).post(url(report, "approve"), {"seen": report.changes, **data})
    assert answer.status_code in (409, 422) and "✕" in answer.text
    assert status(report) == Status.REVIEWED


def test_who_submitted_cannot_approve(world, report, login) -> None:
    put(report, Status.REVIEWED, submitted_by=world.approver)
    client = login(world.approver)
    assert "报送人不能批复" in client.get(url(report, "approve")).text
    data = {"seen": report.changes, "number": "1号", "date": timezone.localdate().isoformat()}
    answer = client.post(url(report, "approve"), data)
    assert answer.status_code == 409 and "报送人不能批复" in answer.text
    assert status(report) == Status.REVIEWED


@pytest.mark.parametrize(
    ("name", "person", "code"),
    [
        ("pass", "approver", 404),
        ("approve", "reviewer", 404),
        ("publish", "reviewer", 404),
        ("submit", "approver", 404),
        ("adopt", "approver", 404),
        ("return", "approver", 200),
    ],
)
def test_a_verb_is_for_its_role(world, report, login, name, person, code) -> None:
    assert login(getattr(world, person)).get(url(report, name)).status_code == code


def test_a_submitters_role_gives_nothing_here(world, report, login) -> None:
    """Who is 报送人 and 初审人 at once publishes on the entry site, not on behalf."""
    Membership.objects.create(user=world.reviewer, role=Role.SUBMITTER, department=report.department)
    put(report, Status.APPROVED, approval_number="1号", approval_date=timezone.localdate())
    assert login(world.reviewer).get(url(report, "publish")).status_code == 404


def test_revoking_returns(world, report, login) -> None:
    put(report, Status.APPROVED, approval_number="1号", approval_date=timezone.localdate())
    login(world.approver).post(url(report, "revoke"), {"seen": report.changes, "reason": "文号有误"})
    report.refresh_from_db()
    assert (report.status, report.approval_number) == (Status.RETURNED, "")


# --- several at once ------------------------------------------------------------------------------

MANY = reverse("admin:budgets_report_publish_many")


def approved(world, report):
    """One that can be published, and one whose state does not fit."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    put(report, Status.APPROVED, approval_number="1号", approval_date=yesterday)
    return report, make_report(world, Status.SUBMITTED, department=world.sister)


def test_the_queue_leads_to_a_confirmation(world, report, login) -> None:
    good, other = approved(world, report)
    client = login(world.approver)
    data = {"action": "publish_selected", "_selected_action": [good.pk, other.pk]}
    page = client.post(reverse("admin:budgets_report_changelist") + "?state=all", data, follow=True)
    assert page.context["publishable"] == [good] and page.context["others"] == [other]
    assert status(good) == Status.APPROVED


def test_each_is_published_by_itself_and_says_how_it_went(world, report, login) -> None:
    good, other = approved(world, report)
    page = login(world.approver).post(MANY, {"report": [good.pk, other.pk]})
    assert (status(good), status(other)) == (Status.PUBLISHED, Status.SUBMITTED)
    assert f"{good} 已公开" in page.text and f"{other} 未公开" in page.text


def test_one_out_of_scope_stops_the_batch(world, report, login) -> None:
    good, _ = approved(world, report)
    foreign = make_report(world, Status.APPROVED, department=world.foreign, fiscal_year=world.other_year)
    client = login(world.approver)
    for ids in ([good.pk, foreign.pk], [], ["x"], ["²"], [10**9], [10**30]):
        assert client.get(MANY, {"report": ids}).status_code == 404
        assert client.post(MANY, {"report": ids}).status_code == 404
    assert Department.objects.get(code="344001").district == world.other_district
    assert status(good) == Status.APPROVED


def test_reviewers_publish_nothing(world, report, login) -> None:
    good, _ = approved(world, report)
    client = login(world.reviewer)
    assert client.get(MANY, {"report": good.pk}).status_code == 404
    page = client.get(reverse("admin:budgets_report_changelist"), {"state": "all"})
    assert "publish_selected" not in page.text
