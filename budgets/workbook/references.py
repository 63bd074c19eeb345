"""Kinds of rows that a sheet does not write because they follow from the table in which the rows are named.

The goals of a 项目申报表 stand in one list, and their indicators in a table for each kind (长期绩效目标表,
年度绩效目标表): a goal is of the kind in whose table it is named, else of the kind that its own name begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..forms.fields import ChosenField, PartField, normal_name
from ..forms.pasting import flat_choices
from .book import StoredForms
from .department_rows import RowTaken
from .detection import kind_of_tab

NAME = "name"


def complete_kinds(taken: Sequence[RowTaken], forms: StoredForms) -> None:
    """Fill in the choices of ``taken`` that no column has."""
    named = _named(taken, forms)
    for row in taken:
        fields = forms.fields(row.of_table.tab)
        if NAME not in row.row.columns or any(field.of_rows for field in fields.values()):
            continue
        said = normal_name(row.row.values.get(NAME, ""))
        for name, field in fields.items():
            if isinstance(field, ChosenField) and name not in row.row.columns:
                kinds = named.get((row.section, said), set())
                found = _choices(field, kinds) or _choices(field, {said[:2]})
                if len(found) == 1:
                    row.row.values[name] = found[0]


def _named(taken: Sequence[RowTaken], forms: StoredForms) -> Mapping[tuple[str, str], set[str]]:
    """The kinds of the tables that name a row, by section and name."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in taken:
        for name, field in forms.fields(row.of_table.tab).items():
            if field.of_rows and (said := row.row.values.get(name)):
                key = row.section, normal_name(said)
                found.setdefault(key, set()).add(kind_of_tab(row.of_table.tab))
    return found


def _choices(field: PartField, kinds: set[str]) -> list[str]:
    """The choices whose labels begin with one of the kinds."""
    return [value for value, label in flat_choices(field) if value and label[:2] in kinds]
