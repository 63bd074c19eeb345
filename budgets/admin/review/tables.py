"""公开表 and 绩效: the sheets of a report, with a link from each figure to its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ...domain.address import Address
from ...domain.choices import Severity
from ...domain.dossier import PROJECT, Dossier
from ...domain.ledger import STAND_IN
from ...domain.profile import build_project_form, build_table, get_profile
from ...domain.sheets import Cell, Sheet
from ...models import Comment
from ...renderers.html import cell_id, render, sheet_id
from .cell_context import figure_of
from .context import Desk

MARKS = {Severity.ERROR: "has-error", Severity.WARNING: "has-warning"}


@dataclass(frozen=True)
class Shown:
    """A rendered sheet with its comments. ``section`` is the entry section of a form."""

    sheet: Sheet
    id: str
    html: SafeString
    threads: list[Comment]
    section: str = ""
    withheld: bool = False


@dataclass(frozen=True)
class ReviewSheet:
    """A sheet with the section of its project, if any, and whether that is withheld."""

    sheet: Sheet
    section: str = ""
    withheld: bool = False


def sheets(dossier: Dossier, table: str = "") -> Iterator[ReviewSheet]:
    """Every sheet (of one table).

    This includes the forms of withheld projects, which the bureau may see.
    """
    profile = get_profile(dossier.header.profile)
    for use in profile.tables:
        if table and use.key != table:
            continue
        if use.key == profile.project_form:
            for project in dossier.projects:
                form = build_project_form(dossier, project)
                if form is not None:
                    yield ReviewSheet(form, project.section, project.withheld)
        else:
            yield from map(ReviewSheet, build_table(dossier, use))


def prepared_sheets(desk: Desk) -> Iterator[ReviewSheet]:
    """The sheets that would be published, in the same form as `sheets`."""
    form = get_profile(desk.dossier.header.profile).project_form
    for sheet in desk.content.sheets:
        table, _, project = sheet.table.partition(".")
        yield ReviewSheet(sheet, PROJECT + project if table == form and project else "")


def tables(desk: Desk, whole: bool) -> list[Shown]:
    """The disclosure tables as they would be published, or with ``whole`` including withheld projects."""
    return [_shown(desk, each) for each in _sheets(desk, whole) if not each.sheet.is_form]


def forms(desk: Desk, whole: bool) -> list[Shown]:
    """The applications of the projects and the goals of the whole department."""
    return [_shown(desk, each) for each in _sheets(desk, whole) if each.sheet.is_form]


def _sheets(desk: Desk, whole: bool) -> Iterator[ReviewSheet]:
    return sheets(desk.dossier) if whole else prepared_sheets(desk)


def find_cell(desk: Desk, key: str) -> tuple[Sheet, Cell] | None:
    """The cell with that key and its sheet."""
    for each in sheets(desk.dossier, key.partition("/")[0].partition(".")[0]):
        if key in each.sheet.cells:
            return each.sheet, each.sheet.cells[key]
    return None


def cell_url(desk: Desk, sheet: Sheet, key: str) -> str:
    """The address of a figure in its table."""
    return desk.tab("performance" if sheet.is_form else "tables", cell_id(key))


def _shown(desk: Desk, each: ReviewSheet) -> Shown:
    sheet = each.sheet
    marks = {
        f.field: MARKS[f.severity]
        for f in reversed(desk.findings)
        if f.field and f.severity in MARKS and not f.is_waived
    }

    def mark(cell: Cell) -> str | None:
        classes = []
        figure = figure_of(cell, desk.dossier)
        about = Address("explanations", figure, "text") if figure else cell.source
        if isinstance(about, Address):
            at = about if figure else desk.dossier.cell_address(about, cell.key)
            classes += [marks[at]] if at in marks else []
        if cell.key in desk.open_targets:
            classes.append("has-comment")
        return " ".join(classes) or None

    def link(cell: Cell) -> str:
        return "" if STAND_IN in cell.key else desk.figure_url(cell.key)

    return Shown(
        sheet,
        sheet_id(sheet.table),
        render(sheet, link=link, mark=mark),
        [thread for thread in desk.threads if thread.target.partition("/")[0] == sheet.table],
        each.section,
        each.withheld,
    )
