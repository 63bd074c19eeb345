"""10,000 malformed posts, pastes and JSON documents: none is an error of the server, and what is refused writes nothing.

Each is a page's own controls, a grid or a sample document of which some places hold what nobody expects there. The
numbers are seeds: the same ones every time, SCALE adds others. ``make soak PART=hostile``.
"""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from budgets.actions.adopt import adopt
from budgets.domain.choices import Status
from budgets.domain.problems import ImportRefused
from tests.controls import controls
from tests.sample_world import SampleWorld, make_sample_world, sample

pytestmark = [pytest.mark.soak, pytest.mark.django_db]

SCALE = float(os.environ.get("SCALE", "0"))
POSTS, PASTES, DOCUMENTS = (round(each * SCALE) for each in (4000, 3000, 3000))
PARTS = range(10)
"""Each is a test of its own, so that workers share them."""
STRANGE = (
    "\x00", "\x1b[31m", "\ud800", "\u202e", "\ufeff", "\u0661\u0662", "\xb2", "-0", "1e999", "NaN", "Infinity", "9" * 400,
    "0." + "0" * 400 + "1", "1,2,3", "(1)", "-", "/", "=1+1", "@SUM(A1)", "\t", "\n", "\r\n", "  ", "a" * 9000, "\u4e00" * 9000,
    "<script>", "{{ 1 }}", "{% x %}", "%s", "../../etc/passwd", "'; DROP TABLE x --", "[]", "{}", "null", "true", "0",
    "2023-02-30", "9999-12-31", "2019999", "30299", "\U0001f600", "e\u0301", "",
)  # fmt: skip
VALUES = (*STRANGE, None, True, False, 0, -1, 10**30, 1.5, [], {}, [[]], {"a": []}, [None] * 3)
LEFT_OUT = ("budgets_draft",)
"""What is refused may be kept as a draft."""


@pytest.fixture
def place() -> SampleWorld:
    return make_sample_world()


def stored() -> list[Any]:
    """The rows of each table, and how often each report was changed."""
    tables = [
        model._meta.db_table
        for app in ("budgets", "performance")
        for model in apps.get_app_config(app).get_models()
        if model._meta.db_table not in LEFT_OUT
    ]
    counts = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
    changes = "SELECT 'changes', coalesce(sum(changes), 0) FROM budgets_report"
    with connection.cursor() as cursor:
        cursor.execute(f"{counts} UNION ALL {changes}")
        return sorted(cursor.fetchall())


def attempt(act: Callable[[], int]) -> int:
    """The status of an act, which is then taken back. A refusal must have written nothing."""
    with transaction.atomic():
        before = stored()
        status = act()
        assert status < 500
        if status >= 400:
            assert stored() == before
        transaction.set_rollback(True)
    return status


def seeds(part: int, count: int) -> Iterator[random.Random]:
    for number in range(part, count, len(PARTS)):
        yield random.Random(number)


class Pages:
    """The pages that a person may post, with their controls."""

    def __init__(self, place: SampleWorld) -> None:
        self.client = Client()
        self.client.force_login(place.submitter)
        report = place.report.pk
        sections = ("basics", "income", "expenditure", "staffing", "matters")
        addresses = [reverse("entry:section", args=[report, key]) for key in sections]
        addresses += [reverse("entry:project", args=[report, "general-affairs"])]
        self.known: dict[str, dict[str, str]] = {}
        for address in addresses:
            page = self.client.get(address)
            if page.status_code == 200:
                self.known[address] = controls(page.content.decode(), "section-form").dict()
        assert len(self.known) > 3

    def post(self, address: str, data: dict[str, str]) -> int:
        body = "&".join(f"{encoded(name)}={encoded(value)}" for name, value in data.items())
        return self.client.post(address, body, "application/x-www-form-urlencoded").status_code


def encoded(text: str) -> str:
    """As a program could send it: half a character too."""
    return quote(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("part", PARTS)
def test_posts(place: SampleWorld, part: int) -> None:
    pages, statuses = Pages(place), set()
    for draw in seeds(part, POSTS):
        address = draw.choice(list(pages.known))
        data = dict(pages.known[address])
        for _ in range(draw.choice((1, 1, 2, 5, 20))):
            name = draw.choice(list(data))
            match draw.randrange(4):
                case 0:
                    data.pop(name)
                case 1:
                    data[draw.choice(STRANGE)[:100] or "x"] = draw.choice(STRANGE)
                case _:
                    data[name] = draw.choice(STRANGE)
        statuses.add(attempt(lambda address=address, data=data: pages.post(address, data)))
    assert not statuses or statuses & {400, 409, 422}


@pytest.mark.parametrize("part", PARTS)
def test_pastes(place: SampleWorld, part: int) -> None:
    pages = Pages(place)
    boxes = [
        (address, name.removesuffix("-paste"))
        for address, data in pages.known.items()
        for name in data
        if name.endswith("-paste")
    ]
    assert boxes
    for draw in seeds(part, PASTES):
        address, region = draw.choice(boxes)
        width = draw.randrange(1, 12)
        rows = [
            "\t".join(draw.choice((*STRANGE, "金额", "名称", "合计", "12.5")) for _ in range(width))
            for _ in range(draw.choice((1, 2, 5, 40)))
        ]
        more = {
            f"{region}-paste-row": draw.choice(("0", *STRANGE)),
            f"{region}-paste-column": draw.choice(STRANGE),
        }
        more[f"{region}-paste-merged"] = draw.choice(("0:0:2", "9:9:9", *STRANGE))
        data = {
            **pages.known[address], f"{region}-paste": draw.choice(("\n", "\r\n", "\r")).join(rows),
            "command": f"{region}-paste", **(more if draw.random() < 0.5 else {}),
        }  # fmt: skip
        assert attempt(lambda address=address, data=data: pages.post(address, data)) != 302


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*path, key))


@pytest.mark.parametrize("part", PARTS)
def test_documents(place: SampleWorld, part: int) -> None:
    original = sample()
    found = list(places(original))

    def act(document: dict[str, Any]) -> int:
        try:
            with transaction.atomic():
                adopt(document, Status.DRAFT)
        except ImportRefused as refused:
            str(refused).encode()
            return 422
        return 200

    for draw in seeds(part, DOCUMENTS):
        document = copy.deepcopy(original)
        for _ in range(draw.choice((1, 1, 1, 3))):
            *path, last = draw.choice(found)
            inner: Any = document
            try:
                for step in path:
                    inner = inner[step]
                match draw.randrange(5):
                    case 0:
                        del inner[last]
                    case 1 if isinstance(inner, dict):
                        inner[draw.choice(STRANGE)] = draw.choice(VALUES)
                    case _:
                        inner[last] = draw.choice(VALUES)
            except (KeyError, IndexError, TypeError):
                continue  # an earlier change took the place away
        attempt(lambda document=document: act(document))
