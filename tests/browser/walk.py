"""The pages as a person uses them: signing in, filling sections and their sub-tables, picking subjects."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import BrowserContext, Locator, Page, expect

PASSWORD = "sunshine-2024"
BACKEND = "django.contrib.auth.backends.ModelBackend"
PICTURES = Path(os.environ.get("WALK_PICTURES", "/nonexistent"))

PASTE = """(control, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  control.focus();
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def look(page: Page, name: str) -> None:
    """Keeps a picture of the whole page where WALK_PICTURES names a directory."""
    if PICTURES.is_dir():
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def sign_in(page: Page, site: str, name: str, landing: str = "/entry/") -> Page:
    """Log in on the login page, on the way to ``landing``."""
    page.goto(f"{site}/login/?next={landing}")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(f"{site}{landing}")
    return page


def signed_in(context: BrowserContext, site: str, name: str) -> Page:
    """A page of somebody who has logged in, without the way there."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=name), BACKEND)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    return context.new_page()


def pick(control: Locator, typed: str, code: str) -> None:
    """Choose a subject with the keyboard: type a code or a name, walk down the list, press Enter."""
    page = control.page
    control.focus()
    control.fill("")
    control.press_sequentially(typed)
    wanted = page.get_by_role("option", name=re.compile(rf"^{code} "))
    expect(wanted).to_be_visible()
    for _ in range(page.get_by_role("option").count()):
        control.press("ArrowDown")
        if wanted.get_attribute("aria-selected") == "true":
            break
    control.press("Enter")
    expect(control).to_have_value(re.compile(rf"^{code}-"))
    expect(wanted).to_be_hidden()


@dataclass(frozen=True)
class SubTable:
    """The rows of one sub-table, counted from 0."""

    page: Page
    region: str

    @property
    def rows(self) -> Locator:
        return self.page.locator(f'tbody[data-region="{self.region}"] > [data-row]')

    def control(self, row: int, field: str) -> Locator:
        return self.rows.nth(row).locator(f'[name$="-{field}"]:not([type="hidden"])')

    def fill(self, row: int, **values: str) -> None:
        """Type or choose the values by field, adding the row where there is none yet."""
        if self.rows.count() <= row:
            self.add()
        for field, value in values.items():
            control = self.control(row, field)
            if control.evaluate("element => element.matches('select')"):
                control.select_option(value)
            else:
                control.fill(value)

    def paste(self, row: int, field: str, copied: str) -> None:
        """What was copied in a spreadsheet, into one cell and those right of it and below."""
        self.control(row, field).evaluate(PASTE, copied)

    def add(self) -> None:
        """One row more; without scripts the server adds blank ones besides."""
        before = self.rows.count()
        self.page.locator(f'[data-command="add"][data-region="{self.region}"]').click()
        expect(self.rows.nth(before)).to_be_attached()

    def command(self, row: int, verb: str) -> None:
        """``duplicate``, ``up``, ``down``, ``delete`` or ``restore``."""
        self.rows.nth(row).locator(f'[data-command="{verb}"]').click()

    def values(self, field: str) -> list[str]:
        """What stands in one column, rows left blank and those marked as deleted apart."""
        found = self.page.locator(f'tbody[data-region="{self.region}"] > [data-row]:not(.is-deleted)')
        return [
            value
            for value in found.locator(f'[name$="-{field}"]:not([type="hidden"])').evaluate_all(
                "controls => controls.map(control => control.value)"
            )
            if value
        ]

    def sum(self, field: str = "amount") -> Locator:
        return self.page.locator(f'[data-sum="{self.region}.{field}"]').first


@dataclass(frozen=True)
class EntryDesk:
    """One report on the entry site, in the hands of somebody who is signed in."""

    page: Page

    def open(self, title: str) -> None:
        """A page of the report, by its line in the contents, once the page that is open is all there."""
        self.page.wait_for_load_state()
        self.page.get_by_role("navigation", name="目录").get_by_role(
            "link", name=re.compile(rf"^\W*(\d+ )?{re.escape(title)}")
        ).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)
        self.page.wait_for_load_state("domcontentloaded")

    def table(self, region: str) -> SubTable:
        return SubTable(self.page, region)

    def fill(self, object: str, **values: str) -> None:
        """The fields of one object, by the ids that findings lead to."""
        for name, value in values.items():
            control = self.page.locator(f"#f-{object}-{name}")
            if control.evaluate("element => element.matches('select')"):
                control.select_option(value)
            else:
                control.fill(value)

    def press_save(self) -> None:
        """Post the section; the form that answers is there when this returns, loaded or swapped in."""
        form = self.page.locator("#section-form")
        form.evaluate("form => form.setAttribute('data-posted', '')")
        form.get_by_role("button", name="保存", exact=True).last.click()
        expect(self.page.locator("#section-form:not([data-posted])")).to_be_visible()

    def save(self) -> None:
        self.press_save()
        expect(self.page.get_by_role("status").first).to_contain_text("已保存")
