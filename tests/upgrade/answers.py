"""What a database answers: its published files and figures, and its pages to every role.

    python -m tests.upgrade.answers EXPECTED

migrates the database that the environment names, asks everything that ``EXPECTED`` (JSON) has, and prints what
was answered in the same shape.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections import Counter
from typing import Any
from urllib.parse import urljoin, urlsplit

ROLES = ("", "tianbao", "baosong", "chushen", "pifu", "guanli", "wc-tianbao", "wc-chushen")
"""User names; the first is nobody."""

STARTS = {
    "": ["/", "/2023/112001/budget/1/"],
    "tianbao": ["/entry/"],
    "baosong": ["/entry/"],
    "wc-tianbao": ["/entry/"],
}
"""Where a role begins; others in the admin. Nothing leads to a revision that is withdrawn."""
SAME_PAGES = ("baosong",)
"""Who sees the pages of the role before, with other acts on them: one of each route is asked."""
LINK = re.compile(r'(?:href|src)="([^"#]+)')

OF_A_KIND = 1
"""Addresses of one route and report that are asked in a role: sections and projects are alike."""

Answers = dict[str, Any]


def answers_now() -> Answers:
    """Whatever there is, found by following links."""
    return {"files": files(), "figures": figures(), "pages": {role: crawl(role) for role in ROLES}}


def answers_again(expected: Answers) -> Answers:
    """What ``expected`` names, asked again."""
    pages = {role: {a: status(role, a) for a in addresses} for role, addresses in expected["pages"].items()}
    return {"files": files(), "figures": figures(), "pages": pages}


def files() -> dict[str, str]:
    """SHA-256 by address of every published file, as it is stored, and as anybody downloads it."""
    from budgets.models import PublishedFile

    found = {}
    rows = PublishedFile.objects.select_related(
        "publication__report__department", "publication__report__fiscal_year", "publication__withdrawal"
    )
    for file in rows:
        publication, report = file.publication, file.publication.report
        address = f"/{report.year}/{report.department.code}/{report.kind}/{publication.revision}/{file.name}"
        with file.file.open("rb") as stored:
            found[address] = hashlib.sha256(stored.read()).hexdigest()
        if not hasattr(publication, "withdrawal"):
            answer = client("").get(address, follow=True)
            downloaded = b"".join(answer.streaming_content)
            assert hashlib.sha256(downloaded).hexdigest() == found[address], address
    return found


def figures() -> dict[str, Any]:
    """By publication, and by report with an approval that waits: every keyed cell of its sheets, the summary, what
    it changed, and the headline figures of the whole report."""
    from budgets.classification.lookup import subjects_of
    from budgets.disclosure.publication import StoredContent
    from budgets.domain.dossier import Dossier
    from budgets.domain.figures import headline
    from budgets.models import ApprovedContent, Publication, Report
    from budgets.storage.dossier_json import parse_dossier

    def content(row: Any, report: Report) -> dict[str, Any]:
        frozen = StoredContent(report, row)
        whole: Dossier = parse_dossier(row.full_dossier, subjects_of(report.fiscal_year.edition).names)
        return {
            "cells": {
                sheet.table + "/" + key: str(cell.value)
                for sheet in frozen.sheets
                for key, cell in sheet.cells.items()
            },
            "summary": {key: figure["amount"] for key, figure in frozen.summary["figures"].items()},
            "changes": [[c.label, c.old, c.new] for c in frozen.difference.cells],
            "typed": [[c.place, c.old, c.new] for c in frozen.difference.typed],
            "whole": {figure.key: str(figure.of(whole)) for figure in headline(whole.header.kind)},
        }

    found = {str(row): content(row, row.report) for row in Publication.objects.all()}
    return found | {f"{row.report} 待公开": content(row, row.report) for row in ApprovedContent.objects.all()}


def crawl(role: str) -> dict[str, int]:
    """Status by address, from where the role starts; at most `OF_A_KIND` of one route and report."""
    from django.urls import Resolver404, resolve

    found: dict[str, int] = {}
    asked: Counter[tuple[str, ...]] = Counter()
    waiting = STARTS.get(role, ["/admin/", "/admin/budgets/report/"])[:]
    while waiting:
        address = waiting.pop(0)
        parts = urlsplit(address)
        if address in found or parts.netloc or not address.startswith("/"):
            continue
        try:
            match = resolve(parts.path)
        except Resolver404:
            continue
        if role and match.namespace == "public":
            continue  # What nobody in particular sees is asked once.
        about = () if role in SAME_PAGES else ("report", "year", "code", "kind")
        kind = (match.view_name, *(str(match.kwargs.get(name)) for name in about))
        if asked[kind] >= OF_A_KIND:
            continue
        asked[kind] += 1
        answer = client(role).get(address, follow=True)
        found[address] = answer.status_code
        if not answer.streaming and "html" in answer["Content-Type"]:
            waiting += [urljoin(address, link.replace("&amp;", "&")) for link in LINK.findall(answer.text)]
    return found


def status(role: str, address: str) -> int:
    """Of the page that the address leads to."""
    answer = client(role).get(address, follow=True)
    if answer.streaming:
        answer.close()
    return answer.status_code


def client(role: str) -> Any:
    from django.contrib.auth.models import User
    from django.test import Client

    if role not in _clients:
        _clients[role] = Client(SERVER_NAME="localhost")
        if role:
            _clients[role].force_login(
                User.objects.get(username=role), "django.contrib.auth.backends.ModelBackend"
            )
    return _clients[role]


_clients: dict[str, Any] = {}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with open(sys.argv[1], encoding="utf-8") as file:
        expected = json.load(file)
    json.dump(answers_again(expected), sys.stdout, ensure_ascii=False)
