"""A department's own sheets: read tables outside the workbook's tabs into the typed values.

A table is placed by its headings in the tab with those columns. Facts that neither it nor its sheet tells (the project,
元 or 万元, the column of an unknown heading) are asked and never guessed. The answers come back as ``answers``, by the
name of the control: ``table-0-project``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..domain.dossier import PROJECT as OF_PROJECT
from ..domain.money import UNITS, AnyUnit
from ..forms.headings import plain
from .book import PROJECTS_TAB, StoredForms, Tab
from .columns import place_columns
from .department_rows import DepartmentRows, is_name, project_name
from .detection import Grid, Table, Target, find_tables, kind_of_tab, read_headings, said_beside
from .form_sheets import FormSheet, ask_unit, find_form, leave_out_rest, place_form, read_form
from .named_rows import complete_kinds
from .placed import (
    LEFT_OUT,
    NAME,
    DepartmentTable,
    LeftOut,
    Placed,
    Question,
    in_order,
    left_row,
    why_outside,
)
from .reading import WorkbookCells, WorkbookRefused, as_text, cell_name
from .records import Typed, with_new_projects
from .repeated_sheets import without_repeats
from .table_rows import sort_rows
from .tabs import Pasted

MOST_TABLES = 300
BASIC = "基本支出"
"""A table that says so is not a project's."""
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
        self.names = {project_name(p.identity.name): p.identity.name for p in typed.dossier.projects}
        """The names of the report's projects by their normalised form."""
        self.found: list[DepartmentTable] = []
        self.placed: list[Placed] = []
        self.form_sheets: list[FormSheet] = []

    def read(
        self, upload: WorkbookCells, sheets: Sequence[str], pasted: Mapping[str, Pasted]
    ) -> list[DepartmentTable]:
        for name in (*pasted, *sheets):
            self._read_sheet(name, upload, pasted.get(name))
        self._add_projects()
        rows = DepartmentRows(self.typed, self.forms)
        for form in self.form_sheets:
            section = self._section(form.project)
            if section:
                read_form(form, self.typed, section, self.forms.of(section))
        for of_table in self.placed:
            of_table.told.rows = rows.read(of_table)
        without_repeats(self.typed, rows.taken, self.answers)
        complete_kinds(rows.taken, self.forms, [target.tab for target in self.targets])
        for told in self.found:
            told.left = in_order(told.left)
        return self.found

    def _read_sheet(self, name: str, upload: WorkbookCells, start: Pasted | None) -> None:
        grid = Grid(
            name,
            upload.tabs[name],
            upload.merged.get(name, {}),
            upload.hidden_rows.get(name, frozenset()),
            upload.hidden_columns.get(name, frozenset()),
        )
        first = start.first if start else 0
        targets = [t for t in self.targets if start is None or t.tab.title == start.tab.title]
        tables = find_tables(grid, targets, first)
        if len(self.found) + len(tables) > MOST_TABLES:
            raise WorkbookRefused(f"认出的表过多，一次最多 {MOST_TABLES} 张，请分几次上传")
        outside = set(range(first, len(grid.rows)))
        outside.difference_update(*(range(table.at, table.last + 1) for table in tables))
        form = None if start else self._form(grid, outside)
        unit: AnyUnit | None = None
        project = start.project if start else form.project if form else ""
        for table in tables:
            told = DepartmentTable(_place(table), signature=_signature(table))
            project = self._project_of(table) or project
            of_table = self._place(table, told, f"table-{len(self.found)}", unit, project)
            self.found.append(told)
            if of_table is not None:
                self.placed.append(of_table)
                unit = of_table.unit or unit
            if form is None:
                told.left += _lines(grid, table.over)
        if tables and form is None:
            self.found[-1].left += _lines(grid, range(tables[-1].last + 1, len(grid.rows)))
        elif form is None and not all(map(grid.is_blank, range(len(grid.rows)))):
            self.found.append(DepartmentTable(f"“{name}”页", notes=["没有认出可以导入的表，这一页没有读"]))

    # --- a form with labels ---

    def _form(self, grid: Grid, rows: set[int]) -> FormSheet | None:
        """The labels of a 项目申报表 on the sheet, outside its tables."""
        target = next((t for t in self.targets if t.tab.title == PROJECTS_TAB), None)
        form = find_form(grid, target, rows) if target else None
        if form is None or target is None:
            return None
        prefix = f"table-{len(self.found)}"
        place_form(form, target, self.answers, prefix)
        named = next((as_text(labelled.value).strip() for name, labelled in form.taken if name == NAME), "")
        said = named or self.names.get(project_name(grid.name), "")
        form.project = self._choose_project(form.told, prefix, said, grid.name)
        if not form.project:
            labelled = form.found[0]
            place = cell_name(grid.name, labelled.row + 1, labelled.column + 1)
            self.typed.add_problem(place, "项目", "没有写明是哪个项目的，请选择项目")
        ask_unit(form, target, self.typed, self.answers, prefix)
        leave_out_rest(form, rows)
        self.found.append(form.told)
        self.form_sheets.append(form)
        return form

    def _section(self, project: str) -> str:
        """The key of a project's section; empty if the report has no project of that name."""
        keys = (
            p.key
            for p in self.typed.dossier.projects
            if project_name(p.identity.name) == project_name(project)
        )
        return next((OF_PROJECT + key for key in keys), "")

    # --- what a table is ---

    def _place(
        self, table: Table, told: DepartmentTable, prefix: str, said_before: AnyUnit | None, project: str
    ) -> Placed | None:
        """Choose the tab of a table. None if it is unknown or left out; the page says so."""
        target = self._target(table, told, prefix, bool(project))
        if target is None:
            return None
        heading = next((h for h in table.headings if h.target is target), None)
        heading = heading or read_headings(table.grid, table.at, table.first - table.at, target)
        fields = self.forms.fields(target.tab)
        of_table = Placed(table, told, heading, dict(heading.columns), fields, prefix)
        is_known = place_columns(of_table, self.typed, self.answers)
        is_known = self._ask_project(of_table, project) and is_known
        is_known = self._ask_unit(of_table, said_before) and is_known
        self._ask_mode(of_table)
        is_known = sort_rows(of_table, self.typed, self.answers) and is_known
        return of_table if is_known else None

    def _target(self, table: Table, told: DepartmentTable, prefix: str, has_project: bool) -> Target | None:
        fitting = [heading.target for heading in table.headings]
        if len(fitting) > 1 and has_project:
            fitting = [t for t in fitting if t.is_of_projects] or fitting
        if len(fitting) > 1:
            said = "".join((table.grid.name, *table.above))
            fitting = [t for t in fitting if kind_of_tab(t.tab) in said] or fitting
            if len(fitting) > 1 and BASIC in said:
                fitting = [t for t in fitting if not t.is_of_projects] or fitting
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

    def _ask_project(self, of_table: Placed, known: str) -> bool:
        if of_table.tab.section or of_table.project_column is not None:
            return True
        of_table.project = self._choose_project(of_table.told, of_table.prefix, known, of_table.grid.name)
        if not of_table.project:
            self._ask(of_table.table, None, "项目", "没有写明是哪个项目的，请选择项目")
        return bool(of_table.project)

    def _choose_project(self, told: DepartmentTable, prefix: str, known: str, sheet: str) -> str:
        """Ask for the project, proposing the one that the sheet names; returns its name, empty while it is open."""
        name = f"{prefix}-project"
        answer = self.answers.get(name) or (self._answer(known) if known else "")
        options: list[tuple[str, str]] = [(project, project) for project in self.names.values()]
        proposed = (known, "" if _UNNAMED.fullmatch(sheet) else sheet)
        new = {NEW + title: f"新项目“{title}”" for title in proposed if self._is_new(title)}
        if answer.startswith(NEW) and answer.removeprefix(NEW).strip():
            new.setdefault(answer, f"新项目“{answer.removeprefix(NEW)}”")
        elif answer and answer not in self.names.values():
            answer = ""
        options += new.items()
        told.questions.append(Question(name, "项目", options, answer, not answer))
        return answer.removeprefix(NEW)

    def _ask_unit(self, of_table: Placed, said_before: AnyUnit | None) -> bool:
        amounts = of_table.columns_of("amount")
        if not amounts:
            return True
        name = f"{of_table.prefix}-unit"
        of_table.unit = of_table.table.unit(amounts, said_before)
        if of_table.unit is not None:
            of_table.told.notes.append(f"金额以{of_table.unit.label}为单位")
            return True
        answer = self.answers.get(name, "")
        of_table.unit = UNITS.get(answer)
        is_open = of_table.unit is None
        of_table.told.questions.append(
            Question(name, "金额单位", [(label, label) for label in UNITS], answer, is_open)
        )
        if is_open:
            unknown = of_table.table.unknown_unit(amounts)
            other = of_table.table.contradicts(amounts)
            said = "没有写明金额单位，请"
            if unknown:
                said = f"写的是{unknown}，请换算成人民币后再上传，或"
            elif other:
                said = f"栏名写的单位与表外写的“{other}”不同，请"
            self._ask(of_table.table, amounts[0], "金额", f"{said}选择元或万元等")
        return not is_open

    def _ask_mode(self, of_table: Placed) -> None:
        if not self.typed.adds or not of_table.tab.region:
            return
        name = f"{of_table.prefix}-mode"
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
            return self.names.get(project_name(said[-1]), said[-1])
        return self.names.get(project_name(table.grid.name), "")

    def _is_new(self, name: str) -> bool:
        return bool(name) and not self.typed.project and project_name(name) not in self.names

    def _answer(self, name: str) -> str:
        return NEW + name if self._is_new(name) else name

    def _add_projects(self) -> None:
        """Add the projects that tables and forms name and the report does not have."""
        names: dict[str, str] = {}
        of_forms = (form.project for form in self.form_sheets if form.project)
        of_tables = (name for of_table in self.placed for name in of_table.project_names())
        for name in (*of_forms, *of_tables):
            if self._is_new(name) and is_name(name):
                names.setdefault(project_name(name), name)
        added = with_new_projects(self.forms.report, self.typed.dossier, list(names.values()))
        self.typed.dossier, projects = added
        self.typed.projects += projects
        self.forms.dossier = self.typed.dossier
        self.names |= names


def _lines(grid: Grid, rows: range) -> list[LeftOut]:
    """The lines beside tables."""
    return [left_row(grid, row, why_outside(grid, row)) for row in rows if not grid.is_blank(row)]


def _place(table: Table) -> str:
    if table.last < table.first:
        return f"“{table.grid.name}”页第 {_from_to(table.at, table.first - 1)} 行的栏名，下面没有行"
    return f"“{table.grid.name}”页第 {_from_to(table.first, table.last)} 行"


def _from_to(first: int, last: int) -> str:
    return f"{first + 1} 至 {last + 1}" if last > first else str(first + 1)


def _signature(table: Table) -> str:
    """The headings of a table, so that tables of one make have the same."""
    said = ("".join(map(plain, table.titles(at))) for at in range(table.grid.width))
    return "|".join(said).strip("|")
