"""Forms of the entry site outside the sections. What may stand in them is judged by the actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field
from django import forms
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html

from ...actions import comments, explain
from ...domain.choices import ProjectCategory
from ...domain.dossier import ProjectDossier
from ...domain.money import Unit, grouped
from ...forms.layout import Button, Piece, Typed, helper
from ...review.validation import Judged, Point
from ...workbook.reading import MAX_SIZE

SMALL = "btn btn-sm btn-outline-primary"


def _name(label: str, **more: Any) -> Typed:
    return Typed(label=label, widget=forms.TextInput({"maxlength": 200, **more}))


class BlankProjectForm(forms.Form):
    """A project with nothing but its name and category."""

    name = _name("项目名称", required=True)
    category = Typed(label="支出项目类别", widget=forms.Select(choices=ProjectCategory.pairs()))

    def __init__(self, report: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "add-%s", **kwargs})
        self.helper = helper(
            "name",
            "category",
            Button("添加", "btn btn-primary"),
            css_class="add-project",
            action=reverse("entry:project_add", args=[report]),
        )


class CopyForm(forms.Form):
    """Another project with all that ``source`` says; ``token`` makes one of two posts of the same page."""

    token = Typed(widget=forms.HiddenInput)
    source = Typed(label="要复制的项目", widget=forms.Select({"required": True}))
    name = _name("新项目的名称")

    def __init__(self, report: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "copy-%s", **kwargs})
        self.fields["name"].help_text = "名称不填时，在原名后加“（复制）”，之后可以再改。"
        self.helper = helper(
            "source",
            "name",
            Button("复制", "btn btn-primary"),
            css_class="add-project",
            action=reverse("entry:project_copy", args=[report]),
        )

    def offer(self, projects: Iterable[ProjectDossier], unit: Unit) -> None:
        """List the projects that can be copied, with their amounts in ``unit``."""
        self.fields["source"].widget.choices = [
            ("", "请选择"),
            *(
                (p.key, f"{p.identity.name or '未命名项目'}（{grouped(p.amount, unit)} {unit.label}）")
                for p in projects
            ),
        ]


class Unseen(forms.CharField):
    """What a page says by itself. Whoever posts something else is not told so at a field."""

    def __init__(self) -> None:
        super().__init__(required=False, strip=False, widget=forms.HiddenInput)


class ExplanationForm(forms.Form):
    """说明: what the department says to a warning. ``seen`` are the figures that the person saw.

    ``on`` is the page that it stands on, ``reuse`` a button that takes last year's words.
    """

    helper: FormHelper
    rule = Unseen()
    section = Unseen()
    object = Unseen()
    field = Unseen()
    on = Unseen()
    seen = Unseen()
    text = Typed(label="说明", widget=forms.Textarea({"rows": 2, "maxlength": explain.LENGTH}))

    @property
    def point(self) -> Point:
        """The warning that a posted text is about."""
        given = self.cleaned_data
        return Point(given["rule"], given["section"], given["object"], given["field"])

    @classmethod
    def under(
        cls, judged: Judged, report: int, on: str, last_year: str, typed: str | None = None
    ) -> ExplanationForm:
        """The form below a warning; with what was ``typed`` and not kept, else with what is said to it."""
        names = ("rule", "section", "object", "field")
        shown = {**dict(zip(names, judged.point, strict=True)), "on": on, "seen": judged.seen}
        data = None if typed is None else shown | {"text": typed}
        form = cls(data, initial=shown | {"text": judged.said}, auto_id=f"{judged.key}-%s")
        form.fields["text"].label = _state_of(judged)
        address = reverse("entry:explain", args=[report])
        form.helper = helper(
            Field("text", wrapper_class="explain-text"),
            *([Piece("entry/last_explanation.html", last_year=last_year)] if last_year else []),
            Div(*_acts(judged, last_year), css_class="explain-acts"),
            css_class="explain",
            action=address,
            hx_post=address,
            hx_target=f"#{judged.key}",
            hx_select=f"#{judged.key}",
            hx_select_oob="#contents,#tally,#submission",
            hx_swap="outerHTML show:none",
        )
        return form


def _state_of(judged: Judged) -> str:
    """The label of an explanation, which says whether it counts."""
    if judged.explanation:
        return format_html('说明 <span class="progress-done">{}</span>', "✓ 已说明")
    if judged.outdated:
        return format_html('说明 <span class="progress-part">{}</span>', "● 金额已变，请重新确认")
    return "说明"


def _acts(judged: Judged, last_year: str) -> Iterator[Button]:
    if judged.outdated:
        yield Button("仍然适用", SMALL)
    yield Button("保存说明", SMALL)
    if last_year:
        yield Button("沿用上年说明", "btn btn-sm btn-outline-secondary", name="reuse", value="1")


class AnswerForm(forms.Form):
    """An answer to a thread of comments."""

    text = Typed(
        label="答复", widget=forms.Textarea({"rows": 2, "maxlength": comments.LENGTH, "required": True})
    )

    on = Typed(widget=forms.HiddenInput)
    """The page to go back to; empty for the thread's section."""

    def __init__(self, report: int, thread: int, *args: Any, on: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"answer-{thread}-%s", "initial": {"on": on}, **kwargs})
        self.fields["text"].widget.attrs["id"] = f"answer-{thread}"
        self.helper = helper(
            Field("text", wrapper_class="answer-text"),
            Button("发出答复", SMALL),
            css_class="answer",
            action=reverse("entry:answer", args=[report, thread]),
        )


