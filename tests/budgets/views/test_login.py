"""The login page: what it asks for, and what it says when nobody gets in."""

from __future__ import annotations

from django.test import TestCase


class Login(TestCase):
    def test_each_missing_field_says_so_and_what_was_typed_stays(self) -> None:
        page = self.client.post(
            "/login/", {"username": "tian<bao", "password": "", "next": "/entry/?a=1&b=2"}
        )
        self.assertContains(page, "<b>✕ 登录没有成功。</b>请填写用户名和密码。")
        self.assertContains(page, "✕ 请填写密码", count=1)
        self.assertContains(page, 'aria-describedby="id_password_error"', count=1)
        self.assertNotContains(page, "请填写用户名<")
        self.assertContains(page, 'value="tian&lt;bao"')
        self.assertContains(page, 'value="/entry/?a=1&amp;b=2"')

    def test_a_wrong_password_is_at_no_field(self) -> None:
        page = self.client.post("/login/", {"username": "nobody", "password": "wrong"})
        self.assertContains(page, "<b>✕ 登录没有成功。</b>")
        self.assertNotContains(page, "aria-invalid")
        self.assertNotContains(page, "wrong")
