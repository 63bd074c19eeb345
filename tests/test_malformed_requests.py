"""No request breaks a route: every one of the URLconf is sent malformed values in every place.

In the parts of its address, in the names and values that it reads of the query and of what is posted, in headers.
Whatever the answer is, it is no error of the server, and what cannot be text is refused in words.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict
from django.test import Client, override_settings
from django.urls import reverse

from tests import test_routes
from tests.controls import controls

SOAK = "SCALE" in os.environ
"""With `make soak` every declared request is tried, and not one of each route, with more values and each by itself."""
pytestmark = [pytest.mark.soak] if SOAK else []
NOT_TEXT = ("%00", "a%1B", "%ED%A0%80", "%7F", "%C2%85", "%FF", "a%00b")[: None if SOAK else 3]
"""Percent-encoded: control characters, half a character, no UTF-8."""
STRANGE = (
    "9" * 400, "9999-12-31", "\u202e\xb2" + "a" * 5000, "9" * 19, "", "-1", "0", "0001-01-01", "1e999", "NaN", "\u0661",
    "..", "'\"><", "[]", "{}", "\r\n",
)[: None if SOAK else 2]  # fmt: skip
"""Text, and yet not what anything expects: too large, too far, too long, turned around, a digit that is no digit."""
LOOKUPS = (
    "q",
    "o",
    "p",
    "e",
    "id__exact",
    "id__in",
    "_to_field",
    "_popup",
    "_changelist_filters",
    "year",
    "next",
)
"""What Django's own pages read of a query without asking for it by name."""
HEADERS = (
    {"HTTP_X_FORWARDED_FOR": "nothing"},
    {"HTTP_X_FORWARDED_FOR": "1.2.3.4\x00, 5"},
    {"HTTP_X_FORWARDED_FOR": "9" * 5000},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 5000},
    {"HTTP_REFERER": "http://[/"},
    {"HTTP_COOKIE": "sessionid=%00; csrftoken=\x00; messages=x"},
    {"HTTP_IF_MODIFIED_SINCE": "never"},
    {"HTTP_IF_NONE_MATCH": '"\x00'},
    {"HTTP_RANGE": "bytes=9-1"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[/"},
)
BODIES = (
    ("application/x-www-form-urlencoded; charset=nothing", b"a=1"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="a\x00"\r\n\r\n1\r\n--x--',
    ),
    ("application/x-www-form-urlencoded", b"%00=%00&a%00b=1"),
    ("application/x-www-form-urlencoded", b"\xff=\xff"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
    ("multipart/form-data", b"nothing"),
    ("multipart/form-data; boundary=", b"--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="\x00"\r\n\r\n1\r\n--x--',
    ),
    ("application/json", b'{"a": "\\ud800"}'),
)


@dataclass(frozen=True)
class Address:
    """An address that exists, its own parts, who may do most there, and what is sent to it."""

    role: str
    method: str
    url: str
    args: tuple[str, ...]
    data: Mapping[str, str]


class Reads:
    """Records the names that are read of queries and posted forms."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}

    def __enter__(self) -> Reads:
        def recorded(method: Any) -> Any:
            def inner(data: QueryDict, name: str, *more: Any) -> Any:
                self.names[name] = None
                return method(data, name, *more)

            return inner

        methods = ("__getitem__", "get", "getlist", "__contains__")
        own = {name: getattr(QueryDict, name) for name in methods}
        self.patches = [patch.object(QueryDict, name, recorded(own[name])) for name in methods]
        for each in self.patches:
            each.start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in self.patches:
            each.stop()


class MalformedRequests(test_routes.RoutesWorld):
    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.root = User.objects.create_superuser("root-of-all", password="sunshine-2024")
        cls.people = {**cls.people, "root": cls.root}

    def setUp(self) -> None:
        self.clients = {}
        for role in ("anonymous", "submitter", "approver", "administrator", "root"):
            self.clients[role] = Client(raise_request_exception=False)
            if role in self.people:
                self.clients[role].force_login(self.people[role])
        self.broken: list[str] = []

    def tearDown(self) -> None:
        self.assertEqual("\n".join(self.broken[:40]), "")

    def send(self, role: str, method: str, url: str, **more: Any) -> Any:
        """The response, as if nothing was asked before or after."""
        client = self.clients[role]
        cookies = client.cookies.copy()
        with transaction.atomic():
            response = client.generic(method, url, **more)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        client.cookies = cookies
        return response

    def post(self, at: Address, url: str, data: Mapping[str, str] | None = None) -> Any:
        given = at.data if data is None else data
        body = "&".join(f"{quote(name, safe='%')}={quote(value, safe='%')}" for name, value in given.items())
        return self.send(at.role, "POST", url, data=body, content_type="application/x-www-form-urlencoded")

    def assert_stands(self, response: Any, what: str) -> None:
        if response.status_code >= 500:
            error = response.exc_info[1] if response.exc_info else ""
            self.broken.append(f"{what[:120]}: {response.status_code} {error!r:.200}")

    def routes(self, *methods: str) -> Iterator[Address]:
        for name, requests in test_routes.ROUTES.items():
            role = "submitter" if name.startswith(("entry:", "notice")) else "anonymous"
            role = "approver" if name.startswith("admin:") else role
            asked = [each for each in requests if each.method in methods]
            for each in asked if SOAK else asked[:1]:
                args = [self.things.get(arg, arg) for arg in each.args]
                data = {key: str(self.things.get(value, value)) for key, value in each.data.items()}
                yield Address(role, each.method, reverse(name, args=args), tuple(map(str, args)), data)
        for _, pattern in test_routes.STOCK if "get" in methods else ():
            yield Address("root", "get", test_routes.address(pattern), ("1",), {})

    def test_parts_of_an_address(self) -> None:
        for at in self.routes("get", "post"):
            parts = at.url.split("/")
            for place, malformed in itertools.product(range(len(parts)), (*NOT_TEXT, *map(quote, STRANGE))):
                if parts[place] not in at.args:
                    continue
                url = "/".join((*parts[:place], malformed, *parts[place + 1 :]))
                response = self.post(at, url) if at.method == "post" else self.send(at.role, "GET", url)
                self.assert_stands(response, f"{at.role} {at.method} {url}")
                if malformed == NOT_TEXT[0] and response.status_code != 400:
                    self.broken.append(f"{at.role} {at.method} {url}: {response.status_code}")

    def test_names_and_values_of_a_query(self) -> None:
        for at in self.routes("get"):
            with Reads() as reads:
                self.query(at, at.data)
            for malformed in NOT_TEXT:
                for query in (f"{malformed}=1", f"q={malformed}"):
                    response = self.send(at.role, "GET", f"{at.url}?{query}")
                    self.assert_stands(response, f"{at.role} {at.url}?{query}")
            names = dict.fromkeys((*reads.names, *(LOOKUPS if at.role == "root" else ())))
            for strange in STRANGE:
                self.query(at, dict.fromkeys(names, strange))
            for name, strange in itertools.product(names if at.role != "root" or SOAK else (), STRANGE[1:]):
                self.query(at, {**at.data, name: strange})

    def query(self, at: Address, data: Mapping[str, str]) -> None:
        query = "&".join(f"{quote(name)}={quote(value)}" for name, value in data.items())
        response = self.send(at.role, "GET", f"{at.url}?{query}")
        self.assert_stands(response, f"{at.role} {at.url}?{query}")

    def test_names_and_values_that_are_posted(self) -> None:
        for at in self.routes("post"):
            with Reads() as reads:
                self.assert_stands(self.post(at, at.url, at.data), at.url)
            for malformed in NOT_TEXT:
                response = self.post(at, at.url, {**at.data, malformed: "1"})
                self.assert_stands(response, f"{at.role} {at.url} {malformed}")
            values = (*NOT_TEXT, *STRANGE) if SOAK else (NOT_TEXT[0], STRANGE[0])
            for name, strange in itertools.product(reads.names, values):
                response = self.post(at, at.url, {**at.data, name: strange})
                self.assert_stands(response, f"{at.role} {at.url} {name}={strange}")

    def test_every_control_of_a_page(self) -> None:
        for at in self.routes("get"):
            page = self.send(at.role, "GET", at.url)
            if page.status_code != 200 or page.streaming or b"<form" not in page.content:
                continue
            known = controls(page.content.decode())
            for strange in (*NOT_TEXT, *STRANGE) if SOAK else (NOT_TEXT[0], STRANGE[0]):
                response = self.post(at, at.url, dict.fromkeys(known, strange))
                self.assert_stands(response, f"{at.role} {at.url} all={strange}")

    def test_headers(self) -> None:
        for url, headers in itertools.product(
            ("/", "/login/", "/entry/", "/admin/", "/2022/344001/budget/"), HEADERS
        ):
            with self.settings(TRUSTED_PROXIES=1):
                for role in ("anonymous", "submitter", "approver"):
                    self.assert_stands(self.send(role, "GET", url, **headers), f"{role} {url} {headers}")

    def test_bodies(self) -> None:
        for at in self.routes("post"):
            for content_type, body in BODIES[: None if SOAK else 2]:
                response = self.send(at.role, "POST", at.url, data=body, content_type=content_type)
                self.assert_stands(response, f"{at.role} {at.url} {body!r}")

    @override_settings(AXES_ENABLED=True)
    def test_a_login(self) -> None:
        names = ("a" * 256, "a" * 5000, "%00", "%ED%A0%80", "\u202e", "9" * 400)
        for url, name, headers in itertools.product(("/login/", "/admin/login/"), names, HEADERS):
            body = f"username={quote(name, safe='%')}&password={quote(name, safe='%')}"
            with self.settings(TRUSTED_PROXIES=1):
                for _ in range(2):
                    response = self.send(
                        "anonymous",
                        "POST",
                        url,
                        data=body,
                        content_type="application/x-www-form-urlencoded",
                        **headers,
                    )
                    self.assert_stands(response, f"{url} {name[:20]} {headers}")
