"""Read the rows of a placed table by its columns, as the values that a form's controls would post."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from ..domain.dossier import PROJECT as OF_PROJECT
from ..domain.types import new_key
from ..forms.fields import (
    AmountField,
    ChosenField,
    CodeField,
    NameField,
    UsualField,
    normal_name,
)
from ..forms.rows import RowForm
from .book import PROJECT_COLUMN, StoredForms, Tab
from .placed import SHOWN, Placed
from .reading import Raw, as_text
from .records import Control, Typed, TypedRow
from .subjects import code_of, is_name_of
from .values import put_scalar, text_of


@dataclass(frozen=True)
class RowTaken:
    """A row of a list that was read from a table."""

    of_table: Placed
    section: str
    region: str
    row: TypedRow


@dataclass(frozen=True)
class _List:
    """A list into which rows are read: its controls by field, and the ``blank`` values of a new row.

    ``continues`` is the field that a row leaves blank if it goes on the row above, empty without one.
    """

    controls: Mapping[str, Control]
    blank: Mapping[str, str]
    continues: str

    @classmethod
    def of(cls, tab: Tab, form: RowForm) -> _List:
        controls = {column.name: Control(form, column.name) for column in tab.columns}
        blank = {name: "" if c.field.of_rows else c.untouched for name, c in controls.items()}
        return cls(controls, blank, form.continues)


class DepartmentRows:
    """Read placed tables into ``typed``, whose dossier has every project that they name."""

    def __init__(self, typed: Typed, forms: StoredForms) -> None:
        self.typed, self.forms = typed, forms
        self.lists: dict[tuple[str, str], _List | None] = {}
        """The lists by section and region; None where the section has none."""
        self.taken: list[RowTaken] = []
        """The rows of lists, of every table, in order."""
        self.begun: set[tuple[str, str]] = set()
        """Tables and sections that have a row already."""
        self.compared: dict[tuple[str, str, str, str], str] = {}
        """What was wrong with a name beside a code, by tab, column, code and name."""

    def read(self, of_table: Placed) -> int:
        """Read one table; returns its number of rows."""
        count = 0
        keys = {project_name(p.identity.name): p.key for p in self.typed.dossier.projects}
        project = of_table.project
        above: dict[str, str] = {}
        column = of_table.project_column
        names = {column.name for column in of_table.tab.columns}
        columns = {name: at for at, name in of_table.columns.items() if name in names}
        for row in of_table.rows:
            if all(of_table.grid.cell(row, at) is None for at in of_table.columns):
                of_table.leave_out(row, "这一行在要导入的各栏中没有内容")
                continue
            self._compare_names(of_table, row)
            if column is not None:
                project = as_text(of_table.grid.shown(row, column)).strip() or project
            section = of_table.tab.section
            if not section and not project:
                place = of_table.place(row, column or 0)
                self.typed.add_problem(place, PROJECT_COLUMN, f"请填写{PROJECT_COLUMN}")
                continue
            key = keys.get(project) or keys.get(project_name(project))
            if not section and not key:
                place = of_table.place(row, column or 0)
                self.typed.add_problem(place, PROJECT_COLUMN, "不能用作项目名称，应为 200 字以内的文字")
                continue
            section = section or f"{OF_PROJECT}{key}"
            if of_table.tab.region:
                above = self._read_row(of_table, section, row, columns, above)
            else:
                self._read_scalars(of_table, section, row)
            count += 1
        return count

    def _compare_names(self, of_table: Placed, row: int) -> None:
        """Compare the names of subjects that stand beside their codes."""
        for at, code_at in of_table.beside.items():
            said = as_text(of_table.grid.shown(row, at)).strip()
            code = as_text(of_table.grid.shown(row, code_at)).strip()
            column = of_table.columns[code_at]
            asked = of_table.tab.title, column, code, said
            if asked not in self.compared:
                field = self.forms.fields(of_table.tab).get(column)
                self.compared[asked] = _difference(field, code, said) if isinstance(field, CodeField) else ""
            if self.compared[asked]:
                self.typed.add_problem(of_table.place(row, at), "科目名称", self.compared[asked])

    def _read_row(
        self, of_table: Placed, section: str, row: int, columns: Mapping[str, int], above: Mapping[str, str]
    ) -> dict[str, str]:
        """Read a row of a list from ``columns``, by field; ``above`` are the values of the row above."""
        tab = of_table.tab
        into = self._list(of_table, section)
        if into is None:
            return {}
        values = dict(into.blank)
        is_as_above = True
        for name, control in into.controls.items():
            at = columns.get(name)
            cell = None if at is None else self._cell(of_table, row, at, control)
            if at is not None and cell is not None:
                place = of_table.place(row, at)
                values[name] = text_of(self.typed, control, cell, place, of_table.unit, of_table.told.notes)
            elif at is not None and isinstance(control.field, AmountField):
                self._note_merged(of_table, row, at)
            is_as_above = is_as_above and cell is None and _is_level(control)
            if is_as_above and at is not None:
                values[name] = above.get(name, values[name])
        self._require_start(of_table, section, row, into.continues, values)
        found = TypedRow(
            of_table.grid.name, row + 1, {name: at + 1 for name, at in columns.items()}, new_key(), values
        )
        self.typed.add_row(section, tab.region, found)
        self.taken.append(RowTaken(of_table, section, tab.region, found))
        return values

    def _list(self, of_table: Placed, section: str) -> _List | None:
        """The list of a section to which the table belongs; the first row decides whether it is replaced."""
        at = (section, of_table.tab.region)
        if at not in self.lists:
            rows = self.forms.rows(*at)
            self.lists[at] = _List.of(of_table.tab, rows.template) if rows else None
            if rows and self._replaces(of_table):
                self.typed.replaced.add(at)
        return self.lists[at]

    def _note_merged(self, of_table: Placed, row: int, column: int) -> None:
        """Say that an amount merged over several rows counts once."""
        if of_table.grid.shown(row, column) is not None:
            said = f"{of_table.place(row, column)} 与上面合并，金额只算在上面一行"
            of_table.told.differences.append(said)

    def _require_start(
        self, of_table: Placed, section: str, row: int, name: str, values: Mapping[str, str]
    ) -> None:
        """Refuse a first row that would go on a row which the report has already."""
        is_first = (of_table.prefix, section) not in self.begun
        self.begun.add((of_table.prefix, section))
        if not name or values.get(name) or not is_first:
            return
        title = next(column.title for column in of_table.tab.columns if column.name == name)
        at = next((at for at, known in of_table.columns.items() if known == name), None)
        said = f"请填写{title}" if at is not None else f"表中没有写明{title}，请把一列认作{title}"
        self.typed.add_problem(of_table.place(row, at or 0), title, said)

    def _replaces(self, of_table: Placed) -> bool:
        return any(q.name.endswith("-mode") and q.answer == "replace" for q in of_table.told.questions)

    def _cell(self, of_table: Placed, row: int, column: int, control: Control) -> Raw:
        """The cell. In a column of choices, a covered cell has the merged value; a text belongs to its own row only.

        For a blank code it is the name of the subject beside it.
        """
        if not isinstance(control.field, UsualField | ChosenField | CodeField):
            return of_table.grid.cell(row, column)
        cell = of_table.grid.shown(row, column)
        return _name_beside(of_table, row, column) if cell is None else cell

    def _read_scalars(self, of_table: Placed, section: str, row: int) -> None:
        form = self.forms.of(section)
        for at, column in of_table.columns.items():
            part, _, name = column.partition("-")
            fields = form.editors[part].fields if part in form.editors else None
            cell = of_table.grid.cell(row, at)
            cell = _name_beside(of_table, row, at) if cell is None else cell
            if fields is not None and name in fields.fields and cell is not None:
                place = of_table.place(row, at)
                put_scalar(self.typed, section, fields, name, cell, place, of_table.unit, of_table.told.notes)


def _difference(field: CodeField, code: str, said: str) -> str:
    """What is wrong with a name beside a code; empty if nothing is."""
    found = code_of(field, code) if code and said else ""
    if not found or is_name_of(field, found, said):
        return ""
    return f"{found} 是“{field.names.get(found, '')}”，这里写的是“{said[:SHOWN]}”，请核对"


def _name_beside(of_table: Placed, row: int, column: int) -> Raw:
    """The cell with the name of the subject whose code is in ``column``; None without one."""
    at = next((at for at, code_at in of_table.beside.items() if code_at == column), None)
    return None if at is None else of_table.grid.shown(row, at)


_NUMBERED = re.compile(r"^[(]?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})[)]?[.、．](?=\D)")


def project_name(text: str) -> str:
    """A project's name for comparison: without numbering in front, and quotes around it."""
    return _NUMBERED.sub("", normal_name(text)).strip("\"'“”‘’《》〈〉")


def is_name(text: str) -> bool:
    """Whether the text can be the name of a project."""
    try:
        return bool(NameField().clean(text))
    except ValidationError:
        return False


def _is_level(control: Control) -> bool:
    """Whether a blank cell of the column may stand for the value above, because the column groups rows."""
    return isinstance(control.field, UsualField) and not isinstance(control.field, CodeField)
