"""Kinds of rows that a sheet does not write because they follow from the table in which the rows are named.

The goals of a 项目申报表 stand in one list, and their indicators in a table for each kind (长期绩效目标表,
年度绩效目标表): a goal is of the kind in whose table it is named, else of the kind that its own name begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..forms.fields import ChosenField, PartField, normal_name
from ..forms.pasting import flat_choices
from ..forms.rows import RowForm
from .book import StoredForms, Tab
from .department_rows import RowTaken
from .detection import kind_of_tab
from .records import stored_row

NAME = "name"


def complete_kinds(taken: Sequence[RowTaken], forms: StoredForms, tabs: Sequence[Tab]) -> None:
    """Fill in the choices of ``taken`` that no column has, in lists whose rows are named in other ``tabs``.

    A row that is called as a stored one is that row with what the sheet says of it.
    """
    named = _named(taken, forms)
    naming = {str(field.label) for tab in tabs for field in forms.fields(tab).values() if field.of_rows}
    for row in taken:
        fields = forms.fields(row.of_table.tab)
        if NAME not in row.row.columns or str(fields[NAME].label) not in naming:
            continue
        if any(field.of_rows for field in fields.values()):
            continue
        said = normal_name(row.row.values.get(NAME, ""))
        for name, field in fields.items():
            if isinstance(field, ChosenField) and name not in row.row.columns:
                kinds = named.get((row.section, said), set())
                found = _choices(field, kinds) or _choices(field, {said[:2]})
                if len(found) == 1:
                    row.row.values[name] = found[0]
        _take_place(row, forms)


def _take_place(row: RowTaken, forms: StoredForms) -> None:
    stored = forms.rows(row.section, row.region)
    said = normal_name(row.row.values[NAME])
    same = [known for known in stored.rows if normal_name(_name(known)) == said] if stored and said else []
    if len(same) == 1 and not same[0].is_blank:
        row.row.key, row.row.hidden = same[0].key, same[0].hidden_values
        kept = {n: t for n, t in stored_row(same[0]).items() if n not in row.row.columns}
        row.row.values.update({n: t for n, t in kept.items() if n in row.row.values})


def _name(row: RowForm) -> str:
    return str(row[NAME].value() or "")


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
