"""The structure of an entry workbook: tabs of records with the typed data of the sections' forms.

A section of the whole report has a tab for its scalars and one for each list. Projects share their tabs: one row for
each project, and in lists the project's name in front of each row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django import forms as django_forms

from ..domain.dossier import PROJECT, Dossier, ProjectDossier
from ..domain.money import Unit
from ..domain.profile import get_profile
from ..forms.base import PartForm
from ..forms.context import EditContext
from ..forms.fields import AmountField, CodeField, PartField, TickField, WholeField, default_json
from ..forms.pasting import flat_choices
from ..forms.rows import RowForm, RowForms
from ..forms.sections import SectionForm
from ..models import Report
from ..storage.sections import Section, all_sections, find_section

PROJECTS_TAB = "项目"
PROJECT_COLUMN = "所属项目"
YES, NO = "是", "否"

Value = str | Decimal | int | None


@dataclass(frozen=True)
class TabColumn:
    """One field. ``name`` is the form field's, with the part in front for a project's scalars.

    ``kind`` is text, amount, count, code or choice. A choice is one of ``choices``.
    """

    name: str
    title: str
    kind: str = "text"
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Record:
    """One row of a list, or a section's scalars. ``hidden`` are the row's hidden controls, its key first."""

    section: str
    values: Mapping[str, Value]
    hidden: Mapping[str, str] = field(default_factory=dict)
    leads: tuple[str, ...] = ()
    """The cells in front of the values: the row's project, and the subject of a fixed row."""


@dataclass(frozen=True)
class Tab:
    """One tab. ``region`` is the list's in the forms, empty for scalars. ``upright``: one label and value per row.

    ``leads`` are the titles of the columns in front of the fields: the row's project, and the subject of a fixed row.
    ``open``: rows can be added.
    """

    title: str
    region: str
    columns: tuple[TabColumn, ...]
    records: tuple[Record, ...]
    upright: bool = False
    leads: tuple[str, ...] = ()
    open: bool = False
    hidden: tuple[str, ...] = ()
    section: str = ""
    """The section of all records; empty if they differ."""
    subjects: tuple[str, ...] = ()
    """The possible subjects of a project's fixed rows. A row that is added names one of them."""


def form_of(
    report: Report, dossier: Dossier, unit: Unit, section: Section, data: Any = None, base: int = 0
) -> SectionForm:
    context = EditContext(
        report=report,
        dossier=dossier,
        unit=unit,
        profile=get_profile(dossier.header.profile),
        section_key=section.key,
        editable=True,
    )
    return SectionForm(section, section.content(dossier), data, context, base=base)


class StoredForms:
    """The unbound forms of a report's sections, each made once. ``dossier`` may gain projects."""

    def __init__(self, report: Report, dossier: Dossier, unit: Unit) -> None:
        self.report, self.dossier, self.unit = report, dossier, unit
        self._forms: dict[str, SectionForm] = {}
        self._rows: dict[str, dict[str, RowForms]] = {}

    def of_section(self, section: Section) -> SectionForm:
        if section.key not in self._forms:
            self._forms[section.key] = form_of(self.report, self.dossier, self.unit, section)
        return self._forms[section.key]

    def of(self, key: str) -> SectionForm:
        """The form of the section with that key."""
        if key not in self._forms:
            section = find_section(self.dossier, key)
            if section is None:
                raise KeyError(key)
            self.of_section(section)
        return self._forms[key]

    def rows(self, key: str, region: str) -> RowForms | None:
        """The rows of one list of a section."""
        if key not in self._rows:
            editors = self.of(key).editors.values()
            self._rows[key] = {rows.region: rows for editor in editors for rows in editor.sub_tables}
        return self._rows[key].get(region)

    def fields(self, tab: Tab) -> Mapping[str, PartField]:
        """The form fields of a tab's columns by name; of a project's tab those of any project."""
        key = tab.section or next((PROJECT + project.key for project in self.dossier.projects), "")
        form = self.of(key) if key else self.of_nobody()[1]
        if not tab.region:
            parts = ((part, editor.fields) for part, editor in form.editors.items())
            return {
                f"{part}-{name}": field
                for part, fields in parts
                if fields is not None
                for name, field in fields.fields.items()
            }
        tables = (rows for editor in form.editors.values() for rows in editor.sub_tables)
        return next((rows.template.fields for rows in tables if rows.region == tab.region), {})

    def of_nobody(self) -> tuple[Section, SectionForm]:
        """The section and form of a new project."""
        nobody = ProjectDossier("new")
        imagined = replace(self.dossier, projects=(nobody,))
        section = next(s for s in all_sections(imagined) if s.project == nobody.key)
        return section, form_of(self.report, imagined, self.unit, section)


