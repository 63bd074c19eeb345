"""复制项目: a new project with the content of another one, from the same report or from an earlier year."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from ..classification.lookup import leave_out_unknown, subjects_of
from ..domain.choices import ProjectAttribute, ReportKind
from ..domain.dossier import PROJECT, Dossier, ProjectDossier
from ..domain.schema import Identity
from ..domain.types import new_key
from ..models import Report
from ..parts.base import Part
from ..parts.project import identity as identity_part
from ..projects.library import Shelved, load_library
from ..storage.loading import load_dossier
from ..storage.sections import project_parts
from . import projects
from .base import ActionRefused, Stale
from .open_report import settled
from .save_section import current_number, lock_editable, save_section

Values = Mapping[Part[Any, Any], Any]

COPY = "（复制）"
LONGEST = 200
"""The most characters of a name."""


@dataclass(frozen=True)
class Copied:
    """The new project. ``left_out`` are subjects of the source that the report's edition does not have."""

    key: str
    name: str
    left_out: tuple[str, ...] = ()


def duplicate(report_id: int, user: User, source: str, name: str = "", token: str = "") -> Copied:
    """Copy the project with key ``source`` under ``name``, else under a name that marks it as a copy.

    Called again with the same ``token``, it returns the existing copy. Raises `ActionRefused`, or `Stale` if the
    source is gone; then nothing is written.
    """
    with transaction.atomic():
        report = lock_editable(report_id, user)
        key = _key(token, source, name)
        done = _done(report, key)
        if done is not None:
            return done
        dossier = load_dossier(report, earlier=False)
        original = dossier.project(source)
        if original is None:
            raise Stale("要复制的项目已经不在编报中，请刷新页面后重选")
        values = _values(report, original, lambda part, value: part.duplicate(value))
        how = f"复制自“{original.identity.name}”"
        return _begin(report, user, key, _called(values, dossier, name.strip()), how)


def take(report_id: int, user: User, source: str, token: str = "") -> Copied:
    """Take over the project with key ``source`` from an earlier report, as opening the year would have done.

    It stays the same project. A project that ended with its year becomes a new one, with ``token`` as in `duplicate`.
    Raises `ActionRefused`, or `Stale` if it is no longer in the library; then nothing is written.
    """
    with transaction.atomic():
        report = lock_editable(report_id, user)
        key = _key(token, source)
        done = _done(report, key) or _done(report, source)
        if done is not None:
            return done
        found = next((entry for entry in load_library(report) if entry.key == source), None)
        if found is None:
            raise Stale("项目库中没有这个项目，请刷新页面后重选")
        values, how = _forward(report, found), f"选自项目库（{found.year} 年的“{found.name}”）"
        if found.year == report.year or found.carries_on:
            if report.applications.filter(name=found.name).exists():
                raise ActionRefused(
                    f"本年已有另一个名为“{found.name}”的项目，请先改它的名称或删除它，再从项目库选入"
                )
            return _begin(report, user, source, values, how)
        values = {part: part.duplicate(value) for part, value in values.items()}
        dossier = load_dossier(report, earlier=False)
        return _begin(report, user, key, _anew(_called(values, dossier, ""), report.year), how)


# --- what it says ---------------------------------------------------------------------------------


def _values(report: Report, project: ProjectDossier, taken: Callable[[Part[Any, Any], Any], Any]) -> Values:
    return {part: taken(part, project.part(part.type)) for part in project_parts(report.profile_key)}


def _forward(report: Report, entry: Shelved) -> Values:
    """The content with which a continued project starts in ``report``."""
    year, gap = report.year, report.year - entry.year - 1
    if gap < 0:
        last = load_dossier(report).previous
        return _values(report, entry.project, lambda part, value: settled(part, value, year, last))

    def forward(part: Part[Any, Any], value: Any) -> Any:
        is_budget = report.kind == ReportKind.BUDGET
        taken = part.copy_forward(value, year) if is_budget else part.resume(value, year)
        return part.lapse(taken, gap) if gap else taken

    return _values(report, entry.project, forward)


def _called(values: Values, dossier: Dossier, name: str) -> Values:
    """``values`` under ``name``, else under their own name, changed until no other project of the report has it."""
    taken = {project.identity.name for project in dossier.projects}
    return _identified(values, lambda old: replace(old, name=name or free_name(old.name, taken)))


def _anew(values: Values, year: int) -> Values:
    """``values`` of a one-year project as a project of ``year``."""

    def begun(old: Identity) -> Identity:
        return replace(
            old,
            attribute=ProjectAttribute.NEW,
            start_year=year if old.start_year else None,
            end_year=year if old.end_year else None,
        )

    return _identified(values, begun)


def _identified(values: Values, change: Callable[[Identity], Identity]) -> Values:
    return {part: change(value) if part is identity_part else value for part, value in values.items()}


def free_name(name: str, taken: Iterable[str]) -> str:
    """``name``, else the first of ``name（复制）``, ``name（复制2）``… that is not ``taken``."""
    taken = set(taken)
    return next(called for called in _names(name) if called not in taken)


def _names(name: str) -> Iterator[str]:
    yield name
    number = 1
    while True:
        sign = COPY if number == 1 else f"{COPY[:-1]}{number}{COPY[-1]}"
        yield f"{name[: LONGEST - len(sign)]}{sign}"
        number += 1


# --- writing it -----------------------------------------------------------------------------------


def _done(report: Report, key: str) -> Copied | None:
    """The result of the first of two equal posts; None if this is the first one."""
    names = dict(report.applications.values_list("project__key", "name"))
    return Copied(key, names[key]) if key in names else None


def _key(token: str, *asked: str) -> str:
    """The key of the new project, which depends on ``asked`` and ``token``. Each page has its own token."""
    said = "\n".join((token or new_key(), *asked))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _begin(report: Report, user: User, key: str, values: Values, how: str) -> Copied:
    """Append a project with ``values``, saved as if a person had typed them. ``how`` tells its origin in the trail."""
    content = {part.key: part.dump(value) for part, value in values.items()}
    left_out = tuple(leave_out_unknown(content, subjects_of(report.fiscal_year.edition).ids))
    projects.add(report.pk, user, content[identity_part.key], key, how)
    section = PROJECT + key
    save_section(report.pk, user, section, current_number(report, section), content)
    return Copied(key, content[identity_part.key]["name"], tuple(dict.fromkeys(left_out)))
