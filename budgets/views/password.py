"""The page on which people change their own password."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse

from ..forms.layout import Button, helper


class PasswordForm(PasswordChangeForm):
    """Django's, with the page's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old, new, again = (self.fields[name] for name in ("old_password", "new_password1", "new_password2"))
        old.label, new.label, again.label = "现在的密码", "新密码", "再输一次新密码"
        old.error_messages["required"] = "请填写现在的密码"
        new.error_messages["required"] = again.error_messages["required"] = "请填写新密码"
        new.help_text = "至少 10 个字符，不能全是数字，不能是常见的密码或与用户名相近。"
        again.help_text = ""
        self.error_messages = {
            **self.error_messages,
            "password_incorrect": "现在的密码不对，请重新输入",
            "password_mismatch": "两次输入的新密码不一样，请重新输入",
        }

    @property
    def helper(self) -> FormHelper:
        names = ("old_password", "new_password1", "new_password2")
        return helper(*names, Button("修改密码", "btn btn-primary"), css_class="stack", novalidate=True)


class PasswordPage(PasswordChangeView):
    form_class = PasswordForm
    template_name = "registration/password.html"
    success_url = "/entry/"

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "密码已修改，下次登录请用新密码。")
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
