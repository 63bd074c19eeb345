"""The sources of the trail: every kind of row that says who did what, put into words."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from axes.models import AccessLog
from django.contrib.admin.models import LogEntry
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from ..changes.wording import NONE, FieldChange, worded_changes
from ..domain.choices import Status
from ..domain.dossier import PROJECT, PROJECTS
from ..domain.profile import get_profile, rule_called
from ..domain.transitions import Verb
from ..models import (
    ChecklistMark,
    Comment,
    Department,
    District,
    Extension,
    FiscalYear,
    Membership,
    Report,
    RuleSetting,
    SectionVersion,
    TextSetting,
    Transition,
    WarningExplanation,
)
from ..storage.section_titles import LIST, called, project_names, section_titles
from ..storage.sections import project_parts, report_sections
from .configuration import Words, districts_of_record
from .entries import Act, TrailEntry, TrailScope, TrailSource, name_of, revision_name


def _of_reports(found: QuerySet[Any]) -> QuerySet[Any]:
    return found.select_related("report__department", "report__fiscal_year").prefetch_related(
        "report__department__earlier_names"
    )


class _Revisions:
    """The revision (版次) of reports at a moment. Each correction starts another one."""

    def __init__(self, found: Iterable[Any]) -> None:
        """``found``: rows of reports."""
        corrections = Transition.objects.filter(
            report__in={row.report_id for row in found}, verb=Verb.CORRECT
        )
        self._begun: dict[int, list[tuple[datetime.datetime, int]]] = {}
        for report, at, revision in corrections.order_by("at", "id").values_list("report", "at", "revision"):
            self._begun.setdefault(report, []).append((at, revision))

    def at(self, report: int, moment: datetime.datetime) -> int:
        return next((n for begun, n in reversed(self._begun.get(report, [])) if begun <= moment), 1)


def version_of(version: SectionVersion) -> str:
    """The revision of its report in which a section was saved: ``第 1 版``."""
    return revision_name(_Revisions([version]).at(version.report_id, version.at))


def _transitions(found: QuerySet[Transition]) -> Iterator[tuple[int, TrailEntry]]:
    for row in _of_reports(found).select_related("user"):
        yield row.pk, act_entry(row)


def act_entry(row: Transition) -> TrailEntry:
    label = Verb(row.verb).label if row.verb in list(Verb) else row.verb
    who, said = name_of(row.user), _moved(row)
    return TrailEntry(row.at, who, label, str(row.report), said, row.report_id, revision=row.revision)


def _moved(row: Transition) -> str:
    """The states before and after with the reason; only the reason if the state did not change."""
    states = " → ".join(Status(state).label for state in dict.fromkeys((row.source, row.target)) if state)
    said = row.reason
    if row.verb in (Verb.WAIVE, Verb.LIFT):
        rule, colon, reason = row.reason.partition("：")
        said = f"{rule_called(rule, row.report.profile_key)}{colon}{reason}"
    if not said:
        return states
    return said if row.source == row.target else f"{states}。{said}"


def _versions(found: QuerySet[SectionVersion]) -> Iterator[tuple[int, TrailEntry]]:
    earlier = SectionVersion.objects.filter(
        report=OuterRef("report"), section=OuterRef("section"), number__lt=OuterRef("number")
    )
    before = Subquery(earlier.order_by("-number").values("pk")[:1])
    versions = list(_of_reports(found).select_related("user").annotate(before=before))
    known = {row.pk: row for row in versions}
    others = {row.before for row in versions if row.before} - known.keys()
    known |= SectionVersion.objects.in_bulk(others)
    titles = section_titles([(row.report, row.section) for row in versions])
    revisions = _Revisions(versions)
    changed = changes_of((row, known.get(row.before)) for row in versions)
    for row, changes in zip(versions, changed, strict=True):
        title = _title_then(row) or titles[row.report_id, row.section]
        entry = TrailEntry(
            row.at,
            name_of(row.user),
            Act.SAVE.label,
            str(row.report),
            f"{title}，第 {row.number} 次保存" + ("" if changes or not row.before else "，内容没有变化"),
            row.report_id,
            row.pk,
            revisions.at(row.report_id, row.at),
            changes,
        )
        yield row.pk, entry


def _title_then(version: SectionVersion) -> str:
    """The name that the project had at that time, for a project's section; empty for any other."""
    if not version.section.startswith(PROJECT):
        return ""
    name = version.content.get("identity", {}).get("name")
    return called(name) if name else ""


