"""What an uploaded workbook would change: read into the sections' forms, every problem pinned to its cell.

Nothing is written here; `budgets.actions.take_workbook` writes what `take` returns, all of it or nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import QueryDict

from ..change_words import FieldChange, worded_changes
from ..choices import ReportKind
from ..dossier import Dossier, ProjectDossier
from ..facts import Identity
from ..forms.base import PartForm
from ..forms.fields import AmountField, PartField, TickField, WholeField
from ..forms.pasting import NO_WORDS, YES_WORDS, flat_choices, key_of
from ..forms.rows import RowForm, RowForms
from ..forms.sections import SectionForm
from ..models import Report
from ..money import Unit
from ..scalars import new_key
from ..sections import PROJECT, Section, all_sections, project_parts, report_parts
from .book import PROJECTS_TAB, Column, Tab, form_of, make_tabs
from .reading import Raw, Upload, WorkbookRefused, address, as_key, as_text
from .writing import HEADER_ROW, Stamp, tab_name

Json = Any
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class CellProblem:
    """``place`` is ``项目支出明细测算!E14``, or a tab; ``title`` the column's."""

    place: str
    title: str
    message: str


@dataclass(frozen=True)
class SectionContent:
    """A section's content as the workbook has it, made on version ``base``."""

    key: str
    base: int
    content: Mapping[str, Json]


@dataclass(frozen=True)
class NewProject:
    """A project that the report does not have yet; ``key`` is the one that it will have."""

    key: str
    identity: Mapping[str, Json]


@dataclass
class Taken:
    """What the workbook comes to: problems, or what is to be written."""

    stamp: Stamp
    problems: list[CellProblem] = field(default_factory=list)
    sections: list[SectionContent] = field(default_factory=list)
    projects: list[NewProject] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    """Titles of the sections that somebody saved since the workbook was made: both sides' changes are merged."""

    @property
    def is_clean(self) -> bool:
        return not self.problems


def take(report: Report, dossier: Dossier, upload: Upload, versions: Mapping[str, int]) -> Taken:
    """Read ``upload`` against the report as it stands; ``versions`` are its sections' numbers now.

    Raises `WorkbookRefused` where the workbook is another report's, year's or template's.
    """
    stamp = upload.stamp
    unit = _refuse_others(stamp, dossier)
    return _Reader(report, dossier, unit, upload, versions).read()


def _refuse_others(stamp: Stamp, dossier: Dossier) -> Unit:
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


@dataclass
class _Row:
    """One row of a list as posted: its controls by field, and where each stands in the workbook."""

    number: int
    key: str
    values: dict[str, str]
    places: dict[str, str]
    hidden: dict[str, str]


