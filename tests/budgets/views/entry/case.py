"""What the tests of the entry site share: the sample's draft, its people, and reading a page's form."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import TestCase
from django.urls import reverse

from budgets.domain.ledger import STAND_IN
from budgets.models import Report
from tests.factories import World
from tests.sample_world import make_sample_world


class FormReader(HTMLParser):
    """The values that a browser would post of the form with an id; what is in a template is not posted."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id, self.values = id, {}
        self.inside = self.skipped = 0
        self.select: str | None = None
        self.chosen: str | None = None
        self.area: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("id") == self.id
        self.skipped += tag == "template"
        if not self.inside or self.skipped:
            return
        name = given.get("name")
        if tag == "input" and name and given.get("type") != "submit":
            if given.get("type") != "checkbox" or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value") or "")
        elif tag == "select":
            self.select, self.chosen = name, None
        elif tag == "option" and self.select and ("selected" in given or self.chosen is None):
            self.chosen = given.get("value") or ""
        elif tag == "textarea":
            self.area, self.text = name, ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag == "template"
        if tag == "form":
            self.inside = False
        if tag == "select" and self.select:
            self.values.setdefault(self.select, []).append(self.chosen or "")
            self.select = None
        if tag == "textarea" and self.area:
            self.values.setdefault(self.area, []).append(self.text.removeprefix("\n"))
            self.area = None


def form_of(response: HttpResponse, id: str = "section-form") -> dict[str, list[str]]:
    reader = FormReader(id)
    reader.feed(response.content.decode())
    assert reader.values, f"no form #{id} on the page"
    return reader.values


class EntryCase(TestCase):
    """The sample budget of 2023 as a draft; nobody is logged in."""

    world: World
    report: Report

    @classmethod
    def setUpTestData(cls) -> None:
        sample = make_sample_world()
        cls.world, cls.report = sample.world, sample.report

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"entry:{name}", args=[self.report.pk, *args])

    def enter(self, user: User | None = None) -> None:
        self.client.force_login(user or self.world.preparer)

    def page(self, name: str, *args: Any, status: int = 200) -> HttpResponse:
        response = self.client.get(self.url(name, *args))
        assert response.status_code == status, response.status_code
        return response

    def follow_links(self, page: HttpResponse, *, fields: int, every: int) -> None:
        """Every link to a control leads to it, of more than ``fields``; each so many-th link to rows to a page.

        None leads to what stands in for withheld projects.
        """
        links = set(re.findall(rf'href="(/entry/{self.report.pk}/[^"]+)"', unescape(page.content.decode())))
        controls = {link for link in links if "#f-" in link}
        rows = {link for link in links if "/lines/" in link}
        self.assertGreater(len(controls), fields)
        self.assertGreater(len(rows), 10)
        self.assertFalse([link for link in controls | rows if STAND_IN in link])
        pages: dict[str, str] = {}
        for link in sorted(controls):
            address, _, anchor = link.partition("#")
            if address not in pages:
                pages[address] = self.client.get(address).content.decode()
            self.assertTrue(f'id="{anchor}"' in pages[address], link)
        for link in sorted(rows)[::every]:
            self.assertEqual(self.client.get(link).status_code, 200, link)

    def set_status(self, status: str, **values: Any) -> None:
        people = {"submitted_by": self.world.submitter, "submitted_at": self.report.created_at}
        Report.objects.filter(pk=self.report.pk).update(status=status, **people, **values)
