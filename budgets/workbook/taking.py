"""What an uploaded workbook would change: put into the sections' forms, every problem pinned to its cell.

Nothing is written here; `budgets.actions.take_workbook` writes what `take` returns, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from ..change_words import FieldChange, worded_changes
from ..dossier import Dossier
from ..forms.pasting import flat_choices, key_of
from ..forms.rows import RowForms
from ..forms.sections import SectionForm
from ..models import Report
from ..scalars import new_key
from ..sections import Section, all_sections, project_parts, report_parts
from .book import StoredForms, form_of, make_tabs
from .reading import Upload
from .tabs import read_tabs, refuse_others
from .typed import CellProblem, NewProject, Typed, TypedRow, stored_row

Json = Any
MOST_PROBLEMS = 200


@dataclass(frozen=True)
class SectionContent:
    """A section's content as the workbook has it, made on version ``base``."""

    key: str
    base: int
    content: Mapping[str, Json]


@dataclass
class Taken:
    """What the workbook comes to: problems, or what is to be written."""

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
    unit = refuse_others(upload.stamp, dossier)
    forms = StoredForms(report, dossier, unit)
    tabs = make_tabs(forms, project=upload.stamp.project)
    typed = read_tabs(dossier, forms, tabs, upload, upload.stamp)
    return judge(report, dossier, forms, typed, versions)


def judge(
    report: Report, before: Dossier, forms: StoredForms, typed: Typed, versions: Mapping[str, int]
) -> Taken:
    """Put what is typed into the forms of its sections; ``before`` is the report as it stands."""
    return _Judge(report, before, forms, typed, versions).judge()


class _Judge:
    def __init__(
        self, report: Report, before: Dossier, forms: StoredForms, typed: Typed, versions: Mapping[str, int]
    ) -> None:
        self.report, self.before, self.forms, self.typed = report, before, forms, typed
        self.versions = versions
        self.taken = Taken(problems=list(typed.problems), projects=typed.projects)

    def judge(self) -> Taken:
        dossier = self.typed.dossier
        old, new = _whole(self.before), _whole(dossier)
        added = {project.key for project in self.typed.projects}
        projects = {project["key"]: project for project in new["projects"]}
        for section in all_sections(dossier):
            if not self.typed.covers(section.key, section.project):
                continue
            form = self._bound(section)
            if not form.is_valid():
                self._report(section, form)
                continue
            content = form.content()
            if content == section.content(dossier) and section.project not in added:
                continue
            now = self.versions.get(section.key, 0)
            base = now if section.project in added else self.typed.bases.get(section.key, 0)
            if base != now:
                self.taken.moved.append(section.title)
            self.taken.sections.append(SectionContent(section.key, base, content))
            (projects[section.project] if section.project else new).update(content)
        if self.taken.is_clean:
            parts = {p.key: (p.title, p.type) for p in report_parts(dossier.header.profile)}
            own = {p.key: (p.title, p.type) for p in project_parts(dossier.header.profile)}
            self.taken.changes = worded_changes(old, new, parts, own)
        self._cut_short()
        return self.taken

    def _cut_short(self) -> None:
        rest = len(self.taken.problems) - MOST_PROBLEMS
        if rest > 0:
            del self.taken.problems[MOST_PROBLEMS:]
            self.taken.problems.append(CellProblem("", "", f"另有 {rest} 处问题，改正以上各处后再上传查看"))

    # --- posting ---

    def _bound(self, section: Section) -> SectionForm:
        data = self._data(section)
        form = form_of(self.report, self.typed.dossier, self.typed.unit, section, data)
        if self._resolve_rows(form, data):
            form = form_of(self.report, self.typed.dossier, self.typed.unit, section, data)
        return form

    def _data(self, section: Section) -> QueryDict:
        data = QueryDict(mutable=True)
        data["base"] = str(self.typed.bases.get(section.key, 0))
        for name, text in self.typed.scalars.get(section.key, {}).items():
            data[name] = text
        lists = self.typed.lists.get(section.key, {})
        for editor in self.forms.of(section.key).editors.values():
            for rows in editor.sub_tables:
                adds = self.typed.adds and (section.key, rows.region) not in self.typed.replaced
                self._post_rows(data, rows, lists.get(rows.region, []), adds)
        return data

    def _post_rows(self, data: QueryDict, rows: RowForms, found: Sequence[TypedRow], adds: bool) -> None:
        if rows.form.fixed:
            for row in found:
                for name, text in row.values.items():
                    data[f"{rows.region}-{row.key}-{name}"] = text
            return
        posted: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = []
        if adds:
            stored = (row for row in rows.rows if not row.is_blank and row.key not in rows.offered)
            posted += [(row.key, stored_row(row), row.hidden_values) for row in stored]
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

    # --- what the forms say of it ---

    def _report(self, section: Section, form: SectionForm) -> None:
        places = self._places(section, form)
        for control, title, message in form.problems():
            if control in places:
                place, column = places[control]
                self.taken.problems.append(CellProblem(place, column, message))
            else:
                self.taken.problems.append(CellProblem(section.title, title, message))

    def _places(self, section: Section, form: SectionForm) -> dict[str, tuple[str, str]]:
        """Cell and title by the id of the control."""
        known: dict[str, tuple[str, str]] = {}
        scalars = self.typed.scalar_places.get(section.key, {})
        lists = self.typed.lists.get(section.key, {})
        for key, editor in form.editors.items():
            if editor.fields is not None:
                for name, field in editor.fields.fields.items():
                    if f"{key}-{name}" in scalars:
                        known[editor.fields.control_id(name)] = (scalars[f"{key}-{name}"], str(field.label))
            for rows in editor.sub_tables:
                typed = {row.key: row for row in lists.get(rows.region, ())}
                for form_row in rows.rows:
                    row = typed.get(form_row.key)
                    for name, field in form_row.fields.items():
                        if row is not None and name in row.columns:
                            known[form_row.control_id(name)] = (row.place(name), str(field.label))
        return known


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
