"""Freezing a report: what the public sees from now on is what is stored here, never computed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from .choices import Status
from .content_store import keep
from .difference import difference
from .dossier import Dossier
from .exchange.exporting import ExportedFile, export, file_stem, report_title
from .exchange.sheets_json import dump_sheet, load_sheet
from .models import Attachment, Publication, PublishedFile, Report
from .profiles import build_tables
from .project_account import accounts, dump_account
from .redaction import names_given_away, redact, strings
from .sections import dump_dossier, load_dossier
from .sheets import Sheet
from .summary import summarise


def dump_whole(dossier: Dossier) -> dict[str, Any]:
    """Exchange JSON with the comparatives under ``earlier``, newest first; of final accounts also the ``budget``."""
    budget = {"budget": dump_dossier(dossier.budget)} if dossier.budget else {}
    return dump_dossier(dossier) | {"earlier": [dump_dossier(before) for before in dossier.earlier]} | budget


def secrets_given_away(dossier: Dossier) -> list[str]:
    """Names of withheld projects that stand in what the report would publish of its own year.

    Of final accounts that includes the targets of the budget, which nobody may have looked through.
    """
    public = redact(dossier)
    said = [dump_dossier(public), [dump_account(account) for account in accounts(public)]]
    return names_given_away(strings(said), dossier)


def freeze(report: Report, user: AbstractBaseUser | None, reason: str = "") -> Publication:
    """Store the report's revision as it is now. Runs in the caller's transaction, which holds its lock.

    Beside the dossiers stand the keys of what is withheld (in the full one alone), and what the report says of
    each project that is not, with its budget's targets: its part in the project's story.

    Files go to the storage first: when the transaction fails they are orphans.
    """
    dossier = load_dossier(report)
    dossier = replace(dossier, header=replace(dossier.header, status=Status.PUBLISHED))
    public = redact(dossier)
    sheets = build_tables(public)
    publication = Publication.objects.create(
        report=report,
        revision=report.revision,
        published_at=timezone.now(),
        published_by=user,
        reason=reason,
        full_dossier=dump_whole(dossier) | {"withheld": [p.key for p in dossier.projects if p.withheld]},
        dossier=dump_whole(public)
        | {
            "approval": _approval(report),
            "accounts": [dump_account(account) for account in accounts(public)],
        },
        sheets=[dump_sheet(sheet) for sheet in sheets],
        summary=summarise(public),
        difference=[asdict(change) for change in _difference(report, sheets)],
    )
    rows = [_stored(file) for file in export(public, sheets=sheets)]
    rows += [_narrative(public, attachment) for attachment in Attachment.objects.filter(report=report)]
    for position, row in enumerate(rows):
        row.publication = publication
        row.position = position
    PublishedFile.objects.bulk_create(rows)
    return publication


def _approval(report: Report) -> dict[str, Any]:
    date = report.approval_date
    return {"number": report.approval_number, "date": date.isoformat() if date else None}


def _difference(report: Report, sheets: list[Sheet]) -> Iterator[Any]:
    last = report.publications.order_by("-revision").exclude(revision=report.revision).first()
    if last is not None:
        yield from difference([load_sheet(sheet) for sheet in last.sheets], sheets)


def _stored(file: ExportedFile) -> PublishedFile:
    kept = keep(file.content, file.format)
    return PublishedFile(
        name=file.name,
        title=file.title,
        format=file.format,
        content_type=file.content_type,
        size=kept.size,
        sha256=kept.sha256,
        file=kept.path,
    )


def _narrative(dossier: Dossier, attachment: Attachment) -> PublishedFile:
    extension = attachment.name.rpartition(".")[2]
    return PublishedFile(
        name=f"{file_stem(dossier)}-narrative.{extension}",
        title=f"{report_title(dossier)}公开说明",
        format=extension,
        content_type=attachment.content_type,
        size=attachment.size,
        sha256=attachment.sha256,
        file=attachment.file.name,
    )
