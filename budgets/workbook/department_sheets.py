"""A department's own sheets: read tables outside the workbook's tabs into the typed values.

A table is placed by its headings in the tab with those columns. Facts that neither it nor its sheet tells (the project,
元 or 万元, the column of an unknown heading) are asked and never guessed. The answers come back as ``answers``, by the
name of the control: ``table-0-project``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from openpyxl.utils import get_column_letter

from ..domain.money import MEASURES, Measure
from ..forms.fields import normal_name
from .book import PROJECT_COLUMN, PROJECTS_TAB, StoredForms, Tab
from .department_rows import DepartmentRows, DepartmentTable, Placed, Question, is_name
from .detection import PROJECT, Grid, Heading, Table, Target, find_tables, read_headings, said_beside
from .reading import WorkbookCells, WorkbookRefused, cell_name
from .records import Typed, with_new_projects
from .tabs import Pasted

MOST_TABLES = 300
LEFT_OUT = "-"
"""The answer that leaves a table or a column out of the import."""
NEW = "+"
"""Prefix of an answer that names a new project."""
_UNNAMED = re.compile(r"(?:sheet|工作表)[0-9]*", re.IGNORECASE)
"""Names that programs give to unnamed sheets."""


def read_department_sheets(
    typed: Typed,
    forms: StoredForms,
    tabs: Sequence[Tab],
    upload: WorkbookCells,
    sheets: Sequence[str],
    pasted: Mapping[str, Pasted],
    answers: Mapping[str, str],
) -> list[DepartmentTable]:
    """Read every table in ``sheets``, and every table ``pasted`` into a tab, into ``typed``."""
    return _Reader(typed, forms, tabs, answers).read(upload, sheets, pasted)


class _Reader:
    def __init__(
        self, typed: Typed, forms: StoredForms, tabs: Sequence[Tab], answers: Mapping[str, str]
    ) -> None:
        self.typed, self.forms, self.answers = typed, forms, answers
        year = typed.dossier.header.year
        self.targets = [Target.of(tab, year) for tab in tabs if tab.open and not tab.subjects]
        self.names = {normal_name(p.identity.name): p.identity.name for p in typed.dossier.projects}
        """The names of the report's projects by their normalised form."""

    def read(
        self, upload: WorkbookCells, sheets: Sequence[str], pasted: Mapping[str, Pasted]
    ) -> list[DepartmentTable]:
        found: list[DepartmentTable] = []
        placed: list[Placed] = []
        for name in (*pasted, *sheets):
            grid = Grid(name, upload.tabs[name], upload.merged.get(name, {}))
            start = pasted.get(name)
            targets = [t for t in self.targets if start is None or t.tab.title == start.tab.title]
            tables = find_tables(grid, targets, start.first if start else 0)
            if len(found) + len(tables) > MOST_TABLES:
                raise WorkbookRefused(f"认出的表过多，一次最多 {MOST_TABLES} 张，请分几次上传")
            unit: Measure | None = None
            project = start.project if start else ""
            for table in tables:
                told = DepartmentTable(_place(table))
                project = self._project_of(table) or project
                of_table = self._place(table, told, f"table-{len(found)}", unit, project)
                found.append(told)
                if of_table is not None:
                    placed.append(of_table)
                    unit = of_table.unit or unit
            if not tables and any(grid.texts(row) for row in range(len(grid.rows))):
                found.append(DepartmentTable(f"“{name}”页", notes=["没有认出可以导入的表，这一页没有读"]))
        self._add_projects(placed)
        rows = DepartmentRows(self.typed, self.forms)
        for of_table in placed:
            of_table.told.rows = rows.read(of_table)
        return found

    # --- what a table is ---

    def _place(
        self, table: Table, told: DepartmentTable, prefix: str, said_before: Measure | None, project: str
    ) -> Placed | None:
        """Choose the tab of a table. None if it is unknown or left out; the page says so."""
        target = self._target(table, told, prefix, bool(project))
        if target is None:
            return None
        heading = next((h for h in table.headings if h.target is target), None)
        heading = heading or read_headings(table.grid, table.at, table.first - table.at, target)
        of_table = Placed(table, told, heading, dict(heading.columns), None, "")
        is_known = self._ask_columns(of_table, prefix)
        is_known = self._ask_project(of_table, prefix, project) and is_known
        is_known = self._ask_unit(of_table, prefix, said_before) and is_known
        self._ask_mode(of_table, prefix)
        return of_table if is_known else None

    def _target(self, table: Table, told: DepartmentTable, prefix: str, has_project: bool) -> Target | None:
        fitting = [heading.target for heading in table.headings]
        if len(fitting) > 1 and has_project:
            fitting = [t for t in fitting if t.is_of_projects] or fitting
        if len(fitting) > 1:
            said = "".join((table.grid.name, *table.above))
            fitting = [t for t in fitting if _kind(t.tab.title) in said] or fitting
        name = f"{prefix}-tab"
        proposed = fitting[0].tab.title if len(fitting) == 1 else ""
        answer = self.answers.get(name) or proposed
        options = [(t.tab.title, t.tab.title) for t in self.targets]
        told.questions.append(Question(name, "认作", [*options, (LEFT_OUT, "不导入")], answer, not answer))
        if answer == LEFT_OUT:
            return None
        target = next((t for t in self.targets if t.tab.title == answer), None)
        if target is None:
            titles = "”或“".join(t.tab.title for t in fitting)
            self._ask(table, None, "认作", f"这张表可以是“{titles}”，请选择")
        return target

    def _ask_columns(self, of_table: Placed, prefix: str) -> bool:
        """Complete the columns with the answers about unknown ones."""
        table, told, heading = of_table.table, of_table.told, of_table.heading
        columns = of_table.columns
        titles = {PROJECT: PROJECT_COLUMN, **{c.name: c.title for c in heading.target.tab.columns}}
        told.columns = [
            ("".join(table.titles(at)), titles[name].partition("（")[0]) for at, name in columns.items()
        ]
        is_known = True
        for at, text in heading.unknown.items():
            if not any(table.grid.cell(row, at) is not None for row in range(table.first, table.last + 1)):
                continue
            letter = get_column_letter(at + 1)
            free = [(name, title) for name, title in titles.items() if name not in columns.values()]
            name = f"{prefix}-column-{letter}"
            answer = self.answers.get(name, "")
            if answer not in (LEFT_OUT, *(name for name, _ in free)):
                answer = ""
            options = [*free, (LEFT_OUT, "不导入")]
            told.questions.append(Question(name, f"{letter} 列“{text}”", options, answer, not answer))
            if not answer:
                is_known = False
                self._ask(table, at, text, _unknown(text, heading))
            elif answer != LEFT_OUT:
                columns[at] = answer
        return is_known

    def _ask_project(self, of_table: Placed, prefix: str, known: str) -> bool:
        if of_table.tab.section or of_table.project_column is not None:
            return True
        name = f"{prefix}-project"
        answer = self.answers.get(name) or (self._answer(known) if known else "")
        options: list[tuple[str, str]] = [(project, project) for project in self.names.values()]
        proposed = (known, "" if _UNNAMED.fullmatch(of_table.grid.name) else of_table.grid.name)
        new = {NEW + title: f"新项目“{title}”" for title in proposed if self._is_new(title)}
        if answer.startswith(NEW) and answer.removeprefix(NEW).strip():
            new.setdefault(answer, f"新项目“{answer.removeprefix(NEW)}”")
        elif answer and answer not in self.names.values():
            answer = ""
        options += new.items()
        of_table.told.questions.append(Question(name, "项目", options, answer, not answer))
        of_table.project = answer.removeprefix(NEW)
        if not answer:
            self._ask(of_table.table, None, "项目", "没有写明是哪个项目的，请选择项目")
        return bool(answer)

    def _ask_unit(self, of_table: Placed, prefix: str, said_before: Measure | None) -> bool:
        kinds = {column.name: column.kind for column in of_table.tab.columns}
        amounts = [at for at, name in of_table.columns.items() if kinds.get(name) == "amount"]
        if not amounts:
            return True
        name = f"{prefix}-unit"
        of_table.unit = of_table.table.unit(amounts, said_before)
        if of_table.unit is not None:
            of_table.told.notes.append(f"金额以{of_table.unit.label}为单位")
            return True
        answer = self.answers.get(name, "")
        of_table.unit = MEASURES.get(answer)
        is_open = of_table.unit is None
        of_table.told.questions.append(
            Question(name, "金额单位", [(label, label) for label in MEASURES], answer, is_open)
        )
        if is_open:
            self._ask(of_table.table, amounts[0], "金额", "没有写明金额单位，请选择元或万元")
        return not is_open

    def _ask_mode(self, of_table: Placed, prefix: str) -> None:
        if not self.typed.adds or not of_table.tab.region:
            return
        name = f"{prefix}-mode"
        options = [("add", "加在已有各行之后"), ("replace", "代替已有各行")]
        answer = "replace" if self.answers.get(name) == "replace" else "add"
        of_table.told.questions.append(Question(name, "方式", options, answer))

    def _ask(self, table: Table, column: int | None, title: str, message: str) -> None:
        self.typed.add_problem(cell_name(table.grid.name, table.first, (column or 0) + 1), title, message)

    # --- whose it is ---

    def _project_of(self, table: Table) -> str:
        """The project's name above the table, or in the name of the sheet; empty without one."""
        if self.typed.project:
            only = self.typed.dossier.project(self.typed.project)
            return only.identity.name if only else ""
        said = list(said_beside(table.grid, "项目名称", table.over))
        if said:
            return self.names.get(normal_name(said[-1]), said[-1])
        return self.names.get(normal_name(table.grid.name), "")

    def _is_new(self, name: str) -> bool:
        return bool(name) and not self.typed.project and normal_name(name) not in self.names

    def _answer(self, name: str) -> str:
        return NEW + name if self._is_new(name) else name

    def _add_projects(self, placed: Sequence[Placed]) -> None:
        """Add the projects that tables name and the report does not have."""
        names: dict[str, str] = {}
        for of_table in placed:
            for name in of_table.project_names():
                if self._is_new(name) and is_name(name):
                    names.setdefault(normal_name(name), name)
        added = with_new_projects(self.forms.report, self.typed.dossier, list(names.values()))
        self.typed.dossier, projects = added
        self.typed.projects += projects
        self.forms.dossier = self.typed.dossier
        self.names |= names


def _place(table: Table) -> str:
    first, last = table.first + 1, max(table.first, table.last) + 1
    rows = f"{first} 至 {last}" if last > first else str(first)
    return f"“{table.grid.name}”页第 {rows} 行"


def _kind(title: str) -> str:
    """The words that distinguish a title from that of a tab with the same columns: 长期, 年度, 采购."""
    return title.removeprefix(PROJECTS_TAB)[:2]


def _unknown(text: str, heading: Heading) -> str:
    name = heading.target.headings.find(text)
    if name and name in heading.columns.values():
        other = next(at for at, known in heading.columns.items() if known == name)
        return f"“{text}”这一栏与 {get_column_letter(other + 1)} 列重复，请选择它是哪一栏，或不导入"
    return f"认不出“{text}”这一栏，请选择它是哪一栏，或不导入"
