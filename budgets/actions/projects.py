"""Add, remove and reorder the projects of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from pydantic import ValidationError

from ..classification.lookup import subjects_of
from ..domain.dossier import PROJECT
from ..domain.money import stated
from ..domain.problems import problems_of
from ..domain.schema import Application, Identity
from ..domain.transitions import Verb
from ..domain.types import new_key
from ..models import Project, ProjectApplication, Report
from ..parts.project import application as application_part
from ..parts.project import identity as identity_part
from ..projects.continuation import keys_elsewhere, start_of
from ..storage.loading import load_dossier
from ..storage.sections import find_section
from .base import ActionRefused, Stale, log
from .save_section import keep_last, lock_editable, save_order

LIMIT = 500
"""The most projects in one report."""


def add(report_id: int, user: User, identity: Mapping[str, Any], key: str = "", how: str = "") -> str:
    """Add a project at the end of the list; returns its key. Raises `ActionRefused`.

    It is the project with ``key``, else one with that name in another report of the department, else a new one.
    ``how`` tells its origin in Chinese, for the trail.
    """
    try:
        value = identity_part.parse(identity)
    except ValidationError as error:
        raise ActionRefused(problems_of(error)[0].message) from None
    if not value.name:
        raise ActionRefused("请填写项目名称", "name")
    with transaction.atomic():
        report = lock_editable(report_id, user)
        keys = _keys(report)
        if len(keys) >= LIMIT:
            raise ActionRefused(f"一份编报最多 {LIMIT} 个项目")
        if report.applications.filter(name=value.name).exists():
            raise ActionRefused(f"已有名为“{value.name}”的项目", "name")
        key = key or keys_elsewhere(report).get(value.name) or new_key()
        project, _ = Project.objects.get_or_create(department=report.department, key=key)
        create_application(report, project, len(keys), value, start_of(report))
        save_order(report, user, [*keys, project.key])
        said = f"项目“{value.name}”，{how}" if how else f"项目“{value.name}”"
        log(report, Verb.ADD_PROJECT, report.status, user, said)
        return project.key


def remove(report_id: int, user: User, key: str) -> None:
    """Remove a project from the report. Its last content stays in the versions."""
    with transaction.atomic():
        remove_from(lock_editable(report_id, user), user, [key])


def remove_from(report: Report, user: User, keys: Sequence[str]) -> None:
    """Like `remove`, several projects from the locked report."""
    dossier = load_dossier(report, earlier=False)
    for key in keys:
        section = find_section(dossier, PROJECT + key)
        if section is None:
            raise Stale("这个项目已经不在编报中")
        keep_last(report, user, section, dossier)
        amount = dossier.ledger.of_project(key).total()
        said = f"项目“{section.title}”，当年金额 {stated(amount)}"
        log(report, Verb.REMOVE_PROJECT, report.status, user, said)
    report.applications.filter(project__key__in=keys).delete()
    save_order(report, user, _keys(report))


def reorder(report_id: int, user: User, keys: Sequence[str]) -> None:
    """Put the projects into the order of ``keys``, which must be all of them."""
    with transaction.atomic():
        report = lock_editable(report_id, user)
        rows = {row.project.key: row for row in report.applications.select_related("project")}
        if sorted(rows) != sorted(keys):
            raise Stale("项目清单已有变化，请刷新页面后再调整顺序")
        for position, key in enumerate(keys):
            rows[key].position = position
        ProjectApplication.objects.bulk_update(rows.values(), ["position"])
        save_order(report, user, list(keys))


def create_application(
    report: Report, project: Project, position: int, identity: Identity, application: Application
) -> ProjectApplication:
    """Make a project's row in a report, and write its identity and application."""
    row = ProjectApplication.objects.create(report=report, project=project, position=position)
    codes = subjects_of(report.fiscal_year.edition).ids
    identity_part.write(row, identity, codes)
    application_part.write(row, application, codes)
    return row


def _keys(report: Report) -> list[str]:
    return list(report.applications.values_list("project__key", flat=True))
