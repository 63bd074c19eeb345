"""Read the filled-in tabs of an entry workbook into typed values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from ..domain.address import Address
from ..domain.choices import ReportKind
from ..domain.dossier import PROJECT, Dossier
from ..domain.money import Unit
from ..domain.types import new_key
from ..forms.rows import RowForm, RowForms
from ..forms.sections import SectionForm
from .book import PROJECT_COLUMN, PROJECTS_TAB, StoredForms, Tab, TabColumn
from .detection import Grid, Target, find_tables, first_of
from .manifest import HEADER_ROW, Stamp, tab_name
from .reading import Raw, WorkbookCells, WorkbookRefused, as_key, as_text, cell_name
from .records import Control, Typed, TypedRow, UnreadableCell, with_new_projects

UNTOUCHED = (None, "否")
"""The values of a row that nobody has filled in."""


@dataclass(frozen=True)
class Pasted:
    """Rows with their own headings that were pasted into a tab, from row ``first`` (from 0) on.

    ``project`` is the name of the project in the row above.
    """

    tab: Tab
    first: int
    project: str = ""


def read_tabs(
    dossier: Dossier, forms: StoredForms, tabs: Sequence[Tab], upload: WorkbookCells, stamp: Stamp
) -> tuple[Typed, dict[str, Pasted]]:
    """The typed values of the tabs, and, by tab, rows that were pasted with their own headings.

    Raises `WorkbookRefused` if a tab is missing or its headings were changed.
    """
    reader = _Reader(dossier, forms, tabs, upload, stamp)
    return reader.read(), reader.pasted


def refuse_others(stamp: Stamp, dossier: Dossier) -> Unit:
    """The unit of the workbook's amounts. Raises `WorkbookRefused` if it belongs to another report."""
    head = dossier.header
    if stamp.department != head.department_code:
        raise WorkbookRefused(f"这是单位 {stamp.department} 的工作簿，本编报的单位是 {head.department_code}")
    if stamp.year != head.year:
        raise WorkbookRefused(f"这是 {stamp.year} 年的工作簿，本编报是 {head.year} 年的")
    if stamp.kind != head.kind:
        kinds = dict(ReportKind.pairs())
        raise WorkbookRefused(f"这是{kinds.get(stamp.kind, stamp.kind)}的工作簿，本编报是{head.kind.label}")
    if stamp.profile != head.profile:
        raise WorkbookRefused("工作簿的表样与本编报不同，请重新下载")
    if stamp.project and dossier.project(stamp.project) is None:
        raise WorkbookRefused("工作簿所填的项目已不在本编报中")
    if stamp.unit not in list(Unit):
        raise WorkbookRefused("工作簿的标识已被改动，请重新下载后再填")
    return Unit(stamp.unit)


