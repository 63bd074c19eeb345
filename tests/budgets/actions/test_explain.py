"""The department explains warnings; the bureau waives rules."""

from __future__ import annotations

import pytest
from django.db.models import F

from budgets.actions.base import ActionRefused, Forbidden, Stale
from budgets.actions.explain import explain
from budgets.actions.submit import submit
from budgets.actions.waive import lift, waive
from budgets.domain.choices import Status
from budgets.models import LineItem, Report, Waiver, WarningExplanation
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier
from tests.explanations import explain_all
from tests.factories import make_report, make_world
from tests.sample_world import SampleWorld, make_sample_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> SampleWorld:
    return make_sample_world()


def first(place: SampleWorld):
    return judge(place.report, load_dossier(place.report)).unexplained[0]


def hand_in(place: SampleWorld, status: Status = Status.SUBMITTED) -> None:
    values = {"submitted_by": place.submitter, "submitted_at": place.report.created_at}
    Report.objects.filter(pk=place.report.pk).update(status=status, **values)


def test_explained_changed_and_taken_away(place) -> None:
    point = first(place).point
    explain(place.report.pk, place.preparer, *point, " 按实际\r\n编列 ")
    explain(place.report.pk, place.submitter, *point, "按合同")
    (said,) = WarningExplanation.objects.all()
    assert (said.text, said.user) == ("按合同", place.submitter)
    assert explain(place.report.pk, place.preparer, *point, " \n") is None
    assert not WarningExplanation.objects.exists()


def test_explaining_leaves_the_figures_as_they_were_seen(place) -> None:
    explain(place.report.pk, place.preparer, *first(place).point, "按实际")
    assert Report.objects.get(pk=place.report.pk).changes == place.report.changes


@pytest.mark.parametrize("text", ["字" * 1001, "a\x00b"])
def test_a_text_that_cannot_be_kept(place, text) -> None:
    with pytest.raises(ActionRefused) as refused:
        explain(place.report.pk, place.preparer, *first(place).point, text)
    assert refused.value.field == "text"


def test_only_a_warning_that_is_there_is_explained(place) -> None:
    rule, section, _, _ = first(place).point
    with pytest.raises(Stale):
        explain(place.report.pk, place.preparer, rule, section, "nothing", "nothing", "按实际")
    assert not WarningExplanation.objects.exists()


def test_it_holds_for_the_figures_that_it_was_given_for(place) -> None:
    warning = first(place)
    explain(place.report.pk, place.preparer, *warning.point, "按实际", warning.seen)
    assert WarningExplanation.objects.get().stamp == warning.stamp
    WarningExplanation.objects.update(stamp="PRJ-4 | 别的 | 数 | ")
    (again,) = judge(place.report, load_dossier(place.report)).outdated
    assert (again.point, again.outdated) == (warning.point, "按实际")
    explain(place.report.pk, place.submitter, *warning.point, "按实际")
    assert not judge(place.report, load_dossier(place.report)).outdated


def test_figures_that_changed_under_the_person_are_looked_at_first(place) -> None:
    point = first(place).point
    with pytest.raises(Stale, match="金额刚刚变了"):
        explain(place.report.pk, place.preparer, *point, "按实际", "0123456789abcdef")
    assert not WarningExplanation.objects.exists()


def test_not_submitted_while_an_explanation_is_of_other_figures(place) -> None:
    explain_all(place.report, place.preparer)
    WarningExplanation.objects.filter(pk=WarningExplanation.objects.first().pk).update(stamp="别的数")
    with pytest.raises(ActionRefused, match="有 1 个提醒还没有说明（其中 1 个金额已变，要重新确认）"):
        submit(place.report.pk, place.submitter, 0)
    explain_all(place.report, place.preparer)
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


@pytest.mark.parametrize("name", ["sister_preparer", "reviewer", "approver", "administrator"])
def test_others_do_not_explain(place, name) -> None:
    with pytest.raises(Forbidden):
        explain(place.report.pk, getattr(place, name), *first(place).point, "按实际")


