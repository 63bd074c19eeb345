"""导入填报工作簿: what an uploaded workbook would change, and writing it, all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import User

from ..forms.explanations import for_changes_of
from ..models import Report, SectionVersion
from ..storage.loading import load_dossier, load_section
from ..storage.sections import SectionValues, section_by_key
from ..workbook.planning import NO_ANSWERS, plan_import
from ..workbook.preview import ImportPlan, PlannedSection
from ..workbook.reading import WorkbookCells
from ..workbook.records import NewProject
from . import projects
from .base import ActionRefused, Stale
from .save_section import REMOVED, lock_editable, read_values, save_values


@dataclass(frozen=True)
class Written:
    """A section by its key, and the version that was written. The version before it has what was there."""

    key: str
    number: int


class WorkbookHasProblems(ActionRefused):
    """The workbook has values that cannot be stored in the current report; ``taken`` lists them."""

    def __init__(self, taken: ImportPlan) -> None:
        super().__init__("工作簿中有内容不能保存，没有写入任何改动")
        self.taken = taken


def preview(report: Report, upload: WorkbookCells, answers: Mapping[str, str] = NO_ANSWERS) -> ImportPlan:
    """Find the changes that ``upload`` would make. Raises `budgets.workbook.reading.WorkbookRefused`.

    ``answers`` are as in `budgets.workbook.planning.plan_import`. The versions are read before the contents, so that a
    save in between is merged and not lost.
    """
    versions = section_numbers(report)
    return plan_import(report, load_dossier(report), upload, versions, answers)


def write_sections(
    report: Report, user: User, new: Sequence[NewProject], planned: Sequence[PlannedSection]
) -> list[Written]:
    """Add the projects and write the sections to the locked report; returns those that changed.

    Reasons for changes come last. After any refusal the caller's transaction has to be rolled back.
    """
    for project in new:
        projects.add(report.pk, user, project.identity, project.key, "由填报工作簿导入")
    report = lock_editable(report.pk, user) if new else report
    reasons = [section for section in planned if "explanations" in section.content]
    others = [section for section in planned if section not in reasons]
    written = [_save(report, user, section) for section in others]
    for section in reasons:
        content = for_changes_of(load_dossier(report), section.content)
        values = parse_values(report, section.key, content)
        written.append(_save(report, user, replace(section, values=values)))
    return [section for section in written if section is not None]


def parse_values(report: Report, key: str, content: Mapping[str, Any]) -> SectionValues:
    """Read JSON of the section with that key. Raises `ActionRefused`."""
    section = section_by_key(report.profile_key, key)
    if section is None:
        raise Stale(REMOVED)
    return read_values(section, content)


def _save(report: Report, user: User, planned: PlannedSection) -> Written | None:
    """Write a section of the locked report; None if it was so already."""
    stored = load_section(report, planned.key, planned.stored)
    if stored is None:
        raise Stale(REMOVED)
    changes = report.changes
    saved = save_values(report, user, stored, planned.base, planned.values)
    return Written(planned.key, saved.number) if saved.changes != changes else None


def section_numbers(report: Report) -> dict[str, int]:
    """The sections' version numbers for a workbook's stamp. Sections that were never saved (0) are left out."""
    numbers: dict[str, int] = {}
    for key, number in SectionVersion.objects.filter(report=report).values_list("section", "number"):
        numbers[key] = max(number, numbers.get(key, 0))
    return numbers