class _Reader:
    def __init__(
        self, report: Report, dossier: Dossier, unit: Unit, upload: Upload, versions: Mapping[str, int]
    ) -> None:
        self.report, self.unit, self.upload = report, unit, upload
        self.stamp, self.versions = upload.stamp, versions
        self.before = dossier
        self.dossier = dossier
        self.taken = Taken(upload.stamp)
        self.forms: dict[str, SectionForm] = {}
        self.tabs = make_tabs(report, dossier, unit, project=self.stamp.project)
        self.scalars: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
        """By section: posted values and their places, by field with its part."""
        self.lists: dict[str, dict[str, list[_Row]]] = {}
        """By section and region."""

    def read(self) -> Taken:
        self._refuse_missing()
        if not self.stamp.project:
            self._add_projects()
        sections = [s for s in all_sections(self.dossier) if self.stamp.project in ("", s.project)]
        forms = {section.key: self._stored(section) for section in sections}
        for tab in self.tabs:
            rows = self._cells(tab)
            if tab.upright:
                self._read_upright(tab, rows, forms)
            elif tab.region:
                self._read_list(tab, rows, forms)
            else:
                self._read_projects(tab, rows, forms)
        self._judge()
        if len(self.taken.problems) > MOST_PROBLEMS:
            rest = len(self.taken.problems) - MOST_PROBLEMS
            del self.taken.problems[MOST_PROBLEMS:]
            self.taken.problems.append(CellProblem("", "", f"另有 {rest} 处问题，改正以上各处后再上传查看"))
        return self.taken

    # --- tabs ---

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

    def _stored(self, section: Section) -> SectionForm:
        """The form of a section as it is stored, or blank for a new project."""
        if section.key not in self.forms:
            self.forms[section.key] = form_of(self.report, self.dossier, self.unit, section)
        return self.forms[section.key]

    # --- projects that the report does not have yet ---

    def _add_projects(self) -> None:
        """Put the rows of the projects' tab that name a new project among the dossier's projects."""
        tab = next((tab for tab in self.tabs if tab.title == PROJECTS_TAB), None)
        if tab is None:
            return
        known = {project.identity.name for project in self.dossier.projects}
        keys = {project.key for project in self.dossier.projects}
        at = [column.name for column in tab.columns].index("identity-name")
        added = []
        for row in self._cells(tab)[HEADER_ROW:]:
            name = as_text(_cell(row, at)).strip()
            if not name or name in known or as_key(_cell(row, len(tab.columns))) in keys:
                continue
            known.add(name)
            added.append(ProjectDossier(new_key(), {Identity: Identity(name=name[:200])}))
        self.dossier = replace(self.dossier, projects=(*self.dossier.projects, *added))
        self.taken.projects = [NewProject(p.key, {"name": p.identity.name}) for p in added]

    # --- reading ---

    def _read_upright(self, tab: Tab, rows: list[list[Raw]], forms: Mapping[str, SectionForm]) -> None:
        form = forms[tab.section]
        values, places = self.scalars.setdefault(tab.section, ({}, {}))
        for number, column in enumerate(tab.columns, HEADER_ROW):
            cell = _cell(rows[number - 1], 1) if number <= len(rows) else None
            place = address(tab_name(tab.title), number, 2)
            if self.stamp.adds and cell is None:
                continue
            places[column.name] = place
            part, _, name = column.name.partition("-")
            editor = form.editors[part]
            if editor.fields is not None:
                values[column.name] = self._text(cell, editor.fields.fields[name], column, place)

    def _read_projects(self, tab: Tab, rows: list[list[Raw]], forms: Mapping[str, SectionForm]) -> None:
        """A row that was not handed out names its project; what it leaves blank stays as it is."""
        by_key = {project.key: project for project in self.dossier.projects}
        by_name = {project.identity.name: project for project in self.dossier.projects}
        at = [column.name for column in tab.columns].index("identity-name")
        seen: set[str] = set()
        for number, row in enumerate(rows[HEADER_ROW:], HEADER_ROW + 1):
            if _is_blank(row, len(tab.columns)):
                continue
            name = as_text(_cell(row, at)).strip()
            key = as_key(_cell(row, len(tab.columns)))
            project = by_key.get(key) or by_name.get(name)
            place = address(tab_name(tab.title), number, at + 1)
            if project is None or project.key in seen:
                said = f"“{name}”已在上面填过" if project else "请填写项目名称"
                self._add(place, "项目名称", said)
                continue
            seen.add(project.key)
            values, places = self.scalars.setdefault(PROJECT + project.key, ({}, {}))
            form = forms[PROJECT + project.key]
            for offset, column in enumerate(tab.columns):
                part, _, field_name = column.name.partition("-")
                fields = form.editors[part].fields
                if fields is None or field_name not in fields.fields:
                    continue
                cell = _cell(row, offset)
                if cell is None and (self.stamp.adds or not key):
                    continue
                places[column.name] = address(tab_name(tab.title), number, offset + 1)
                values[column.name] = self._text(cell, fields.fields[field_name], column, places[column.name])

    def _read_list(self, tab: Tab, rows: list[list[Raw]], forms: Mapping[str, SectionForm]) -> None:
        lead = len(tab.leads)
        of_projects = not tab.section
        name = tab_name(tab.title)
        project = ""
        for number, row in enumerate(rows[HEADER_ROW:], HEADER_ROW + 1):
            if _is_blank(row, len(tab.columns), lead) and (tab.open or not as_key(_hidden(row, tab, 0))):
                continue
            section = tab.section
            if of_projects:
                said = as_text(_cell(row, 0)).strip()
                project = self._project(said, project, address(name, number, 1))
                if not project:
                    continue
                section = PROJECT + project
            form = forms[section]
            sub_table = _rows_of(form, tab.region)
            if sub_table is None:
                continue
            model = _model(sub_table, as_key(_hidden(row, tab, 0)))
            if model is None:
                self._add(address(name, number, 1), tab.leads[0], "这一行不是下载时的固定行，请删去")
                continue
            found = self._read_row(tab, model, row, number, lead)
            if not sub_table.form.fixed and self._stands_already(found.key, tab.region):
                found.key, found.hidden = new_key(), {}
            self.lists.setdefault(section, {}).setdefault(tab.region, []).append(found)

    def _stands_already(self, key: str, region: str) -> bool:
        """Whether a row above, from which this one was copied, carries the key."""
        return any(row.key == key for regions in self.lists.values() for row in regions.get(region, ()))

    def _read_row(self, tab: Tab, model: RowForm, row: list[Raw], number: int, lead: int) -> _Row:
        hidden = {name: as_key(_hidden(row, tab, at)) for at, name in enumerate(tab.hidden)}
        key = hidden.pop("key", "")
        values, places = {}, {}
        for offset, column in enumerate(tab.columns, lead):
            place = address(tab_name(tab.title), number, offset + 1)
            cell = _cell(row, offset)
            if cell is None and model.fixed and self.stamp.adds:
                continue
            places[column.name] = place
            values[column.name] = (
                _untouched(model, column.name)
                if cell is None and not key
                else self._text(cell, model.fields[column.name], column, place)
            )
        return _Row(number, key or new_key(), values, places, hidden)

    def _project(self, said: str, above: str, place: str) -> str:
        """The key of the project that a row names; without a name it is the one above."""
        if not said:
            if not above:
                self._add(place, "所属项目", "请填写所属项目")
            return above
        found = [p.key for p in self.dossier.projects if p.identity.name == said]
        if len(found) == 1:
            return found[0]
        self._add(place, "所属项目", f"“{PROJECTS_TAB}”页中没有名为“{said}”的项目")
        return ""

    def _text(self, cell: Raw, field: PartField, column: Column, place: str) -> str:
        """The cell as the form's control would be posted."""
        text = as_text(cell)
        if isinstance(field, AmountField | WholeField):
            if isinstance(cell, date | bool):
                self._add(place, column.title, f"“{text}”不是数字")
                return ""
            return text
        said = unicodedata.normalize("NFKC", text).strip()
        if isinstance(field, TickField):
            if said.lower() in YES_WORDS:
                return "on"
            if said.lower() not in NO_WORDS:
                self._add(place, column.title, f"“{text}”应为 是 或 否")
            return ""
        if field.of_rows:
            return text
        for value, label in flat_choices(field):
            if said in (unicodedata.normalize("NFKC", label), value):
                return value
        return text

    def _add(self, place: str, title: str, message: str) -> None:
        self.taken.problems.append(CellProblem(place, title, message))

    # --- judging ---

    def _judge(self) -> None:
        old, new = _whole(self.before), _whole(self.dossier)
        for section in all_sections(self.dossier):
            if section.key not in self.scalars and not self._has_list(section):
                continue
            form = self._bound(section)
            if not form.is_valid():
                self._report(section, form)
                continue
            content = form.content()
            base = self.stamp.bases.get(section.key, 0)
            current = section.content(self.dossier)
            if content == current and not self._is_new(section):
                continue
            if base != self.versions.get(section.key, 0):
                self.taken.moved.append(section.title)
            self.taken.sections.append(SectionContent(section.key, base, content))
            _put_section(new, section, content)
        if self.taken.is_clean:
            parts = {p.key: (p.title, p.type) for p in report_parts(self.dossier.header.profile)}
            own = {p.key: (p.title, p.type) for p in project_parts(self.dossier.header.profile)}
            self.taken.changes = worded_changes(old, new, parts, own)

    def _is_new(self, section: Section) -> bool:
        return any(section.project == project.key for project in self.taken.projects)

    def _has_list(self, section: Section) -> bool:
        """Whether the workbook has a list of that section, be it empty now."""
        if self.stamp.project and self.stamp.project != section.project:
            return False
        if self.stamp.adds:
            return section.key in self.lists
        return True

    def _bound(self, section: Section) -> SectionForm:
        data = self._data(section)
        form = form_of(self.report, self.dossier, self.unit, section, data)
        if self._resolve_rows(form, data):
            form = form_of(self.report, self.dossier, self.unit, section, data)
        return form

    def _data(self, section: Section) -> QueryDict:
        data = QueryDict(mutable=True)
        data["base"] = str(self.stamp.bases.get(section.key, 0))
        values, _ = self.scalars.get(section.key, ({}, {}))
        for name, text in values.items():
            data[name] = text
        for editor in self._stored(section).editors.values():
            for rows in editor.sub_tables:
                self._post_rows(data, rows, self.lists.get(section.key, {}).get(rows.region, []))
        return data

    def _post_rows(self, data: QueryDict, rows: RowForms, found: Sequence[_Row]) -> None:
        if rows.form.fixed:
            for row in found:
                for name, text in row.values.items():
                    data[f"{rows.region}-{row.key}-{name}"] = text
            return
        posted: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = []
        if self.stamp.adds:
            posted += [(r.key, _posted(r), r.hidden_values) for r in rows.rows if not r.is_blank]
        posted += [(row.key, row.values, row.hidden) for row in found]
        if not posted:
            data[f"{rows.region}-0-key"] = new_key()
        for index, (key, values, hidden) in enumerate(posted):
            data[f"{rows.region}-{index}-key"] = key
            for name, text in (*values.items(), *hidden.items()):
                data[f"{rows.region}-{index}-{name}"] = text

    def _resolve_rows(self, form: SectionForm, data: QueryDict) -> bool:
        """Turn the names of other rows (goals) into their keys; whether there were any."""
        found = False
        for editor in form.editors.values():
            for rows in editor.sub_tables:
                for row in rows.rows:
                    for name, control_field in row.fields.items():
                        control = row.add_prefix(name)
                        if control_field.of_rows and control in data:
                            found = True
                            data[control] = key_of(data[control], flat_choices(control_field))
        return found

    def _report(self, section: Section, form: SectionForm) -> None:
        places = self._places(section, form)
        for control, title, message in form.problems():
            if control in places:
                place, column = places[control]
                self._add(place, column, message)
            else:
                self._add(section.title, title, message)

    def _places(self, section: Section, form: SectionForm) -> dict[str, tuple[str, str]]:
        """Cell and title by the id of the control."""
        known: dict[str, tuple[str, str]] = {}
        _, scalar_places = self.scalars.get(section.key, ({}, {}))
        found = {
            (region, row.key): row for region, rows in self.lists.get(section.key, {}).items() for row in rows
        }
        for key, editor in form.editors.items():
            if editor.fields is not None:
                for name, field in editor.fields.fields.items():
                    if f"{key}-{name}" in scalar_places:
                        known[editor.fields.control_id(name)] = (
                            scalar_places[f"{key}-{name}"],
                            str(field.label),
                        )
            for rows in editor.sub_tables:
                for form_row in rows.rows:
                    row = found.get((rows.region, form_row.key))
                    for name, field in form_row.fields.items():
                        if row is not None and name in row.places:
                            known[form_row.control_id(name)] = (row.places[name], str(field.label))
        return known


