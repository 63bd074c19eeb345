"""Every route × every role has a declared answer; a route that nobody declared fails.

The report is the department's, sent back to it once, so that both sides know it. Django's own admin pages
follow one rule: to whoever is no staff they are the login page, to staff they never break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, TestCase
from django.urls import get_resolver, reverse

from budgets.actions.adopt import adopt
from budgets.actions.annex import attach
from budgets.actions.comments import add
from budgets.actions.keep_upload import keep_upload
from budgets.actions.take_upload import take_upload
from budgets.actions.undo_upload import undo_upload
from budgets.actions.waive import waive
from budgets.domain.choices import Status
from budgets.models import PublishedFile, Report, Upload
from tests.budgets.workbook.files import edited
from tests.budgets.workbook.files import made as workbook_of
from tests.explanations import explain_all
from tests.sample_world import make_sample_world, sample

ROLES = (
    "anonymous",
    "preparer",
    "submitter",
    "sister_preparer",
    "reviewer",
    "approver",
    "administrator",
    "foreign_reviewer",
)
LOGIN = "login"
"""Redirected to the login page."""

Answers = Mapping[str, int | str]


def answers(*given: int | str) -> Answers:
    return dict(zip(ROLES, given, strict=True))


def everybody(status: int) -> Answers:
    return dict.fromkeys(ROLES, status)


def department(status: int | str, *, submitter: int | None = None) -> Answers:
    """Both roles of the report's department, or another answer for its submitter; for others there is nothing."""
    own = (status, submitter or status)
    return answers(LOGIN, *own, 404, 404, 404, 404, 404)


def signed_in(status: int) -> Answers:
    return {**everybody(status), "anonymous": LOGIN}


def bureau(reviewer: int, approver: int | None = None, administrator: int | None = None) -> Answers:
    """The roles of the report's district; departments are no staff, another district's bureau finds nothing."""
    approver, administrator = approver or reviewer, administrator or reviewer
    return answers(LOGIN, LOGIN, LOGIN, LOGIN, reviewer, approver, administrator, 404)


@dataclass(frozen=True)
class Asked:
    """One request to a route. ``args`` name what the world holds: ``report``, ``thread``, ``project``…"""

    answers: Answers
    args: tuple[str, ...] = ()
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    status: Status = Status.RETURNED


BEHIND_LOGIN = ("/entry/", "/admin/", "/login/", "/logout/", "/password/", "/notices/")
"""Where addresses begin of which nothing is kept by a browser; all others are public."""
REPORT = ("report",)
SAID = "〔1〕年部门支出预算〔2〕，其中：基本支出〔3〕，占〔4〕，项目支出〔5〕，占〔6〕。"
"""The wording of the sentence `expenditure.expenditure`."""
PUBLISHED = ("published_year", "published_code", "kind")


def entry(own: Answers, *args: str, **more: Any) -> Asked:
    return Asked(own, (*REPORT, *args), **more)


def posted(own: Answers, *args: str, **data: Any) -> Asked:
    return Asked(own, (*REPORT, *args), "post", data)


