"""要点: judged by the bureau, point by point; nothing is passed before all are met."""

from __future__ import annotations

import pytest
from django.urls import reverse

from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.checklist import Verdict, judge_points
from budgets.actions.pass_review import pass_review
from budgets.domain.choices import Status
from budgets.domain.profile import get_profile
from budgets.models import ChecklistMark, Report
from budgets.review.checklist import checklist_of
from tests.budgets.actions.transition_steps import meet_all_points

from .conftest import put


def url(report) -> str:
    return reverse("admin:budgets_report_checklist", args=[report.pk])


def form(report, **verdicts: str) -> dict[str, object]:
    """What the page posts; ``verdicts`` by point, the others passed."""
    data: dict[str, object] = {"seen": report.changes}
    for key, _ in get_profile(report.profile_key).checklist:
        data |= {f"verdict-{key}": verdicts.get(key, "passed"), f"note-{key}": ""}
    return data


@pytest.mark.parametrize("profile", ["dongxihu_2023", "wuchang_2022"])
def test_every_budget_profile_has_points(profile) -> None:
    points = get_profile(profile).checklist
    assert len(points) >= 8 and len(dict(points)) == len(points)


def test_nothing_is_passed_before_all_points_are_met(world, report, login) -> None:
    with pytest.raises(ActionRefused, match="8 个尚未判断"):
        pass_review(report.pk, world.reviewer, report.changes)
    data = form(report, costing="failed", goals="") | {"note-costing": "单价没有依据"}
    client = login(world.reviewer)
    page = client.post(url(report), data, follow=True)
    assert "要点已保存" in page.text and "单价没有依据" in page.text
    with pytest.raises(ActionRefused, match="1 个尚未判断、1 个不符合"):
        pass_review(report.pk, world.reviewer, report.changes)
    assert Report.objects.get(pk=report.pk).status == Status.SUBMITTED
    page = client.get(reverse("admin:budgets_report_verb", args=[report.pk, "return"]))
    assert page.context["form"].initial["reason"].endswith("：单价没有依据")
    client.post(url(report), form(report))
    pass_review(report.pk, world.reviewer, report.changes)


def test_what_is_not_met_needs_a_note_and_keeps_what_was_typed(world, report, login) -> None:
    answer = login(world.reviewer).post(url(report), form(report, goals="failed"))
    assert answer.status_code == 409 and "请填写" in answer.text
    typed = {row["point"].key: row["verdict"].passed for row in answer.context["points"]}
    assert typed["goals"] is False and typed["costing"] is True
    assert not ChecklistMark.objects.exists(), "all or nothing"


def test_a_mark_can_be_taken_back_and_an_unchanged_one_keeps_its_author(world, report) -> None:
    meet_all_points(report, world.reviewer)
    judge_points(
        report.pk, world.approver, report.changes, {"goals": Verdict(None), "costing": Verdict(True)}
    )
    points = {point.key: point.mark for point in checklist_of(report).points}
    assert points["goals"] is None and points["costing"].user == world.reviewer


def test_a_new_revision_is_judged_anew(world, report) -> None:
    meet_all_points(report, world.reviewer)
    assert not checklist_of(report).obstacle
    assert checklist_of(put(report, Status.SUBMITTED, revision=2)).remaining == 8


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.SUBMITTED, Status.REVIEWED)])
def test_only_what_the_bureau_has_is_judged(world, report, status) -> None:
    values = {"approval_number": "1号", "approval_date": "2026-01-01"} if status == Status.APPROVED else {}
    put(report, status, **values)
    with pytest.raises(Stale):
        judge_points(report.pk, world.reviewer, report.changes, {"goals": Verdict(True)})


def test_points_are_for_the_bureau_and_for_what_was_seen(world, report) -> None:
    verdicts = {"goals": Verdict(True)}
    for user in (world.preparer, world.submitter, world.administrator, world.foreign_reviewer):
        with pytest.raises(Forbidden):
            judge_points(report.pk, user, report.changes, verdicts)
    with pytest.raises(Stale):
        judge_points(report.pk, world.reviewer, report.changes + 1, verdicts)
    with pytest.raises(ActionRefused):
        judge_points(report.pk, world.reviewer, report.changes, {"nothing": Verdict(True)})
