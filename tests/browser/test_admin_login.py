"""The admin's theme runs under the policy that /admin/ has."""

from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect


def test_log_in_to_the_admin(live_server, page: Page) -> None:
    get_user_model().objects.create_superuser("chief", password="correct-horse-1")
    page.goto(f"{live_server.url}/admin/")
    expect(page).to_have_title("登录 | 阳光预算")
    page.fill("input[name=username]", "chief")
    page.fill("input[name=password]", "correct-horse-1")
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{live_server.url}/admin/")
    expect(page.locator("body")).to_contain_text("阳光预算")
