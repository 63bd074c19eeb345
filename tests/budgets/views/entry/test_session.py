"""The unit switch, login and logout, and pages that say what went wrong."""

from __future__ import annotations

from django.test import Client

from .case import EntryCase


class UnitSwitch(EntryCase):
    def switch(self, unit: str, back: str = ""):
        return self.client.post("/entry/unit/", {"unit": unit, "next": back})

    def test_goes_back_to_where_it_was_pressed(self) -> None:
        self.enter()
        self.assertRedirects(
            self.switch("yuan", "/entry/1/?a=b"), "/entry/1/?a=b", fetch_redirect_response=False
        )
        self.assertEqual(self.client.session["unit"], "yuan")
        self.switch("wan")
        self.assertEqual(self.client.session["unit"], "wan")

    def test_never_leads_away(self) -> None:
        self.enter()
        for back in ("https://example.org/", "//example.org/", "javascript:alert(1)", ""):
            self.assertRedirects(self.switch("yuan", back), "/entry/")

    def test_knows_two_units(self) -> None:
        self.enter()
        self.assertEqual(self.switch("li").status_code, 400)
        self.assertEqual(self.client.get("/entry/unit/").status_code, 405)


class LoginAndErrors(EntryCase):
    def test_login_in_chinese(self) -> None:
        self.assertContains(self.client.get("/login/"), "用户名")
        response = self.client.post("/login/", {"username": "preparer", "password": "wrong"})
        self.assertContains(response, "登录没有成功")
        response = self.client.post(
            "/login/", {"username": "preparer", "password": "sunshine-2024", "next": "/entry/"}
        )
        self.assertRedirects(response, "/entry/")

    def test_logout_is_a_post(self) -> None:
        self.enter()
        self.assertEqual(self.client.get("/logout/").status_code, 405)
        self.assertEqual(self.client.post("/logout/").status_code, 302)
        self.assertEqual(self.client.get("/entry/").status_code, 302)

    def test_not_found_in_chinese(self) -> None:
        self.enter()
        self.assertContains(self.client.get("/entry/999999/"), "没有找到", status_code=404)

    def test_an_expired_page_in_chinese(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.world.preparer)
        self.assertContains(client.post("/entry/unit/", {"unit": "yuan"}), "页面已过期", status_code=403)