class FileForm(forms.Form):
    """One file to upload; ``accept`` are the extensions that a browser offers."""

    accept = ""
    file = forms.FileField(required=False, allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"required": True, "accept": self.accept, "class": "form-control-sm"}
        self.fields["file"].widget = forms.FileInput(attrs)


class WorkbookForm(FileForm):
    """A filled workbook of ``report``."""

    accept = ".xlsx,.xls"

    def __init__(self, report: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "workbook-%s", **kwargs})
        self.fields["file"].label = f"填好的工作簿（xlsx 或 xls，最大 {filesizeformat(MAX_SIZE)}）"
        self.helper = helper(
            Field("file", wrapper_class="inline-field"),
            Button("上传并查看改动", "btn btn-sm btn-primary"),
            css_class="inline-forms",
            action=reverse("entry:fill", args=[report]),
            data_waiting="正在读取工作簿",
        )


class RewordForm(forms.Form):
    """The department's words for one sentence. ``seen`` is the generated wording that the person saw, ``base`` the
    department's at that time."""

    seen = Typed(widget=forms.HiddenInput)
    base = Typed(widget=forms.HiddenInput)
    wording = Typed(
        label="改写为",
        widget=forms.Textarea({"rows": 5, "data-wording": True}),
        help_text="〔〕里是系统按所填数据写出的内容，会随数据变动：可以移动位置，不能改动、增减。其余的字可以改写。",
    )

    def __init__(self, report: int, key: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "reword-%s", **kwargs})
        self.helper = helper(
            "wording",
            Button("保存改写", "btn btn-primary"),
            Piece("forms/link.html", text="不改，返回", url=reverse("entry:text", args=[report])),
            action=reverse("entry:reword", args=[report, key]),
            id="reword",
        )


class EditedForm(FileForm):
    """The Word document of ``report`` after it was edited."""

    accept = ".docx"

    def __init__(self, report: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "edited-%s", **kwargs})
        self.fields["file"].label = "改过的 Word 文件（docx）"
        self.helper = helper(
            Field("file", wrapper_class="inline-field"),
            Button("比对", SMALL),
            action=reverse("entry:edited", args=[report]),
        )


class AnnexForm(FileForm):
    """附件, to attach to ``report``, or in place of the one there is."""

    accept = ".docx,.pdf"

    def __init__(self, report: int, *args: Any, replaces: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "annex-%s", **kwargs})
        self.fields["file"].label = f"{'更换为' if replaces else '附件'}（docx 或 pdf）"
        self.helper = helper(
            Field("file", wrapper_class="inline-field"),
            Button("上传", SMALL),
            action=reverse("entry:annex", args=[report]),
        )