# --- small things ---------------------------------------------------------------------------------


def _cell(row: Sequence[Raw], at: int) -> Raw:
    return row[at] if at < len(row) else None


def _hidden(row: Sequence[Raw], tab: Tab, at: int) -> Raw:
    return _cell(row, len(tab.columns) + len(tab.leads) + at)


def _is_blank(row: Sequence[Raw], columns: int, lead: int = 0) -> bool:
    return all(_cell(row, at) in (None, "否") for at in range(lead, lead + columns))


def _model(rows: RowForms, key: str) -> RowForm | None:
    """The form that a row of the workbook is read by; None for a fixed row that the page has not."""
    if not rows.form.fixed:
        return rows.template
    return next((row for row in rows.rows if row.key == key), None)


def _rows_of(form: SectionForm, region: str) -> RowForms | None:
    tables = (rows for editor in form.editors.values() for rows in editor.sub_tables)
    return next((rows for rows in tables if rows.region == region), None)


def _untouched(form: PartForm, name: str) -> str:
    """What the control of a new row holds before anybody touches it."""
    field = form.fields[name]
    value = form[name].value() if field.has_default() else ""
    return ("on" if value else "") if isinstance(field, TickField) else str(value or "")


def _posted(row: RowForm) -> dict[str, str]:
    """A stored row as its page would post it unchanged."""
    values = {}
    for name, control in row.fields.items():
        value = row[name].value()
        values[name] = ("on" if value else "") if isinstance(control, TickField) else str(value or "")
    return values


def _whole(dossier: Dossier) -> dict[str, Json]:
    """The report as JSON by part, its projects in a list."""
    profile = dossier.header.profile
    return {
        **{part.key: part.dump(dossier.part(part.type)) for part in report_parts(profile)},
        "projects": [
            {"key": p.key, **{part.key: part.dump(p.part(part.type)) for part in project_parts(profile)}}
            for p in dossier.projects
        ],
    }


def _put_section(whole: dict[str, Json], section: Section, content: Mapping[str, Json]) -> None:
    if not section.project:
        whole.update(content)
        return
    for project in whole["projects"]:
        if project["key"] == section.project:
            project.update(content)
