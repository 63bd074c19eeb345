"""A year of one department in miniature: a budget and its final accounts, taken through every verb in tests.

No rule of the checks but DIS-2 applies, so that a report of three projects can be submitted; what must never be published is
refused by the actions themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from budgets.actions.adopt import adopt
from budgets.actions.approve import approve
from budgets.actions.base import ActionRefused
from budgets.actions.checklist import Verdict, judge_points
from budgets.actions.pass_review import pass_review
from budgets.actions.publish import publish
from budgets.actions.submit import submit
from budgets.domain.choices import Status
from budgets.domain.profile import get_profile, rules
from budgets.models import FiscalYear, Report, RuleSetting
from tests.cached_worlds import kept
from tests.factories import World, make_world
from tests.project_years import PROFILES, document, project

NUMBER = "东财预〔2023〕12 号"
YEAR = 2023


@dataclass
class SmallYear:
    world: World
    budget: Report
    final: Report | None = None

    def current(self, report: Report) -> Report:
        return Report.objects.get(pk=report.pk)

    def submit(self, report: Report) -> None:
        submit(report.pk, self.world.submitter, self.current(report).changes)

    def pass_review(self, report: Report) -> None:
        """With every point of the checklist met."""
        points = {key: Verdict(True) for key, _ in get_profile(report.profile_key).checklist}
        judge_points(report.pk, self.world.reviewer, self.current(report).changes, points)
        pass_review(report.pk, self.world.reviewer, self.current(report).changes)

    def approve(self, report: Report, **more: Any) -> None:
        seen = self.current(report).changes
        approve(report.pk, self.world.approver, seen, NUMBER, timezone.localdate(), **more)

    def publish(self, report: Report) -> None:
        publish(report.pk, self.world.submitter, self.current(report).changes)

    def to_approved(self, report: Report) -> None:
        self.submit(report)
        self.pass_review(report)
        self.approve(report)

    def to_published(self, report: Report) -> None:
        self.to_approved(report)
        self.publish(report)

    def refused(self, act: Any, *args: Any, **more: Any) -> str:
        """Why ``act`` was refused."""
        try:
            act(*args, **more)
        except ActionRefused as error:
            return error.message
        raise AssertionError("was not refused")


def small_year(*projects: dict[str, Any], final: tuple[dict[str, Any], ...] = ()) -> SmallYear:
    """The budget as a draft, 2022 archived; with ``final`` also final accounts as a draft, the budget approved."""
    projects = projects or (project("a", "500000.00", name="日常业务"),)
    return kept(("small year", repr(projects), repr(final)), lambda: _small_year(projects, final))


def _small_year(projects: tuple[dict[str, Any], ...], final: tuple[dict[str, Any], ...]) -> SmallYear:
    world = kept("small world", _world)
    before = document(YEAR - 1, project("a", "300000.00", name="旧年业务"))
    adopt(before, Status.ARCHIVED)
    budget = adopt(document(YEAR, *projects), Status.DRAFT)
    year = SmallYear(world, budget)
    if final:
        year.to_approved(budget)
        year.final = adopt(document(YEAR, *final, kind="final"), Status.DRAFT)
    return year


def _world() -> World:
    world = make_world(YEAR)
    FiscalYear.objects.filter(pk=world.year.pk).update(final_profile=PROFILES["final"], final_open=True)
    world.year.refresh_from_db()
    every = {rule for profile in PROFILES.values() for rule in rules(profile)} - {"DIS-2"}
    RuleSetting.objects.bulk_create(
        RuleSetting(fiscal_year=world.year, rule=rule, applies=False) for rule in sorted(every)
    )
    return world