def changes_of(
    saves: Iterable[tuple[SectionVersion, SectionVersion | None]],
) -> list[tuple[FieldChange, ...]]:
    """The changes of each save against the version before, in the order of the form, in two queries at most.

    The first known version of a section has no changes to show.
    """
    saves = list(saves)
    lists = [(row, before) for row, before in saves if row.section == PROJECTS]
    names = project_names(
        (row.report_id, PROJECT + key)
        for pair in lists
        for row in pair
        if row is not None
        for key in _listed(row)
    )
    return [
        _list_changes(row, before, names) if row.section == PROJECTS else _field_changes(row, before)
        for row, before in saves
    ]


def _field_changes(version: SectionVersion, before: SectionVersion | None) -> tuple[FieldChange, ...]:
    if before is None:
        return ()
    profile = version.report.profile_key
    if version.section.startswith(PROJECT):
        parts = project_parts(profile)
    else:
        parts = next((s.parts for s in report_sections(profile) if s.key == version.section), ())
    known = {part.key: (part.title, part.type) for part in parts}
    former = {key: ("已取消的内容", str) for key in (*before.content, *version.content) if key not in known}
    return tuple(worded_changes(before.content, version.content, known | former, {}))


def _list_changes(
    version: SectionVersion, before: SectionVersion | None, names: Mapping[tuple[int, str], str]
) -> tuple[FieldChange, ...]:
    """Added and removed projects one by one, then a new order. The first known list counts as added."""
    old, new = _listed(before) if before else None, _listed(version)

    def name(key: str) -> str:
        return names.get((version.report_id, PROJECT + key), "已删除的项目")

    if old is None:
        return (FieldChange(LIST, "", "、".join(map(name, new)) or NONE),)
    found = [FieldChange(LIST, name(key), NONE) for key in old if key not in new]
    found += [FieldChange(LIST, NONE, name(key)) for key in new if key not in old]
    kept = [key for key in old if key in new]
    moved = [key for key in new if key in old]
    if kept != moved:
        found.append(FieldChange(f"{LIST}的顺序", "、".join(map(name, kept)), "、".join(map(name, moved))))
    return tuple(found)


def _listed(version: SectionVersion) -> list[str]:
    return list(version.content.get("projects", ()))


def _comments(found: QuerySet[Comment]) -> Iterator[tuple[int, TrailEntry]]:
    comments = list(_of_reports(found).select_related("author"))
    titles = section_titles([(row.report, row.section) for row in comments])
    revisions = _Revisions(comments)
    for row in comments:
        verb = Act.COMMENT if row.parent_id is None else Act.ANSWER
        text = f"{row.place}：{row.text}" if row.place else row.text
        entry = _entry(row, row.created_at, row.author, verb, text, revisions)
        yield row.pk, replace(entry, place=f"{entry.place} › {titles[row.report_id, row.section]}")


def _unlogged(model: type[Any], verb: Verb) -> Callable[[TrailScope], QuerySet[Any]]:
    """Rows from before their acts were logged. Since then, the log entry is written before the row."""
    logged = Transition.objects.filter(report=OuterRef("report"), verb=verb, at__lte=OuterRef("at"))
    return lambda scope: model.objects.filter(~Exists(logged), report__in=scope.reports)


def _explanations(found: QuerySet[WarningExplanation]) -> Iterator[tuple[int, TrailEntry]]:
    said = list(_of_reports(found).select_related("user"))
    titles = section_titles([(row.report, row.section) for row in said])
    revisions = _Revisions(said)
    for row in said:
        rule = rule_called(row.rule, row.report.profile_key)
        text = f"{rule} › {titles[row.report_id, row.section]}：{row.text}"
        yield row.pk, _entry(row, row.at, row.user, Verb.EXPLAIN, text, revisions)


def _judgements(found: QuerySet[ChecklistMark]) -> Iterator[tuple[int, TrailEntry]]:
    for row in _of_reports(found).select_related("user"):
        points = dict(get_profile(row.report.profile_key).checklist)
        text = f"{points.get(row.item, '已取消的要点')}：{row.said}"
        yield row.pk, _entry(row, row.at, row.user, Verb.JUDGE, text)


