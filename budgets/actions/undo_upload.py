"""撤销导入: put back everything that an upload wrote, or nothing."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from ..audit.entries import name_of
from ..changes.merge import changes
from ..changes.wording import worded_changes
from ..domain.choices import UploadState
from ..domain.dossier import PROJECT
from ..domain.profile import empty_sections
from ..domain.transitions import Verb
from ..models import Report, SectionVersion, Upload
from ..storage.loading import StoredSection, load_dossier, load_section
from ..storage.section_titles import section_title
from .base import ActionRefused, AlreadyDone, Stale, lock_report, log
from .keep_upload import UploadGone
from .projects import remove_from
from .save_section import Conflict, count_change, current_number, read_values, require_editable, save_values

MOST_PLACES = 5
"""The number of places that a refusal names."""


def undo_upload(report_id: int, user: User, upload_id: int) -> Upload:
    """Put every section back to what it was before the upload, and remove the projects that it added.

    What others changed elsewhere since is kept. Raises `UploadGone`, `AlreadyDone` on a repetition, or `ActionRefused`
    if the same places were changed since or the report cannot be edited; then nothing is changed.
    """
    with transaction.atomic():
        report = lock_report(report_id)
        upload = _lock(report, upload_id)
        require_editable(report, user)
        added = _untouched_projects(report, upload)
        sections = _sections(upload)
        for key, number in sections:
            _put_back(report, user, key, number)
        if added:
            remove_from(report, user, added)
        _declare_again(report, upload)
        upload.state, upload.undone_at, upload.undone_by = UploadState.UNDONE, timezone.now(), user
        upload.save(update_fields=["state", "undone_at", "undone_by"])
        said = f"恢复 {len(sections)} 个部分" + (f"，移除 {len(added)} 个项目" if added else "")
        log(report, Verb.UNDO_IMPORT, report.status, user, f"“{upload.name}”，{said}")
    return upload


def _lock(report: Report, upload_id: int) -> Upload:
    found = Upload.objects.select_for_update(of=("self",)).select_related("user", "undone_by")
    upload = found.filter(report=report, pk=upload_id).first()
    if upload is not None and upload.state == UploadState.UNDONE:
        at = f"{timezone.localtime(upload.undone_at):%Y-%m-%d %H:%M}"
        raise AlreadyDone(f"这次导入已由{name_of(upload.undone_by)}在 {at} 撤销，没有再撤销一遍")
    if upload is None or not upload.is_taken:
        raise UploadGone
    return upload


def _sections(upload: Upload) -> list[tuple[str, int]]:
    """Keys and written versions of the sections that were there before the upload."""
    own = {PROJECT + key for key in upload.written["projects"]}
    return [(key, number) for key, number in upload.written["sections"].items() if key not in own]


def _untouched_projects(report: Report, upload: Upload) -> list[str]:
    """The added projects that are still there. Raises `ActionRefused` if one was changed since."""
    numbers: dict[str, int] = upload.written["projects"]
    there = set(report.applications.filter(project__key__in=numbers).values_list("project__key", flat=True))
    found = [key for key in numbers if key in there]
    changed = [key for key in found if current_number(report, PROJECT + key) != numbers[key]]
    if changed:
        names = "”“".join(upload.written["names"][key] for key in changed)
        raise ActionRefused(
            f"这次导入新增的项目“{names}”之后又改过，撤销会丢掉那些改动，所以没有撤销。"
            "确实不要这些项目的，请先到“项目”页移除，再撤销"
        )
    return found


def _put_back(report: Report, user: User, key: str, number: int) -> None:
    """Save the content from before version ``number``, merged with what was saved after it."""
    title = section_title(report, key)
    stored = load_section(report, key)
    if stored is None:
        raise Stale(f"“{title}”之后已被移除，不能整份撤销。其余各部分可以到“历次保存”里逐个恢复")
    before = SectionVersion.objects.get(report=report, section=key, number=number - 1)
    content = {part.key: before.content.get(part.key, {}) for part in stored.section.parts}
    try:
        save_values(report, user, stored, number, read_values(stored.section, content))
    except Conflict as conflict:
        places = _places(stored, content, conflict)
        raise Stale(
            f"导入之后，{conflict.who}在 {timezone.localtime(conflict.when):%Y-%m-%d %H:%M} 又改了“{title}”的同样内容"
            f"{places}，不能自动撤销，没有改动任何内容。请到这一部分改正，或在“历次保存”里恢复"
        ) from None
    except ActionRefused as refused:
        raise type(refused)(f"“{title}”不能恢复：{refused.message}。没有改动任何内容") from None


def _places(stored: StoredSection, content: dict[str, object], conflict: Conflict) -> str:
    """The places that were changed on both sides: ``（单位基本情况 › 填报人）``."""
    parts = {part.key: (part.title, part.type) for part in stored.section.parts}
    found = zip(
        changes(stored.content, content), worded_changes(stored.content, content, parts, {}), strict=True
    )
    paths = {each.path for each in conflict.conflicts}
    places = list(dict.fromkeys(said.place for change, said in found if change.path in paths))
    more = f"等 {len(places)} 处" if len(places) > MOST_PLACES else ""
    return f"（{'、'.join(places[:MOST_PLACES])}{more}）" if places else ""


def _declare_again(report: Report, upload: Upload) -> None:
    """Restore the declarations that sections are empty, where they are empty again."""
    ended = {k: said for k, said in upload.written["declared"].items() if k not in report.declared_empty}
    if not ended:
        return
    empty = empty_sections(load_dossier(report, earlier=False))
    again = {key: said for key, said in ended.items() if key in empty}
    if again:
        report.declared_empty = {**report.declared_empty, **again}
        count_change(report)
