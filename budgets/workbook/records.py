"""The values typed in a workbook of any layout, as texts that the forms read.

Every value knows its cell, so that a form's message about a control can name the cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from ..domain.address import Address
from ..domain.dossier import Dossier, ProjectDossier
from ..domain.money import LIMIT as MOST_MONEY
from ..domain.money import AnyUnit, Unit, to_unit, unit_of
from ..domain.schema import Application, Identity
from ..domain.types import new_key
from ..files.spreadsheet import Failed, Shown, Uncomputed
from ..forms.base import PartForm
from ..forms.fields import (
    SHOWN,
    AmountField,
    CodeField,
    DateField,
    NameField,
    PartField,
    TickField,
    WholeField,
    YearField,
)
from ..forms.pasting import NO_WORDS, YES_WORDS, choice_of, flat_choices
from ..forms.rows import LIMIT, RowForm
from ..models import Report
from ..projects.continuation import keys_elsewhere, start_of
from .reading import Raw, WorkbookRefused, as_stored, as_text, cell_name

Json = Any
MOST_PROJECTS = 100
"""The most projects that one upload adds."""


@dataclass(frozen=True)
class CellProblem:
    """A problem. ``place`` is a cell (``项目支出明细测算!E14``) or a tab; ``title`` is the column's."""

    place: str
    title: str
    message: str


@dataclass(frozen=True)
class NewProject:
    """A project that the report does not have yet; ``key`` is its future key."""

    key: str
    identity: Mapping[str, Json]


@dataclass
class TypedRow:
    """One row of a list as texts by field. ``columns`` maps fields to columns of ``tab``."""

    tab: str
    number: int
    columns: Mapping[str, int]
    key: str
    values: dict[str, str]
    hidden: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """The cell of a field; empty if the workbook has none."""
        at = self.columns.get(name)
        return cell_name(self.tab, self.number, at) if at else ""


@dataclass
class Typed:
    """All typed values. ``dossier`` is the report with the projects that the workbook adds (``projects``).

    With ``adds``, the values are added to the report, except in the lists of ``replaced`` (section and region). Without
    it, they replace the report's content. ``bases`` are the versions of the sections that the workbook was made from.
    ``project`` is the key of its only project, if it covers just one.
    """

    dossier: Dossier
    unit: Unit
    bases: Mapping[str, int]
    adds: bool = False
    project: str = ""
    replaced: set[tuple[str, str]] = field(default_factory=set)
    fields: dict[str, dict[Address, dict[str, str]]] = field(default_factory=dict)
    """Texts outside lists by section, then by the address of the form and by field."""
    places: dict[str, dict[Address, str]] = field(default_factory=dict)
    """The cells of those texts by section and address."""
    lists: dict[str, dict[str, list[TypedRow]]] = field(default_factory=dict)
    """Rows by section and region."""
    projects: list[NewProject] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    full: set[tuple[str, str]] = field(default_factory=set)
    """Lists, by section and region, with more rows than they may have."""

    def add_problem(self, place: str, title: str, message: str) -> None:
        self.problems.append(CellProblem(place, title, message))

    def add_text(self, section: str, address: Address, text: str, place: str) -> None:
        """Add a text outside lists, from the cell at ``place``."""
        form = Address(address.object)
        self.fields.setdefault(section, {}).setdefault(form, {})[address.field] = text
        self.places.setdefault(section, {})[address] = place

    def add_row(self, section: str, region: str, row: TypedRow) -> None:
        """Add a row to a list; one more than it may have is a problem, and what follows is not read."""
        rows = self.lists.setdefault(section, {}).setdefault(region, [])
        if len(rows) < LIMIT:
            rows.append(row)
        elif (section, region) not in self.full:
            self.full.add((section, region))
            place = cell_name(row.tab, row.number, 1)
            self.add_problem(place, "行数", f"同一清单一次最多 {LIMIT} 行，从这一行起没有读，请分开填写")

    def covers(self, section: str, project: str) -> bool:
        """Whether the workbook covers that section, even if its lists are empty."""
        if section in self.fields or section in self.lists:
            return True
        return not self.adds and self.project in ("", project)


class UnreadableCell(ValueError):
    """A cell that no control can hold; the message is Chinese."""


@dataclass(frozen=True)
class Reading:
    """The text of a cell as its field reads it. ``note`` says what was not taken as it is stored, empty if nothing."""

    text: str
    note: str = ""


