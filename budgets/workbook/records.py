"""What is typed in a workbook, whichever layout it came in: values as the forms' controls would post them.

Every value knows its cell, so that whatever a form says of a control is said of the cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

from ..domain.dossier import Dossier, ProjectDossier
from ..domain.money import Unit
from ..domain.schema import Application, Identity
from ..domain.types import new_key
from ..forms.base import PartForm
from ..forms.fields import AmountField, PartField, TickField, WholeField
from ..forms.pasting import NO_WORDS, YES_WORDS, flat_choices
from ..forms.rows import RowForm
from ..models import Report
from ..projects.continuation import keys_elsewhere, start_of
from .reading import Raw, address, as_text

Json = Any


@dataclass(frozen=True)
class CellProblem:
    """``place`` is ``项目支出明细测算!E14``, or a tab; ``title`` the column's."""

    place: str
    title: str
    message: str


@dataclass(frozen=True)
class NewProject:
    """A project that the report does not have yet; ``key`` is the one that it will have."""

    key: str
    identity: Mapping[str, Json]


@dataclass
class TypedRow:
    """One row of a list as posted: its controls by field. ``columns`` says which column of ``tab`` holds a field."""

    tab: str
    number: int
    columns: Mapping[str, int]
    key: str
    values: dict[str, str]
    hidden: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """The cell of a field; empty where the workbook has none."""
        at = self.columns.get(name)
        return address(self.tab, self.number, at) if at else ""


@dataclass
class Typed:
    """``dossier`` is the report with the projects that the workbook adds to it (``projects``).

    ``adds``: what is typed comes in addition to what the report holds, but in the lists of ``replaced`` (section
    and region). Else it is all that there is. ``bases`` are the sections' versions that it was made on.
    ``project`` is the key of the only project that it is about, if it is about one.
    """

    dossier: Dossier
    unit: Unit
    bases: Mapping[str, int]
    adds: bool = False
    project: str = ""
    replaced: set[tuple[str, str]] = field(default_factory=set)
    scalars: dict[str, dict[str, str]] = field(default_factory=dict)
    """By section: posted values by field with its part."""
    scalar_places: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, dict[str, list[TypedRow]]] = field(default_factory=dict)
    """By section and region."""
    projects: list[NewProject] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    def add_problem(self, place: str, title: str, message: str) -> None:
        self.problems.append(CellProblem(place, title, message))

    def add_row(self, section: str, region: str, row: TypedRow) -> None:
        self.lists.setdefault(section, {}).setdefault(region, []).append(row)

    def covers(self, section: str, project: str) -> bool:
        """Whether the workbook says anything of that section, be its lists empty now."""
        if section in self.scalars or section in self.lists:
            return True
        return not self.adds and self.project in ("", project)


class UnreadableCell(ValueError):
    """A cell that no control could hold; the message is Chinese."""


class Control:
    """Reads the cells of one column as the control of one field would be posted."""

    def __init__(self, form: PartForm, name: str) -> None:
        self.field: PartField = form.fields[name]
        self.untouched = _untouched(form, name)
        """What it holds in a new row before anybody touches it."""
        self._choices: dict[str, str] = {}
        if not self.field.of_rows:
            for value, label in reversed(flat_choices(self.field)):
                self._choices[unicodedata.normalize("NFKC", label)] = self._choices[value] = value

    def posted(self, cell: Raw) -> str:
        """Raises `UnreadableCell`."""
        text = as_text(cell)
        if isinstance(self.field, AmountField | WholeField):
            if isinstance(cell, date | time | timedelta | bool):
                raise UnreadableCell(f"“{text}”不是数字")
            return text
        if isinstance(self.field, TickField):
            said = unicodedata.normalize("NFKC", text).strip().lower()
            if said in YES_WORDS:
                return "on"
            if said not in NO_WORDS:
                raise UnreadableCell(f"“{text}”应为 是 或 否")
            return ""
        if self._choices:
            return self._choices.get(unicodedata.normalize("NFKC", text).strip(), text)
        return text


def with_new_projects(
    report: Report, dossier: Dossier, names: Sequence[str]
) -> tuple[Dossier, list[NewProject]]:
    """The report with a project of each name at its end: one that the department has elsewhere, or a new one."""
    if not names:
        return dossier, []
    known = keys_elsewhere(report)
    added = [
        ProjectDossier(
            known.get(name) or new_key(), {Identity: Identity(name=name[:200]), Application: start_of(report)}
        )
        for name in names
    ]
    return (
        replace(dossier, projects=(*dossier.projects, *added)),
        [NewProject(project.key, {"name": project.identity.name}) for project in added],
    )


def stored_row(row: RowForm) -> dict[str, str]:
    """A stored row as its page would post it unchanged."""
    return {name: _text(control, row[name].value()) for name, control in row.fields.items()}


def _untouched(form: PartForm, name: str) -> str:
    field = form.fields[name]
    return _text(field, form[name].value() if field.has_default() else "")


def _text(field: PartField, value: Any) -> str:
    return ("on" if value else "") if isinstance(field, TickField) else str(value or "")
