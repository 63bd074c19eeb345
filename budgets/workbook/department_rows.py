"""Read the rows of a placed table by its columns, as the values that a form's controls would post.

Sums, numbering and signatures are not rows. Rows that are left out are noted, and sums are compared with the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from ..domain.address import Address
from ..domain.dossier import PROJECT as OF_PROJECT
from ..domain.money import AmountError, Measure, Unit, parse_amount, plain
from ..domain.types import new_key
from ..forms.fields import (
    AmountField,
    ChosenField,
    CodeField,
    NameField,
    UsualField,
    normal_name,
)
from .book import PROJECT_COLUMN, StoredForms, Tab
from .detection import PROJECT, Grid, Heading, Table, has_total, is_footer, is_numbering, is_total
from .reading import Raw, as_text, cell_name
from .records import Control, Typed, TypedRow, UnreadableCell

NAME = "identity-name"

Options = Sequence[tuple[str, str]]
"""(answer, its label)."""


@dataclass(frozen=True)
class Question:
    """A question. ``name`` is its control's, ``answer`` the current choice; ``is_open``: an answer is required."""

    name: str
    label: str
    options: Options
    answer: str = ""
    is_open: bool = False


@dataclass
class DepartmentTable:
    """One table as the page shows it: its place, the result, and the questions about it."""

    place: str
    rows: int = 0
    columns: list[tuple[str, str]] = field(default_factory=list)
    """A column's heading in the sheet, and its field."""
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Placed:
    """A table with all that is known about it. ``project`` is a name; ``columns`` maps sheet columns to the tab's."""

    table: Table
    told: DepartmentTable
    heading: Heading
    columns: dict[int, str]
    unit: Measure | None
    project: str

    @property
    def grid(self) -> Grid:
        return self.table.grid

    @property
    def tab(self) -> Tab:
        return self.heading.target.tab

    @property
    def project_column(self) -> int | None:
        wanted = NAME if not self.tab.region else PROJECT
        return next((column for column, name in self.columns.items() if name == wanted), None)

    def project_names(self) -> Iterator[str]:
        """Every project that it names, as written in the sheet."""
        column = self.project_column
        if column is None:
            yield self.project
            return
        for row in self.table.rows:
            texts = self.grid.texts(row)
            if not (is_total(texts) or is_footer(texts)):
                yield as_text(self.grid.cell(row, column)).strip()


class DepartmentRows:
    """Read placed tables into ``typed``, whose dossier has every project that they name."""

    def __init__(self, typed: Typed, forms: StoredForms) -> None:
        self.typed, self.forms = typed, forms
        self.controls: dict[tuple[str, str], dict[str, Control]] = {}

    def read(self, of_table: Placed) -> int:
        """Read one table; returns its number of rows."""
        count = 0
        keys = {normal_name(p.identity.name): p.key for p in self.typed.dossier.projects}
        project = of_table.project
        above: dict[str, str] = {}
        sums = _Sums(of_table, self.typed)
        for row in of_table.table.rows:
            if sums.skips(row):
                continue
            if all(of_table.grid.cell(row, at) is None for at in of_table.columns):
                continue
            column = of_table.project_column
            if column is not None:
                project = as_text(of_table.grid.shown(row, column)).strip() or project
            section = of_table.tab.section
            if not section and not project:
                place = cell_name(of_table.grid.name, row + 1, (column or 0) + 1)
                self.typed.add_problem(place, PROJECT_COLUMN, f"请填写{PROJECT_COLUMN}")
                continue
            if not section and normal_name(project) not in keys:
                place = cell_name(of_table.grid.name, row + 1, (column or 0) + 1)
                self.typed.add_problem(place, PROJECT_COLUMN, "不能用作项目名称，应为 200 字以内的文字")
                continue
            section = section or OF_PROJECT + keys[normal_name(project)]
            if of_table.tab.region:
                above = self._read_row(of_table, section, row, above)
            else:
                self._read_scalars(of_table, section, row)
            count += 1
        of_table.told.notes += sums.notes
        return count

    def _read_row(self, of_table: Placed, section: str, row: int, above: Mapping[str, str]) -> dict[str, str]:
        tab = of_table.tab
        rows = self.forms.rows(section, tab.region)
        if rows is None:
            return {}
        if (section, tab.region) not in self.controls:
            self.controls[section, tab.region] = {
                column.name: Control(rows.template, column.name) for column in tab.columns
            }
            if self._replaces(of_table):
                self.typed.replaced.add((section, tab.region))
        controls = self.controls[section, tab.region]
        values = {name: "" if c.field.of_rows else c.untouched for name, c in controls.items()}
        columns = {name: at for at, name in of_table.columns.items() if name in controls}
        is_as_above = True
        for name, control in controls.items():
            cell = self._cell(of_table, row, columns[name], control) if name in columns else None
            if cell is not None:
                place = cell_name(of_table.grid.name, row + 1, columns[name] + 1)
                values[name] = self._text(of_table, control, cell, place)
            is_as_above = is_as_above and cell is None and _is_level(control)
            if is_as_above and name in columns:
                values[name] = above.get(name, values[name])
        found = TypedRow(
            of_table.grid.name, row + 1, {name: at + 1 for name, at in columns.items()}, new_key(), values
        )
        self.typed.add_row(section, tab.region, found)
        return values

    def _replaces(self, of_table: Placed) -> bool:
        return any(q.name.endswith("-mode") and q.answer == "replace" for q in of_table.told.questions)

    def _cell(self, of_table: Placed, row: int, column: int, control: Control) -> Raw:
        """The cell. In a column of choices, a covered cell has the merged value; a text belongs to its own row only."""
        if isinstance(control.field, UsualField | ChosenField | CodeField):
            return of_table.grid.shown(row, column)
        return of_table.grid.cell(row, column)

    def _read_scalars(self, of_table: Placed, section: str, row: int) -> None:
        form = self.forms.of(section)
        for at, column in of_table.columns.items():
            part, _, name = column.partition("-")
            fields = form.editors[part].fields if part in form.editors else None
            cell = of_table.grid.cell(row, at)
            if fields is None or name not in fields.fields or cell is None:
                continue
            place = cell_name(of_table.grid.name, row + 1, at + 1)
            text = self._text(of_table, Control(fields, name), cell, place)
            self.typed.add_text(section, Address(part, field=name), text, place)

    def _text(self, of_table: Placed, control: Control, cell: Raw, place: str) -> str:
        try:
            said = control.text(cell)
            if isinstance(control.field, AmountField) and of_table.unit is not None and said.strip():
                return plain(parse_amount(said, of_table.unit), self.typed.unit)
            return said
        except (UnreadableCell, AmountError) as refused:
            self.typed.add_problem(place, str(control.field.label), str(refused))
            return ""