ROUTES: dict[str, tuple[Asked, ...]] = {
    "errors": (
        Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 404, 404, 404, 404)),
        Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 405, 405, 405, 405), method="post"),
    ),
    "login": (Asked({**everybody(302), "anonymous": 200}),),
    "logout": (Asked(everybody(405)), Asked(everybody(302), method="post")),
    "password": (Asked(signed_in(200)), Asked(signed_in(422), method="post")),
    "entry:home": (Asked(signed_in(200)),),
    "entry:help": (Asked(signed_in(200)), Asked(signed_in(405), method="post")),
    "entry:unit": (Asked(signed_in(405)), Asked(signed_in(302), method="post", data={"unit": "yuan"})),
    "entry:open": (
        Asked(signed_in(405)),
        Asked(
            department(409),
            method="post",
            data={"department": "<department>", "year": 2023, "kind": "budget"},
        ),
    ),
    "entry:report": (entry(department(200)),),
    "entry:preview": (entry(department(200)),),
    "entry:text": (entry(department(200)),),
    "entry:reword": (
        entry(department(200), "sentence"),
        entry(department(404), "nothing"),
        posted(
            department(422),
            "sentence",
            seen=SAID,
        ),
        posted(department(409), "sentence", seen="别的写法"),
    ),
    "entry:reword_back": (entry(signed_in(405), "nothing"), posted(department(404), "nothing")),
    "entry:workbook": (entry(department(200)),),
    "entry:document": (entry(department(200), "docx"), entry(department(404), "xlsx")),
    "entry:paper": (entry(department(404), "approval", "docx"), entry(department(404), "nothing", "docx")),
    "entry:edited": (entry(department(200)), posted(department(422))),
    "entry:edited_take": (entry(signed_in(405)), posted(department(422))),
    "entry:fill": (entry(department(200)), posted(department(422))),
    "entry:upload": (
        entry(answers(LOGIN, 200, 404, 404, 404, 404, 404, 404), "upload"),
        entry(department(200), "undone"),
        posted(answers(LOGIN, 302, 404, 404, 404, 404, 404, 404), "upload", again="1"),
        posted(department(409), "undone", again="1"),
        entry(department(404), "year"),
    ),
    "entry:upload_confirm": (
        entry(signed_in(405), "upload"),
        posted(answers(LOGIN, 302, 404, 404, 404, 404, 404, 404), "upload", looks=1),
        posted(answers(LOGIN, 409, 404, 404, 404, 404, 404, 404), "upload", looks="nothing"),
        posted(answers(LOGIN, 302, 404, 404, 404, 404, 404, 404), "undone"),
    ),
    "entry:upload_drop": (entry(signed_in(405), "upload"), posted(department(302), "upload")),
    "entry:upload_undo": (
        entry(signed_in(405), "upload"),
        posted(department(404), "upload"),
        posted(department(302), "undone"),
    ),
    "entry:fill_download": (
        entry(department(200)),
        entry(department(200), data={"empty": ""}),
        entry(department(404), data={"project": "nothing"}),
    ),
    "entry:draft": (
        entry(signed_in(405), "basics"),
        posted(department(200), "basics"),
        posted(department(404), "x"),
    ),
    "entry:draft_drop": (
        entry(signed_in(405), "basics"),
        posted(department(302), "basics"),
        posted(department(404), "nothing"),
    ),
    "entry:versions": (
        entry(department(200), "basics"),
        entry(department(404), "nothing"),
        posted(department(409), "basics", number=1, seen=0),
    ),
    "entry:lines": (entry(department(200)), entry(department(400), data={"nothing": 1})),
    "entry:check": (
        entry(department(200)),
        posted(department(403, submitter=302), seen="<changes>"),
    ),
    "entry:declare": (
        entry(signed_in(405), "projects"),
        posted(department(409), "staffing", on="check"),
        posted(department(409), "projects"),
        posted(department(409), "matters"),
        posted(department(404), "nothing"),
    ),
    "entry:declare_back": (
        entry(signed_in(405), "staffing"),
        posted(department(302), "projects"),
        posted(department(409), "matters"),
        posted(department(404), "nothing"),
    ),
    "entry:explain": (
        entry(signed_in(405)),
        posted(department(302), rule="nothing"),
        posted(department(409), rule="nothing", text="说明"),
    ),
    "entry:publish": (entry(department(200)), posted(department(403, submitter=409), seen="<changes>")),
    "entry:annex": (entry(signed_in(405)), posted(department(422))),
    "entry:annex_remove": (entry(signed_in(405)), posted(department(302))),
    "entry:annex_file": (entry(department(200)),),
    "entry:answer": (entry(signed_in(405), "thread"), posted(department(302), "thread", text="已改")),
    "entry:codes": (entry(department(200), "function"), entry(department(404), "nothing")),
    "entry:projects": (entry(department(200)),),
    "entry:project_add": (
        entry(signed_in(405)),
        posted(department(302), name="新项目", category="specific"),
    ),
    "entry:project_new": (entry(department(200)),),
    "entry:project_copy": (
        entry(signed_in(405)),
        posted(department(302), source="general-affairs"),
        posted(department(409), source="nothing"),
    ),
    "entry:project_take": (entry(signed_in(405)), posted(department(409), project="nothing")),
    "entry:project_reorder": (entry(signed_in(405)), posted(department(409))),
    "entry:project": (
        entry(department(200), "project"),
        entry(department(404), "nothing"),
        posted(department(302), "project", base=0),
        posted(department(409), "project", base=7),
    ),
    "entry:project_remove": (entry(department(200), "project"), posted(department(302), "project")),
    "entry:story": (
        Asked(department(200), ("code", "project")),
        Asked(department(404), ("code", "nothing")),
        Asked(signed_in(404), ("published_code", "published_project")),
    ),
    "entry:section": (
        entry(department(200), "basics"),
        entry(department(404), "nothing"),
        posted(department(302), "basics", base=0),
        posted(department(409), "basics", base=7),
    ),
    "notice_read": (
        Asked(signed_in(405), ("notice",)),
        Asked(answers(LOGIN, 302, 404, 404, 404, 404, 404, 404), ("notice",), "post"),
    ),
    "public:home": (Asked(everybody(200)),),
    "public:district": (Asked(everybody(200), ("published_district",)), Asked(everybody(404), ("nothing",))),
    "public:department": (Asked(everybody(200), ("published_code",)), Asked(everybody(404), ("nothing",))),
    "public:project": (
        Asked(everybody(200), ("published_code", "published_project")),
        Asked(everybody(404), ("code", "project")),
        Asked(everybody(404), ("published_code", "nothing")),
    ),
    "public:report": (
        Asked(everybody(200), PUBLISHED),
        Asked(everybody(404), ("year", "code", "kind")),
    ),
    "public:revision": (Asked(everybody(200), (*PUBLISHED, "one")),),
    "public:file": (
        Asked(everybody(200), (*PUBLISHED, "one", "file")),
        Asked(everybody(404), (*PUBLISHED, "one", "nothing")),
    ),
    "admin:budgets_report_changelist": (Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 200, 200, 200, 200)),),
    "admin:budgets_report_board": (
        Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 200, 200, 200, 200)),
        Asked(bureau(200), data={"district": "420112", "year": 2023, "kind": "budget"}),
        Asked({**bureau(404), "foreign_reviewer": 404}, data={"sort": "nothing"}),
    ),
    "admin:budgets_report_board_workbook": (Asked(bureau(200), data={"district": "420112"}),),
    "admin:budgets_report_rollup": (
        Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 200, 200, 200, 200)),
        Asked(bureau(200), data={"district": "420112", "department": "112001"}),
        Asked({**bureau(404), "foreign_reviewer": 404}, data={"department": "nothing"}),
    ),
    "admin:budgets_report_rollup_figure": (
        Asked(bureau(200), data={"cell": "T05/total/total", "year": 2023}, status=Status.SUBMITTED),
        Asked({**bureau(404), "foreign_reviewer": 404}, data={"cell": "nothing"}),
    ),
    "admin:budgets_report_rollup_workbook": (
        Asked(bureau(200), data={"district": "420112"}, status=Status.SUBMITTED),
        Asked(bureau(404), data={"district": "420112"}),
    ),
    "admin:budgets_report_publish_many": (
        Asked(bureau(404, 200, 404), data={"report": "<report>"}),
        Asked(bureau(404, 200, 404), method="post", data={"report": "<report>"}),
        Asked(bureau(404), method="post"),
    ),
    "admin:budgets_report_pass_many": (
        Asked(bureau(200, 404, 404), data={"report": "<report>"}, status=Status.SUBMITTED),
        Asked(bureau(200, 404, 404), method="post", data={"report": "<report>"}, status=Status.SUBMITTED),
        Asked(bureau(404), method="post"),
    ),
    "admin:budgets_report_approve_many": (
        Asked(bureau(404, 200, 404), data={"report": "<report>"}, status=Status.REVIEWED),
        Asked(bureau(404, 422, 404), method="post", data={"report": "<report>"}, status=Status.REVIEWED),
        Asked(bureau(404), method="post"),
    ),
    "admin:budgets_report_story": (
        Asked(bureau(200), ("code", "project")),
        Asked(bureau(404), ("code", "nothing")),
        Asked({**bureau(404), "foreign_reviewer": 200}, ("published_code", "published_project")),
    ),
    "admin:budgets_report_trail": (
        Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 200, 200, 200, 200)),
        Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 422, 422, 422, 422), data={"since": "nothing"}),
    ),
    "admin:budgets_report_trail_export": (Asked(answers(LOGIN, LOGIN, LOGIN, LOGIN, 200, 200, 200, 200)),),
    "admin:budgets_report_trail_save": (Asked(bureau(200), ("version",)),),
    "admin:budgets_report_change": (Asked(bureau(200), REPORT),),
    "admin:budgets_report_figure": (
        Asked(bureau(200), REPORT, data={"cell": "T05/total/total"}),
        Asked(bureau(404), REPORT),
    ),
    "admin:budgets_report_sentence": (
        Asked(bureau(200), REPORT, data={"key": "balance.total"}),
        Asked(bureau(404), REPORT),
    ),
    "admin:budgets_report_lines": (Asked(bureau(200), REPORT, data={"flow": "expenditure"}),),
    "admin:budgets_report_workbook": (Asked(bureau(200), REPORT),),
    "admin:budgets_report_document": (
        Asked(bureau(200), ("report", "docx")),
        Asked(bureau(404), ("report", "xlsx")),
    ),
    "admin:budgets_report_paper": (
        Asked(bureau(404), ("report", "approval", "docx")),
        Asked(bureau(404), ("report", "nothing", "docx")),
    ),
    "admin:budgets_report_annex": (Asked(bureau(200), REPORT),),
    "admin:budgets_report_publications": (
        Asked(bureau(200), REPORT),
        Asked({**bureau(404), "foreign_reviewer": 200}, ("published_report",)),
    ),
    "admin:budgets_report_withdraw": (
        Asked(bureau(404), ("report", "one")),
        Asked(bureau(404), ("published_report", "one"), "post", {"reason": "不该公开"}),
    ),
    "admin:budgets_report_published_file": (
        Asked({**bureau(404), "foreign_reviewer": 200}, ("published_report", "one", "file")),
        Asked(bureau(404), ("published_report", "one", "nothing")),
    ),
    "admin:budgets_report_checklist": (
        Asked({**bureau(405), "foreign_reviewer": 405}, REPORT),
        Asked(bureau(302, administrator=404), REPORT, "post", {"seen": "<changes>"}, status=Status.SUBMITTED),
        Asked(bureau(409, administrator=404), REPORT, "post", {"seen": "<changes>"}),
        Asked(bureau(422, administrator=404), REPORT, "post"),
    ),
    "admin:budgets_report_comment": (
        Asked({**bureau(405), "foreign_reviewer": 405}, REPORT),
        Asked(bureau(302, administrator=404), REPORT, "post", {"section": "basics", "text": "请补充"}),
    ),
    "admin:budgets_report_comment_act": (
        Asked(bureau(302, administrator=404), ("report", "thread", "resolve"), "post"),
    ),
    "admin:budgets_report_verb": (
        Asked(bureau(200, administrator=404), ("report", "return"), status=Status.SUBMITTED),
        Asked(bureau(409, 404, 404), ("report", "pass"), status=Status.SUBMITTED),
        Asked(bureau(404, 200, 404), ("report", "approve"), status=Status.REVIEWED),
        Asked(bureau(404, 409, 404), ("report", "publish"), status=Status.REVIEWED),
        Asked(bureau(409, administrator=404), ("report", "return")),
        Asked(bureau(404), ("report", "nothing")),
    ),
    "admin:budgets_report_waive": (
        Asked(bureau(200, administrator=404), ("report", "rule")),
        Asked(bureau(404), ("report", "nothing")),
        Asked(bureau(302, administrator=404), ("report", "rule"), "post", {"reason": "口径不同"}),
        Asked(bureau(422, administrator=404), ("report", "rule"), "post"),
        Asked(
            bureau(409, administrator=404),
            ("report", "rule"),
            "post",
            {"reason": "口径不同"},
            Status.ARCHIVED,
        ),
    ),
    "admin:budgets_report_lift": (
        Asked(bureau(200, administrator=404), ("report", "waiver")),
        Asked(bureau(302, administrator=404), ("report", "waiver"), "post"),
        Asked(bureau(404), ("report", "year"), "post"),
    ),
}


