"""What fails nevertheless: a page in Chinese with a number, the same in header, log and the superuser's list."""

from __future__ import annotations

import errno
import io
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from budgets.audit import errors
from budgets.domain.choices import Status
from budgets.models import Draft, Report, SectionVersion
from config.apps import check_errors_root
from config.middleware import RequestIdMiddleware
from config.request_ids import ALPHABET
from tests.budgets.views.entry.case import form_of
from tests.sample_world import SampleWorld, make_sample_world

TYPED = "机密的内容"
"""Stands in what is posted and in the message of the exception; it is kept nowhere."""

Patch = Callable[[str, BaseException], None]


def disk_full() -> Exception:
    error = OperationalError("could not extend file")
    error.__cause__ = psycopg.errors.DiskFull("could not extend file")
    return error


FAILURES: dict[str, tuple[BaseException, int, str]] = {
    "a mistake": (ValueError(TYPED), 500, "系统出错"),
    "disk": (OSError(errno.ENOSPC, "No space left on device", TYPED), 507, "服务器存储空间不足"),
    "quota": (OSError(errno.EDQUOT, "Disk quota exceeded"), 507, "服务器存储空间不足"),
    "disk of SQLite": (OperationalError("database or disk is full"), 507, "服务器存储空间不足"),
    "disk of PostgreSQL": (disk_full(), 507, "服务器存储空间不足"),
    "database": (OperationalError("connection refused"), 503, "数据库暂时不能使用"),
    "another file": (OSError(errno.EACCES, "Permission denied"), 500, "系统出错"),
}


@dataclass(frozen=True)
class Place:
    """A request: who asks, for what, and the function that fails within it."""

    person: str
    failing: str
    method: str = "get"


PLACES = {
    "public": Place("", "budgets.views.public.departments.render"),
    "entry": Place("preparer", "budgets.views.entry.home.render"),
    "save": Place("preparer", "budgets.views.entry.editing.drop_saved", "post"),
    "draft": Place("preparer", "budgets.views.entry.drafts.keep_draft", "post"),
    "admin": Place("reviewer", "budgets.admin.trail.rows"),
    "comment": Place("reviewer", "budgets.admin.review.comments.redirect", "post"),
}


@pytest.fixture
def world(db: None) -> SampleWorld:
    made = make_sample_world()
    User.objects.create_superuser("root", password="sunshine-2024")
    return made


def console() -> logging.StreamHandler[Any]:
    """The handler that the settings make; pytest adds others."""
    handlers = logging.getLogger("django.request").handlers
    return next(handler for handler in handlers if handler.name == "console")  # type: ignore[return-value]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What goes to the journal, in the format of the settings."""
    handler, written = console(), io.StringIO()
    before = handler.stream
    handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture(autouse=True)
def _errors(settings: Any, tmp_path: Any) -> None:
    settings.ERRORS_ROOT = str(tmp_path / "errors")


def client_of(name: str) -> Client:
    client = Client(raise_request_exception=False)
    if name:
        client.force_login(User.objects.get(username=name))
    return client


def ask(client: Client, report: Report, name: str) -> HttpResponse:
    """The answer to the request of `PLACES`."""
    urls = {
        "public": reverse("public:home"),
        "entry": reverse("entry:home"),
        "save": reverse("entry:section", args=[report.pk, "basics"]),
        "draft": reverse("entry:draft", args=[report.pk, "basics"]),
        "admin": reverse("admin:budgets_report_trail"),
        "comment": reverse("admin:budgets_report_comment", args=[report.pk]),
    }
    if PLACES[name].method == "get":
        return client.get(urls[name])
    return client.post(urls[name], posted(client, urls["save"], name))


def posted(client: Client, page: str, name: str) -> dict[str, Any]:
    if name == "comment":
        return {"section": "basics", "text": TYPED}
    return {**form_of(client.get(page)), "basics-preparer": [TYPED]}


def number_on(page: HttpResponse) -> str:
    (number,) = re.findall(rf"<b>([{ALPHABET}]{{10}})</b>", page.content.decode())
    return str(number)


