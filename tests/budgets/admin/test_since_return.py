"""What changed since the report was returned: exactly that, wherever it was saved."""

from __future__ import annotations

from copy import deepcopy

from django.urls import reverse
from django.utils import timezone

from budgets.actions import projects
from budgets.actions.correct import correct
from budgets.actions.publish import publish
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.reword import reword
from budgets.actions.save_section import current_number, save_section
from budgets.admin.review.since_return import as_it_was, since_handed_back
from budgets.domain.choices import Status
from budgets.models import Report
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section

from .conftest import put


def save(report: Report, user, section: str, change) -> None:
    """Save a section with its JSON changed by ``change``."""
    found = find_section(load_dossier(report), section)
    content = deepcopy(found.content(load_dossier(report)))
    change(content)
    save_section(report.pk, user, section, current_number(report, section), content)


def returned(world, report: Report) -> Report:
    return_for_changes(report.pk, world.reviewer, Report.objects.get(pk=report.pk).changes, "请核对")
    return Report.objects.get(pk=report.pk)


def add_to_first_line(cents: str):
    def change(content) -> None:
        content["expenditure"]["lines"][0]["amount"] = cents

    return change


def test_a_report_that_never_went_back(world, report) -> None:
    assert since_handed_back(report, load_dossier(report)) is None


def test_only_what_was_changed_after_is_listed(world, report, login) -> None:
    put(report, Status.RETURNED)
    save(report, world.preparer, "staffing", lambda c: c["staffing"].update(retirees=7))
    put(report, Status.SUBMITTED)
    before = dump_dossier(load_dossier(report))
    report = returned(world, report)
    assert since_handed_back(report, load_dossier(report)).changes == []
    save(report, world.preparer, "expenditure", add_to_first_line("1660000.00"))
    dossier = load_dossier(report)
    since = since_handed_back(report, dossier)
    assert dump_dossier(as_it_was(report, dossier, since.at)) == before
    total = next(c for c in since.changes if c.key == "T03/total/total")
    assert total.old != total.new
    page = login(world.reviewer).get(reverse("admin:budgets_report_change", args=[report.pk]))
    assert "退回后的改动" in page.text and "figure/?cell=T03/total/total" in page.text


def test_projects_that_were_removed_and_added(world, report) -> None:
    put(report, Status.RETURNED)
    first, second = report.applications.values_list("project__key", flat=True)[:2]
    keys = list(report.applications.values_list("project__key", flat=True))
    projects.reorder(report.pk, world.preparer, keys)
    put(report, Status.SUBMITTED)
    before = dump_dossier(load_dossier(report))
    report = returned(world, report)
    projects.remove(report.pk, world.preparer, first)
    added = projects.add(report.pk, world.preparer, {"name": "新项目"})
    save(
        report,
        world.preparer,
        f"project:{second}",
        lambda c: c["application"].update(change_reason="另有原因"),
    )
    dossier = load_dossier(report)
    since = since_handed_back(report, dossier)
    assert dump_dossier(as_it_was(report, dossier, since.at)) == before
    tables = {change.key.partition("/")[0] for change in since.changes}
    assert f"T13.{first}" in tables and f"T13.{added}" in tables


def test_the_last_time_it_went_back_counts(world, report) -> None:
    report = returned(world, report)
    save(report, world.preparer, "expenditure", add_to_first_line("1660000.00"))
    put(report, Status.SUBMITTED)
    report = returned(world, report)
    assert since_handed_back(report, load_dossier(report)).changes == []
    save(report, world.preparer, "expenditure", add_to_first_line("1670000.00"))
    change = next(
        c for c in since_handed_back(report, load_dossier(report)).changes if c.key == "T03/total/total"
    )
    assert (change.old, change.new) == ("3074.53", "3075.53")


def test_fields_are_listed_beside_the_figures(world, report, login) -> None:
    report = returned(world, report)
    save(report, world.preparer, "expenditure", add_to_first_line("1660000.00"))
    fields = since_handed_back(report, load_dossier(report)).fields
    assert [f.new for f in fields] == ["166.00 万元"] and fields[0].place.endswith("› 金额")
    page = login(world.reviewer).get(reverse("admin:budgets_report_change", args=[report.pk]))
    assert fields[0].place in page.text


def test_sentences_of_the_text_are_listed_and_marked(world, report, login) -> None:
    report = returned(world, report)
    client, url = login(world.reviewer), reverse("admin:budgets_report_change", args=[report.pk])
    assert "没有改动说明文字" in client.get(url, {"tab": "text"}).text
    save(report, world.preparer, "staffing", lambda c: c["staffing"].update(retirees=7))
    page = client.get(url, {"tab": "text"})
    assert [change.key for change in page.context["since"].sentences] == ["staffing.retired"]
    assert page.text.count("is-changed") == 1
    sentence = reverse("admin:budgets_report_sentence", args=[report.pk])
    told = client.get(sentence, {"key": "staffing.retired"}).text
    assert "退回前" in told and "退休0人" in told and "7</span>" in told
    assert "退回前" not in client.get(sentence, {"key": "staffing.filled"}).text


def test_a_sentence_in_the_departments_words_is_marked(world, report, login) -> None:
    report = returned(world, report)
    wording = "离退休共〔1〕人，〔2〕人离休，〔3〕人退休。"
    original = "离退休人员〔1〕人，其中：离休〔2〕人，退休〔3〕人。"
    reword(report.pk, world.preparer, "staffing.retired", original, wording)
    client, url = login(world.reviewer), reverse("admin:budgets_report_change", args=[report.pk])
    page = client.get(url, {"tab": "text"}).text
    assert "部门改写的句子" in page and page.count("is-reworded") == 1 and "0人离休，0人退休" in page
    sentence = reverse("admin:budgets_report_sentence", args=[report.pk])
    assert "部门改写了这句话" in client.get(sentence, {"key": "staffing.retired"}).text


def test_a_correction_marks_the_sentences_that_the_public_has_otherwise(world, report, login) -> None:
    put(report, Status.APPROVED, approval_number="1号", approval_date=timezone.localdate())
    publish(report.pk, world.submitter, report.changes)
    correct(report.pk, world.approver, report.changes, "人数有误")
    save(report, world.preparer, "staffing", lambda c: c["staffing"].update(retirees=7))
    client, url = login(world.reviewer), reverse("admin:budgets_report_change", args=[report.pk])
    page = client.get(url, {"tab": "text"}).text
    assert "与已公开的版本相比改动的句子" in page and "退休0人" in page and page.count("is-changed") == 1


def test_any_published_revision_can_be_compared_with(world, report, login) -> None:
    put(report, Status.APPROVED, approval_number="1号", approval_date=timezone.localdate())
    publish(report.pk, world.submitter, report.changes)
    correct(report.pk, world.approver, report.changes, "金额有误")
    save(report, world.preparer, "expenditure", add_to_first_line("1660000.00"))
    client, url = login(world.reviewer), reverse("admin:budgets_report_change", args=[report.pk])
    assert "?tab=changes&amp;revision=1" in client.get(url).text
    found = client.get(url, {"revision": "1"}).context["compared"]
    assert [f.new for f in found.fields] == ["166.00 万元"]
    assert "T03/total/total" in {cell.key for cell in found.cells}
    for nothing in ("2", "0", "x", "²", "99999"):
        assert client.get(url, {"revision": nothing}).status_code == 404