class _Sums:
    """Recognises rows that are not data: sums, which are compared with the rows above, numbering, signatures."""

    def __init__(self, of_table: Placed, typed: Typed) -> None:
        self.of_table, self.typed = of_table, typed
        kinds = {column.name: column.kind for column in of_table.tab.columns}
        self.amounts = [at for at, name in of_table.columns.items() if kinds.get(name) == "amount"]
        self.all, self.part = {at: Decimal(0) for at in self.amounts}, {at: Decimal(0) for at in self.amounts}
        self.notes: list[str] = []
        self.is_first = True
        """Whether there was no row yet. A sum above the rows is not compared."""

    def skips(self, row: int) -> bool:
        texts = self.of_table.grid.texts(row)
        if not texts or (row == self.of_table.table.first and is_numbering(texts)):
            return True
        if is_footer(texts):
            self.notes.append(f"第 {row + 1} 行“{texts[0][:20]}”不是表中的行，没有导入")
            return True
        if is_total(texts):
            self._compare(row, next(text for text in texts if has_total([text])))
            return True
        if has_total(texts):
            place = cell_name(self.of_table.grid.name, row + 1, 1)
            message = f"第 {row + 1} 行像是合计，又写有别的内容，是合计就删去，不是就改名"
            self.typed.add_problem(place, "合计", message)
            return True
        self.is_first = False
        for at in self.amounts:
            amount = self._amount(row, at)
            if amount is not None:
                self.all[at] += amount
                self.part[at] += amount
        return False

    def _compare(self, row: int, said: str) -> None:
        note = f"第 {row + 1} 行“{said}”是各行之和，没有导入"
        sums = self.part if "小" in said else self.all
        for at in self.amounts:
            amount = self._amount(row, at)
            if amount is not None and not self.is_first and amount not in (self.all[at], self.part[at]):
                place = cell_name(self.of_table.grid.name, row + 1, at + 1)
                note += (
                    f"；{place} 写的是 {amount.normalize():f}，各行之和是 {sums[at].normalize():f}，请核对"
                )
        self.notes.append(note)
        self.part = {at: Decimal(0) for at in self.amounts}

    def _amount(self, row: int, at: int) -> Decimal | None:
        """The number in the sheet's own unit; None if the cell has none."""
        unit = self.of_table.unit or Unit.YUAN
        try:
            return parse_amount(as_text(self.of_table.grid.cell(row, at)), unit) / unit.factor
        except AmountError:
            return None


def is_name(text: str) -> bool:
    """Whether the text can be the name of a project."""
    try:
        return bool(NameField().clean(text))
    except ValidationError:
        return False


def _is_level(control: Control) -> bool:
    """Whether a blank cell of the column may stand for the value above, because the column groups rows."""
    return isinstance(control.field, UsualField) and not isinstance(control.field, CodeField)
