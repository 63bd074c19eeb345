"""The cells of a workbook from which problems and changes come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..domain.address import Address
from ..domain.dossier import PROJECT
from ..forms.sections import SectionForm
from .records import Typed, TypedRow


@dataclass(frozen=True)
class Origin:
    """The cell of a field (``页!格``), and the title of its column."""

    place: str
    title: str


class Origins:
    """The cells of all that was ``typed``."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed

    @cached_property
    def _rows(self) -> Mapping[str, TypedRow]:
        """The rows of all lists by key."""
        lists = self.typed.lists.values()
        return {row.key: row for of_section in lists for rows in of_section.values() for row in rows}

    def of_fields(self, section: str, form: SectionForm) -> Mapping[Address | None, Origin]:
        """The origins of a section's fields by their address, as far as the workbook has them."""
        known: dict[Address | None, Origin] = {}
        cells = self.typed.places.get(section, {})
        lists = self.typed.lists.get(section, {})
        for editor in form.editors.values():
            if editor.fields is not None:
                for name, field in editor.fields.fields.items():
                    address = editor.fields.address(name)
                    if address in cells:
                        known[address] = Origin(cells[address], str(field.label))
            for rows in editor.sub_tables:
                typed = {row.key: row for row in lists.get(rows.region, ())}
                for form_row in rows.rows:
                    row = typed.get(form_row.key)
                    for name, field in form_row.fields.items():
                        if row is not None and name in row.columns:
                            known[form_row.address(name)] = Origin(row.place(name), str(field.label))
        return known

    def of_change(self, path: Sequence[str]) -> str:
        """The cell of a field in a list, else its row; for a field outside lists its own cell.

        ``path`` is one of `budgets.changes.merge` in the whole report.
        """
        keys = [step[1:-1] for step in path if step.startswith("[")]
        row = self._rows.get(keys[-1]) if keys else None
        if row is not None:
            return row.place(path[-1]) or f"{row.tab}!{row.number}"
        places = self.typed.places
        if path[0] == "projects":
            section, path = f"{PROJECT}{keys[0]}" if keys else "", path[2:]
            cells = places.get(section, {})
            return cells.get(_of_form(path), "") or cells.get(Address("identity", field="name"), "")
        address = _of_form(path)
        return next((cells[address] for cells in places.values() if address in cells), "")


def _of_form(path: Sequence[str]) -> Address:
    """The address of a path outside lists."""
    return Address(path[0] if path else "", field="-".join(path[1:]))
