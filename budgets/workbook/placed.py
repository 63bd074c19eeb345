"""A table of a department's own sheet with all that is known about it, and what the page shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase

from openpyxl.utils import get_column_letter

from ..domain.money import AnyUnit
from ..files.spreadsheet import Uncomputed
from ..forms.fields import PartField
from ..forms.headings import unit_said
from .book import Tab
from .detection import PROJECT, Grid, Heading, Table
from .reading import Raw, as_text, cell_name

NAME = "identity-name"
LEFT_OUT = "-"
"""The answer that leaves a table, a column or a row out of the import."""
TAKEN_IN = "+"
"""The answer that takes rows in."""
MOST_LEFT = 1000
"""The most places of one table that are listed."""
SHOWN = 40
"""The most characters of a cell that a note repeats."""

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


@dataclass(frozen=True)
class LeftOut:
    """A row, column or cell that is not taken: its place (``页!格``), what it says, and why."""

    place: str
    text: str
    why: str


@dataclass(frozen=True)
class ColumnTaken:
    """A column of the sheet: its heading, some of its values, and the question what it is."""

    letter: str
    heading: str
    samples: Sequence[str]
    question: Question
    note: str = ""

    @property
    def title(self) -> str:
        """What it is taken for."""
        return dict(self.question.options).get(self.question.answer, "")


@dataclass
class DepartmentTable:
    """One table as the page shows it: its place, the result, the questions about it, and what is not taken."""

    place: str
    rows: int = 0
    columns: list[ColumnTaken] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    """About the table as a whole, and about single rows."""
    notes: list[str] = field(default_factory=list)
    left: list[LeftOut] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    """Sums and other statements of the sheet that contradict it."""
    signature: str = ""
    """Its headings, by which the answers about it are found again."""

    @property
    def asked(self) -> list[Question]:
        """All questions, those about its columns first."""
        return [*(column.question for column in self.columns), *self.questions]

    @property
    def open(self) -> list[Question]:
        """The questions that need an answer."""
        return [question for question in self.asked if question.is_open]


@dataclass
class Placed:
    """A table with all that is known about it. ``project`` is a name; ``columns`` maps sheet columns to the tab's.

    ``fields`` are the tab's form fields by column. ``beside`` are columns with names of subjects, each mapped to the
    column with their codes. ``prefix`` begins the names of its questions.
    """

    table: Table
    told: DepartmentTable
    heading: Heading
    columns: dict[int, str]
    fields: Mapping[str, PartField]
    prefix: str
    unit: AnyUnit | None = None
    project: str = ""
    beside: dict[int, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    """The rows that are taken."""

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

    def columns_of(self, *kinds: str) -> list[int]:
        """The sheet's columns that belong to a column of the tab of one of these kinds."""
        known = {column.name: column.kind for column in self.tab.columns}
        return [at for at, name in self.columns.items() if known.get(name) in kinds]

    def project_names(self) -> Iterator[str]:
        """Every project that it names, as written in the sheet, each once."""
        column = self.project_column
        if column is None:
            yield self.project
            return
        yield from dict.fromkeys(as_text(self.grid.cell(row, column)).strip() for row in self.rows)

    def place(self, row: int, column: int) -> str:
        """The cell, counted from 0, as ``页!格``."""
        return cell_name(self.grid.name, row + 1, column + 1)

    def leave_out(self, row: int, why: str) -> None:
        self.told.left.append(left_row(self.grid, row, why))


def left_row(grid: Grid, row: int, why: str) -> LeftOut:
    """A row that is not taken."""
    return left_cells(grid, row, [at for at in range(grid.width) if grid.cell(row, at) is not None], why)


def left_cells(grid: Grid, row: int, columns: Sequence[int], why: str) -> LeftOut:
    """Cells of a row that are not taken."""
    place = cell_name(grid.name, row + 1, columns[0] + 1)
    if len(columns) > 1:
        place += f":{get_column_letter(columns[-1] + 1)}{row + 1}"
    text = "｜".join(_said(grid.cell(row, at)) for at in columns)
    return LeftOut(place, shortened(text), why)


def why_outside(grid: Grid, row: int) -> str:
    """Why a line beside tables is not taken."""
    texts = grid.texts(row)
    if not texts:
        return "是没有结果的公式"
    if unit_said(texts) is not None and len(texts) == 1:
        return "是金额单位"
    if len(texts) > 1:
        return "在表外"
    return "没有对应的栏目" if "：" in texts[0] or ":" in texts[0] else "是标题或说明"


def in_order(left: Iterable[LeftOut]) -> list[LeftOut]:
    """By sheet and row."""

    def row(item: LeftOut) -> tuple[str, int]:
        sheet, _, cell = item.place.rpartition("!")
        return sheet, int(cell.partition(":")[0].lstrip(ascii_uppercase))

    found = sorted(left, key=row)
    if len(found) <= MOST_LEFT:
        return found
    rest = f"另有 {len(found) - MOST_LEFT} 处"
    return [*found[:MOST_LEFT], LeftOut(found[MOST_LEFT].place, rest, "同上各种原因，从这里起不再逐一列出")]


def _said(cell: Raw) -> str:
    return f"={cell.formula}" if isinstance(cell, Uncomputed) else as_text(cell).strip()


def shortened(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= SHOWN else f"{said[: SHOWN - 1]}…"
