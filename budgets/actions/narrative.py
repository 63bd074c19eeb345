"""说明: the document that goes with the tables, attached by the department."""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ..choices import DEPARTMENT_ROLES, EDITABLE, Status
from ..content_store import keep
from ..models import Attachment, Report
from ..scalars import FORBIDDEN
from .base import ActionRefused, Stale, lock_report, log, require_role
from .transitions import Verb

MEGABYTE = 1024 * 1024
MAX_SIZE = 20 * MEGABYTE
MAX_EXPANDED = 200 * MEGABYTE
MAX_RATIO = 200
"""Expanded to packed size of a docx: text packs twentyfold, a zip bomb a thousandfold."""
MAX_ENTRIES = 5000
CHUNK = 256 * 1024

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
OPEN_STATES = (*EDITABLE, Status.APPROVED)
"""Until it is published: the words may follow the approval."""

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
)
"""What `zipfile` raises on broken, encrypted and exotic archives."""

_UNSAFE = re.compile(r'[\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


def attach(report_id: int, user: AbstractBaseUser, upload: UploadedFile) -> Attachment:
    """Make ``upload`` (docx or pdf, told by its content) the report's 说明, in place of an earlier one."""
    if not upload.size:
        raise ActionRefused("文件是空的", "file")
    if upload.size > MAX_SIZE:
        raise ActionRefused(f"文件过大，最多 {MAX_SIZE // MEGABYTE} MB", "file")
    content = upload.read()
    extension = _format(content)
    with _open(report_id, user) as report:
        kept = keep(content, extension)
        attachment, _ = Attachment.objects.update_or_create(
            report=report,
            defaults={
                "file": kept.path,
                "name": _name(upload.name or "", extension),
                "content_type": CONTENT_TYPES[extension],
                "size": kept.size,
                "sha256": kept.sha256,
                "uploaded_by": user,
            },
        )
        log(report, Verb.ATTACH, report.status, user, attachment.name)
    return attachment


def detach(report_id: int, user: AbstractBaseUser) -> None:
    """Take the 说明 away; what was published with it keeps it."""
    with _open(report_id, user) as report:
        attached = Attachment.objects.filter(report=report).first()
        if attached is not None:
            attached.delete()
            log(report, Verb.DETACH, report.status, user, attached.name)


@contextmanager
def _open(report_id: int, user: AbstractBaseUser) -> Iterator[Report]:
    with transaction.atomic():
        report = lock_report(report_id)
        require_role(user, report, DEPARTMENT_ROLES)
        if report.status not in OPEN_STATES:
            raise Stale(f"编报现在是“{Status(report.status).label}”，不能更换说明")
        yield report


def _name(given: str, extension: str) -> str:
    """A harmless file name with the extension of what the file is."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    name = _UNSAFE.sub("", FORBIDDEN.sub("", name)).replace("\n", "").replace("\t", " ")
    stem = name.rpartition(".")[0] or name
    return f"{stem.strip(' .')[:100] or '说明'}.{extension}"


def _format(content: bytes) -> str:
    """``pdf`` or ``docx``; refuses whatever else, or a docx that is not harmless."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        _check_docx(content)
        return "docx"
    raise ActionRefused("只能上传 docx 或 pdf 文件", "file")


def _check_docx(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if not {"[Content_Types].xml", "word/document.xml"} <= names or len(entries) > MAX_ENTRIES:
                raise ActionRefused("不是 docx 文件（旧版 doc 请另存为 docx）", "file")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise ActionRefused("文件含有宏，请另存为不含宏的 docx", "file")
            _check_expansion(archive, entries, len(content))
            if b"macroenabled" in archive.read("[Content_Types].xml").lower():
                raise ActionRefused("文件含有宏，请另存为不含宏的 docx", "file")
    except DAMAGED as error:
        raise ActionRefused("docx 文件已损坏或有密码，不能打开", "file") from error


def _check_expansion(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], size: int) -> None:
    """Expands everything, since what a zip says of its sizes may be a lie, and stops at the limit."""
    limit = min(MAX_EXPANDED, size * MAX_RATIO)
    expanded = 0
    for entry in entries:
        with archive.open(entry) as file:
            while chunk := file.read(CHUNK):
                expanded += len(chunk)
                if expanded > limit:
                    raise ActionRefused("docx 文件展开后过大", "file")
