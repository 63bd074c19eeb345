"""Entry workbooks in tests: made by the application, changed as a person would, and the cells found again."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budgets.actions.save_section import lock_editable
from budgets.actions.write_workbook import WorkbookHasProblems, preview, section_numbers, write_sections
from budgets.domain.money import Unit
from budgets.models import Report
from budgets.storage.loading import load_dossier
from budgets.workbook.book import StoredForms, make_tabs
from budgets.workbook.manifest import HEADER_ROW, Stamp
from budgets.workbook.planning import NO_ANSWERS
from budgets.workbook.reading import WorkbookCells
from budgets.workbook.writing import write


@dataclass(frozen=True)
class Imported:
    """The number of written sections and of new projects."""

    sections: int
    projects: int


def take_workbook(
    report_id: int, user: User, upload: WorkbookCells, answers: Mapping[str, str] = NO_ANSWERS
) -> Imported:
    """Preview and write at once, as `keep_upload` and `take_upload` do one after the other."""
    with transaction.atomic():
        report = lock_editable(report_id, user)
        taken = preview(report, upload, answers)
        if not taken.is_ready:
            raise WorkbookHasProblems(taken)
        written = write_sections(report, user, taken.projects, taken.sections)
        return Imported(len(written), len(taken.projects))


def made(
    report: Report, *, unit: Unit = Unit.WAN, project: str = "", empty: bool = False, **stamp: Any
) -> bytes:
    """The workbook that the report's page hands out; ``stamp`` says something else of it."""
    dossier = load_dossier(report)
    head = dossier.header
    said = {
        "department": head.department_code,
        "year": head.year,
        "kind": head.kind.value,
        "profile": head.profile,
        "unit": unit.value,
        "bases": section_numbers(report),
        "project": project,
        "adds": empty,
    }
    tabs = make_tabs(StoredForms(report, dossier, unit), project=project, blank=empty)
    return write(dossier, unit, tabs, Stamp(**{**said, **stamp}))


def edited(content: bytes, edit: Callable[[Workbook], None]) -> bytes:
    """The workbook after ``edit``, saved by another program."""
    workbook = load_workbook(io.BytesIO(content))
    edit(workbook)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def column(sheet: Worksheet, title: str) -> int:
    """The number of the column with that heading; amounts may leave out the unit."""
    titles = [str(cell.value or "") for cell in sheet[HEADER_ROW]]
    return next(n for n, said in enumerate(titles, 1) if said == title or said.startswith(f"{title}（"))


def first_empty(sheet: Worksheet) -> int:
    """The first row below the list that nobody has filled in."""
    row = HEADER_ROW + 1
    while any(cell.value is not None for cell in sheet[row]):
        row += 1
    return row


def put(sheet: Worksheet, row: int, **values: Any) -> None:
    """Write ``values`` by heading."""
    for title, value in values.items():
        sheet.cell(row, column(sheet, title)).value = value


def find(sheet: Worksheet, title: str, value: Any) -> int:
    """The row that says ``value`` under ``title``."""
    at = column(sheet, title)
    return next(row for row in range(HEADER_ROW + 1, sheet.max_row + 1) if sheet.cell(row, at).value == value)


def own_table(
    *rows: Sequence[Any],
    sheet: str = "综合业务",
    headings: Sequence[str] = ("活动", "支出经济分类", "金额（元）"),
) -> bytes:
    """A department's own table of the lines of a project, which its sheet names."""
    workbook = Workbook()
    workbook.active.title = sheet
    for row in (headings, *rows):
        workbook.active.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()