def test_what_was_handed_in_is_not_explained_any_more(place) -> None:
    hand_in(place)
    with pytest.raises(Stale):
        explain(place.report.pk, place.preparer, *first(place).point, "按实际")


def test_submitted_once_every_warning_is_explained(place) -> None:
    with pytest.raises(ActionRefused, match="提醒还没有说明"):
        submit(place.report.pk, place.submitter, 0)
    assert explain_all(place.report, place.preparer)
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


def test_waived_and_lifted_stay_in_the_file(place) -> None:
    hand_in(place, Status.RETURNED)
    rule = first(place).rule
    waiver = waive(place.report.pk, place.reviewer, rule, " 口径不同 ")
    assert rule not in {j.rule for j in judge(place.report, load_dossier(place.report)).unexplained}
    with pytest.raises(Stale):
        waive(place.report.pk, place.approver, rule, "再次")
    lift(waiver.pk, place.approver)
    with pytest.raises(Stale):
        lift(waiver.pk, place.approver)
    waive(place.report.pk, place.approver, rule, "仍不适用")
    assert Waiver.objects.count() == 2
    trail = place.report.transitions.exclude(verb="adopt")
    assert [(t.verb, t.source, t.target, t.reason) for t in trail] == [
        ("waive", "returned", "returned", f"{rule}：口径不同"),
        ("lift", "returned", "returned", rule),
        ("waive", "returned", "returned", f"{rule}：仍不适用"),
    ]


def test_an_income_of_another_unit_is_not_explained_away_but_waived(place) -> None:
    """BAL-1 asks for a word about it, which any sentence is; BAL-3 stops it."""
    LineItem.objects.filter(report=place.report, flow="income").update(amount=F("amount") * 20)
    hand_in(place, Status.RETURNED)
    explain_all(place.report, place.preparer, "收入增加")
    with pytest.raises(ActionRefused, match=r"有 1 个错误.*结转下年为"):
        submit(place.report.pk, place.submitter, 0)
    errors = judge(place.report, load_dossier(place.report)).errors
    assert {error.rule for error in errors} == {"BAL-3"}
    waive(place.report.pk, place.reviewer, "BAL-3", "机构合并，收入确有增加")
    explain_all(place.report, place.preparer, "收入增加")
    assert submit(place.report.pk, place.submitter, 0).status == Status.SUBMITTED


@pytest.mark.parametrize("reason", ["", " \n", "字" * 2001, "a\x00b"])
def test_a_waiver_needs_a_reason(place, reason) -> None:
    hand_in(place)
    with pytest.raises(ActionRefused) as refused:
        waive(place.report.pk, place.reviewer, "VAR-1", reason)
    assert refused.value.field == "reason" and not Waiver.objects.exists()


def test_a_rule_that_the_report_has_not_is_not_waived(place) -> None:
    hand_in(place)
    with pytest.raises(ActionRefused) as refused:
        waive(place.report.pk, place.reviewer, "NOT-1", "口径不同")
    assert refused.value.field == "rule"


@pytest.mark.parametrize(
    "name", ["preparer", "submitter", "administrator", "foreign_reviewer", "foreign_approver"]
)
def test_others_neither_waive_nor_lift(place, name) -> None:
    hand_in(place)
    waiver = waive(place.report.pk, place.reviewer, "VAR-1", "口径不同")
    with pytest.raises(Forbidden):
        waive(place.report.pk, getattr(place, name), "TXT-1", "口径不同")
    with pytest.raises(Forbidden):
        lift(waiver.pk, getattr(place, name))


def test_a_draft_is_the_departments_own() -> None:
    world = make_world(2023)
    with pytest.raises(Forbidden):
        waive(make_report(world).pk, world.reviewer, "VAR-1", "口径不同")


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PUBLISHED, Status.ARCHIVED])
def test_what_is_settled_is_not_waived(status) -> None:
    world = make_world(2023)
    with pytest.raises(Stale):
        waive(make_report(world, status).pk, world.reviewer, "VAR-1", "口径不同")