class _Reader:
    def __init__(
        self, dossier: Dossier, forms: StoredForms, tabs: Sequence[Tab], upload: WorkbookCells, stamp: Stamp
    ) -> None:
        self.forms, self.tabs, self.upload, self.stamp = forms, tabs, upload, stamp
        self.typed = Typed(
            dossier, Unit(stamp.unit), bases=stamp.bases, adds=stamp.adds, project=stamp.project
        )
        self.controls: dict[tuple[str, str, str], dict[str, Control]] = {}
        self.stored: dict[tuple[str, str], set[str]] = {}
        """Keys of the rows that the report has, by section and region."""
        self.known: set[tuple[str, str]] = set()
        """Region and key of the rows read so far."""
        self.pasted: dict[str, Pasted] = {}

    def read(self) -> Typed:
        self._refuse_missing()
        if not self.stamp.project:
            self._add_projects()
        self.forms.dossier = self.typed.dossier
        for tab in self.tabs:
            if tab.upright:
                self._read_upright(tab)
            elif tab.region:
                self._read_list(tab)
            else:
                self._read_projects(tab)
        return self.typed

    def _refuse_missing(self) -> None:
        missing = [tab_name(tab.title) for tab in self.tabs if tab_name(tab.title) not in self.upload.tabs]
        if missing:
            raise WorkbookRefused(f"缺少工作表：{'、'.join(missing)}。请在下载的工作簿中填写，不要删除或改名")
        for tab in self.tabs:
            self._refuse_moved(tab)

    def _refuse_moved(self, tab: Tab) -> None:
        rows = self._cells(tab)
        if tab.upright:
            found = [_cell(row, 0) for row in rows[HEADER_ROW - 1 : HEADER_ROW - 1 + len(tab.columns)]]
        else:
            found = list(rows[HEADER_ROW - 1]) if len(rows) >= HEADER_ROW else []
        expected = [*tab.leads, *(column.title for column in tab.columns)]
        expected += [] if tab.upright else tab.hidden
        said = [as_text(cell).strip() for cell in found[: len(expected)]]
        if said != expected:
            raise WorkbookRefused(f"“{tab.title}”页的标题与下载时不同，请不要增删或移动列，重新下载后再填")

    def _cells(self, tab: Tab) -> list[list[Raw]]:
        return self.upload.tabs[tab_name(tab.title)]

    # --- projects that the report does not have yet ---

    def _add_projects(self) -> None:
        """Add to the dossier the new projects that the projects' tab names."""
        tab = next((tab for tab in self.tabs if tab.title == PROJECTS_TAB), None)
        if tab is None:
            return
        known = {project.identity.name for project in self.typed.dossier.projects}
        keys = {project.key for project in self.typed.dossier.projects}
        at = _name_at(tab)
        names = []
        for row in self._cells(tab)[HEADER_ROW:]:
            name = as_text(_cell(row, at)).strip()
            if not name or name in known or as_key(_cell(row, len(tab.columns))) in keys:
                continue
            known.add(name)
            names.append(name)
        self.typed.dossier, self.typed.projects = with_new_projects(
            self.forms.report, self.typed.dossier, names
        )

    # --- reading ---

    def _read_upright(self, tab: Tab) -> None:
        rows, form, name = self._cells(tab), self.forms.of(tab.section), tab_name(tab.title)
        for number, column in enumerate(tab.columns, HEADER_ROW):
            cell = _cell(rows[number - 1], 1) if number <= len(rows) else None
            if self.stamp.adds and cell is None:
                continue
            self._put_scalar(tab.section, form, column, cell, cell_name(name, number, 2))

    def _read_projects(self, tab: Tab) -> None:
        """Read the projects' tab. An added row names its project; its blank cells change nothing."""
        by_key = {project.key: project for project in self.typed.dossier.projects}
        by_name = {project.identity.name: project for project in self.typed.dossier.projects}
        at = _name_at(tab)
        seen: set[str] = set()
        for number, row in enumerate(self._cells(tab)[HEADER_ROW:], HEADER_ROW + 1):
            if _is_blank(row, len(tab.columns)):
                continue
            name = as_text(_cell(row, at)).strip()
            key = as_key(_cell(row, len(tab.columns)))
            project = by_key.get(key) or by_name.get(name)
            if project is None or project.key in seen:
                said = f"“{name}”已在上面填过" if project else "请填写项目名称"
                self.typed.add_problem(cell_name(tab_name(tab.title), number, at + 1), "项目名称", said)
                continue
            seen.add(project.key)
            section = PROJECT + project.key
            form = self.forms.of(section)
            self.typed.fields.setdefault(section, {})
            for offset, column in enumerate(tab.columns):
                cell = _cell(row, offset)
                if cell is not None or (key and not self.stamp.adds):
                    place = cell_name(tab_name(tab.title), number, offset + 1)
                    self._put_scalar(section, form, column, cell, place)

    def _put_scalar(self, section: str, form: SectionForm, column: TabColumn, cell: Raw, place: str) -> None:
        part, _, name = column.name.partition("-")
        fields = form.editors[part].fields
        if fields is None or name not in fields.fields:
            return
        text = self._text(Control(fields, name), cell, column.title, place)
        self.typed.add_text(section, Address(part, field=name), text, place)

    def _read_list(self, tab: Tab) -> None:
        lead = len(tab.leads)
        name = tab_name(tab.title)
        columns = {column.name: at for at, column in enumerate(tab.columns, lead + 1)}
        by_name = self._projects_by_name()
        project = ""
        end = self._end(tab)
        for number, row in enumerate(self._cells(tab)[HEADER_ROW:end], HEADER_ROW + 1):
            key = as_key(_hidden(row, tab, 0))
            if _is_blank(row, len(tab.columns), lead) and (not key or (tab.open and not tab.subjects)):
                continue
            section = tab.section
            if not section:
                place = cell_name(name, number, 1)
                project = self._project(by_name, as_text(_cell(row, 0)).strip(), project, place)
                if not project:
                    continue
                section = PROJECT + project
            sub_table = self.forms.rows(section, tab.region)
            if sub_table is None:
                continue
            model = _model(sub_table, key, as_text(_cell(row, lead - 1)).strip() if lead else "")
            if model is None:
                self.typed.add_problem(cell_name(name, number, lead), tab.leads[-1], _no_such(tab))
                continue
            key = model.key if model.fixed else key
            above = self.typed.lists.get(section, {}).get(tab.region, [])
            found = TypedRow(name, number, columns, key, {})
            self._read_row(tab, section, model, row, found, above[-1] if above else None)
            is_ours = sub_table.form.fixed or found.key in self._keys(section, sub_table)
            if not is_ours or (not sub_table.form.fixed and (tab.region, found.key) in self.known):
                found.key, found.hidden = new_key(), {}
            self.known.add((tab.region, found.key))
            self.typed.add_row(section, tab.region, found)
        if name in self.pasted and project:
            named = self.typed.dossier.project(project)
            self.pasted[name] = replace(self.pasted[name], project=named.identity.name if named else "")

    def _keys(self, section: str, rows: RowForms) -> set[str]:
        """The keys of the rows that a list has. A row that was moved here from another one is a new row."""
        at = (section, rows.region)
        if at not in self.stored:
            self.stored[at] = {row.key for row in rows.rows}
        return self.stored[at]

    def _end(self, tab: Tab) -> int | None:
        """The first of the rows that were pasted with their own headings; None without such rows."""
        if not tab.open or tab.subjects:
            return None
        name = tab_name(tab.title)
        grid = Grid(name, self._cells(tab), self.upload.merged.get(name, {}))
        tables = find_tables(grid, [Target.of(tab, self.typed.dossier.header.year)], HEADER_ROW)
        if not tables:
            return None
        self.pasted[name] = Pasted(tab, first_of(tables[0], HEADER_ROW))
        return self.pasted[name].first

    def _read_row(
        self, tab: Tab, section: str, model: RowForm, row: list[Raw], found: TypedRow, above: TypedRow | None
    ) -> None:
        """Read one row. ``above`` is the row before in the same list; its goal also holds for the rows below."""
        is_handed_out = bool(found.key)
        found.hidden = {
            name: as_key(_hidden(row, tab, at)) for at, name in enumerate(tab.hidden) if name != "key"
        }
        controls = self._controls(section, tab, model)
        if not is_handed_out:
            found.values = {name: control.untouched for name, control in controls.items()}
        for column, cell in zip_longest(tab.columns, row[len(tab.leads) : len(tab.leads) + len(controls)]):
            control = controls[column.name]
            if cell is not None or (is_handed_out and not (model.fixed and self.stamp.adds)):
                found.values[column.name] = self._text(control, cell, column.title, (found, column.name))
            if cell is None and control.field.of_rows:
                found.values[column.name] = above.values[column.name] if above else ""
        found.key = found.key or new_key()

    def _controls(self, section: str, tab: Tab, model: RowForm) -> dict[str, Control]:
        """The controls of a sub-table, made once. Fixed rows each have their own."""
        at = (section, tab.region, model.key)
        if at not in self.controls:
            self.controls[at] = {column.name: Control(model, column.name) for column in tab.columns}
        return self.controls[at]

    def _projects_by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for project in self.typed.dossier.projects:
            found.setdefault(project.identity.name, []).append(project.key)
        return found

    def _project(self, by_name: Mapping[str, list[str]], said: str, above: str, place: str) -> str:
        """The key of the project that a row names, else that of the row above."""
        if not said:
            if not above:
                self.typed.add_problem(place, PROJECT_COLUMN, f"请填写{PROJECT_COLUMN}")
            return above
        found = by_name.get(said, [])
        if len(found) == 1:
            return found[0]
        message = f"“{PROJECTS_TAB}”页中没有名为“{said}”的项目"
        self.typed.add_problem(place, PROJECT_COLUMN, message)
        return ""

    def _text(self, control: Control, cell: Raw, title: str, place: str | tuple[TypedRow, str]) -> str:
        try:
            return control.text(cell)
        except UnreadableCell as refused:
            at = place if isinstance(place, str) else place[0].place(place[1])
            self.typed.add_problem(at, title, str(refused))
            return ""


# --- small things ---------------------------------------------------------------------------------


def _name_at(tab: Tab) -> int:
    """The column of the names in the projects' tab, from 0."""
    return [column.name for column in tab.columns].index("identity-name")


def _cell(row: Sequence[Raw], at: int) -> Raw:
    return row[at] if at < len(row) else None


def _hidden(row: Sequence[Raw], tab: Tab, at: int) -> Raw:
    return _cell(row, len(tab.columns) + len(tab.leads) + at)


def _is_blank(row: Sequence[Raw], columns: int, lead: int = 0) -> bool:
    return all(_cell(row, at) in UNTOUCHED for at in range(lead, lead + columns))


def _model(rows: RowForms, key: str, subject: str) -> RowForm | None:
    """The form with which a row of the workbook is read; None for a fixed row that the page does not have.

    An added fixed row names its subject (``subject``).
    """
    if not rows.form.fixed:
        return rows.template
    return next((row for row in rows.rows if (row.key == key if key else row.title == subject)), None)


def _no_such(tab: Tab) -> str:
    if tab.subjects:
        return f"请填写 {'、'.join(tab.subjects)} 之一"
    return "这一行不是下载时的固定行，请删去"
