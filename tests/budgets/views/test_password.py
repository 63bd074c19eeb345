"""People change their own password, and stay where they are."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client, TestCase

OLD, NEW = "sunshine-2024", "月亮湾的春天-2026"


class Password(TestCase):
    user: User

    @classmethod
    def setUpTestData(cls) -> None:
        cls.user = User.objects.create_user("jingban", password=OLD)

    def setUp(self) -> None:
        self.client.force_login(self.user, "django.contrib.auth.backends.ModelBackend")

    def post(self, old: str, new: str, again: str) -> object:
        return self.client.post(
            "/password/", {"old_password": old, "new_password1": new, "new_password2": again}
        )

    def has(self, password: str) -> bool:
        return User.objects.get(pk=self.user.pk).check_password(password)

    def test_the_new_one_holds_and_the_session_goes_on_here_and_ends_elsewhere(self) -> None:
        elsewhere = Client()
        elsewhere.force_login(self.user, "django.contrib.auth.backends.ModelBackend")
        answer = self.post(OLD, NEW, NEW)
        self.assertRedirects(answer, "/entry/", fetch_redirect_response=False)  # type: ignore[arg-type]
        self.assertContains(self.client.get("/entry/"), "密码已修改，下次登录请用新密码。")
        self.assertTrue(self.has(NEW))
        self.assertEqual(elsewhere.get("/entry/").status_code, 302)

    def refused(self, said: str, *posted: str) -> None:
        page = self.post(*posted)
        self.assertContains(page, said, status_code=422)  # type: ignore[arg-type]
        self.assertContains(page, 'aria-invalid="true"', status_code=422)  # type: ignore[arg-type]
        for password in filter(None, posted):
            self.assertNotContains(page, password, status_code=422)  # type: ignore[arg-type]
        self.assertTrue(self.has(OLD))

    def test_the_old_one_has_to_be_known(self) -> None:
        self.refused("现在的密码不对，请重新输入", "wrong-password", NEW, NEW)

    def test_both_have_to_be_the_same(self) -> None:
        self.refused("两次输入的新密码不一样，请重新输入", OLD, NEW, f"{NEW}x")

    def test_a_weak_one_is_refused_in_chinese(self) -> None:
        self.refused("至少", OLD, "kurz-1", "kurz-1")
        self.refused("数字", OLD, "7382910456", "7382910456")

    def test_nothing_is_missing(self) -> None:
        self.refused("请填写现在的密码", "", "", "")

    def test_the_menu_leads_there(self) -> None:
        self.assertContains(self.client.get("/entry/"), 'href="/password/"')
