"""确认写入: write an upload exactly as its owner was shown it, and once."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ..audit.entries import name_of
from ..domain.choices import UploadState
from ..domain.dossier import PROJECT
from ..domain.formats import FORMAT
from ..domain.transitions import Verb
from ..models import Report, Upload
from ..workbook.memory import remember
from ..workbook.plan_json import parse_preview
from ..workbook.preview import PlannedSection, Preview
from .base import ActionRefused, AlreadyDone, Stale, lock_report, log
from .keep_upload import UploadGone, find_upload
from .save_section import Conflict, current_number, require_editable
from .write_workbook import Written, parse_values, write_sections

LOOK_AGAIN = "没有写入任何内容。请点“重新查看改动”，看过最新的再确认，不用重新上传"


def take_upload(report_id: int, user: User, upload_id: int, looks: int) -> Upload:
    """Write what the preview with the number ``looks`` showed.

    Raises `UploadGone`, `AlreadyDone` if it was written before, `Stale` if it was looked at again or something else
    was saved meanwhile, or another `ActionRefused`; then nothing is written.
    """
    with transaction.atomic():
        report = lock_report(report_id)
        upload = find_upload(report_id, user, upload_id)
        if upload is None or upload.state == UploadState.DROPPED:
            raise UploadGone
        if not upload.is_waiting:
            raise AlreadyDone(said_already(upload))
        require_editable(report, user)
        shown = _ready(upload, looks)
        declared = dict(report.declared_empty)
        written = _write(report, user, upload, shown)
        report = lock_report(report_id)
        upload.written = _kept(report, written, shown, declared)
        path, upload.path, upload.plan, upload.sections = upload.path, "", {}, []
        upload.state, upload.taken_at = UploadState.TAKEN, timezone.now()
        upload.save()
        remember(report.department, shown.memory)
        log(report, Verb.IMPORT, report.status, user, f"“{upload.name}”，{upload.outcome}")
    default_storage.delete(path)
    return upload


def said_already(upload: Upload) -> str:
    """Tells who wrote the upload and when."""
    at = f"{timezone.localtime(upload.taken_at):%Y-%m-%d %H:%M}"
    said = f"这次上传已由{name_of(upload.user)}在 {at} 写入，没有再写一遍"
    return said if upload.is_taken else f"{said}。之后又撤销了，要再写入请重新上传"


def _ready(upload: Upload, looks: int) -> Preview:
    """The preview, if it can be written. Raises `Stale` or `ActionRefused`."""
    shown = parse_preview(upload.plan)
    if shown is None or upload.format != FORMAT:
        raise Stale(f"系统已经更新。{LOOK_AGAIN}")
    if upload.looks != looks:
        raise Stale("您在别的窗口重新查看过这次上传，下面是最新的改动，请看过再确认。没有写入任何内容")
    if not shown.is_ready:
        raise ActionRefused("还有要先解决的问题，没有写入任何改动")
    if not upload.sections:
        raise ActionRefused("没有要写入的改动")
    return shown


def _write(report: Report, user: User, upload: Upload, shown: Preview) -> list[Written]:
    planned = [
        PlannedSection(row["key"], row["base"], parse_values(report, row["key"], row["content"]), None)
        for row in upload.sections
    ]
    try:
        return write_sections(report, user, shown.projects, planned)
    except Conflict as conflict:
        raise Stale(f"{conflict.who}改了同样的内容。{LOOK_AGAIN}") from None
    except ActionRefused as refused:
        raise type(refused)(f"{refused.message}。{LOOK_AGAIN}") from None


def _kept(report: Report, written: list[Written], shown: Preview, declared: dict[str, Any]) -> dict[str, Any]:
    """What undoing needs: versions by section, new projects with their last versions, declarations that ended."""
    projects = [project.key for project in shown.projects]
    return {
        "sections": {section.key: section.number for section in written},
        "projects": {key: current_number(report, PROJECT + key) for key in projects},
        "names": {project.key: project.identity["name"] for project in shown.projects},
        "declared": {key: said for key, said in declared.items() if key not in report.declared_empty},
    }
