"""A form over one dataclass of a part, and the editor of a whole part.

A field that is not posted is not changed, so a layout that leaves out a field or a sub-table keeps its data.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString

from ..domain.findings import anchor
from ..domain.sheets import Field
from ..renderers.markup import markup, markup_of_each
from . import help
from .context import EditContext
from .fields import PartField, default_json, part_fields

Json = Any


@dataclass(frozen=True)
class FormProblem:
    """An error, with the id and the label of its control; both empty where it concerns no single one."""

    id: str
    label: str
    message: str


@dataclass(frozen=True)
class LabelledCell:
    """A field in a label–value table. ``id`` is that of its control."""

    id: str
    label: str
    help: SafeString
    cell: SafeString


class PartForm(forms.Form):
    """The scalars of ``type``: those in ``names``, or all. ``value`` is exchange JSON without defaults.

    Controls are named ``<prefix>-<field>`` and carry the id of `budgets.domain.findings.anchor`.
    """

    type: ClassVar[type]
    names: ClassVar[tuple[str, ...]] = ()
    helps: ClassVar[help.Texts] = {}
    """Help texts by field name. In final accounts ``final_helps`` take precedence."""
    final_helps: ClassVar[help.Texts] = {}
    together: ClassVar[Mapping[str, str]] = {}
    """Fields whose control stands in the cell of another field, by that field's name."""
    fields: dict[str, PartField]  # type: ignore[assignment]

    def __init__(
        self,
        object: str,
        value: Mapping[str, Json],
        data: QueryDict | None,
        context: EditContext,
        *,
        prefix: str = "",
        blank: bool = False,
    ) -> None:
        prefix = prefix or object
        self.object, self.stored, self.context, self.blank = object, value, context, blank
        self.notes: dict[str, SafeString] = {}
        fields = self.fields_for(context)
        if data is not None:
            posted = {name for name in fields if f"{prefix}-{name}" in data}
            fields = {name: field for name, field in fields.items() if name in posted} if posted else fields
            data = data if posted else None
        for name, field in fields.items():
            field.bind(context)
            field.help_text = self.told(name, context)
            field.widget.attrs.setdefault("id", anchor(Field(self.object_of(name), name)))
        initial = {
            name: field.to_initial(self.stored_value(name))
            for name, field in fields.items()
            if not blank or field.has_default()
        }
        super().__init__(data, prefix=prefix, initial=initial, auto_id=False, use_required_attribute=False)
        self.fields = fields

    @classmethod
    def make_fields(cls) -> dict[str, PartField]:
        """New fields in order. A form that needs another widget or other choices overrides this."""
        known = part_fields(cls.type)
        return {name: copy.deepcopy(known[name]) for name in cls.names or known}

    @classmethod
    def fields_for(cls, context: EditContext) -> dict[str, PartField]:
        """`make_fields` without fields that only the other kind of report has."""
        kinds = ("", context.profile.kind)
        return {name: field for name, field in cls.make_fields().items() if field.kind in kinds}

    @classmethod
    def told(cls, name: str, context: EditContext) -> str:
        """The help text of a field, or of a figure that is computed beside one; empty without one."""
        own = cls.final_helps if context.is_final else {}
        text = own.get(name) or cls.helps.get(name, "")
        return text.format(year=context.year, last=context.year - 1, before_last=context.year - 2)

    def object_of(self, name: str) -> str:
        """The object in `sheets.Field` of the field."""
        return self.object

    def stored_value(self, name: str) -> Json:
        """The stored JSON of one field, or its default."""
        return self.stored[name] if name in self.stored else default_json(self.type, name)

    def value_now(self, name: str) -> Any:
        """The value of a field on the page; the stored JSON if it was not posted."""
        return self[name].value() if name in self.fields else self.stored_value(name)

    def ok(self) -> bool:
        return not self.is_bound or self.is_valid()

    def content(self) -> dict[str, Json]:
        """The JSON with the typed values, as far as they are valid. Store it only if `ok`."""
        if not self.is_bound:
            return dict(self.stored)
        self.is_valid()
        typed = {name: self.fields[name].to_json(value) for name, value in self.cleaned_data.items()}
        return {**self.stored, **typed}

    # --- as markup ---

    def control(self, name: str) -> SafeString:
        """The bare control of one field."""
        bound = self[name]
        attrs: dict[str, Any] = {"aria-label": self.control_label(name)}
        described = [self.help_id(name)] if bound.field.help_text else []
        if self.is_bound and name in self.errors:
            attrs["aria-invalid"] = "true"
            described.insert(0, f"{self.control_id(name)}-error")
        if described:
            attrs["aria-describedby"] = " ".join(described)
        return bound.field.widget.render(bound.html_name, bound.value(), attrs)

    def help_id(self, name: str) -> str:
        return f"help-{self.object}-{name}"

    def help(self, name: str, label: str = "") -> SafeString:
        """The help mark beside ``label``, or beside the field's own label."""
        if not self.context.editable:
            return SafeString("")
        label = label or (self.control_label(name) if name in self.fields else "")
        return help.mark(self.help_id(name), label, self.told(name, self.context))

    def control_id(self, name: str) -> str:
        return self.fields[name].widget.attrs["id"]

    def control_label(self, name: str) -> str:
        return str(self.fields[name].label)

    def cell(self, name: str) -> SafeString:
        """One control with its errors and notes below it; on read-only pages the value."""
        if name not in self.fields:
            return SafeString("")
        if not self.context.editable:
            return self.shown(name)
        return markup("{}{}{}", self.control(name), self.messages(name), self.notes.get(name, ""))

    def messages(self, name: str) -> SafeString:
        """The errors of one field as markup."""
        if not self.is_bound or name not in self.errors:
            return SafeString("")
        return markup(
            '<p class="field-error" id="{}-error">✕ {}</p>',
            self.control_id(name),
            "；".join(map(str, self.errors[name])),
        )

    def shown(self, name: str) -> SafeString:
        """The value as text."""
        bound = self[name]
        value = bound.value()
        choices = dict(getattr(bound.field, "choices", ()) or ())
        if isinstance(value, bool):
            value = "是" if value else "否"
        text = choices.get(value, "" if value is None else value)
        css = bound.field.widget.attrs.get("class", "")
        return markup('<span class="shown {}">{}</span>', css, text)

    def problems(self) -> Iterator[FormProblem]:
        """Every error."""
        if self.is_bound:
            for name, messages in self.errors.items():
                known = name in self.fields
                label = self.control_label(name) if known else ""
                for message in messages:
                    yield FormProblem(self.control_id(name) if known else "", label, str(message))

    def cells(self) -> list[LabelledCell]:
        """Every field, for a label–value table."""
        inside = {within for name, within in self.together.items() if name in self.fields}
        return [self.labelled_cell(name) for name in self.fields if name not in inside]

    def labelled_cell(self, name: str) -> LabelledCell:
        label = str(self.fields[name].label)
        return LabelledCell(self.control_id(name), label, self.help(name), self.cell(name))


def notice(*lines: str) -> SafeString:
    """Lines below a control that show two versions of its value."""
    items = markup_of_each("<span>{}</span>", ((line,) for line in lines))
    return markup('<p class="field-conflict">{}</p>', items)