def routes() -> Iterator[tuple[str, str]]:
    """(name with its namespace, pattern) of every route that the URLconf has."""

    def walk(patterns: list[Any], prefix: str, namespace: str) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            text = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from walk(pattern.url_patterns, text, inner)
            else:
                yield f"{namespace}{pattern.name or ''}", text

    return walk(get_resolver().url_patterns, "", "")


def is_stock(name: str) -> bool:
    """Whether a route is Django's, or its theme's, and not of our review pages."""
    return name.startswith("admin:") and name not in ROUTES and not name.startswith("admin:budgets_report_")


STOCK = [(name, pattern) for name, pattern in routes() if is_stock(name)]


def address(pattern: str) -> str:
    """Some address that a stock pattern matches."""
    text = re.sub(r"\(\?P<app_label>(\w+)\|?[^)]*\)|\(\[\^/\]\+\)|<[^>]+>", lambda m: m[1] or "1", pattern)
    return "/" + re.sub(r"\(\?P<url>\.\*\)|[\^$]", "", text)


def _upload(report: Report, user: User, preparer: str) -> Upload:
    """An upload of ``user`` that waits for its confirmation."""
    content = edited(workbook_of(report), lambda book: book["基本情况"].__setitem__("B2", preparer))
    return keep_upload(report, user, "填报.xlsx", content)