def make_tabs(forms: StoredForms, *, project: str = "", blank: bool = False) -> list[Tab]:
    """The tabs of a report, or of one project. ``blank`` leaves out the content."""
    tabs: list[Tab] = []
    shared: dict[str, _Shared] = {}
    nobody = forms.of_nobody()
    subjects = _subjects(nobody[1])
    if not forms.dossier.projects:
        _share(shared, *nobody, subjects)
    for section in all_sections(forms.dossier):
        if project and section.project != project:
            continue
        form = forms.of_section(section)
        if section.key.startswith(PROJECT):
            _share(shared, section, form, subjects)
            _list_project(shared, section, form, blank)
        else:
            tabs += _own(section, form, blank)
    joined = [part.tab() for part in shared.values()]
    return [*tabs, *joined]


# --- a section of the whole report ----------------------------------------------------------------


def _own(section: Section, form: SectionForm, blank: bool) -> Iterator[Tab]:
    columns: list[TabColumn] = []
    values: dict[str, Value] = {}
    for key, editor in form.editors.items():
        if editor.fields is not None:
            columns += _columns(editor.fields, f"{key}-")
            values |= _values(editor.fields, f"{key}-", blank)
    if columns:
        record = Record(section.key, values)
        yield Tab(section.title, "", tuple(columns), (record,), upright=True, section=section.key)
    titles = {part.key: part.title for part in section.parts}
    for key, editor in form.editors.items():
        for rows in editor.sub_tables:
            model = rows.template if not rows.form.fixed else next(iter(rows.rows), None)
            if model is None:
                continue
            fixed = rows.form.fixed
            stored = [row for row in rows.rows if fixed or not row.is_blank]
            yield Tab(
                title=rows.title or titles[key],
                region=rows.region,
                columns=tuple(_columns(model)),
                records=tuple(_record(section, row, blank) for row in stored if fixed or not blank),
                leads=(rows.form.identity_label,) if fixed else (),
                open=not fixed,
                hidden=_hidden(rows.form),
                section=section.key,
            )


def _record(section: Section, row: RowForm, blank: bool, *leads: str) -> Record:
    hidden = {} if blank and not row.fixed else {"key": row.key, **row.hidden_values}
    return Record(section.key, _values(row, "", blank), hidden, (*leads, *([row.title] if row.fixed else [])))


def _hidden(form: type[RowForm]) -> tuple[str, ...]:
    return ("key", *form.hidden_names)


# --- projects -------------------------------------------------------------------------------------


@dataclass
class _Shared:
    """A tab in preparation: one list of all projects, or their scalars."""

    title: str
    region: str
    columns: list[TabColumn]
    hidden: tuple[str, ...]
    leads: tuple[str, ...] = ()
    open: bool = True
    subjects: tuple[str, ...] = ()
    records: list[Record] = field(default_factory=list)

    def tab(self) -> Tab:
        return Tab(
            title=self.title,
            region=self.region,
            columns=tuple(self.columns),
            records=tuple(self.records),
            leads=self.leads,
            open=self.open,
            hidden=self.hidden,
            subjects=self.subjects,
        )


