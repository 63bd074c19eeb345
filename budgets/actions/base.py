"""One verb, one transaction: lock, check state, role and what the person saw, change, log."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..domain.choices import Role, Status
from ..domain.transitions import Verb, move
from ..models import Report, Transition
from ..notifications import of_transition
from ..permissions import roles_in
from ..renderers.pdf import NotDrawn

REPEATED = datetime.timedelta(minutes=1)
"""The time within which the same act counts as a repetition."""


class ActionRefused(Exception):
    """The act was not carried out and nothing was changed. ``message`` is Chinese and says why.

    ``field`` names the form field with the error, if there is one.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Stale(ActionRefused):
    """The report is no longer in the state that the person saw."""


class AlreadyDone(Stale):
    """The same person did the same a moment ago: the second half of a double click."""


class Forbidden(ActionRefused):
    """The person has no role that allows the act."""


def lock_report(report_id: int) -> Report:
    """Lock the report until the transaction ends. Raises Report.DoesNotExist."""
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("fiscal_year__district", "fiscal_year__edition", "department")
        .get(pk=report_id)
    )


def require_seen(report: Report, seen: int) -> None:
    """Refuse if the figures have changed since ``seen``, the change counter on the person's page."""
    if report.changes != seen:
        raise Stale("编报在打开之后有改动，请刷新页面，看过最新内容后再操作")


def require_role(user: User, report: Report, roles: tuple[Role, ...]) -> None:
    if not roles_in(user, report) & set(roles):
        raise Forbidden(f"只有{'、'.join(role.label for role in roles)}可以这样做")


@contextmanager
def carrying_out(verb: Verb, report_id: int, user: User, seen: int, reason: str = "") -> Iterator[Report]:
    """The frame of every verb that moves a report: yields the locked report, then writes state, log and notices.

    Raises `Forbidden`, `Stale` (`AlreadyDone` on a repetition), or whatever `ActionRefused` the body raises; then
    nothing is written.
    """
    step = move(verb)
    with transaction.atomic():
        report = lock_report(report_id)
        require_role(user, report, step.roles)
        if report.status not in step.sources:
            if _has_just(report, verb, user, reason):
                raise AlreadyDone("刚才已经办理，没有再做一遍")
            raise Stale(f"编报现在是“{Status(report.status).label}”，不能{verb.label}，请刷新页面")
        require_seen(report, seen)
        source = report.status
        try:
            yield report
        except NotDrawn as missing:
            raise ActionRefused(str(missing)) from missing
        report.status = step.target
        report.save()
        of_transition(log(report, verb, source, user, reason))


def _has_just(report: Report, verb: Verb, user: User, reason: str) -> bool:
    """Whether the last move of ``report`` was the same, by the same person with the same reason, just now."""
    last = report.transitions.exclude(source=F("target")).order_by("at", "id").last()
    return (
        last is not None
        and (last.verb, last.user_id, last.reason) == (verb, user.pk, reason)
        and timezone.now() - last.at < REPEATED
    )


def log(report: Report, verb: Verb, source: str, user: User | None, reason: str = "") -> Transition:
    """Append to the trail of ``report``, whose status is the new one already."""
    return Transition.objects.create(
        report=report,
        verb=verb,
        source=source,
        target=report.status,
        revision=report.revision,
        user=user,
        reason=reason,
    )