@pytest.mark.parametrize("failure", FAILURES)
@pytest.mark.parametrize("name", PLACES)
def test_one_number_on_the_page_in_the_header_in_the_log_and_in_the_list(
    world: SampleWorld, log: io.StringIO, name: str, failure: str
) -> None:
    error, status, words = FAILURES[failure]
    if name == "comment":
        Report.objects.filter(pk=world.report.pk).update(
            status=Status.SUBMITTED, submitted_by=world.submitter, submitted_at=world.report.created_at
        )
    with mock.patch(PLACES[name].failing, side_effect=error):
        answer = ask(client_of(PLACES[name].person), world.report, name)

    text, number = answer.content.decode(), number_on(answer)
    assert answer.status_code == status
    assert answer["X-Request-ID"] == number
    assert f"<h1>{words}</h1>" in text and 'lang="zh-Hans"' in text
    assert ("没有改动编报的数据" in text) == (PLACES[name].method == "get")
    assert ("要么全部写入，要么没有写入" in text) == (PLACES[name].method == "post")
    assert TYPED not in text and "Traceback" not in text

    lines = [line for line in log.getvalue().splitlines() if " ERROR " in line]
    assert lines and all(f" {number} " in line for line in lines)

    root = client_of("root")
    listed = root.get(reverse("errors")).content.decode()
    assert f'href="?number={number}"' in listed
    shown = root.get(reverse("errors"), {"number": f" {number[:5].lower()} {number[5:].lower()} "})
    found = errors.find(number)
    assert found and found.status == status and type(error).__qualname__ in found.kinds
    who = "" if words.startswith("数据库") else PLACES[name].person
    assert found.user == who
    assert (found.method, found.request_id) == (PLACES[name].method.upper(), number)
    for part in (number, type(error).__name__, "/" + found.route.partition("<")[0], who or "—"):
        assert part in shown.content.decode()
    for content in (listed, shown.content.decode(), str(found)):
        assert TYPED not in content


@pytest.mark.parametrize("failure", FAILURES)
def test_a_save_that_fails_at_its_end_has_saved_nothing(world: SampleWorld, failure: str) -> None:
    client, before = client_of("preparer"), Report.objects.get(pk=world.report.pk)
    url = reverse("entry:section", args=[world.report.pk, "basics"])
    values = posted(client, url, "save")
    client.post(reverse("entry:draft", args=[world.report.pk, "basics"]), values)
    versions = SectionVersion.objects.count()
    with mock.patch("budgets.views.entry.editing.drop_saved", side_effect=FAILURES[failure][0]):
        assert client.post(url, values).status_code == FAILURES[failure][1]
    after = Report.objects.get(pk=world.report.pk)
    assert (after.preparer, after.changes) == (before.preparer, before.changes)
    assert SectionVersion.objects.count() == versions
    assert TYPED in str(Draft.objects.get().data)
    assert client.post(url, values).status_code == 302
    assert Report.objects.get(pk=world.report.pk).preparer == TYPED
    assert not Draft.objects.exists()


def test_the_traceback_leads_to_the_line_and_holds_no_value(world: SampleWorld) -> None:
    def fail(secret: str) -> None:
        try:
            int(secret)
        except ValueError as error:
            raise KeyError(secret) from error

    with mock.patch("budgets.views.entry.editing.drop_saved", side_effect=lambda *_: fail(TYPED)):
        answer = ask(client_of("preparer"), world.report, "save")
    found = errors.find(answer["X-Request-ID"])
    assert found
    assert found.kinds == "KeyError ← ValueError"
    assert found.objects == f"report={world.report.pk}"
    assert found.route == "entry/<int:report>/<slug:key>/"
    assert "budgets/views/entry/editing.py" in found.calls and "int(secret)" in found.calls
    assert found.calls.index("int(secret)") < found.calls.index("raise KeyError(secret)")
    assert TYPED not in found.calls and "csrf" not in found.calls


def test_the_list_is_the_superusers(world: SampleWorld) -> None:
    answers = {
        name: client_of(name).get(reverse("errors")).status_code for name in ("administrator", "reviewer")
    }
    assert answers == {"administrator": 404, "reviewer": 404}
    assert client_of("preparer").get(reverse("errors")).status_code == 302
    root = client_of("root")
    assert "没有运行错误" in root.get(reverse("errors")).content.decode()
    assert "运行错误" in root.get(reverse("admin:index")).content.decode()
    assert "运行错误" not in client_of("administrator").get(reverse("admin:index")).content.decode()
    for number in ("ABC", "../../x"):
        page = root.get(reverse("errors"), {"number": number})
        assert page.status_code == 200
        assert "没有编号为" in page.content.decode()
    assert root.get(reverse("errors"), {"number": "a\0b"}).status_code == 400
    assert root.get(reverse("errors"), {"number": "A" * 50}).status_code == 422


