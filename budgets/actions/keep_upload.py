"""上传: keep a workbook with the preview of what it would write, until it is confirmed, given up, or a day old."""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections.abc import Mapping
from contextlib import suppress

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from ..domain.choices import UploadState
from ..domain.formats import FORMAT
from ..files.names import harmless_name
from ..models import Report, Upload
from ..models.uploads import NAME
from ..workbook.memory import proposals, remembered, used, worth_remembering
from ..workbook.plan_json import dump_preview, dump_sections
from ..workbook.planning import NO_ANSWERS
from ..workbook.preview import ImportPlan
from ..workbook.reading import WorkbookCells, read_workbook
from .base import ActionRefused
from .write_workbook import WorkbookHasProblems, preview

FOLDER = "workbooks"
KEPT = datetime.timedelta(days=1)
"""How long an uploaded workbook waits for its confirmation."""
MOST_WAITING = 10
"""The most uploads of one person that wait."""
GONE = "没有这次上传：可能已经放弃，或超过一天没有确认。请重新上传"


class UploadGone(ActionRefused):
    """The upload does not exist, is another person's, or was given up."""

    def __init__(self) -> None:
        super().__init__(GONE)


def keep_upload(report: Report, user: User, name: str, content: bytes) -> Upload:
    """Read the workbook and keep it with its preview. Deletes uploads that nobody confirmed.

    Raises `WorkbookRefused`, or `WorkbookHasProblems` if it has to be mended before anything can be decided.
    """
    forget_old()
    _make_room(user)
    plan, answers = _first_preview(report, read_workbook(content))
    if not plan.is_clean and not plan.tables:
        raise WorkbookHasProblems(plan)
    path = default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.xlsx", ContentFile(content))
    return Upload.objects.create(
        report=report,
        user=user,
        name=harmless_name(name).strip()[:NAME] or "工作簿.xlsx",
        path=path,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        answers=answers,
        plan=dump_preview(plan),
        sections=dump_sections(plan),
    )


def look_again(upload: Upload, answers: Mapping[str, str]) -> None:
    """Make the preview anew from the kept file. Raises like `keep_upload`, or `UploadGone`."""
    plan = preview(upload.report, read_workbook(_content(upload)), answers)
    plan.proposed = dict(upload.plan.get("proposed", {}))
    said_before = upload.answers
    plan.remembered = [
        name for name in upload.plan.get("remembered", ()) if answers.get(name) == said_before.get(name)
    ]
    plan.memory = worth_remembering(plan.tables, answers, plan.proposed)
    with transaction.atomic():
        kept = waiting_upload(upload.report_id, upload.user, upload.pk)
        kept.answers = dict(answers)
        kept.plan, kept.sections = dump_preview(plan), dump_sections(plan)
        kept.looks, kept.format = kept.looks + 1, FORMAT
        kept.save(update_fields=["answers", "plan", "sections", "looks", "format"])


def drop_upload(report_id: int, user: User, upload_id: int) -> None:
    """Give the upload up. Nothing happens if it is gone, or was written."""
    with transaction.atomic():
        upload = find_upload(report_id, user, upload_id)
        if upload is None or not upload.is_waiting:
            return
        path, upload.path, upload.state = upload.path, "", UploadState.DROPPED
        upload.plan, upload.sections = {}, []
        upload.save(update_fields=["path", "state", "plan", "sections"])
    default_storage.delete(path)


def find_upload(report_id: int, user: User, upload_id: int) -> Upload | None:
    """Lock an upload of the person. None if there is none."""
    found = Upload.objects.select_for_update(of=("self",)).select_related("report__department")
    return found.filter(report=report_id, user=user, pk=upload_id).first()


def waiting_upload(report_id: int, user: User, upload_id: int) -> Upload:
    """Lock an upload of the person that waits for its confirmation. Raises `UploadGone`."""
    upload = find_upload(report_id, user, upload_id)
    if upload is None or not upload.is_waiting:
        raise UploadGone
    return upload


def forget_old() -> None:
    """Delete uploads that nobody confirmed within a day, and files that belong to none."""
    since = timezone.now() - KEPT
    unconfirmed = [UploadState.WAITING, UploadState.DROPPED]
    Upload.objects.filter(state__in=unconfirmed, created_at__lt=since).delete()
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        with suppress(FileNotFoundError):
            if default_storage.get_modified_time(path) < since:
                default_storage.delete(path)


def _make_room(user: User) -> None:
    """Forget the person's oldest uploads that wait, so that one more has room. Their files go with the old ones."""
    waiting = Upload.objects.filter(user=user, state=UploadState.WAITING).order_by("-created_at", "-pk")
    surplus = list(waiting.values_list("pk", flat=True)[MOST_WAITING - 1 :])
    if surplus:
        Upload.objects.filter(pk__in=surplus, state=UploadState.WAITING).delete()


def _first_preview(report: Report, cells: WorkbookCells) -> tuple[ImportPlan, dict[str, str]]:
    """The preview with what the department said last about the same tables, and those answers."""
    plan = preview(report, cells)
    proposed = proposals(plan.tables)
    answers = remembered(report.department, plan.tables)
    if any(proposed.get(name, "") != answer for name, answer in answers.items()):
        plan = preview(report, cells, answers)
        told = {name: answer for name, answer in answers.items() if proposed.get(name, "") != answer}
        plan.remembered = used(told, plan.tables)
    else:
        answers = dict(NO_ANSWERS)
    plan.proposed = proposed
    plan.memory = worth_remembering(plan.tables, answers, proposed)
    return plan, answers


def _content(upload: Upload) -> bytes:
    try:
        with default_storage.open(upload.path) as file:
            content: bytes = file.read()
    except (OSError, ValueError):
        raise UploadGone from None
    return content
