"""A form (项目申报表) in a department's own sheet: labels with their values beside them, between and above its tables.

Only texts that are a label of the project's page are read; the value stands to the right, or behind a colon. Labels
without a place are listed as left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from ..domain.money import UNITS, AnyUnit
from ..forms.headings import plain, unit_in_heading, unit_said
from ..forms.sections import SectionForm
from .detection import Grid, Target
from .placed import (
    LEFT_OUT,
    ColumnTaken,
    DepartmentTable,
    LeftOut,
    Question,
    left_cells,
    shortened,
    why_outside,
)
from .reading import Raw, as_text, cell_name
from .records import Typed
from .values import put_scalar

DERIVED = frozenset(
    {
        "项目当年预算",
        "当年预算",
        "来源项目",
        "一般公共预算财政拨款",
        "申请当年预算拨款",
        "政府性基金预算财政拨款",
    }
    | {"国有资本经营预算财政拨款", "财政专户管理资金", "单位资金", "使用上年度财政拨款结转", "合计"}
)
"""Labels of the form for sums of the lines."""

LEAST = 2
"""The least number of labels that make a form."""


@dataclass(frozen=True)
class Labelled:
    """A label of the project's page in a sheet, and the cell with its value."""

    name: str
    label: str
    row: int
    column: int
    value: Raw
    at: tuple[int, int]
    """The cell of the label."""

    @property
    def cell(self) -> str:
        return f"{get_column_letter(self.column + 1)}{self.row + 1}"


@dataclass
class FormSheet:
    """The labels of one sheet. ``told`` is what the page shows; ``project`` is the name of its project."""

    grid: Grid
    found: list[Labelled]
    told: DepartmentTable
    unit: AnyUnit | None
    project: str = ""
    taken: tuple[tuple[str, Labelled], ...] = ()
    """The labels that are taken, each with its field."""


def find_form(grid: Grid, target: Target, rows: Collection[int]) -> FormSheet | None:
    """The form in ``rows``, those outside tables; None if fewer than `LEAST` labels stand there."""
    found: dict[str, Labelled] = {}
    for labelled in _labelled(grid, target, rows):
        found.setdefault(labelled.name, labelled)
    if len(found) < LEAST:
        return None
    lines = [text for row in sorted(rows) for text in grid.texts(row)]
    told = DepartmentTable(f"“{grid.name}”页的各项", signature="|".join(sorted(found)))
    return FormSheet(grid, list(found.values()), told, unit_said([*lines, grid.name]))


def _labelled(grid: Grid, target: Target, rows: Collection[int]) -> Iterator[Labelled]:
    for row in sorted(rows):
        for column in range(grid.width):
            cell = grid.cell(row, column)
            if not isinstance(cell, str):
                continue
            before, colon, after = cell.replace("：", ":").partition(":")
            name = target.headings.title(before.strip()) if before.strip() else None
            if not name:
                continue
            if colon and after.strip():
                yield Labelled(name, before.strip(), row, column, after.strip(), (row, column))
                continue
            beside = grid.right_of(row, column)
            value = grid.cell(row, beside)
            if value is not None and not (isinstance(value, str) and target.headings.title(value)):
                yield Labelled(name, cell.strip(), row, beside, value, (row, column))


def place_form(form: FormSheet, target: Target, answers: Mapping[str, str], prefix: str) -> None:
    """Show each label with its value, and choose its field, as answered."""
    options = [
        *((name, title.partition("（")[0]) for name, title in target.titles.items()),
        (LEFT_OUT, "不导入"),
    ]
    taken: dict[str, Labelled] = {}
    for labelled in form.found:
        name = f"{prefix}-label-{labelled.cell}"
        answer = answers.get(name, "")
        answer = answer if answer in dict(options) else labelled.name
        note = ""
        if answer in taken:
            note, answer = f"与 {taken[answer].cell} 重复", LEFT_OUT
        question = Question(name, labelled.label, options, answer)
        samples = [shortened(as_text(labelled.value))]
        form.told.columns.append(ColumnTaken(labelled.cell, labelled.label, samples, question, note))
        if answer == LEFT_OUT:
            place = cell_name(form.grid.name, labelled.row + 1, labelled.column + 1)
            form.told.left.append(LeftOut(place, shortened(as_text(labelled.value)), "选了不导入"))
        else:
            taken[answer] = labelled
    form.taken = tuple(taken.items())


def ask_unit(form: FormSheet, target: Target, typed: Typed, answers: Mapping[str, str], prefix: str) -> None:
    """Ask for the unit of the amounts if the sheet does not say it."""
    amounts = {column.name for column in target.tab.columns if column.kind == "amount"}
    asked = [
        labelled
        for name, labelled in form.taken
        if name in amounts
        and not unit_in_heading(labelled.label)
        and any(map(str.isdigit, as_text(labelled.value)))
    ]
    if not asked or form.unit is not None:
        return
    name = f"{prefix}-unit"
    answer = answers.get(name, "")
    form.unit = UNITS.get(answer)
    options = [(label, label) for label in UNITS]
    form.told.questions.append(Question(name, "金额单位", options, answer, form.unit is None))
    if form.unit is None:
        place = cell_name(form.grid.name, asked[0].row + 1, asked[0].column + 1)
        typed.add_problem(place, asked[0].label, "没有写明金额单位，请选择元或万元等")


def leave_out_rest(form: FormSheet, rows: Collection[int]) -> None:
    """List what stands in ``rows`` besides the labels and their values."""
    known = {cell for labelled in form.found for cell in (labelled.at, (labelled.row, labelled.column))}
    for row in sorted(rows):
        rest = [
            column
            for column in range(form.grid.width)
            if (row, column) not in known and form.grid.cell(row, column) is not None
        ]
        if rest:
            form.told.left.append(left_cells(form.grid, row, rest, _why(form.grid, row, rest)))


def _why(grid: Grid, row: int, columns: Sequence[int]) -> str:
    said = plain(
        as_text(grid.cell(row, columns[0])).partition("：")[2] or as_text(grid.cell(row, columns[0]))
    )
    return "由明细得出，不用导入" if said in DERIVED else why_outside(grid, row)


def read_form(form: FormSheet, typed: Typed, section: str, fields_of: SectionForm) -> None:
    """Put the values of a form into the project's section."""
    for name, labelled in form.taken:
        part, _, field = name.partition("-")
        fields = fields_of.editors[part].fields if part in fields_of.editors else None
        if fields is None or field not in fields.fields:
            continue
        place = cell_name(form.grid.name, labelled.row + 1, labelled.column + 1)
        unit = unit_in_heading(labelled.label) or form.unit
        put_scalar(typed, section, fields, field, labelled.value, place, unit, form.told.notes)
