"""留痕: who did what and when, gathered from the rows that record it.

It shows acts on reports (豁免 included), saves of sections, comments, explanations, judgements and uploads, and to
administrators the changes of the configuration and logins. This module stores and changes nothing; each source keeps
its own rows. None of the columns that it reads holds passwords or session keys.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from django.contrib.auth.models import User as Account
from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from ..domain.transitions import Verb
from ..models import (
    Department,
    District,
    Membership,
    Report,
    Transition,
)
from .entries import Act, Search, TrailEntry, TrailScope, TrailSource
from .sources import EVERYTHING, SOURCES, act_entry

CHUNK = 500
"""The number of entries that an export reads at a time."""

LATEST, ACTS = 50, 200
"""The number of saves and of acts that a report's own page lists. The trail has all of them."""


def rows(scope: TrailScope, search: Search) -> QuerySet[Any]:
    """(moment, source, id) of every entry, newest first. Count or slice it, and pass it to `entries`."""
    found = [
        _keyed(number, source, _narrowed(source, scope, search))
        for number, source in enumerate(SOURCES)
        if not search.verb or search.verb in source.verbs
    ]
    return _newest_first(found) if found else Transition.objects.none()


def _keyed(number: int, source: TrailSource, found: QuerySet[Any]) -> QuerySet[Any]:
    return (
        found.order_by()
        .annotate(trail_at=F(source.at), trail_source=Value(number), trail_row=F("pk"))
        .values_list("trail_at", "trail_source", "trail_row")
    )


def _newest_first(found: Sequence[QuerySet[Any]]) -> QuerySet[Any]:
    whole = found[0].union(*found[1:], all=True) if found[1:] else found[0]
    return whole.order_by("-trail_at", "-trail_source", "-trail_row")


def entries(keys: Iterable[tuple[datetime.datetime, int, int]]) -> list[TrailEntry]:
    """The entries of ``keys``, in their order, in a few queries for each source."""
    keys = list(keys)
    found: dict[tuple[int, int], TrailEntry] = {}
    for number, group in groupby(sorted(keys, key=lambda key: key[1]), key=lambda key: key[1]):
        source = SOURCES[number]
        model_rows = source.rows(EVERYTHING).filter(pk__in=[row for _, _, row in group])
        found |= {(number, pk): entry for pk, entry in source.entries(model_rows)}
    return [found[number, row] for _, number, row in keys if (number, row) in found]


def stream(found: QuerySet[Any]) -> Iterator[TrailEntry]:
    """All entries of ``found``, read in chunks."""
    keys = iter(found.iterator(chunk_size=CHUNK))
    while chunk := list(islice(keys, CHUNK)):
        yield from entries(chunk)


def saves_of(report: Report) -> list[TrailEntry]:
    """The last saves of the report's sections."""
    return _of_report(report, [Act.SAVE], LATEST)


def acts_of(report: Report) -> list[TrailEntry]:
    """The last acts on the report other than saves, as the bureau sees them."""
    return _of_report(report, [*Verb, Act.COMMENT, Act.ANSWER], ACTS)


def departments_acts_of(report: Report) -> list[TrailEntry]:
    """The last acts as the department sees them: without comments, which have their own place, and judgements."""
    found = report.transitions.exclude(verb=Verb.JUDGE).select_related("user").order_by("-at", "-id")
    return [act_entry(row) for row in found[:ACTS]]


def _of_report(report: Report, verbs: Sequence[str], most: int) -> list[TrailEntry]:
    scope = TrailScope(Report.objects.filter(pk=report.pk), District.objects.none())
    found = [
        _keyed(number, source, source.rows(scope).filter(_any(source, known)))
        for number, source in enumerate(SOURCES)
        if (known := [verb for verb in verbs if verb in source.verbs])
    ]
    return entries(_newest_first(found)[:most])


def _any(source: TrailSource, verbs: Sequence[str]) -> Q:
    wanted = Q(pk__in=[])
    for verb in verbs:
        wanted |= source.verbs[verb]
    return Q() if len(verbs) == len(source.verbs) else wanted


def _narrowed(source: TrailSource, scope: TrailScope, search: Search) -> QuerySet[Any]:
    found = source.rows(scope)
    if search.verb:
        found = found.filter(source.verbs[search.verb])
    if search.person:
        found = found.filter(_by(source, people_named(search.person)))
    if search.department:
        found = found.filter(_in_departments(source, departments_named(search.department)))
    if search.since:
        found = found.filter(**{f"{source.at}__gte": _midnight(search.since)})
    if search.until:
        found = found.filter(**{f"{source.at}__lt": _midnight(search.until + datetime.timedelta(days=1))})
    return found


def people_named(text: str) -> QuerySet[Any]:
    named = Q(username__icontains=text) | Q(last_name__icontains=text) | Q(first_name__icontains=text)
    return Account.objects.filter(named)


def departments_named(text: str) -> QuerySet[Department]:
    named = Q(code=text) | Q(name__icontains=text) | Q(earlier_names__name__icontains=text)
    return Department.objects.filter(pk__in=Department.objects.filter(named).values("pk"))


def _by(source: TrailSource, people: QuerySet[Any]) -> Q:
    if source.user:
        return Q(**{f"{source.user}__in": people})
    return Q(**{f"{source.username}__in": people.values("username")})


def _in_departments(source: TrailSource, departments: QuerySet[Department]) -> Q:
    if source.department:
        return Q(**{f"{source.department}__in": departments.values("pk")})
    if source.username:
        members = Membership.objects.filter(department__in=departments)
        return Q(**{f"{source.username}__in": members.values("user__username")})
    return Q(pk__in=[])


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


# --- on reports -----------------------------------------------------------------------------------
