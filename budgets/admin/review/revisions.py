"""The report compared with a published revision of it, cell by cell and field by field."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...changes.cells import CellChange, difference
from ...changes.wording import FieldChange, worded_changes
from ...domain.dossier import Dossier
from ...models import Publication, Report
from ...storage.dossier_json import dump_dossier, parse_dossier
from ...storage.sections import part_types
from ...storage.sources import full_dossiers
from .tables import sheets


@dataclass(frozen=True)
class Compared:
    """The changes from ``before`` to the report: cells of its tables, fields of its sections."""

    cells: list[CellChange]
    fields: list[FieldChange]


@dataclass(frozen=True)
class Revision:
    number: int
    published_at: datetime.datetime


def compared(before: Dossier, now: Dossier) -> Compared:
    old, new = ([each.sheet for each in sheets(dossier)] for dossier in (before, now))
    fields = worded_changes(dump_dossier(before), dump_dossier(now), *part_types(now.header.profile))
    return Compared(difference(old, new), fields)


def revisions(report: Report) -> Sequence[Revision]:
    """The published revisions, newest first."""
    rows = report.publications.order_by("-revision").values_list("revision", "published_at")
    return [Revision(*row) for row in rows]


def with_revision(report: Report, dossier: Dossier, number: int) -> Compared | None:
    """The report compared with that revision, withheld projects included; None if there is no such revision."""
    found = full_dossiers(Publication.objects.filter(report=report, revision=number), "report_id")
    stored = found.get(report.pk)
    if stored is None:
        return None
    before = parse_dossier(stored, dossier.codes)
    header = replace(dossier.header, profile=before.header.profile)
    before = replace(before, header=header, earlier=dossier.earlier, budget=dossier.budget)
    return compared(before, dossier)
