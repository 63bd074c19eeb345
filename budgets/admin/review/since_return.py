"""The department's changes since it got the report back: cells, fields, and sentences of the text."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Max, Min, Q

from ...analysis.redaction import redact
from ...changes.cells import CellChange
from ...changes.sentences import SentenceChange, changed_sentences
from ...changes.wording import FieldChange
from ...domain.choices import HANDED_BACK
from ...domain.dossier import PROJECT, PROJECTS, Dossier
from ...domain.transitions import Verb
from ...models import Report, SectionVersion
from ...narrative.build import narrative_of
from ...narrative.document import Document
from ...storage.dossier_json import dump_dossier, parse_dossier
from .revisions import compared


@dataclass(frozen=True)
class Since:
    """The changes since ``at``, when the report went back to the department, in the order of the tables."""

    at: datetime.datetime
    changes: list[CellChange]
    fields: list[FieldChange]


@dataclass(frozen=True)
class SentencesSince:
    at: datetime.datetime
    sentences: tuple[SentenceChange, ...]


def since_handed_back(report: Report, dossier: Dossier) -> Since | None:
    """The changes since the last return; None for a report that was never returned."""
    at = _handed_back_at(report)
    if at is None:
        return None
    found = compared(as_it_was(report, dossier, at), dossier)
    return Since(at, found.cells, found.fields)


def sentences_since_handed_back(report: Report, dossier: Dossier, now: Document) -> SentencesSince | None:
    """The sentences of ``now``, the public text, that differ since the last return; None if it never was returned.

    What a correction changes is told beside the published revision.
    """
    at = _handed_back_at(report, but=Verb.CORRECT)
    before = narrative_of(redact(as_it_was(report, dossier, at))) if at else None
    if at is None or before is None:
        return None
    return SentencesSince(at, tuple(changed_sentences(before, now)))


def _handed_back_at(report: Report, but: str = "") -> datetime.datetime | None:
    """When the department got the report; None if it never did, or did so last by the verb ``but``."""
    moves = report.transitions.exclude(source=F("target")).filter(target__in=HANDED_BACK)
    last = moves.order_by("at", "id").last()
    return last.at if last and last.verb != but else None


def as_it_was(report: Report, dossier: Dossier, moment: datetime.datetime) -> Dossier:
    """The report at ``moment``, from the versions of the sections that were saved after it.

    If the list of projects was never saved before, a project that was added later is in it without content.
    """
    contents = _contents_at(report, moment)
    data = deepcopy(dump_dossier(dossier))
    projects = {project["key"]: project for project in data["projects"]}
    for section, content in contents.items():
        if section.startswith(PROJECT):
            key = section.removeprefix(PROJECT)
            projects[key] = {"key": key, **content}
        elif section != PROJECTS:
            data |= content
    order = contents.get(PROJECTS, {}).get("projects", list(projects))
    data["projects"] = [projects[key] for key in order if key in projects]
    return replace(
        parse_dossier(data, dossier.codes),
        header=dossier.header,
        earlier=dossier.earlier,
        budget=dossier.budget,
        text_settings=dossier.text_settings,
    )


def _contents_at(report: Report, moment: datetime.datetime) -> Mapping[str, Mapping[str, Any]]:
    """The content at ``moment`` of every section that was saved after it.

    The first version of a section is its content before the first save. The first version of the list of projects is
    the result of a change already, so the list before it is unknown.
    """
    rows = (
        report.versions.order_by()
        .values("section")
        .annotate(last=Max("id", filter=Q(at__lte=moment)), first=Min("id"), latest=Max("at"))
        .filter(latest__gt=moment)
    )
    ids = [row["last"] or row["first"] for row in rows if row["last"] or row["section"] != PROJECTS]
    found = SectionVersion.objects.filter(pk__in=ids).only("section", "content", "format")
    return {version.section: version.content for version in found}
