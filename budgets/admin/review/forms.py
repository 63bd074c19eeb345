"""Forms of the bureau's verbs and comments, and their layout. The actions check lengths and dates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div
from django import forms

from ...forms.layout import Button, Piece, Typed, admin_helper


def confirmation(
    form: forms.Form, act: str, back: tuple[str, str], *before: object, css_class: str = "", **attrs: Any
) -> FormHelper:
    """The layout of a page that asks: ``before``, the fields, a button that says ``act``, and the way ``back``.

    ``back`` is its text and address.
    """
    text, url = back
    return admin_helper(
        *before,
        *(field.name for field in form.visible_fields()),
        Div(
            Button(act, f"review-button {css_class}".strip()),
            Piece("forms/link.html", text=text, url=url),
            css_class="review-acts",
        ),
        css_class="review-form",
        novalidate=True,
        **attrs,
    )


class CommentForm(forms.Form):
    """A new thread on one of ``sections``, titles by key; on a figure with ``target``, the key of its cell."""

    target = Typed(widget=forms.HiddenInput)
    section = Typed(widget=forms.Select)
    text = Typed(label="意见", widget=forms.Textarea({"rows": 4, "required": True}))

    def __init__(self, sections: Mapping[str, str], address: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "comment-%s", **kwargs})
        section = self.fields["section"]
        on_figure = bool(self["target"].value())
        section.label = "请部门在哪个部分核对" if on_figure else "部分"
        section.widget.choices = list(sections.items())
        self.helper = admin_helper(
            *([] if on_figure else [HTML("<h3>提意见</h3>")]),
            "section",
            "text",
            Div(Button("提出意见", "review-button")),
            css_class="review-form",
            action=address,
            id="add",
        )


class AnswerForm(forms.Form):
    """An answer to the thread ``thread``."""

    text = Typed(label="答复", widget=forms.Textarea({"rows": 3, "required": True}))

    def __init__(self, thread: int, address: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"answer-{thread}-%s", **kwargs})
        self.fields["text"].widget.attrs["id"] = f"answer-{thread}"
        self.helper = admin_helper(
            "text", Div(Button("发出答复", "review-button")), css_class="review-form", action=address
        )


class SeenForm(forms.Form):
    """``seen`` is the report's change counter on the page, so that people confirm only what they saw."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def arguments(self) -> dict[str, object]:
        """The action's arguments besides the report and the person."""
        return dict(self.cleaned_data)


class ReasonForm(SeenForm):
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea({"rows": 8}),
        strip=False,
        error_messages={"required": "请填写理由"},
    )


class WhyForm(forms.Form):
    """A reason alone, for acts that do not depend on the figures that the person saw."""

    reason = forms.CharField(widget=forms.Textarea({"rows": 5}), strip=False)

    word, told = "", ""
    """The name of the act, and who may read the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.help_text = f"{self.word}理由", self.told
        reason.error_messages["required"] = f"请填写{self.word}理由"


class WaiverForm(WhyForm):
    word, told = "豁免", "理由留在编报中，部门看得到"


class WithdrawalForm(WhyForm):
    word, told = "撤下", "留在留痕中，不公开"


class CorrectionForm(SeenForm):
    reason = forms.CharField(
        label="更正原因",
        widget=forms.Textarea({"rows": 5}),
        help_text="会与新版本一同公开",
        strip=False,
        error_messages={"required": "请填写更正原因"},
    )


class DocumentForm(forms.Form):
    """The document of an approval, of one report or of several at once."""

    number = forms.CharField(
        label="批复文号",
        help_text="照批复文件抄录，如 ×财〔2026〕12号",
        error_messages={"required": "请填写批复文号"},
    )
    date = forms.DateField(
        label="批复日期",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写批复日期", "invalid": "请填写日期，如 2026-11-20"},
    )


class ApprovalForm(SeenForm, DocumentForm):
    """An approval of the content that the person saw, which ``digest`` identifies."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)


class CorrectionApprovalForm(ApprovalForm):
    """An approval of a correction, with the reason that is published."""

    published_reason = forms.CharField(
        label="更正原因（一同公开）",
        widget=forms.Textarea({"rows": 4}),
        help_text="可以改写：不要写出不予公开的内容",
        strip=False,
        error_messages={"required": "请填写更正原因"},
    )
