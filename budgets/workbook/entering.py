"""Enter what a workbook has of a section into the section's form, as its page would post it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..domain.address import Address
from ..domain.types import new_key
from ..forms.entered import EnteredCells, EnteredRow
from ..forms.pasting import flat_choices, key_of
from ..forms.rows import RowForms
from ..forms.sections import SectionForm
from ..storage.sections import Section
from .book import StoredForms, form_of
from .records import Typed, TypedRow, stored_row


def filled_in(forms: StoredForms, typed: Typed, section: Section) -> SectionForm:
    """The section's form with what ``typed`` has of it. ``forms`` are those of the report."""
    entered = EnteredCells(dict(typed.fields.get(section.key, {})))
    lists = typed.lists.get(section.key, {})
    for editor in forms.of(section.key).editors.values():
        for rows in editor.sub_tables:
            adds = typed.adds and (section.key, rows.region) not in typed.replaced
            _enter_rows(entered, rows, lists.get(rows.region, []), adds)
    form = form_of(forms.report, typed.dossier, typed.unit, section, entered)
    if _resolve_rows(form, entered):
        form = form_of(forms.report, typed.dossier, typed.unit, section, entered)
    return form


def _enter_rows(entered: EnteredCells, rows: RowForms, found: Sequence[TypedRow], adds: bool) -> None:
    """Enter the rows ``found`` of one list; with ``adds`` below the stored ones."""
    if rows.form.fixed:
        for row in found:
            entered.fields.setdefault(Address(rows.region, row.key), {}).update(row.values)
        return
    texts: dict[str, Mapping[str, str]] = {}
    if adds:
        stored = (row for row in rows.rows if not row.is_blank and row.key not in rows.offered)
        texts = {row.key: {**stored_row(row), **row.hidden_values} for row in stored}
    texts |= {row.key: {**row.values, **row.hidden} if row.hidden else row.values for row in found}
    entered.lists[rows.region] = [
        EnteredRow(index, key, values)
        for index, (key, values) in enumerate((texts or {new_key(): {}}).items())
    ]


def _resolve_rows(form: SectionForm, entered: EnteredCells) -> bool:
    """Replace the names of other rows (goals) by their keys; returns whether there were any."""
    found = False
    for editor in form.editors.values():
        for rows in editor.sub_tables:
            names = [name for name, field in rows.form.shared_fields(form.context).items() if field.of_rows]
            given = {row.index: row for row in rows.rows} if names else {}
            for at, row in enumerate(entered.rows(rows.region) if names else ()):
                keys = {
                    name: key_of(row.values[name], flat_choices(given[row.index].fields[name]))
                    for name in names
                    if row.values.get(name) is not None and name in given[row.index].fields
                }
                if keys:
                    found = True
                    entered.lists[rows.region][at] = replace(row, values={**row.values, **keys})
    return found