def _entry(
    row: Any,
    at: datetime.datetime,
    user: Any,
    verb: Verb | Act,
    text: str,
    revisions: _Revisions | None = None,
) -> TrailEntry:
    revision = revisions.at(row.report_id, at) if revisions else row.revision
    return TrailEntry(at, name_of(user), verb.label, str(row.report), text, row.report_id, revision=revision)


# --- configuration, and who logged in -------------------------------------------------------------


def _configuration(act: Act, model: type[Any], department: str = "") -> TrailSource:
    def of(scope: TrailScope) -> QuerySet[Any]:
        found = model.history.all()
        return found if scope is EVERYTHING else found.filter(districts_of_record(model, scope.districts))

    def said(found: QuerySet[Any]) -> Iterator[tuple[int, TrailEntry]]:
        records = list(found.select_related("history_user"))
        words = Words.of(records)
        for record in records:
            name, text = words.changed(record)
            yield (
                record.pk,
                TrailEntry(record.history_date, name_of(record.history_user), act.label, name, text),
            )

    return TrailSource({act.value: Q()}, of, "history_date", "history_user", said, department)


def _accounts_in(scope: TrailScope) -> QuerySet[LogEntry]:
    found = LogEntry.objects.filter(content_type__app_label="auth", content_type__model="user")
    if scope is EVERYTHING:
        return found
    people = scope.members.annotate(text=Cast("user", TextField())).values("text")
    return found.annotate(object_text=Cast("object_id", TextField())).filter(object_text__in=people)


def _accounts(found: QuerySet[LogEntry]) -> Iterator[tuple[int, TrailEntry]]:
    for row in found.select_related("user"):
        text = row.get_change_message()
        yield (
            row.pk,
            TrailEntry(row.action_time, name_of(row.user), Act.ACCOUNT.label, row.object_repr, text),
        )


def _logins_in(scope: TrailScope) -> QuerySet[AccessLog]:
    found = AccessLog.objects.defer("session_hash")
    return found if scope is EVERYTHING else found.filter(username__in=scope.members.values("user__username"))


def _logins(found: QuerySet[AccessLog]) -> Iterator[tuple[int, TrailEntry]]:
    for row in found:
        left = f"，{timezone.localtime(row.logout_time):%Y-%m-%d %H:%M} 退出" if row.logout_time else ""
        text = f"来自 {row.ip_address}{left}"
        yield row.pk, TrailEntry(row.attempt_time, row.username or "", Act.LOGIN.label, "", text)


EVERYTHING = TrailScope(Report.objects.all(), District.objects.all())
"""The scope for rows that were already found in a person's scope."""


def _in_reports(model: type[Any], **more: Any) -> Callable[[TrailScope], QuerySet[Any]]:
    return lambda scope: model.objects.filter(report__in=scope.reports, **more)


DEPARTMENT = "report__department"
SOURCES = (
    TrailSource(
        {verb.value: Q(verb=verb) for verb in Verb},
        _in_reports(Transition),
        "at",
        "user",
        _transitions,
        DEPARTMENT,
    ),
    TrailSource(
        {Act.SAVE: Q()}, _in_reports(SectionVersion, number__gt=0), "at", "user", _versions, DEPARTMENT
    ),
    TrailSource(
        {Act.COMMENT: Q(parent=None), Act.ANSWER: Q(parent__isnull=False)},
        _in_reports(Comment),
        "created_at",
        "author",
        _comments,
        DEPARTMENT,
    ),
    TrailSource(
        {Verb.EXPLAIN: Q()},
        _unlogged(WarningExplanation, Verb.EXPLAIN),
        "at",
        "user",
        _explanations,
        DEPARTMENT,
    ),
    TrailSource(
        {Verb.JUDGE: Q()}, _unlogged(ChecklistMark, Verb.JUDGE), "at", "user", _judgements, DEPARTMENT
    ),
    _configuration(Act.MEMBERSHIP, Membership, "department_id"),
    _configuration(Act.DISTRICT, District),
    _configuration(Act.DEPARTMENT, Department, "id"),
    _configuration(Act.YEAR, FiscalYear),
    _configuration(Act.EXTENSION, Extension, "department_id"),
    _configuration(Act.RULE, RuleSetting),
    _configuration(Act.TEXT, TextSetting),
    TrailSource({Act.ACCOUNT: Q()}, _accounts_in, "action_time", "user", _accounts),
    TrailSource({Act.LOGIN: Q()}, _logins_in, "attempt_time", "", _logins, username="username"),
)
