"""Several passed or approved at once: only where nothing is open, each by itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budgets.actions import comments
from budgets.domain.choices import Status
from budgets.models import Report
from budgets.review.blockers import obstacles_of
from tests.budgets.actions.transition_steps import meet_all_points
from tests.factories import make_report

from .conftest import put

PASS = reverse("admin:budgets_report_pass_many")
APPROVE = reverse("admin:budgets_report_approve_many")
DOCUMENT = {"number": "东财预〔2026〕3号", "date": timezone.localdate().isoformat()}


def status(report) -> str:
    return Report.objects.get(pk=report.pk).status


def seen(*reports) -> dict[str, object]:
    return {"report": [r.pk for r in reports]} | {f"seen-{r.pk}": r.changes for r in reports}


@pytest.fixture
def other(world) -> Report:
    """Another department's, without figures and so with errors or points that are open."""
    return make_report(
        world,
        Status.SUBMITTED,
        department=world.sister,
        submitted_by=world.submitter,
        submitted_at=timezone.now(),
    )


def test_the_queue_leads_to_what_can_go_and_says_why_others_cannot(world, report, other, login) -> None:
    meet_all_points(report, world.reviewer)
    data = {"action": "pass_selected", "_selected_action": [report.pk, other.pk]}
    client = login(world.reviewer)
    page = client.post(reverse("admin:budgets_report_changelist"), data, follow=True)
    assert page.context["ready"] == [report]
    assert [(r, "尚未判断" in why) for r, why in page.context["others"]] == [(other, True)]
    assert status(report) == Status.SUBMITTED
    page = client.post(PASS, seen(report, other))
    assert (status(report), status(other)) == (Status.REVIEWED, Status.SUBMITTED)
    assert f"{report} 已初审通过" in page.text and f"{other} 未初审通过" in page.text


@pytest.mark.parametrize("obstacle", ["error", "thread", "point"])
def test_what_is_open_does_not_go_with_others(world, report, login, obstacle) -> None:
    if obstacle != "point":
        meet_all_points(report, world.reviewer)
    if obstacle == "thread":
        comments.add(report, world.reviewer, "income", "请核对")
    if obstacle == "error":
        report.applications.filter(name="综合业务").update(total_budget="1.00")
    assert obstacles_of([report])[report.pk]
    login(world.reviewer).post(PASS, seen(report))
    assert status(report) == Status.SUBMITTED
    put(report, Status.REVIEWED)
    login(world.approver).post(APPROVE, seen(report) | DOCUMENT)
    assert status(report) == Status.REVIEWED


def test_several_are_approved_by_one_document(world, report, other, login) -> None:
    meet_all_points(report, world.reviewer)
    put(report, Status.REVIEWED)
    client = login(world.approver)
    page = client.get(APPROVE, {"report": [report.pk, other.pk]})
    assert page.context["ready"] == [report] and "状态为“已报送”" in page.text
    page = client.post(APPROVE, seen(report, other) | DOCUMENT)
    report.refresh_from_db()
    assert (report.status, report.approval_number) == (Status.APPROVED, DOCUMENT["number"])
    assert status(other) == Status.SUBMITTED and f"{report} 已批复" in page.text


@pytest.mark.parametrize("document", [{}, {**DOCUMENT, "number": " "}, {**DOCUMENT, "number": "号" * 61}])
def test_an_approval_needs_its_document(world, report, login, document) -> None:
    meet_all_points(report, world.reviewer)
    put(report, Status.REVIEWED)
    answer = login(world.approver).post(APPROVE, seen(report) | document)
    assert answer.status_code in (409, 422) and "✕" in answer.text
    assert status(report) == Status.REVIEWED


def test_what_was_not_seen_as_it_stands_is_not_passed(world, report, login) -> None:
    meet_all_points(report, world.reviewer)
    page = login(world.reviewer).post(PASS, {"report": [report.pk], f"seen-{report.pk}": report.changes + 1})
    assert "有改动" in page.text and status(report) == Status.SUBMITTED
    login(world.reviewer).post(PASS, {"report": [report.pk]})
    assert status(report) == Status.SUBMITTED


def test_one_out_of_scope_stops_the_batch(world, report, login) -> None:
    foreign = make_report(world, Status.APPROVED, department=world.foreign, fiscal_year=world.other_year)
    for ids in ([report.pk, foreign.pk], [], ["x"], [10**30]):
        assert login(world.reviewer).post(PASS, {"report": ids}).status_code == 404
        assert login(world.approver).post(APPROVE, {"report": ids, **DOCUMENT}).status_code == 404
    assert login(world.approver).get(PASS, {"report": report.pk}).status_code == 404
    assert login(world.reviewer).get(APPROVE, {"report": report.pk}).status_code == 404


def test_asking_does_not_take_more_queries_for_more_reports(world, report, other, login) -> None:
    client = login(world.reviewer)
    client.get(PASS, {"report": report.pk})
    with CaptureQueriesContext(connection) as one:
        client.get(PASS, {"report": report.pk})
    with CaptureQueriesContext(connection) as two:
        client.get(PASS, {"report": [report.pk, other.pk]})
    assert len(two) <= len(one) + 2
