"""五分钟入门: every picture is there and described, and every control that is named is on its page."""

from __future__ import annotations

import re
import struct
from html.parser import HTMLParser
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from budgets.actions.comments import add
from budgets.domain.choices import Status
from budgets.models import Report
from budgets.views.entry.tour import STEPS
from tests.budgets.workbook.files import edited

from .case import EntryCase

NAMED = re.compile("“([^”]+)”")
CONTROLS = ("a", "button", "summary", "label", "h1", "h2", "h3", "b")
SMALL = 120 * 1024
"""Bytes of a picture, at most."""


class Names(HTMLParser):
    """What the controls and headings of a page are called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.open: list[tuple[str, list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in CONTROLS:
            self.open.append((tag, []))

    def handle_data(self, data: str) -> None:
        for _, texts in self.open:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            _, texts = self.open.pop()
            self.found.add(" ".join("".join(texts).split()))


class Tour(EntryCase):
    def test_it_is_linked_from_every_page_of_the_site(self) -> None:
        self.enter()
        for address in (
            reverse("entry:home"),
            self.url("report"),
            self.url("section", "basics"),
            self.url("check"),
        ):
            self.assertContains(self.client.get(address), f'href="{reverse("entry:help")}"')

    def test_every_step_is_on_the_page_with_its_picture(self) -> None:
        self.enter()
        page = self.client.get(reverse("entry:help"))
        for step in STEPS:
            self.assertContains(page, step.title)
            self.assertContains(page, f'src="/static/{step.picture}" alt="{step.alt}"')

    def test_pictures_exist_are_small_and_described(self) -> None:
        self.assertLessEqual(len(STEPS), 8)
        self.assertEqual(len({step.alt for step in STEPS}), len(STEPS))
        for step in STEPS:
            with self.subTest(step.key):
                found = finders.find(step.picture)
                self.assertIsNotNone(found)
                content = Path(str(found)).read_bytes()
                self.assertEqual(content[:8], b"\x89PNG\r\n\x1a\n")
                width, height = struct.unpack(">II", content[16:24])
                self.assertLessEqual((width, height), (1366, 1000))
                self.assertLess(len(content), SMALL)
                self.assertGreaterEqual(len(step.alt), 15)

    def test_no_picture_is_left_that_no_step_shows(self) -> None:
        folder = Path(str(finders.find(STEPS[0].picture))).parent
        self.assertEqual({file.name for file in folder.iterdir()}, {f"{step.key}.png" for step in STEPS})

    def test_every_control_that_is_named_is_on_its_page(self) -> None:
        pages = self.pages()
        named = [(p.page, name) for step in STEPS for p in step.paragraphs for name in NAMED.findall(p.text)]
        self.assertEqual({page for page, _ in named}, set(pages))
        self.assertEqual([(page, name) for page, name in named if name not in pages[page]], [])

    def pages(self) -> dict[str, set[str]]:
        """The names on every page that the tour is about."""
        login = self.client.get(reverse("login")).content
        self.enter()
        shown = {
            "home": self.client.get(reverse("entry:home")),
            "project": self.page("project", "general-affairs"),
        }
        shown |= {name: self.page(name) for name in ("report", "check", "fill")}
        book = edited(self.client.get(self.url("fill_download")).content, self.change)
        shown["taken"] = self.client.post(
            self.url("fill"), {"file": SimpleUploadedFile("填报.xlsx", book)}, follow=True
        )
        self.set_status(Status.SUBMITTED)
        add(Report.objects.get(pk=self.report.pk), self.world.reviewer, "basics", "请补充")
        self.set_status(Status.RETURNED)
        shown["returned"] = self.page("report")
        found = {"login": login, **{name: page.content for name, page in shown.items()}}
        return {name: Names(content.decode()).found for name, content in found.items()}

    @staticmethod
    def change(book: Workbook) -> None:
        book["基本情况"]["B2"] = "另一位填报人"
