"""Controls of forms. They write plain markup without templates, because a project form has a thousand of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.safestring import SafeString

from ..renderers.markup import attributes, joined, markup


class Plain:
    """A widget that writes its own tag, with the ``attrs`` that Django passes."""

    def final(self: Any, name: str, attrs: dict[str, Any] | None, **more: Any) -> str:
        return attributes({**more, **self.attrs, "name": name, **(attrs or {})})


class Line(Plain, forms.TextInput):
    """One line of text."""

    kind = "text"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        shown = {} if value in (None, "") else {"value": str(value)}
        return markup("<input{}>", self.final(name, attrs, type=self.kind, **shown))


class Number(Line):
    """An amount or a count. A text input, so that 1,250.50 and full-width digits can be typed and pasted."""

    def __init__(self, mode: str = "decimal", css: str = "amount") -> None:
        super().__init__({"inputmode": mode, "class": css, "autocomplete": "off"})


class Grow(Plain, forms.Textarea):
    """Text that wraps and grows with its content. With ``single``, Enter makes no new line."""

    def __init__(self, *, single: bool = False, rows: int = 1) -> None:
        super().__init__({"rows": str(rows), "class": "grow", **({"data-single": True} if single else {})})
        self.attrs.pop("cols", None)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        text = "" if value is None else value
        return markup("<textarea{}>\n{}</textarea>", self.final(name, attrs), text)


class Choose(Plain, forms.Select):
    """A list to choose from. A current value outside the list is offered too, so that it is neither lost nor changed."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        known: list[str] = []
        parts = [_option_or_group(key, label, chosen, known) for key, label in self.choices]
        if chosen not in known:
            parts.append(_option(chosen, chosen, chosen))
        options = joined(parts)
        return markup("<select{}>{}</select>", self.final(name, attrs), options)


def _option_or_group(key: Any, label: Any, chosen: str, known: list[str]) -> SafeString:
    if not isinstance(label, list | tuple):
        known.append(str(key))
        return _option(key, label, chosen)
    known.extend(str(value) for value, _ in label)
    inner = joined(_option(value, text, chosen) for value, text in label)
    return markup('<optgroup label="{}">{}</optgroup>', key, inner)


def _option(value: Any, label: Any, chosen: str) -> SafeString:
    mark = " selected" if str(value) == chosen else ""
    return markup('<option value="{}"{}>{}</option>', value, mark, label)


class Tick(Plain, forms.CheckboxInput):
    """A tick box that posts no as well as yes. A plain one posts nothing when it is not ticked."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        checked = {"checked": True} if value in (True, "1", "on") else {}
        box = self.final(name, attrs, type="checkbox", value="1", **checked)
        return markup('<input type="hidden" name="{}" value="0"><input{}>', name, box)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(name, "0")
