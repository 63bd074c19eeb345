"""Forms of the verbs of the bureau. The actions check lengths and dates."""

from __future__ import annotations

from typing import Any

from django import forms


class SeenForm(forms.Form):
    """``seen`` is the report's change counter on the page, so that people confirm only what they saw."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

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
        super().__init__(*args, **{"label_suffix": "", **kwargs})
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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


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
