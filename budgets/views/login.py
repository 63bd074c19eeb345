"""The form of the login page."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Hidden
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from ..forms.layout import Button, helper


class LoginForm(AuthenticationForm):
    """Django's, with the page's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].error_messages["required"] = "请填写用户名"
        self.fields["password"].error_messages["required"] = "请填写密码"

    def clean(self) -> dict[str, Any]:
        if self.errors:
            raise ValidationError("请填写用户名和密码。")
        return super().clean()

    @property
    def helper(self) -> FormHelper:
        made = helper(
            Hidden("next", "{{ next }}"),
            "username",
            "password",
            Button("登录", "btn btn-primary"),
            css_class="stack",
            novalidate=True,
        )
        made.form_error_title = "登录没有成功。"
        return made