def away(*_: Any, **__: Any) -> None:
    raise OperationalError("connection refused")


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the server cannot be reached; a session is asked for, too."""
    monkeypatch.setattr(BaseDatabaseWrapper, "ensure_connection", away)
    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", away)


@pytest.mark.parametrize("address", ["/", "/entry/", "/admin/", "/2023/112001/budget/", "/login/"])
def test_without_a_database_there_is_a_page(no_database: None, log: io.StringIO, address: str) -> None:
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32
    answer = client.get(address)
    assert answer.status_code == 503
    assert "数据库暂时不能使用" in answer.content.decode()
    number = number_on(answer)
    assert number == answer["X-Request-ID"] and f" {number} django.request: " in log.getvalue()
    assert errors.find(number)


def test_other_pages_of_refusal_need_no_database_either(no_database: None) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sessionid"] = "a" * 32
    missing, forged = client.get("/nothing/here/at/all/"), client.post("/login/")
    assert (missing.status_code, forged.status_code) == (404, 403)
    assert "没有找到这个页面" in missing.content.decode() and "页面已过期" in forged.content.decode()


def test_a_database_that_is_away_because_the_disk_is_full(no_database: None) -> None:
    with mock.patch("config.errors.shutil.disk_usage", return_value=mock.Mock(free=4096)):
        answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 507
    assert "服务器存储空间不足" in answer.content.decode()


def test_a_page_that_cannot_be_rendered_still_says_what_it_can(
    settings: Any, tmp_path: Any, no_database: None
) -> None:
    """Nobody ran `collectstatic`: every page fails of the files that it names, and so does the error page."""
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.storage.ModuleStaticFilesStorage"},
    }
    answer = Client(raise_request_exception=False).get("/nothing/")
    assert answer.status_code == 500
    assert "系统出错" in answer.content.decode()
    assert number_on(answer) == answer["X-Request-ID"]


def test_more_fields_than_are_read(settings: Any, db: None) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    answer = Client().post("/login/", dict.fromkeys("abcdef", "1"))
    assert answer.status_code == 413
    assert "提交的内容过大" in answer.content.decode()
    assert not errors.latest()


def test_an_answer_that_breaks_off_is_kept_and_logged(world: SampleWorld, caplog: Any) -> None:
    def broken(*_: Any) -> Iterator[str]:
        yield "时间\r\n"
        raise ValueError(TYPED)

    client = client_of("reviewer")
    with mock.patch("budgets.admin.trail._lines", broken):
        answer = client.get(reverse("admin:budgets_report_trail_export"))
        with pytest.raises(ValueError):
            b"".join(answer.streaming_content)
    found = errors.find(answer["X-Request-ID"])
    assert found and found.kinds == "ValueError" and found.user == "reviewer"
    assert "answer broken off" in caplog.text


def test_the_deployment_check_tells_where_nothing_can_be_kept(settings: Any, tmp_path: Any) -> None:
    assert check_errors_root() == []
    (tmp_path / "file").touch()
    settings.ERRORS_ROOT = str(tmp_path / "file" / "errors")
    assert [found.id for found in check_errors_root()] == ["config.W001"]


# --- the number -------------------------------------------------------------------------------------


def test_every_request_has_a_number_of_its_own() -> None:
    seen: list[str] = []

    def view(request: Any) -> HttpResponse:
        record = logging.LogRecord("x", logging.INFO, "", 1, "said", None, None)
        console().filter(record)
        seen.append(record.request_id)  # type: ignore[attr-defined]
        return HttpResponse()

    middleware = RequestIdMiddleware(view)
    sent = [
        middleware(RequestFactory().get("/", headers={"X-Request-ID": "forged"}))["X-Request-ID"]
        for _ in range(50)
    ]
    assert sent == seen
    assert len(set(sent)) == 50
    assert all(re.fullmatch(f"[{ALPHABET}]{{10}}", number) for number in sent)


def test_lines_outside_of_a_request_have_none(log: io.StringIO, db: None) -> None:
    Client().get("/login/")
    logging.getLogger("django.request").error("later")
    assert " ERROR - django.request: later" in log.getvalue()
