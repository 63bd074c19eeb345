"""How forms outside the sections are laid out: by crispy, with one pack for the site and one for the admin.

A form names its fields, its buttons and what stands between them in a `FormHelper`. The field templates of both packs
are overridden in ``templates/``: they say a field's errors as the sections do, under the id that the control's
``aria-describedby`` names.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from crispy_forms.bootstrap import StrictButton
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import flatatt
from django import forms
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import conditional_escape, format_html_join

SITE, ADMIN = "bootstrap5", "unfold_crispy"


class Typed(forms.CharField):
    """A text as it was posted: the actions say in their own words what may not stand in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        self.validators = []


class Piece:
    """A template within a layout, which sees what the page sees and ``context``.

    It stands for crispy's ``HTML``, which compiles a string as a template: a name in it would be compiled too.
    """

    def __init__(self, template: str, **context: Any) -> None:
        self.template, self.context = template, context

    def render(self, form: forms.Form, context: Context, **kwargs: Any) -> str:
        shown: Any = context.flatten()
        return get_template(self.template).render({**shown, **self.context, "form": form})


class Button(StrictButton):
    """A button that sends the form. Its text is text: crispy's own would compile it as a template."""

    def __init__(self, text: str, css_class: str, **attrs: object) -> None:
        super().__init__(conditional_escape(text))
        self.flat_attrs = flatatt({"type": "submit", "class": css_class, **attrs})

    def render(self, form: forms.Form, context: Context, template_pack: str = SITE, **kwargs: Any) -> str:
        return render_to_string(self.get_template_name(template_pack), {"button": self})


class HiddenFields:
    """All hidden fields of the form. Plain markup, no template each: every warning of a report has six."""

    def render(self, form: forms.Form, context: Context, **kwargs: Any) -> str:
        shown = ((field, field.value()) for field in form.hidden_fields())
        return format_html_join(
            "",
            '<input type="hidden" name="{}" value="{}" id="{}">',
            ((field.html_name, "" if value is None else value, field.auto_id) for field, value in shown),
        )


def helper(
    *parts: object, pack: str = SITE, css_class: str = "", method: str = "post", **attrs: object
) -> FormHelper:
    """The layout of ``parts``: names of visible fields, and layout objects. Hidden fields come by themselves.

    ``attrs`` are the form's: ``hx_post`` gives ``hx-post``, True an attribute without a value.
    """
    made = FormHelper()
    made.layout = Layout(HiddenFields(), *parts)
    made.template_pack = pack
    made.form_method = method
    made.form_class = css_class
    made.attrs = attrs
    made.include_media = False
    return made


admin_helper = partial(helper, pack=ADMIN)


def say_at(form: forms.Form, field: str, message: str) -> str:
    """Say ``message`` at ``field``, where the page then opens; gives it back where the form has no such field."""
    if field not in form.fields:
        return message
    form.add_error(field, message)
    form.fields[field].widget.attrs["autofocus"] = True
    return ""
