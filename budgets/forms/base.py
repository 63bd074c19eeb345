"""A form over one dataclass of a part, and the editor of a whole part.

A field that is not posted is not changed, so a layout that leaves out a field or a sub-table keeps its data.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.safestring import SafeString

from ..domain.address import Address
from ..renderers.markup import markup, markup_of_each
from . import help
from .context import EditContext
from .fields import PartField, default_json, part_fields

Json = Any


@dataclass(frozen=True)
class FormProblem:
    """An error, with the address and the label of its control; None and empty where it concerns no single one."""

    address: Address | None
    label: str
    message: str

    @property
    def id(self) -> str:
        """The HTML id of its control; empty without one."""
        return self.address.anchor() if self.address else ""


@dataclass(frozen=True)
class LabelledCell:
    """A field in a label–value table. ``id`` is that of its control."""

    id: str
    label: str
    help: SafeString
    cell: SafeString


class PartForm(forms.Form):
    """The scalars of ``type``: those in ``names``, or all. ``value`` is exchange JSON without defaults.

    ``entered`` are the texts that were entered, by field; fields without one are left out. None or nothing: the form
    shows what is stored.

    Controls are named ``<prefix>-<field>`` and carry the id of `Address.anchor`. Forms of one page share their fields;
    one that changes a field makes it its `own` first.
    """

    type: ClassVar[type]
    names: ClassVar[tuple[str, ...]] = ()
    helps: ClassVar[help.Texts] = {}
    """Help texts by field name. In final accounts ``final_helps`` take precedence."""
    final_helps: ClassVar[help.Texts] = {}
    together: ClassVar[Mapping[str, str]] = {}
    """Fields whose control stands in the cell of another field, by that field's name."""
    words: ClassVar[Mapping[str, str]] = {}
    """A word that may be written in an amount field: it ticks the field that is together with it."""
    fields: dict[str, PartField]  # type: ignore[assignment]

    def __init__(
        self,
        object: str,
        value: Mapping[str, Json],
        entered: Mapping[str, str] | None,
        context: EditContext,
        *,
        prefix: str = "",
        blank: bool = False,
    ) -> None:
        prefix = prefix or object
        self.object, self.stored, self.context, self.blank = object, value, context, blank
        self.notes: dict[str, SafeString] = {}
        fields = self.shared_fields(context)
        found = {name: field for name, field in fields.items() if name in entered} if entered else {}
        self.entered = entered if entered and found else {}
        data = _Controls(prefix, self.entered) if found else None
        super().__init__(data, prefix=prefix, auto_id=False, use_required_attribute=False, label_suffix="")
        self.fields = found or dict(fields)

    @classmethod
    def shared_fields(cls, context: EditContext) -> Mapping[str, PartField]:
        """The fields of every such form of the page, with the context's units, codes and help."""
        if cls not in context.fields:
            fields = cls.fields_for(context)
            for name, field in fields.items():
                field.bind(context)
                field.help_text = cls.told(name, context)
            context.fields[cls] = fields
        return context.fields[cls]

    def own(self, name: str) -> PartField:
        """A field for this form alone, to be changed."""
        self.fields[name] = copy.deepcopy(self.fields[name])
        self._bound_fields_cache.pop(name, None)  # type: ignore[attr-defined]  # Django keeps the old one
        return self.fields[name]

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name in self.initial or not isinstance(field, PartField):
            return super().get_initial_for_field(field, field_name)
        is_shown = not self.blank or field.has_default()
        return field.to_initial(self.stored_value(field_name)) if is_shown else None

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

    def address(self, name: str) -> Address:
        """The address of a field on its page."""
        return Address(self.object, field=name)

    def stored_value(self, name: str) -> Json:
        """The stored JSON of one field, or its default."""
        return self.stored[name] if name in self.stored else default_json(self.type, name)

    def value_now(self, name: str) -> Any:
        """The value of a field on the page; the stored JSON if it was not posted."""
        return self[name].value() if name in self.fields else self.stored_value(name)

    def ok(self) -> bool:
        return not self.is_bound or self.is_valid()

    def _clean_fields(self) -> None:
        """Django asks a widget for each text by the name of its control; here the texts are at hand."""
        for name, field in self.fields.items():
            try:
                self.cleaned_data[name] = field.clean(self.entered[name])
            except forms.ValidationError as error:
                self.add_error(name, error)

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
        attrs: dict[str, Any] = {"id": self.control_id(name), "aria-label": self.control_label(name)}
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
        return self.address(name).anchor()

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
                    yield FormProblem(self.address(name) if known else None, label, str(message))

    def cells(self) -> list[LabelledCell]:
        """Every field, for a label–value table."""
        inside = {within for name, within in self.together.items() if name in self.fields}
        return [self.labelled_cell(name) for name in self.fields if name not in inside]

    def labelled_cell(self, name: str) -> LabelledCell:
        label = str(self.fields[name].label)
        return LabelledCell(self.control_id(name), label, self.help(name), self.cell(name))


class _Controls(Mapping[str, str]):
    """``entered`` texts by the names of their controls, as Django's widgets ask for them."""

    def __init__(self, prefix: str, entered: Mapping[str, str]) -> None:
        self.start, self.entered = f"{prefix}-", entered

    def __getitem__(self, name: str) -> str:
        if not name.startswith(self.start):
            raise KeyError(name)
        return self.entered[name.removeprefix(self.start)]

    def __iter__(self) -> Iterator[str]:
        return (self.start + name for name in self.entered)

    def __len__(self) -> int:
        return len(self.entered)


def notice(*lines: str) -> SafeString:
    """Lines below a control that show two versions of its value."""
    items = markup_of_each("<span>{}</span>", ((line,) for line in lines))
    return markup('<p class="field-conflict">{}</p>', items)
