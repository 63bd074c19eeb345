"""The changes that an uploaded workbook would make: its values in the sections' forms, problems by their cells.

Nothing is written here. `budgets.actions.write_workbook` writes the result of `plan_import`, all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..changes.merge import Conflict, changes, merge
from ..changes.wording import worded_changes
from ..domain.dossier import Dossier
from ..domain.money import Unit
from ..forms.rows import RowForm
from ..forms.sections import SectionForm
from ..models import Report
from ..storage.sections import (
    Section,
    SectionInvalid,
    SectionValues,
    all_sections,
    project_parts,
    report_parts,
)
from .book import StoredForms, make_tabs
from .department_sheets import read_department_sheets
from .entering import filled_in
from .manifest import tab_name
from .origins import Origin, Origins
from .preview import CellChange, ImportPlan, PlannedSection
from .reading import WorkbookCells, WorkbookRefused
from .records import CellProblem, Typed, stored_row
from .reference import CHOICES, GUIDE, LAST_YEAR, SUBJECTS
from .rows_already_there import ADD, QUESTION, REPLACE, SKIP, RepeatedRows, twins
from .tabs import read_tabs, refuse_others

Json = Any
MOST_PROBLEMS = 200
OTHER_VERSION = "工作簿所依据的那次保存已找不到，请重新下载工作簿填写"
SAVED_SINCE = "下载工作簿之后，系统里有人改了同样的内容"
WAY_OUT = "请把表中改成一致再上传，或重新下载工作簿填写"
NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


def plan_import(
    report: Report,
    dossier: Dossier,
    upload: WorkbookCells,
    versions: Mapping[str, int],
    answers: Mapping[str, str] = NO_ANSWERS,
) -> ImportPlan:
    """Read ``upload`` and compare it with the current report.

    ``versions`` are its sections' numbers, read before ``dossier``. A workbook without a stamp is a department's own;
    it counts as made on them. ``answers`` answer the questions about its tables, and about rows that are there already
    (`budgets.workbook.rows_already_there`). Raises `WorkbookRefused` if the workbook is for another report, year or
    template, or has no table that could be placed.
    """
    stamp = upload.stamp
    forms = StoredForms(report, dossier, refuse_others(stamp, dossier) if stamp else Unit.YUAN)
    tabs = make_tabs(forms, project=stamp.project if stamp else "")
    if stamp is not None:
        typed, pasted = read_tabs(dossier, forms, tabs, upload, stamp)
        known = {*(tab_name(tab.title) for tab in tabs), GUIDE, SUBJECTS, LAST_YEAR, CHOICES}
    else:
        typed = Typed(dossier, forms.unit, bases=versions, adds=True)
        pasted, known = {}, set()
    sheets = [name for name in upload.tabs if name not in known | upload.hidden]
    tables = read_department_sheets(typed, forms, tabs, upload, sheets, pasted, answers)
    if stamp is None and not any(table.questions for table in tables):
        raise WorkbookRefused(
            "不是从本系统下载的填报工作簿，也没有认出可以导入的表。请下载填报工作簿，或在表中写明各栏名称"
        )
    taken = plan_sections(report, dossier, forms, typed, versions, answers.get(QUESTION, ""))
    taken.tables = tables
    unread = sorted(name for name in upload.hidden & upload.tabs.keys() - known)
    taken.notes = [f"“{name}”页是隐藏的，没有读" for name in unread]
    return taken


def plan_sections(
    report: Report,
    before: Dossier,
    forms: StoredForms,
    typed: Typed,
    versions: Mapping[str, int],
    repeated: str = "",
) -> ImportPlan:
    """Put the typed values into the forms of their sections. ``before`` is the current report.

    ``repeated`` says what becomes of rows that are there already: `REPLACE`, `SKIP`, or it is asked.
    """
    return _Planner(report, before, forms, typed, versions, repeated).plan()


class _Planner:
    def __init__(
        self,
        report: Report,
        before: Dossier,
        forms: StoredForms,
        typed: Typed,
        versions: Mapping[str, int],
        repeated: str,
    ) -> None:
        self.report, self.before, self.forms, self.typed = report, before, forms, typed
        self.versions, self.repeated = versions, repeated
        self.taken = ImportPlan(problems=list(typed.problems), projects=typed.projects)

    def plan(self) -> ImportPlan:
        dossier = self.typed.dossier
        old, new = _whole(self.before), _whole(dossier)
        added = {project.key for project in self.typed.projects}
        old["projects"] += [dict(project) for project in new["projects"] if project["key"] in added]
        projects = {project["key"]: project for project in new["projects"]}
        for section in all_sections(dossier):
            if not self.typed.covers(section.key, section.project):
                continue
            form = filled_in(self.forms, self.typed, section)
            if not form.is_valid():
                self._report(section, form)
                continue
            form = self._without_repeated(section, form)
            is_new = section.project in added
            stored = None if is_new else section.content(dossier)
            planned = self._planned(section, form.values, stored)
            if planned is None or planned.content == stored:
                continue
            self.taken.sections.append(planned)
            (projects[section.project] if section.project else new).update(planned.content)
        if self.taken.is_clean:
            parts = {p.key: (p.title, p.type) for p in report_parts(dossier.header.profile)}
            own = {p.key: (p.title, p.type) for p in project_parts(dossier.header.profile)}
            found = zip(changes(old, new), worded_changes(old, new, parts, own), strict=True)
            origins = Origins(self.typed)
            self.taken.changes = [
                *(
                    CellChange("新增项目", "（无）", project.identity["name"], "")
                    for project in self.typed.projects
                ),
                *(
                    CellChange(said.place, said.old, said.new, origins.of_change(change.path))
                    for change, said in found
                ),
            ]
        self._cut_short()
        return self.taken

    def _cut_short(self) -> None:
        rest = len(self.taken.problems) - MOST_PROBLEMS
        if rest > 0:
            del self.taken.problems[MOST_PROBLEMS:]
            self.taken.problems.append(CellProblem("", "", f"另有 {rest} 处问题，改正以上各处后再上传查看"))

    # --- beside what was saved since ---

    def _planned(
        self, section: Section, mine: SectionValues, stored: Mapping[str, Json] | None
    ) -> PlannedSection | None:
        """The section as it will be, on its current version. None if the same place was changed since; that is said."""
        now = self.versions.get(section.key, 0)
        base = self.typed.bases.get(section.key, 0)
        if stored is None or base == now or mine.json == stored:
            return PlannedSection(section.key, now, mine, stored)
        before = self.report.versions.filter(section=section.key, number=base).first()
        if before is None:
            self.taken.problems.append(CellProblem("", section.title, OTHER_VERSION))
            return None
        joint = merge(before.content, mine.json, stored)
        if joint.conflicts:
            self._report_conflicts(section, joint.conflicts, mine.json, stored)
            return None
        try:
            joined = SectionValues.parse(section, joint.result)
        except SectionInvalid as error:
            self.taken.problems += [CellProblem("", section.title, message) for message in error.messages]
            return None
        if joined.json != stored:
            self.taken.moved.append(section.title)
        return PlannedSection(section.key, now, joined, stored)

    def _report_conflicts(
        self,
        section: Section,
        conflicts: Sequence[Conflict],
        mine: Mapping[str, Json],
        stored: Mapping[str, Json],
    ) -> None:
        parts = {part.key: (part.title, part.type) for part in section.parts}
        found = zip(changes(stored, mine), worded_changes(stored, mine, parts, {}), strict=True)
        words = {change.path: said for change, said in found}
        origins = Origins(self.typed)
        within = ("projects", f"[{section.project}]") if section.project else ()
        for conflict in conflicts:
            said = words.get(conflict.path)
            message = f"{SAVED_SINCE}：现在是“{said.old}”，表中是“{said.new}”" if said else SAVED_SINCE
            place = origins.of_change((*within, *conflict.path))
            title = said.place if said else section.title
            self.taken.problems.append(CellProblem(place, title, f"{message}。{WAY_OUT}"))

    # --- rows that are there already ---

    def _without_repeated(self, section: Section, form: SectionForm) -> SectionForm:
        """The form, entered anew where it was decided about rows that are there already; else they are noted."""
        if not self.typed.adds:
            return form
        lists = self.typed.lists.get(section.key, {})
        is_decided = False
        for editor in form.editors.values():
            for rows in editor.sub_tables:
                found = lists.get(rows.region, [])
                if not found or rows.form.fixed or (section.key, rows.region) in self.typed.replaced:
                    continue
                equal = twins(rows, {row.key for row in found})
                if equal and self.repeated in (REPLACE, SKIP):
                    self._settle(section.key, rows.region, equal)
                    is_decided = True
                elif equal and self.repeated != ADD:
                    self.taken.repeated.append(
                        RepeatedRows(section.title, rows.title, len(equal), len(found) - len(equal))
                    )
        if is_decided:
            form = filled_in(self.forms, self.typed, section)
            form.is_valid()
        return form

    def _settle(self, section: str, region: str, equal: Mapping[str, RowForm]) -> None:
        """Leave out the rows of a list, or let them be all of it, each as the stored row that it equals.

        What the workbook has no column for stays as it is stored.
        """
        found = self.typed.lists[section][region]
        if self.repeated == SKIP:
            found[:] = [row for row in found if row.key not in equal]
            return
        self.typed.replaced.add((section, region))
        for row in found:
            twin = equal.get(row.key)
            if twin is not None:
                row.key, row.hidden = twin.key, twin.hidden_values
                unsaid = {name: text for name, text in stored_row(twin).items() if name not in row.columns}
                row.values.update({name: text for name, text in unsaid.items() if name in row.values})

    # --- what the forms say of it ---

    def _report(self, section: Section, form: SectionForm) -> None:
        origins = Origins(self.typed).of_fields(section.key, form)
        for problem in form.problems():
            at = origins.get(problem.address, Origin(section.title, problem.label))
            self.taken.problems.append(CellProblem(at.place, at.title, problem.message))


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