class Control:
    """Converts the cells of one column to texts as one field reads them."""

    def __init__(self, form: PartForm, name: str) -> None:
        self.field: PartField = form.fields[name]
        self.untouched = _untouched(form, name)
        """The value of the control in a new, untouched row."""
        self._offered = [] if self.field.of_rows else flat_choices(self.field)
        self._choices: dict[str, str] = {}
        """The choices by what cells said so far."""
        self._takes_any = isinstance(self.field, NameField | CodeField) and not self._offered
        """Whether a text is read as it stands in its cell."""

    def text(self, cell: Raw) -> str:
        """Convert one cell. Raises `UnreadableCell`."""
        return self.read(cell).text

    def read(self, cell: Raw, unit: AnyUnit | None = None) -> Reading:
        """Convert one cell, whose amount is in ``unit``. Raises `UnreadableCell`.

        An amount in 元 that is stored finer than 分 and shown with two places is taken as shown, which the note says. It
        is not where the unit is not known.
        """
        if self._takes_any and isinstance(cell, str):
            return Reading(cell)
        if isinstance(cell, Uncomputed):
            raise UnreadableCell("是公式，文件里没有它的结果，请用 Excel 或 WPS 打开并保存后再上传")
        if isinstance(cell, Failed):
            raise UnreadableCell(f"公式出错（{cell.text}），请改正后再上传")
        if isinstance(self.field, AmountField):
            return _amount(cell, unit)
        if (
            isinstance(cell, Shown)
            and not cell.is_certain
            and not isinstance(self.field, WholeField | DateField)
        ):
            raise UnreadableCell(
                f"这一格的数字格式认不出，存的是 {cell.text[:SHOWN]}，请改成文本，写上要填的内容"
            )
        return Reading(self._text(cell))

    def _text(self, cell: Raw) -> str:
        if isinstance(self.field, WholeField):
            return _whole(self.field, cell)
        if isinstance(self.field, DateField):
            return _date(cell)
        text = as_text(cell)
        if isinstance(self.field, TickField):
            return _tick(as_stored(cell), text)
        if not self._offered:
            return text
        if text not in self._choices:
            found = choice_of(text, self._offered)
            self._choices[text] = text if found is None else found
        return self._choices[text]


def _amount(cell: Raw, unit: AnyUnit | None) -> Reading:
    stored = _stored_number(cell)
    if isinstance(cell, Shown) and not _agrees(cell.text, stored, unit):
        raise UnreadableCell(
            f"显示的是“{cell.text[:SHOWN]}”，存的是 {stored[:SHOWN]}，请改用普通的数字格式后再上传"
        )
    if unit is not Unit.YUAN or not isinstance(cell, Shown) or cell.places != 2 or not cell.is_certain:
        return Reading(stored)
    exact = Decimal(stored)
    if not exact.is_finite() or abs(exact) > MOST_MONEY or (rounded := to_unit(exact, unit)) == exact:
        return Reading(stored)
    return Reading(f"{rounded:f}", f"存的是 {stored}，按显示的 {cell.text} 取")


_DIGITS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_SAID_UNIT = re.compile(r"[十百千仟万亿]+元?|元|角")


def _agrees(text: str, stored: str, unit: AnyUnit | None) -> bool:
    """Whether the text that an amount's format shows is the stored number, but for rounding."""
    said = _SAID_UNIT.search(text)
    if "%" in text or (said and unit_of(said[0]) is not unit):
        return False
    exact, shown = abs(Decimal(stored)), _DIGITS.search(text)
    if shown is None:
        return not exact
    number = shown[0].replace(",", "")
    places = len(number.partition(".")[2])
    return not exact.is_finite() or abs(Decimal(number) - exact) <= Decimal(1).scaleb(-places)


def _whole(field: WholeField, cell: Raw) -> str:
    if isinstance(cell, Shown) and isinstance(field, YearField) and isinstance(cell.value, date):
        return str(cell.value.year)
    return _stored_number(cell)


def _stored_number(cell: Raw) -> str:
    """The stored number, or the text. Raises `UnreadableCell` for what is neither."""
    if isinstance(cell, bool) or (isinstance(cell, Shown) and not isinstance(cell.value, int | float)):
        raise UnreadableCell(f"“{as_text(cell)}”不是数字")
    return as_stored(cell)


def _date(cell: Raw) -> str:
    if isinstance(cell, Shown) and isinstance(cell.value, date):
        return f"{cell.value:%Y-%m-%d}"
    return as_text(cell)


def _tick(stored: str, text: str) -> str:
    said = unicodedata.normalize("NFKC", stored).strip().lower()
    if said in YES_WORDS:
        return "on"
    if said not in NO_WORDS:
        raise UnreadableCell(f"“{text}”应为 是 或 否")
    return ""


def with_new_projects(
    report: Report, dossier: Dossier, names: Sequence[str]
) -> tuple[Dossier, list[NewProject]]:
    """Add a project of each name at the end: one that the department has in another report, or a new one.

    Raises `WorkbookRefused` if there are too many.
    """
    if not names:
        return dossier, []
    if len(names) > MOST_PROJECTS:
        raise WorkbookRefused(f"一次最多新增 {MOST_PROJECTS} 个项目，这里有 {len(names)} 个，请分几次上传")
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
