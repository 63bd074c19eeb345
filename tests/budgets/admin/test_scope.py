"""Role × page: whoever reviews the report's district reads it; for everybody else it does not exist."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, reverse

from budgets.actions import comments
from budgets.admin.review.report import ReportAdmin
from budgets.domain.choices import Status
from budgets.models import Report

from .conftest import put

READERS = ("reviewer", "approver", "administrator")
STRANGERS = ("foreign_reviewer", "foreign_approver")
NOT_STAFF = ("preparer", "submitter", "sister_preparer")
TABS = ("changes", "tables", "text", "projects", "performance", "findings", "checklist", "comments", "trail")


def pages(report: Report) -> dict[str, str]:
    def url(name: str, *args: object) -> str:
        return reverse(f"admin:budgets_report_{name}", args=[report.pk, *args])

    return {
        "change": url("change"),
        "figure": url("figure") + "?cell=T05/total/total",
        "lines": url("lines") + "?flow=expenditure",
        "sentence": url("sentence") + "?key=balance.total",
        "workbook": url("workbook"),
        "document": url("document", "docx"),
    }


def acts(report: Report, thread: int) -> dict[str, tuple[str, dict]]:
    def url(name: str, *args: object) -> str:
        return reverse(f"admin:budgets_report_{name}", args=[report.pk, *args])

    given = {"seen": report.changes, "reason": "理由", "number": "1号", "date": "2026-01-01"}
    return {
        **{
            f"verb {v}": (url("verb", v), given)
            for v in ("return", "pass", "approve", "revoke", "publish", "correct")
        },
        "comment": (url("comment"), {"section": "income", "text": "意见"}),
        **{
            f"comment {v}": (url("comment_act", thread, v), {"text": "答复"})
            for v in ("answer", "resolve", "reopen")
        },
        "checklist": (url("checklist"), {**given, "verdict-goals": "passed", "note-goals": ""}),
        **{
            name: (reverse(f"admin:budgets_report_{name}"), {"report": report.pk, **given})
            for name in ("publish_many", "pass_many", "approve_many")
        },
    }


def snapshot(report: Report) -> object:
    """Everything of a report that an act could change."""
    return (
        list(Report.objects.filter(pk=report.pk).values()),
        list(report.comments.values()),
        list(report.transitions.values()),
    )


def test_every_page_is_in_the_matrix() -> None:
    """A new route of the review has to say here who gets what."""
    names = {p.name.removeprefix("budgets_report_") for p in routes()}
    known = {
        "change",
        "figure",
        "lines",
        "sentence",
        "workbook",
        "document",
        "verb",
        "comment",
        "comment_act",
        "checklist",
    }
    known |= {"publish_many", "pass_many", "approve_many", "waive", "lift", "story"}
    known |= {"publications", "published_file", "withdraw"}  # tests/test_routes.py, test_publications.py
    known |= {name for name in names if name.startswith(("board", "rollup", "trail"))}
    known |= {"paper"}  # tests/test_routes.py, tests/budgets/disclosure/test_papers.py
    assert names - known == {"changelist", "annex"}


def routes() -> list[URLPattern]:
    from django.contrib import admin

    return ReportAdmin(Report, admin.site).get_urls()


@pytest.mark.parametrize("name", READERS)
def test_the_district_reads(world, report, login, name) -> None:
    client = login(getattr(world, name))
    for url in pages(report).values():
        assert client.get(url).status_code == 200, url
    for tab in TABS:
        assert (
            client.get(reverse("admin:budgets_report_change", args=[report.pk]), {"tab": tab}).status_code
            == 200
        )


@pytest.mark.parametrize("name", STRANGERS)
def test_for_another_district_it_does_not_exist(world, report, login, name) -> None:
    thread = comments.add(report, world.reviewer, "income", "请核对").pk
    client, before = login(getattr(world, name)), snapshot(report)
    annex = reverse("admin:budgets_report_annex", args=[report.pk])
    for url in (*pages(report).values(), annex):
        assert client.get(url).status_code == 404, url
    for url, data in acts(report, thread).values():
        assert client.get(url, data).status_code in (404, 405), url
        assert client.post(url, data).status_code == 404, url
    assert snapshot(report) == before


@pytest.mark.parametrize("name", NOT_STAFF)
def test_departments_have_no_admin(world, report, login, name) -> None:
    client, before = login(getattr(world, name)), snapshot(report)
    thread = comments.add(report, world.reviewer, "income", "请核对").pk
    before = snapshot(report)
    for url in pages(report).values():
        assert client.get(url).headers["Location"].startswith("/admin/login/"), url
    for url, data in acts(report, thread).values():
        assert client.post(url, data).headers["Location"].startswith("/admin/login/"), url
    assert snapshot(report) == before


def test_nobody_is_asked_to_log_in(report, client) -> None:
    for url in pages(report).values():
        assert client.get(url).headers["Location"].startswith("/admin/login/"), url


@pytest.mark.parametrize("name", READERS + STRANGERS)
def test_a_draft_is_the_departments_own(world, report, login, name) -> None:
    report = put(report, Status.DRAFT, submitted_by=None, submitted_at=None)
    client, before = login(getattr(world, name)), snapshot(report)
    for url in pages(report).values():
        assert client.get(url).status_code == 404, url
    for url, data in acts(report, 1).values():
        assert client.post(url, data).status_code == 404, url
    assert "112001" not in client.get(reverse("admin:budgets_report_changelist"), {"state": "all"}).text
    assert snapshot(report) == before


def test_an_administrator_reads_and_does_nothing(world, report, login) -> None:
    thread = comments.add(report, world.reviewer, "income", "请核对").pk
    client, before = login(world.administrator), snapshot(report)
    for url, data in acts(report, thread).values():
        assert client.post(url, data).status_code == 404, url
    assert snapshot(report) == before


@pytest.mark.parametrize("tab", ["", "changes", "comments"])
def test_nothing_can_be_posted_to_the_report(world, report, login, tab) -> None:
    before = snapshot(report)
    url = reverse("admin:budgets_report_change", args=[report.pk]) + (f"?tab={tab}" if tab else "")
    for person in (world.reviewer, world.approver, world.administrator):
        data = {"status": "published", "approval_number": "1", "revision": 9, "_save": "保存"}
        assert login(person).post(url, data).status_code == 405
    assert snapshot(report) == before


def test_django_has_no_pages_to_add_edit_or_delete_a_report(world, report, login) -> None:
    world.administrator.is_superuser = True
    world.administrator.save()
    client = login(world.administrator)
    for address in ("add/", f"{report.pk}/delete/", f"{report.pk}/history/", f"{report.pk}/"):
        assert client.get(f"/admin/budgets/report/{address}").status_code == 404
        assert client.post(f"/admin/budgets/report/{address}", {"post": "yes"}).status_code == 404
    url = reverse("admin:budgets_report_changelist")
    client.post(url, {"action": "delete_selected", "_selected_action": report.pk, "post": "yes"})
    assert Report.objects.filter(pk=report.pk).exists()


def test_an_unknown_tab_is_not_there(world, report, login) -> None:
    url = reverse("admin:budgets_report_change", args=[report.pk])
    assert login(world.reviewer).get(url, {"tab": "nothing"}).status_code == 404
