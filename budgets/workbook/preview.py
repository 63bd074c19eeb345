"""What a workbook would write, and what its page shows of that before it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..storage.sections import SectionValues
from .placed import DepartmentTable
from .records import CellProblem, NewProject
from .rows_already_there import RepeatedRows

Json = Any


@dataclass(frozen=True)
class PlannedSection:
    """A section as the workbook has it, made on version ``base``. ``stored`` is what the report has; None if nothing."""

    key: str
    base: int
    values: SectionValues
    stored: Mapping[str, Json] | None

    @property
    def content(self) -> Mapping[str, Json]:
        """JSON by part key."""
        return self.values.json


@dataclass(frozen=True)
class CellChange:
    """Like `budgets.changes.wording.FieldChange`, with the cell that it comes from; empty without a cell."""

    place: str
    old: str
    new: str
    cell: str


@dataclass
class Preview:
    """What the page shows of a workbook before it is written: problems, or changes."""

    problems: list[CellProblem] = field(default_factory=list)
    projects: list[NewProject] = field(default_factory=list)
    changes: list[CellChange] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    """Titles of sections that were saved since the workbook was made. Their changes are kept."""
    repeated: list[RepeatedRows] = field(default_factory=list)
    """Lists to which only rows would be added that they have already. Nothing is written until that is decided."""
    tables: list[DepartmentTable] = field(default_factory=list)
    """The tables outside the workbook's tabs, and their results."""
    notes: list[str] = field(default_factory=list)
    """Notes about sheets that were not read."""
    proposed: dict[str, str] = field(default_factory=dict)
    """What the questions about its tables proposed by themselves, by the names of their controls."""
    remembered: list[str] = field(default_factory=list)
    """The names of the questions that were answered as the department did last."""
    memory: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is to be remembered of the answers (`budgets.workbook.memory`)."""

    @property
    def is_clean(self) -> bool:
        return not self.problems

    @property
    def repeats_all(self) -> bool:
        """Whether no list would gain a row that it does not have."""
        return not any(each.new for each in self.repeated)

    @property
    def is_ready(self) -> bool:
        """Whether everything is decided, so that it can be written."""
        return not self.problems and not self.repeated


@dataclass
class ImportPlan(Preview):
    """The result of reading a workbook: problems, or the sections to be written."""

    sections: list[PlannedSection] = field(default_factory=list)
