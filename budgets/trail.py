"""留痕: who did what when, gathered from where it is written.

Acts on reports (豁免 among them), saves of sections, comments, explanations, judgements and uploads; and for
administrators the changes of the configuration, and logins. Nothing is stored here and nothing can be changed:
each source keeps its own rows. Passwords and session keys are in none of the columns that are read.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from axes.models import AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User as Account
from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from .access import User, review_reports
from .actions.transitions import Verb
from .choices import Choices, Status
from .configuration_history import changed, districts_of_record
from .dossier import PROJECTS
from .models import (
    ChecklistMark,
    Comment,
    Department,
    District,
    FiscalYear,
    Membership,
    ProjectApplication,
    Report,
    RuleSetting,
    SectionVersion,
    Transition,
    WarningExplanation,
)
from .sections import PROJECT, report_sections

CHUNK = 500
"""Entries that an export reads at a time."""

LATEST = 100
"""Saves that a department sees."""


class Act(Choices):
    """What is in the trail beside the verbs of the reports."""

    SAVE = "save", "保存"
    COMMENT = "comment", "提出意见"
    ANSWER = "answer", "答复意见"
    EXPLAIN = "explain", "说明提醒"
    JUDGE = "judge", "审核要点"
    MEMBERSHIP = "membership", "改人员与角色"
    ACCOUNT = "account", "改用户"
    DISTRICT = "district", "改区"
    DEPARTMENT = "department", "改部门"
    YEAR = "year", "改年度"
    RULE = "rule", "改校验规则设置"
    LOGIN = "login", "登录"


VERBS: tuple[tuple[str, str], ...] = (*Verb.pairs(), *Act.pairs())
"""What can be searched for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``save`` is the version's id where fields were saved, ``report`` the report's, 0 for none."""

    at: datetime.datetime
    who: str
    verb: str
    place: str
    text: str
    report: int = 0
    save: int = 0


@dataclass(frozen=True, slots=True)
class Search:
    """Blank and None do not narrow. ``since`` and ``until`` are days, both included."""

    department: str = ""
    person: str = ""
    verb: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports whose trail is seen, and the districts whose configuration."""

    reports: QuerySet[Report]
    districts: QuerySet[District]

    @classmethod
    def of(cls, user: User, districts: QuerySet[District]) -> Scope:
        """What ``user`` reviews, and what he administers."""
        return cls(review_reports(user), districts)

    @property
    def members(self) -> QuerySet[Membership]:
        districts = self.districts
        return Membership.objects.filter(Q(district__in=districts) | Q(department__district__in=districts))


@dataclass(frozen=True, slots=True)
class Source:
    """Where some entries come from: ``rows`` in scope; lookups to search by, empty where there is none.

    ``department`` is the lookup of a department; by ``username`` where people are known by name alone.
    """

    verbs: Mapping[str, Q]
    rows: Callable[[Scope], QuerySet[Any]]
    at: str
    user: str
    entries: Callable[[QuerySet[Any]], Iterable[tuple[int, Entry]]]
    department: str = ""
    username: str = ""


def rows(scope: Scope, search: Search) -> QuerySet[Any]:
    """(moment, source, id) of every entry, newest first: to be counted, sliced and given to `entries`."""
    found = [
        _narrowed(source, scope, search)
        .order_by()
        .annotate(trail_at=F(source.at), trail_source=Value(number), trail_row=F("pk"))
        .values_list("trail_at", "trail_source", "trail_row")
        for number, source in enumerate(SOURCES)
        if not search.verb or search.verb in source.verbs
    ]
    if not found:
        return Transition.objects.none()
    whole = found[0].union(*found[1:], all=True) if found[1:] else found[0]
    return whole.order_by("-trail_at", "-trail_source", "-trail_row")


def entries(keys: Iterable[tuple[datetime.datetime, int, int]]) -> list[Entry]:
    """The entries behind ``keys``, in their order; a few queries for each source among them."""
    keys = list(keys)
    found: dict[tuple[int, int], Entry] = {}
    for number, group in groupby(sorted(keys, key=lambda key: key[1]), key=lambda key: key[1]):
        source = SOURCES[number]
        model_rows = source.rows(EVERYTHING).filter(pk__in=[row for _, _, row in group])
        found |= {(number, pk): entry for pk, entry in source.entries(model_rows)}
    return [found[number, row] for _, number, row in keys if (number, row) in found]


