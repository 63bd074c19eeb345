"""Walking a report through its states, in tests."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from budgets.actions.approve import approve
from budgets.actions.checklist import Verdict, judge_points
from budgets.actions.correct import correct
from budgets.actions.pass_review import pass_review
from budgets.actions.publish import publish
from budgets.actions.submit import submit
from budgets.domain.profile import get_profile
from budgets.models import Report
from tests.cached_worlds import kept
from tests.explanations import explain_all
from tests.factories import World
from tests.sample_world import SampleWorld, make_sample_world

NUMBER = "东财预〔2023〕12 号"


def to_submitted(report: Report, world: World) -> Report:
    explain_all(report, world.submitter)
    return submit(report.pk, world.submitter, current(report).changes)


def meet_all_points(report: Report, user: AbstractBaseUser) -> None:
    """Every point of the checklist is met."""
    points = {key: Verdict(True) for key, _ in get_profile(report.profile_key).checklist}
    judge_points(report.pk, user, current(report).changes, points)


def to_reviewed(report: Report, world: World) -> Report:
    to_submitted(report, world)
    meet_all_points(report, world.reviewer)
    return pass_review(report.pk, world.reviewer, current(report).changes)


def to_approved(report: Report, world: World) -> Report:
    to_reviewed(report, world)
    return approve(report.pk, world.approver, current(report).changes, NUMBER, timezone.localdate())


def to_published(report: Report, world: World) -> Report:
    to_approved(report, world)
    return publish(report.pk, world.submitter, current(report).changes)


def to_correcting(report: Report, world: World) -> Report:
    to_published(report, world)
    return correct(report.pk, world.approver, current(report).changes, "金额有误")


def world_after(
    walk: Callable[[Report, World], Report], make: Callable[[], SampleWorld] = make_sample_world
) -> SampleWorld:
    """What ``make`` makes, its report taken as far as ``walk`` goes; like every world walked once by each process."""

    def walked() -> tuple[World, Report]:
        place = make()
        return place.world, walk(place.report, place.world)

    return SampleWorld(*kept((make.__name__, walk.__name__), walked))


def current(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)
