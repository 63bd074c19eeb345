"""Every address that a stranger can reach, in every format, says nothing of a withheld project.

The story has both kinds of withholding: a project that is withheld from the start, and one that a correction of the
budget and of its final accounts withholds, after which the revisions that showed it are withdrawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from budgets.actions.annex import attach
from budgets.files.document_text import text_of
from tests.budgets.disclosure.test_promise import KEYS, SETTLE, History, make_year, readable, run, tokens
from tests.pdf import pdf

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
OTHER_SITES = ("/entry/", "/admin/", "/login/", "/logout/", "/static/", "http:", "https:", "mailto:")
FROM_THE_START, LATER, SHOWN = 0, 1, 2


@pytest.fixture
def story() -> History:
    history = History(make_year())
    attach_a_pdf(history)
    for one in (
        *run("revoke", "withhold", final=False, which=FROM_THE_START),
        *run("withhold", final=True, which=FROM_THE_START),
        *SETTLE,
        *run("correct", "withhold", final=False, which=LATER),
        *run("correct", "withhold", final=True, which=LATER),
        *SETTLE,
        *run("withdraw", final=False, which=0),
        *run("withdraw", final=True, which=0),
    ):
        history.carry_out(one)
    return history


def attach_a_pdf(history: History) -> None:
    upload = SimpleUploadedFile("explanation.pdf", pdf("The department serves enterprises."))
    attach(history.year.final.pk, history.year.world.preparer, upload)


def crawl() -> Iterator[tuple[str, int, str]]:
    """(address, status, text) of everything that links lead to from the front page, and of what was there before."""
    seen: set[str] = set()
    waiting = ["/", "/?q=112001", "/?q=专班"]
    waiting += [f"/2023/112001/{kind}/{revision}/" for kind in ("budget", "final") for revision in (1, 2, 3)]
    waiting += [f"/departments/112001/projects/{key}/" for key in KEYS]
    client = Client()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = f"{answer.headers}\n{readable(raw)}"
        if raw.startswith(b"%PDF-"):
            text += text_of(raw, "pdf").words or ""
        yield address, answer.status_code, text
        if "html" in answer["Content-Type"]:
            links = (urljoin(address, link) for link in LINK.findall(text))
            waiting += [link for link in links if not link.startswith(OTHER_SITES)]


def test_no_public_address_tells_of_a_withheld_project(story: History) -> None:
    found = {address: (status, text) for address, status, text in crawl()}
    formats = {address.rpartition(".")[2] for address, (status, _) in found.items() if status == 200}
    assert {"xlsx", "json", "csv", "pdf"} <= formats
    assert "serves enterprises" in found["/2023/112001/final/2/112001-2023-final-annex.pdf"][1]
    gone = {address for address, (status, _) in found.items() if status == 410}
    assert gone == {"/2023/112001/budget/1/", "/2023/112001/final/1/"}
    for address, (status, text) in found.items():
        assert status in (200, 404, 410), (address, status)
        for index in (FROM_THE_START, LATER):
            told = [token for token in tokens(index) if token in text]
            assert not told, (address, told)
    assert any(token in text for _, text in found.values() for token in tokens(SHOWN))
    assert [found[f"/departments/112001/projects/{key}/"][0] for key in KEYS] == [404, 404, 200]


def test_what_was_withdrawn_is_gone_file_by_file(story: History) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.name, r.kind, p.revision FROM budgets_publishedfile f "
            "JOIN budgets_publication p ON p.id = f.publication_id "
            "JOIN budgets_report r ON r.id = p.report_id "
            "JOIN budgets_withdrawal w ON w.publication_id = p.id"
        )
        files = cursor.fetchall()
    assert len(files) > 25
    for name, kind, revision in files:
        answer = Client().get(f"/2023/112001/{kind}/{revision}/{name}")
        assert answer.status_code == 410 and "no-cache" in answer["Cache-Control"]
        assert not [t for index in (FROM_THE_START, LATER) for t in tokens(index) if t in answer.text]
