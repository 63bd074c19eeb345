"""附件: the document that the department publishes with its tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ..domain.choices import DEPARTMENT_ROLES, EDITABLE, Status
from ..domain.transitions import Verb
from ..files.document_text import text_of
from ..files.docx_parts import check_parts
from ..files.names import harmless_name
from ..files.office import MEGABYTE, PackageRefused, check_package
from ..files.store import keep
from ..models import Annex, Report
from .base import ActionRefused, Stale, lock_report, log, require_role

MAX_SIZE = 20 * MEGABYTE

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def attach(report_id: int, user: User, upload: UploadedFile) -> Annex:
    """Attach ``upload`` (docx or pdf, recognised by its content) as the report's annex. Replaces an earlier one."""
    if not upload.size:
        raise ActionRefused("文件是空的", "file")
    if upload.size > MAX_SIZE:
        raise ActionRefused(f"文件过大，最多 {MAX_SIZE // MEGABYTE} MB", "file")
    content = upload.read()
    extension = _format(content)
    text = text_of(content, extension)
    with _open(report_id, user) as report:
        kept = keep(content, extension)
        annex, _ = Annex.objects.update_or_create(
            report=report,
            defaults={
                "file": kept.path,
                "name": _name(upload.name or "", extension),
                "content_type": CONTENT_TYPES[extension],
                "size": kept.size,
                "sha256": kept.sha256,
                "uploaded_by": user,
                "text": text.words,
                "is_searchable": text.is_whole,
            },
        )
        log(report, Verb.ATTACH, report.status, user, annex.name)
    return annex


def detach(report_id: int, user: User) -> None:
    """Remove the annex. Publications keep theirs."""
    with _open(report_id, user) as report:
        attached = Annex.objects.filter(report=report).first()
        if attached is not None:
            attached.delete()
            log(report, Verb.DETACH, report.status, user, attached.name)


@contextmanager
def _open(report_id: int, user: User) -> Iterator[Report]:
    with transaction.atomic():
        report = lock_report(report_id)
        require_role(user, report, DEPARTMENT_ROLES)
        if report.status not in EDITABLE:
            raise Stale(f"编报现在是“{Status(report.status).label}”，不能更换附件：附件随编报一起报送、批复")
        yield report
        report.changes += 1
        report.changed_at = timezone.now()
        report.save(update_fields=["changes", "changed_at"])


def _name(given: str, extension: str) -> str:
    """A harmless file name with the extension of the file's real format."""
    name = harmless_name(given)
    stem = name.rpartition(".")[0] or name
    return f"{stem.strip(' .')[:100] or '附件'}.{extension}"


def _format(content: bytes) -> str:
    """``pdf`` or ``docx``. Refuses any other file, and a docx that is not harmless."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        try:
            check_package(content, "docx")
            check_parts(content)
        except PackageRefused as refused:
            raise ActionRefused(refused.message, "file") from refused
        return "docx"
    raise ActionRefused("只能上传 docx 或 pdf 文件", "file")
