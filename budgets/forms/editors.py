"""The editor of a part: its scalars in one form, its lists in rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from ..domain.address import Address
from ..renderers.html import RegionForms
from .base import FormProblem, Json, PartForm
from .context import EditContext
from .entered import Entered
from .rows import RowForm, RowForms


class Editor:
    """Edits one part of a section. ``value`` is the part as `Part.dump` gives it.

    ``form`` holds the part's scalars, ``lists`` the row form of each of its lists by the list's name.
    ``template`` renders the part if it is not edited in a layout, ``aside`` what it shows below a layout. Scalars that
    a layout leaves out are offered beside it unless ``offers_others`` is False. ``scripts`` are the ES modules, as static
    files, that a page of the part loads besides those of every section.
    """

    form: ClassVar[type[PartForm] | None] = None
    lists: ClassVar[Mapping[str, type[RowForm]]] = {}
    template: ClassVar[str] = "entry/widgets/part.html"
    aside: ClassVar[str] = ""
    offers_others: ClassVar[bool] = True
    scripts: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, part_key: str, value: Mapping[str, Json], entered: Entered | None, context: EditContext
    ) -> None:
        self.key, self.value, self.entered, self.context = part_key, value, entered, context
        self.fields = self._scalars()
        self.rows = {
            name: RowForms(form, self.stored_rows(name), entered, context, blank=self._not_stored(name))
            for name, form in self.lists.items()
        }
        self.errors: list[str] = []

    def _scalars(self) -> PartForm | None:
        if self.form is None:
            return None
        names = self.form.shared_fields(self.context)
        texts = self.entered.values(self.key, "", names) if self.entered else None
        return self.form(self.key, self.value, texts, self.context)

    def stored_rows(self, name: str) -> Sequence[Mapping[str, Json]]:
        """The rows of one list as JSON; for fixed rows, every row of the list that is given."""
        return self.value.get(name, [])

    def _not_stored(self, name: str) -> set[str]:
        """Identities of the fixed or offered rows that `stored_rows` adds to the stored ones."""
        identity = self.lists[name].identity
        if not self.lists[name].fixed:
            return set()
        stored = {str(row.get(identity)) for row in self.value.get(name, [])}
        return {str(row.get(identity)) for row in self.stored_rows(name)} - stored

    def is_valid(self) -> bool:
        self.errors = []
        parts = [self.fields.ok()] if self.fields else []
        parts += [rows.ok() for rows in self.rows.values()]
        return all(parts) and self.clean() and not self.errors

    def clean(self) -> bool:
        """Check several fields together. Reports problems by `add_error` on a row or form."""
        return True

    def content(self) -> dict[str, Json]:
        """The part as exchange JSON. Call it only if valid."""
        typed = self.fields.content() if self.fields else self.value
        return {**typed, **{name: rows.content() for name, rows in self.rows.items()}}

    def problems(self) -> Iterator[FormProblem]:
        """Every error."""
        for message in self.errors:
            yield FormProblem(None, "", message)
        for form in (self.fields, *self.rows.values()):
            if form is not None:
                yield from form.problems()

    def command(self, command: str, data: QueryDict) -> QueryDict | None:
        """``data`` after a command that changes rows without saving; None if it is not this part's command."""
        for rows in self.rows.values():
            changed = rows.command(command, data)
            if changed is not None:
                return changed
        return None

    @property
    def sub_tables(self) -> list[RowForms]:
        return list(self.rows.values())

    # --- by place in a layout ---

    @cached_property
    def controls(self) -> dict[Address, PartForm]:
        """The form of each field by its address on the page."""
        forms: list[PartForm] = [self.fields] if self.fields else []
        forms += [row for rows in self.rows.values() for row in rows.rows]
        return {form.address(name): form for form in forms for name in form.fields}

    def field(self, address: Address) -> SafeString | None:
        """The control of one field, with its errors."""
        form = self.controls.get(address)
        return form.cell(address.field) if form else None

    def help(self, address: Address, label: str) -> SafeString:
        """The help mark of a field, or of a column if the object is a sub-table."""
        if address.row:
            return SafeString("")
        if self.fields is not None and address.object == self.fields.object:
            return self.fields.help(address.field, label)
        found = (
            rows.help(address.field, label) for rows in self.rows.values() if rows.region == address.object
        )
        return next(found, SafeString(""))

    def region(self, name: str) -> RegionForms | None:
        """The sub-table of that name."""
        return next((rows.as_region() for rows in self.rows.values() if rows.region == name), None)

    def find(self, path: Sequence[str]) -> tuple[PartForm, str] | None:
        """The form and field that a path of `budgets.changes.merge` inside this part leads to."""
        key = next((step[1:-1] for step in reversed(path) if step.startswith("[")), None)
        for address, form in self.controls.items():
            if address.field == path[-1] and (address.row == key if key else form is self.fields):
                return form, address.field
        return None