def _share(
    shared: dict[str, _Shared], section: Section, form: SectionForm, subjects: Mapping[str, tuple[str, ...]]
) -> None:
    """Add those tabs of a project that are missing."""
    if PROJECTS_TAB not in shared:
        columns: list[TabColumn] = []
        for key, editor in form.editors.items():
            if editor.fields is not None:
                columns += _columns(editor.fields, f"{key}-")
        shared[PROJECTS_TAB] = _Shared(PROJECTS_TAB, "", columns, ("key",))
    for editor in form.editors.values():
        for rows in editor.sub_tables:
            fixed = rows.form.fixed
            model = rows.template if not fixed else next(iter(rows.rows), None)
            if model is None or rows.region in shared:
                continue
            about = subjects.get(rows.region, ())
            shared[rows.region] = _Shared(
                _of_projects(rows.title or rows.region),
                rows.region,
                _columns(model),
                _hidden(rows.form),
                (PROJECT_COLUMN, *([rows.form.identity_label] if fixed else [])),
                not fixed or bool(about),
                about,
            )


def _list_project(shared: dict[str, _Shared], section: Section, form: SectionForm, blank: bool) -> None:
    """Add a project's typed data to its tabs."""
    values: dict[str, Value] = {}
    for key, editor in form.editors.items():
        if editor.fields is not None:
            values |= _values(editor.fields, f"{key}-", blank=False)
    if not blank:
        shared[PROJECTS_TAB].records.append(Record(section.key, values, {"key": section.project}))
    for editor in form.editors.values():
        for rows in editor.sub_tables:
            stored = [row for row in rows.rows if rows.form.fixed or not (blank or row.is_blank)]
            if stored:
                shared[rows.region].records += [_record(section, row, blank, section.title) for row in stored]


def _subjects(form: SectionForm) -> dict[str, tuple[str, ...]]:
    """The subjects of the fixed rows of projects, by region."""
    tables = [rows for editor in form.editors.values() for rows in editor.sub_tables if rows.form.fixed]
    return {rows.region: tuple(row.title for row in rows.rows) for rows in tables}


def _of_projects(title: str) -> str:
    """Put 项目 in front of the title, because the whole report may have a list with the same title."""
    return title if title.startswith(PROJECTS_TAB) else PROJECTS_TAB + title


# --- columns and values ---------------------------------------------------------------------------


def _columns(form: PartForm, prefix: str = "") -> list[TabColumn]:
    return [_column(f"{prefix}{name}", field, _default(form, name)) for name, field in form.fields.items()]


def _default(form: PartForm, name: str) -> str:
    """The value that a field has by default; empty without one."""
    if not form.fields[name].has_default():
        return ""
    value = form[name].value() if isinstance(form, RowForm) else default_json(form.type, name)
    return str(value or "")


def _column(name: str, field: PartField, default: str) -> TabColumn:
    title = str(field.label)
    if isinstance(field, TickField):
        return TabColumn(name, title, "choice", (YES, NO))
    if isinstance(field, AmountField):
        return TabColumn(name, f"{title}（{field.unit.label}）", "amount", note="只填数字")
    if isinstance(field, WholeField):
        return TabColumn(name, title, "count", note="只填整数")
    if isinstance(field, CodeField):
        return TabColumn(name, title, "code", note="填编码或名称，如 30201 或 办公费；科目见“科目”页")
    if field.of_rows:
        return TabColumn(name, title, note="填名称，与本簿中的一致；与上一行相同时可以不填")
    choices = flat_choices(field)
    labels = tuple(label for _, label in choices if label and label != "—")
    if labels:
        untouched = dict(choices).get(default, "")
        note = f"不选即“{untouched}”" if untouched in labels else ""
        return TabColumn(name, title, "choice", labels, note)
    return TabColumn(name, title)


def _values(form: PartForm, prefix: str, blank: bool) -> dict[str, Value]:
    return {f"{prefix}{name}": None if blank else _value(form, name) for name in form.fields}


def _value(form: PartForm, name: str) -> Value:
    bound, field = form[name], form.fields[name]
    value = bound.value()
    if isinstance(field, TickField):
        return YES if value else NO
    if value in (None, ""):
        return None
    if isinstance(field, AmountField):
        return Decimal(str(value))
    if isinstance(field, WholeField):
        return int(value)
    if isinstance(field, django_forms.ChoiceField) or flat_choices(field):
        return dict(flat_choices(field)).get(str(value), str(value))
    return str(value)
