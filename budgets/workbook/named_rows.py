"""Kinds of rows that a sheet does not write because they follow from the table in which the rows are named.

The goals of a 项目申报表 stand in one list, and their indicators in a table for each kind (长期绩效目标表,
年度绩效目标表): a goal is of the kind in whose table it is named, else of the kind that its own name begins with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..forms.fields import ChosenField, PartField, normal_name
from ..forms.pasting import flat_choices
from ..forms.rows import RowForm
from .book import StoredForms, Tab
from .department_rows import RowTaken
from .detection import kind_of_tab
from .records import TypedRow, stored_row

NAME = "name"


def complete_kinds(taken: Sequence[RowTaken], forms: StoredForms, tabs: Sequence[Tab]) -> None:
    """Fill in the choices of ``taken`` that no column has, in lists whose rows are named in other ``tabs``.

    A row that is called as a stored one is that row with what the sheet says of it.
    """
    fields = {tab.title: forms.fields(tab) for tab in tabs}
    naming = {str(field.label) for known in fields.values() for field in known.values() if field.of_rows}
    named = _named(taken, fields)
    kinds_of = {title: _Kinds(found, naming) for title, found in fields.items()}
    for row in taken:
        kinds = kinds_of[row.of_table.tab.title]
        if not kinds.choices:
            continue
        said = normal_name(row.row.values.get(NAME, ""))
        for name in kinds.missing(row.row):
            value = kinds.choice(name, named.get((row.section, said), set())) or kinds.choice(
                name, {said[:2]}
            )
            if value:
                row.row.values[name] = value
        _take_place(row, forms)


def _take_place(row: RowTaken, forms: StoredForms) -> None:
    stored = forms.rows(row.section, row.region)
    said = normal_name(row.row.values.get(NAME, ""))
    same = [known for known in stored.rows if normal_name(_name(known)) == said] if stored and said else []
    if len(same) == 1 and not same[0].is_blank:
        row.row.key, row.row.hidden = same[0].key, same[0].hidden_values
        kept = {n: t for n, t in stored_row(same[0]).items() if n not in row.row.columns}
        row.row.values.update({n: t for n, t in kept.items() if n in row.row.values})


def _name(row: RowForm) -> str:
    return str(row[NAME].value() or "")


class _Kinds:
    """The choices of a tab's rows that may follow from tables in which the rows are named."""

    def __init__(self, fields: Mapping[str, PartField], naming: Collection[str]) -> None:
        is_named = NAME in fields and str(fields[NAME].label) in naming
        names_others = any(field.of_rows for field in fields.values()) or not is_named
        self.choices = {
            name: [(value, label[:2]) for value, label in flat_choices(field) if value]
            for name, field in fields.items()
            if isinstance(field, ChosenField) and not names_others
        }

    def missing(self, row: TypedRow) -> list[str]:
        """The choices that no column of a named row has."""
        return [name for name in self.choices if name not in row.columns] if NAME in row.columns else []

    def choice(self, name: str, kinds: Collection[str]) -> str:
        """The only choice whose label begins with one of the kinds; empty without one."""
        found = [value for value, begins in self.choices[name] if begins in kinds]
        return found[0] if len(found) == 1 else ""


def _named(
    taken: Sequence[RowTaken], fields: Mapping[str, Mapping[str, PartField]]
) -> Mapping[tuple[str, str], set[str]]:
    """The kinds of the tables that name a row, by section and name. ``fields`` are those of each tab."""
    found: dict[tuple[str, str], set[str]] = {}
    naming = {
        title: [name for name, field in known.items() if field.of_rows] for title, known in fields.items()
    }
    for row in taken:
        for name in naming[row.of_table.tab.title]:
            if said := row.row.values.get(name):
                key = row.section, normal_name(said)
                found.setdefault(key, set()).add(kind_of_tab(row.of_table.tab))
    return found