def _undone(report: Report, user: User) -> Upload:
    upload = take_upload(report.pk, user, _upload(report, user, "甲").pk, 1)
    return undo_upload(report.pk, user, upload.pk)


def assert_headers(url: str, response: HttpResponseBase) -> None:
    """Nothing is stored but what is published; to whom it is sent makes no difference."""
    is_public = not url.startswith(BEHIND_LOGIN) and response.status_code == 200
    said = set(response["Cache-Control"].split(", "))
    assert said >= ({"public", "no-cache"} if is_public else {"private", "no-store"}), f"{url}: {said}"
    assert is_public == ("public" in said), f"{url}: {said}"
    assert response["X-Content-Type-Options"] == "nosniff", url
    assert "camera=(), " in response["Permissions-Policy"], url
    assert re.fullmatch("[0-9A-Z]{10}", response["X-Request-ID"]), url


class RoutesWorld(TestCase):
    """What the declared requests name, and a client for each role."""

    clients: dict[str, Client]

    @classmethod
    def setUpTestData(cls) -> None:
        made = make_sample_world()
        adopt(sample("344001", 2021), Status.ARCHIVED)
        published = adopt(sample("344001", 2022), Status.PUBLISHED)
        cls.report = made.report
        Report.objects.filter(pk=made.report.pk).update(
            status=Status.RETURNED, submitted_by=made.world.submitter, submitted_at=made.report.created_at
        )
        explain_all(made.report, made.world.submitter)
        thread = add(made.report, made.world.reviewer, "basics", "请补充")
        attach(made.report.pk, made.world.preparer, SimpleUploadedFile("说明.pdf", b"%PDF-1.4\n%%EOF\n"))
        cls.people: dict[str, User] = made.world.people
        cls.things: dict[str, Any] = {
            "report": made.report.pk,
            "thread": thread.pk,
            "sentence": "expenditure.expenditure",
            "version": made.report.versions.create(section="staffing", number=1, content={}).pk,
            "rule": "VAR-1",
            "waiver": waive(made.report.pk, made.world.reviewer, "TXT-1", "口径不同").pk,
            "notice": made.world.preparer.notices.get().pk,
            "upload": _upload(made.report, made.world.preparer, "新填报人").pk,
            "undone": _undone(made.report, made.world.preparer).pk,
            "project": "general-affairs",
            "year": 2023,
            "code": "112001",
            "kind": "budget",
            "published_report": published.pk,
            "published_year": 2022,
            "published_code": "344001",
            "published_district": "420106",
            "published_project": published.applications.first().project.key,
            "one": 1,
            "file": PublishedFile.objects.order_by("position")[0].name,
            "<report>": made.report.pk,
            "<department>": made.world.department.pk,
            "<changes>": Report.objects.get(pk=made.report.pk).changes,
        }

    def setUp(self) -> None:
        self.clients = {}
        for role in ROLES:
            self.clients[role] = Client()
            if role in self.people:
                self.clients[role].force_login(self.people[role])


