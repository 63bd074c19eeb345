"""导入填报工作簿: write all changes of an uploaded workbook, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction

from ..forms.explanations import for_changes_of
from ..models import Report, SectionVersion
from ..storage.loading import load_dossier, load_section
from ..workbook.planning import NO_ANSWERS, ImportPlan, PlannedSection, plan_import
from ..workbook.reading import WorkbookCells
from . import projects
from .base import ActionRefused, Stale
from .save_section import REMOVED, lock_editable, save_section, save_values


@dataclass(frozen=True)
class Imported:
    """The number of written sections and of new projects."""

    sections: int
    projects: int


class WorkbookHasProblems(ActionRefused):
    """The workbook has values that cannot be stored in the current report; ``taken`` lists them."""

    def __init__(self, taken: ImportPlan) -> None:
        super().__init__("工作簿中有内容不能保存，没有写入任何改动")
        self.taken = taken


def preview(
    report: Report,
    upload: WorkbookCells,
    answers: Mapping[str, str] = NO_ANSWERS,
    bases: Mapping[str, int] | None = None,
) -> ImportPlan:
    """Find the changes that ``upload`` would make. Raises `budgets.workbook.reading.WorkbookRefused`.

    For a department's own workbook, ``answers`` answer the questions about its tables, and ``bases`` are the versions
    of the sections when it was shown (`budgets.workbook.planning.plan_import`).
    """
    return plan_import(report, load_dossier(report), upload, section_numbers(report), answers, bases)


def take_workbook(
    report_id: int,
    user: User,
    upload: WorkbookCells,
    answers: Mapping[str, str] = NO_ANSWERS,
    bases: Mapping[str, int] | None = None,
) -> Imported:
    """Write the changes that `preview` shows. Raises `WorkbookRefused`, `WorkbookHasProblems` or `ActionRefused`."""
    with transaction.atomic():
        report = lock_editable(report_id, user)
        taken = preview(report, upload, answers, bases)
        if not taken.is_clean:
            raise WorkbookHasProblems(taken)
        for project in taken.projects:
            projects.add(report_id, user, project.identity, project.key, "由填报工作簿导入")
        report = lock_editable(report_id, user) if taken.projects else report
        reasons = [section for section in taken.sections if "explanations" in section.content]
        for section in taken.sections:
            if section not in reasons:
                _save(report, user, section)
        for section in reasons:
            content = for_changes_of(load_dossier(report), section.content)
            save_section(report_id, user, section.key, section.base, content)
        return Imported(len(taken.sections), len(taken.projects))


def _save(report: Report, user: User, planned: PlannedSection) -> None:
    """Write a section of the locked report. What is stored was read under the lock."""
    stored = load_section(report, planned.key, planned.stored)
    if stored is None:
        raise Stale(REMOVED)
    save_values(report, user, stored, planned.base, planned.values)


def section_numbers(report: Report) -> dict[str, int]:
    """The sections' version numbers for a workbook's stamp. Sections that were never saved (0) are left out."""
    numbers: dict[str, int] = {}
    for key, number in SectionVersion.objects.filter(report=report).values_list("section", "number"):
        numbers[key] = max(number, numbers.get(key, 0))
    return numbers