def stream(found: QuerySet[Any]) -> Iterator[Entry]:
    """All entries of ``found``, however many, a chunk at a time."""
    keys = iter(found.iterator(chunk_size=CHUNK))
    while chunk := list(islice(keys, CHUNK)):
        yield from entries(chunk)


def saves_of(report: Report) -> list[Entry]:
    """The last saves of the report's sections, which its department sees beside the acts on it."""
    scope = Scope(Report.objects.filter(pk=report.pk), District.objects.none())
    return entries(rows(scope, Search(verb=Act.SAVE))[:LATEST])


def _narrowed(source: Source, scope: Scope, search: Search) -> QuerySet[Any]:
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


def _by(source: Source, people: QuerySet[Any]) -> Q:
    if source.user:
        return Q(**{f"{source.user}__in": people})
    return Q(**{f"{source.username}__in": people.values("username")})


def _in_departments(source: Source, departments: QuerySet[Department]) -> Q:
    if source.department:
        return Q(**{f"{source.department}__in": departments.values("pk")})
    if source.username:
        members = Membership.objects.filter(department__in=departments)
        return Q(**{f"{source.username}__in": members.values("user__username")})
    return Q(pk__in=[])


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))


# --- on reports -----------------------------------------------------------------------------------


def _of_reports(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.select_related("report__department", "report__fiscal_year").prefetch_related(
        "report__department__earlier_names"
    )


def name_of(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else "系统"


def _transitions(found: QuerySet[Transition]) -> Iterator[tuple[int, Entry]]:
    for row in _of_reports(found).select_related("user"):
        label = Verb(row.verb).label if row.verb in list(Verb) else row.verb
        states = " → ".join(Status(state).label for state in dict.fromkeys((row.source, row.target)) if state)
        text = f"{states}。{row.reason}" if row.reason else states
        yield row.pk, Entry(row.at, name_of(row.user), label, str(row.report), text, row.report_id)


def _versions(found: QuerySet[SectionVersion]) -> Iterator[tuple[int, Entry]]:
    versions = list(_of_reports(found).select_related("user").defer("content"))
    titles = section_titles([(row.report, row.section) for row in versions])
    for row in versions:
        text = f"{titles[row.report_id, row.section]}，第 {row.number} 次"
        entry = Entry(row.at, name_of(row.user), Act.SAVE.label, str(row.report), text, row.report_id, row.pk)
        yield row.pk, entry


def section_titles(sections: Sequence[tuple[Report, str]]) -> dict[tuple[int, str], str]:
    """Titles by report and section key; a project's is its name, while it is in the report."""
    names = {
        (report, PROJECT + key): name
        for report, key, name in ProjectApplication.objects.filter(
            report__in={report.pk for report, key in sections if key.startswith(PROJECT)}
        ).values_list("report", "project__key", "name")
    }
    return {(report.pk, key): _title(report, key, names) for report, key in sections}


def _title(report: Report, key: str, names: Mapping[tuple[int, str], str]) -> str:
    if key == PROJECTS:
        return "项目清单"
    if key.startswith(PROJECT):
        return f"项目：{names.get((report.pk, key), '已删除的项目')}"
    return next((s.title for s in report_sections(report.profile_key) if s.key == key), "已取消的部分")


def _comments(found: QuerySet[Comment]) -> Iterator[tuple[int, Entry]]:
    for row in _of_reports(found).select_related("author"):
        verb = Act.COMMENT if row.parent_id is None else Act.ANSWER
        text = f"{row.place}：{row.text}" if row.place else row.text
        yield row.pk, _entry(row, row.created_at, row.author, verb, text)


def _explanations(found: QuerySet[WarningExplanation]) -> Iterator[tuple[int, Entry]]:
    for row in _of_reports(found).select_related("user"):
        yield row.pk, _entry(row, row.at, row.user, Act.EXPLAIN, f"{row.rule}：{row.text}")


def _judgements(found: QuerySet[ChecklistMark]) -> Iterator[tuple[int, Entry]]:
    for row in _of_reports(found).select_related("user"):
        text = f"{row.item}：{'符合' if row.passed else '不符合'}。{row.note}"
        yield row.pk, _entry(row, row.at, row.user, Act.JUDGE, text)


def _entry(row: Any, at: datetime.datetime, user: Any, verb: Act, text: str) -> Entry:
    return Entry(at, name_of(user), verb.label, str(row.report), text, row.report_id)


# --- configuration, and who logged in -------------------------------------------------------------


def _configuration(act: Act, model: type[Any], department: str = "") -> Source:
    def of(scope: Scope) -> QuerySet[Any]:
        found = model.history.all()
        return found if scope is EVERYTHING else found.filter(districts_of_record(model, scope.districts))

    def said(found: QuerySet[Any]) -> Iterator[tuple[int, Entry]]:
        for record in found.select_related("history_user"):
            name, text = changed(record)
            yield (
                record.pk,
                Entry(record.history_date, name_of(record.history_user), act.label, name, text),
            )

    return Source({act.value: Q()}, of, "history_date", "history_user", said, department)


def _accounts_in(scope: Scope) -> QuerySet[LogEntry]:
    found = LogEntry.objects.filter(content_type__app_label="auth", content_type__model="user")
    if scope is EVERYTHING:
        return found
    people = scope.members.annotate(text=Cast("user", TextField())).values("text")
    return found.annotate(object_text=Cast("object_id", TextField())).filter(object_text__in=people)


def _accounts(found: QuerySet[LogEntry]) -> Iterator[tuple[int, Entry]]:
    for row in found.select_related("user"):
        text = row.get_change_message()
        yield (
            row.pk,
            Entry(row.action_time, name_of(row.user), Act.ACCOUNT.label, row.object_repr, text),
        )


def _logins_in(scope: Scope) -> QuerySet[AccessLog]:
    found = AccessLog.objects.defer("session_hash")
    return found if scope is EVERYTHING else found.filter(username__in=scope.members.values("user__username"))


def _logins(found: QuerySet[AccessLog]) -> Iterator[tuple[int, Entry]]:
    for row in found:
        left = f"，{timezone.localtime(row.logout_time):%Y-%m-%d %H:%M} 退出" if row.logout_time else ""
        text = f"来自 {row.ip_address}{left}"
        yield row.pk, Entry(row.attempt_time, row.username or "", Act.LOGIN.label, "", text)


EVERYTHING = Scope(Report.objects.all(), District.objects.all())
"""For rows that were found in somebody's scope."""


def _in_reports(model: type[Any], **more: Any) -> Callable[[Scope], QuerySet[Any]]:
    return lambda scope: model.objects.filter(report__in=scope.reports, **more)


DEPARTMENT = "report__department"
SOURCES = (
    Source(
        {verb.value: Q(verb=verb) for verb in Verb},
        _in_reports(Transition),
        "at",
        "user",
        _transitions,
        DEPARTMENT,
    ),
    Source({Act.SAVE: Q()}, _in_reports(SectionVersion, number__gt=0), "at", "user", _versions, DEPARTMENT),
    Source(
        {Act.COMMENT: Q(parent=None), Act.ANSWER: Q(parent__isnull=False)},
        _in_reports(Comment),
        "created_at",
        "author",
        _comments,
        DEPARTMENT,
    ),
    Source({Act.EXPLAIN: Q()}, _in_reports(WarningExplanation), "at", "user", _explanations, DEPARTMENT),
    Source({Act.JUDGE: Q()}, _in_reports(ChecklistMark), "at", "user", _judgements, DEPARTMENT),
    _configuration(Act.MEMBERSHIP, Membership, "department_id"),
    _configuration(Act.DISTRICT, District),
    _configuration(Act.DEPARTMENT, Department, "id"),
    _configuration(Act.YEAR, FiscalYear),
    _configuration(Act.RULE, RuleSetting),
    Source({Act.ACCOUNT: Q()}, _accounts_in, "action_time", "user", _accounts),
    Source({Act.LOGIN: Q()}, _logins_in, "attempt_time", "", _logins, username="username"),
)