class Routes(RoutesWorld):
    def ask(self, role: str, method: str, url: str, data: Mapping[str, Any]) -> int | str:
        """The answer, as if nothing was asked before or after."""
        client = self.clients[role]
        cookies = client.cookies.copy()
        with transaction.atomic():
            response = getattr(client, method)(url, data)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        client.cookies = cookies
        assert_headers(url, response)
        if not response.streaming:
            self.assertNotIn(
                b" object at 0x", response.content, f"{url} shows an object and not what it says"
            )
        to_login = response.status_code == 302 and response["Location"].startswith(
            ("/login/", "/admin/login/")
        )
        return LOGIN if to_login else response.status_code

    def test_every_route_is_declared_and_every_declaration_is_a_route(self) -> None:
        named = {name for name, _ in routes() if not is_stock(name)}
        self.assertEqual(named, set(ROUTES))

    def test_every_role_gets_the_declared_answer_in_entry(self) -> None:
        self.assert_declared([name for name in ROUTES if name.startswith("entry:")])

    def test_every_role_gets_the_declared_answer_in_review(self) -> None:
        self.assert_declared([name for name in ROUTES if name.startswith("admin:")])

    def test_every_role_gets_the_declared_answer_elsewhere(self) -> None:
        self.assert_declared([name for name in ROUTES if not name.startswith(("entry:", "admin:"))])

    def assert_declared(self, names: Iterable[str]) -> None:
        for name in names:
            for asked in ROUTES[name]:
                url = reverse(name, args=[self.things.get(arg, arg) for arg in asked.args])
                data = {key: self.things.get(value, value) for key, value in asked.data.items()}
                Report.objects.filter(pk=self.report.pk).update(status=asked.status)
                got = {role: self.ask(role, asked.method, url, data) for role in ROLES}
                with self.subTest(f"{asked.method} {url} {data}"):
                    self.assertEqual(got, dict(asked.answers))

    def test_the_admins_own_pages_are_for_staff(self) -> None:
        for name, pattern in STOCK:
            url = address(pattern)
            for role in ("anonymous", "preparer", "submitter", "sister_preparer"):
                with self.subTest(f"{name} {url} {role}"):
                    if name == "admin:login":
                        self.assertEqual(self.ask(role, "get", url, {}), 200)
                    elif name == "admin:logout":
                        self.assertIn(self.ask(role, "get", url, {}), (302, LOGIN))
                    else:
                        self.assertEqual(self.ask(role, "get", url, {}), LOGIN)
            for role in ("reviewer", "approver", "administrator", "foreign_reviewer"):
                with self.subTest(f"{name} {url} {role}"):
                    answer = self.ask(role, "get", url, {})
                    self.assertTrue(answer == LOGIN or int(answer) < 500, answer)

    def test_configuration_is_for_administrators(self) -> None:
        for name, _ in STOCK:
            if name.endswith("_changelist") and name.startswith(("admin:budgets_", "admin:auth_")):
                url = reverse(name)
                with self.subTest(url):
                    self.assertEqual(self.ask("administrator", "get", url, {}), 200)
                    for role in ("reviewer", "approver", "foreign_reviewer"):
                        self.assertEqual(self.ask(role, "get", url, {}), 404)
