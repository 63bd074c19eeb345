"""Forms outside the sections, as crispy writes them: labels, messages and what a policy without inline code allows."""

from __future__ import annotations

import re

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from budgets.admin.review.forms import AnswerForm as ReviewersAnswerForm
from budgets.admin.review.forms import CommentForm, ReasonForm, confirmation
from budgets.forms.layout import ADMIN, SITE, Button, Piece, Typed, helper, say_at
from budgets.views.entry.forms import AnnexForm, AnswerForm, BlankProjectForm, WorkbookForm

HOSTILE = '{{ csrf_token }}{% now "Y" %}<script>alert(1)</script>'


class Letter(forms.Form):
    page = Typed(widget=forms.HiddenInput)
    text = Typed(label="内容", widget=forms.Textarea({"required": True}), help_text="照抄")


def written(form: forms.Form, pack: str) -> str:
    form.helper = helper("text", Button("发出", "btn", name="way", value="1"), pack=pack, action="/x/")
    return render_crispy_form(form, context={"csrf_token": "token"})


@pytest.mark.parametrize("pack", [SITE, ADMIN])
class TestField:
    def test_the_label_is_the_controls_and_nothing_else(self, pack: str) -> None:
        page = written(Letter(), pack)
        label, text = re.search(r'<label for="([^"]+)"[^>]*>([^<]*)</label>', page).groups()
        assert (label, text.strip()) == ("id_text", "内容")
        assert page.count('id="id_text"') == 1

    def test_a_message_stands_at_its_field_and_is_named_by_it(self, pack: str) -> None:
        form = Letter({"text": "a\0b", "page": "p"})
        assert form.is_valid(), "what may stand in a text is the action's to say"
        assert say_at(form, "text", "太短") == ""
        page = written(form, pack)
        described = re.search(r'aria-describedby="([^"]+)"', page)[1].split()
        assert described == ["id_text_helptext", "id_text_error"]
        assert all(page.count(f'id="{name}"') == 1 for name in described)
        assert 'aria-invalid="true"' in page and "✕ 太短" in page and " autofocus" in page

    def test_what_belongs_to_no_field_comes_back(self, pack: str) -> None:
        form = Letter({})
        form.full_clean()
        assert say_at(form, "", "已经办理") == "已经办理"
        assert "aria-invalid" not in written(form, pack)

    def test_what_was_typed_is_text_and_comes_back(self, pack: str) -> None:
        page = written(Letter({"text": HOSTILE, "page": HOSTILE}), pack)
        assert page.count("{{ csrf_token }}{% now") == 2
        assert "<script" not in page

    def test_hidden_fields_token_and_buttons(self, pack: str) -> None:
        page = written(Letter(initial={"page": "7"}), pack)
        assert 'name="page" value="7"' in page
        assert 'name="csrfmiddlewaretoken" value="token"' in page
        assert 'class="btn" name="way" type="submit" value="1">发出</button>' in page
        assert "asterisk" not in page


FORMS = [
    lambda: BlankProjectForm(1, {"name": HOSTILE}),
    lambda: AnnexForm(1, {}, replaces=True),
    lambda: WorkbookForm(1, {}),
    lambda: AnswerForm(1, 7, {"text": HOSTILE}),
    lambda: ReviewersAnswerForm(7, "/x/", {"text": HOSTILE}),
    lambda: CommentForm({"income": HOSTILE}, "/x/", {"text": HOSTILE, "target": HOSTILE}),
    lambda: CommentForm({"income": HOSTILE}, "/x/"),
]


@pytest.mark.parametrize("make", FORMS)
def test_nothing_inline_comes_out(make) -> None:
    page = render_crispy_form(make(), context={"csrf_token": "token"})
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", page)
    for control in re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*>', page):
        id = re.search(r' id="([^"]+)"', control)[1]
        assert f'<label for="{id}"' in page


def test_a_confirmation_has_its_fields_its_act_and_the_way_back() -> None:
    form = ReasonForm(initial={"seen": 3, "reason": HOSTILE})
    form.helper = confirmation(
        form, "确认退回", ("不退回，返回", "/back/?a=1&b=2"), css_class="review-button-return"
    )
    page = render_crispy_form(form, context={"csrf_token": "token"})
    assert 'name="seen" value="3"' in page
    assert 'class="review-button review-button-return" type="submit">确认退回</button>' in page
    assert '<a href="/back/?a=1&amp;b=2">不退回，返回</a>' in page
    assert "novalidate" in page


def test_a_piece_sees_its_context_escaped() -> None:
    form = Letter()
    form.helper = helper(Piece("forms/link.html", text=HOSTILE, url="/x/"))
    page = render_crispy_form(form, context={"csrf_token": "token"})
    assert "{{ csrf_token }}{% now" in page and "<script" not in page
