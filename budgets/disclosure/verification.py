"""核对: whether everything that was published or approved is stored as it was.

Nothing is computed again. Frozen JSON is compared in the layout in which it was written, files by their bytes. One
publication is in memory at a time, and of its files one block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousFileOperation
from django.db.models import QuerySet

from ..domain.choices import ReportKind
from ..files.store import read_back
from ..models import ApprovedContent, Publication, PublishedFile
from .manifest import DIGESTED, MANIFEST, UnreadableManifest, disagreements, manifest_of, read_manifest
from .publication import FILE_FIELDS, ReadyFile

Json = dict[str, Any]

COLUMNS = (*DIGESTED, "report__department__code", "report__fiscal_year__year", "report__kind")
"""Read with `values`, which does not convert frozen JSON to today's layout."""


@dataclass(frozen=True)
class Verified:
    """One publication or approved content after its verification. ``files`` is their number."""

    place: str
    is_published: bool
    has_manifest: bool
    files: int
    problems: tuple[str, ...]


def verify_publications(department: str = "") -> Iterator[Verified]:
    """Verify every publication, withdrawn ones too, then what is approved and waits; of one department by its code.

    Every release that makes manifests makes one for each publication, so that after the first one with a manifest
    another without is a problem.
    """
    is_expected = False
    rows = _of_department(Publication.objects.order_by("published_at", "pk"), department)
    for pk in rows.values_list("pk", flat=True).iterator():
        verified = _publication(pk, is_expected)
        is_expected = is_expected or verified.has_manifest
        yield verified
    waiting = _of_department(ApprovedContent.objects.order_by("pk"), department)
    for pk in waiting.values_list("pk", flat=True).iterator():
        yield from _approved(pk)


def _of_department(rows: QuerySet, code: str) -> QuerySet:
    return rows.filter(report__department__code=code) if code else rows


def _publication(pk: int, is_expected: bool) -> Verified:
    row = Publication.objects.values(*COLUMNS, "revision").get(pk=pk)
    files = [
        ReadyFile(path=str(file.file.name), **{name: getattr(file, name) for name in FILE_FIELDS})
        for file in PublishedFile.objects.filter(publication=pk)
    ]
    manifest, problems = _verify(row, row["revision"], files)
    if is_expected and manifest is None:
        problems = (*problems, "没有清单，而在它之前的公开已有清单")
    return Verified(
        f"{_report(row)} 第 {row['revision']} 版", True, manifest is not None, len(files), problems
    )


def _approved(pk: int) -> Iterator[Verified]:
    """Nothing if it was published or revoked meanwhile."""
    row = ApprovedContent.objects.values(*COLUMNS, "report__revision", "files").filter(pk=pk).first()
    if row is None:
        return
    files = [ReadyFile(**file) for file in row["files"]]
    manifest, problems = _verify(row, row["report__revision"], files)
    yield Verified(f"{_report(row)} 已批复待公开", False, manifest is not None, len(files), problems)


def _report(row: Json) -> str:
    kind = ReportKind(row["report__kind"]).label
    return f"{row['report__department__code']} {row['report__fiscal_year__year']} 年{kind}"


def _verify(row: Json, revision: int, files: Sequence[ReadyFile]) -> tuple[ReadyFile | None, tuple[str, ...]]:
    """The manifest among ``files``, and what is wrong with them and with the frozen JSON."""
    problems = [problem for file in files for problem in _damage(file)]
    manifest = next((file for file in files if file.format == MANIFEST), None)
    if manifest is not None:
        others = [file for file in files if file is not manifest]
        problems += _disagreements(manifest, row, revision, others)
    return manifest, tuple(problems)


def _damage(file: ReadyFile) -> Iterator[str]:
    """In what the stored bytes differ from their row."""
    try:
        found = read_back(file.path)
    except (OSError, SuspiciousFileOperation):
        yield f"{file.name}：文件丢失或不能读取"
        return
    if found.size != file.size:
        yield f"{file.name}：登记的大小是 {file.size} 字节，文件是 {found.size} 字节"
    if found.sha256 != file.sha256:
        yield f"{file.name}：文件与登记的 SHA-256 不符"


def _disagreements(
    manifest: ReadyFile, row: Json, revision: int, others: Sequence[ReadyFile]
) -> Iterator[str]:
    try:
        said = read_manifest(manifest.read())
    except UnreadableManifest:
        yield f"{manifest.name}：不是清单"
    except (OSError, SuspiciousFileOperation):
        return  # `_damage` says so.
    else:
        yield from disagreements(said, manifest_of(row, revision, others))
