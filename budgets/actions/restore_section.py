"""恢复: write the content of an earlier save as a new save."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from ..models import SectionVersion
from ..storage.loading import load_dossier
from ..storage.sections import find_section
from .base import Stale
from .save_section import Saved, current_number, lock_editable, save_section


def restore_section(report_id: int, user: User, section_key: str, number: int, seen: int) -> Saved:
    """Restore version ``number`` of the section. ``seen`` is the latest version that the person saw.

    The history keeps everything. Raises `Stale` if somebody saved since or the version does not exist, else like
    `save_section`.
    """
    with transaction.atomic():
        report = lock_editable(report_id, user)
        version = SectionVersion.objects.filter(report=report, section=section_key, number=number).first()
        section = find_section(load_dossier(report, earlier=False), section_key)
        if version is None or section is None:
            raise Stale("没有这一次保存，请刷新页面")
        if current_number(report, section_key) != seen:
            raise Stale("打开页面之后又有人保存过，请刷新页面，看过最新内容后再恢复")
        content = {part.key: version.content.get(part.key, {}) for part in section.parts}
        return save_section(report_id, user, section_key, seen, content)
