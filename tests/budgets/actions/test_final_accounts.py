"""Final accounts go the way of a budget: submitted, returned, approved, published, corrected; by the same code."""

import datetime
import json
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from budgets import notifications
from budgets.actions.adopt import adopt
from budgets.actions.approve import approve
from budgets.actions.base import ActionRefused
from budgets.actions.pass_review import pass_review
from budgets.actions.publish import publish
from budgets.actions.return_for_changes import return_for_changes
from budgets.actions.save_section import current_number, save_section
from budgets.actions.submit import submit
from budgets.changes.cells import load_difference
from budgets.domain.choices import ReportKind, Status
from budgets.domain.problems import ImportRefused
from budgets.domain.schema import ThreePublicDetail
from budgets.exchange.importing import check_document
from budgets.forms.fields import AmountField, CountField, part_fields
from budgets.models import FiscalYear, LineItem, Notice, Publication, Report
from budgets.storage.dossier_json import dump_dossier, parse_dossier
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.sample_world import make_final_world, sample

from .transition_steps import (
    NUMBER,
    current,
    meet_all_points,
    to_approved,
    to_correcting,
    to_published,
    to_submitted,
    world_after,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make_final_world()


@pytest.fixture
def published():
    return world_after(to_published, make_final_world)


def save(report, place, key, change):
    """Change the content of one section as its page would."""
    section = find_section(load_dossier(report), key)
    content = section.content(load_dossier(report))
    change(content)
    save_section(report.pk, place.preparer, key, current_number(report, key), content)


def without_reason(code):
    def change(content):
        reasons = content["explanations"]["reasons"]
        content["explanations"]["reasons"] = [r for r in reasons if r["figure"] != f"completion.{code}"]

    return change


def content_of(file):
    with default_storage.open(file.file.name) as stored:
        return stored.read()


def test_they_are_published_with_the_budget_they_were_compared_with(published):
    report = published.report
    publication = report.publications.get()
    dossier = load_dossier(report)
    assert parse_dossier(publication.full_dossier, dossier.codes).parts == dossier.parts
    for stored in (publication.full_dossier, publication.dossier):
        assert (stored["budget"]["kind"], stored["budget"]["year"]) == ("budget", 2024)
        assert [before["year"] for before in stored["earlier"]] == [2023]
    figures = publication.summary["figures"]
    assert figures["total"]["amount"] == str(dossier.ledger.expenditure.total())
    assert figures["balance"]["title"] == "收入支出总计"
    assert figures["basic"]["previous"] is None


def test_their_files_are_the_nine_tables_and_the_evaluations(published):
    publication = published.report.publications.get()
    names = [file.name for file in publication.files.all()]
    assert names[:2] == ["112001-2024-final.xlsx", "112001-2024-final.json"]
    assert {f"112001-2024-final-F0{number}.csv" for number in range(1, 10)} <= set(names)
    workbook, document = (content_of(file) for file in publication.files.all()[:2])
    titles = openpyxl.load_workbook(BytesIO(workbook)).sheetnames
    assert sum("公开0" in title for title in titles) == 9
    data = json.loads(document)
    assert dump_dossier(check_document(data)) == data == dump_dossier(load_dossier(published.report))


def test_a_subject_that_was_not_done_as_budgeted_holds_them_up_until_it_has_a_reason(place):
    save(place.report, place, "explanations", without_reason("2080506"))
    with pytest.raises(ActionRefused, match="错误"):
        to_submitted(place.report, place)
    assert current(place.report).status == Status.DRAFT
    reason = {"figure": "completion.2080506", "text": "一人年中调出，缴费停止。"}
    save(place.report, place, "explanations", lambda c: c["explanations"]["reasons"].append(reason))
    assert to_submitted(place.report, place).status == Status.SUBMITTED


def test_they_are_returned_and_submitted_again(place):
    report = to_submitted(place.report, place)
    return_for_changes(report.pk, place.reviewer, current(report).changes, "请补充调整原因")
    assert current(report).status == Status.RETURNED

    def change(content):
        content["income"]["lines"][0]["remark"] = "2023 年决算年末结转和结余"

    save(current(report), place, "income", change)
    submit(report.pk, place.submitter, current(report).changes)
    assert current(report).status == Status.SUBMITTED


def test_a_correction_is_a_new_revision_that_says_what_changed(place):
    report = to_correcting(place.report, place)

    def change(content):
        """A hundred 元 from the first line to the second: reasons and totals stand."""
        first, second = content["expenditure"]["lines"][:2]
        first["amount"] = str(Decimal(first["amount"]) - 100)
        second["amount"] = str(Decimal(second["amount"]) + 100)

    before = report.publications.get().sheets
    save(report, place, "expenditure", change)
    to_submitted(current(report), place)
    assert Publication.objects.get(report=report).sheets == before
    meet_all_points(report, place.reviewer)
    pass_review(report.pk, place.reviewer, current(report).changes)
    approve(report.pk, place.approver, current(report).changes, NUMBER, timezone.localdate())
    publish(report.pk, place.submitter, current(report).changes)
    first, second = report.publications.order_by("revision")
    assert first.sheets == before and not load_difference(first.difference)
    difference = load_difference(second.difference)
    assert [change.place.rpartition(" › ")[2] for change in difference.typed] == ["金额", "金额"]
    assert difference.cells and all(cell.table.startswith("公开0") for cell in difference.cells)


def test_a_later_change_of_the_budget_does_not_reach_what_was_published(published):
    publication = published.report.publications.get()
    kept = json.dumps(publication.full_dossier, sort_keys=True)
    budget = Report.objects.get(kind=ReportKind.BUDGET, fiscal_year__year=2024)
    LineItem.objects.filter(report=budget).delete()
    publication.refresh_from_db()
    assert json.dumps(publication.full_dossier, sort_keys=True) == kept


def test_approved_ones_are_due_after_twenty_days_like_a_budget(place):
    report = to_approved(place.report, place)
    assert report.days_to_publish == 20


def test_importing_what_was_exported_changes_nothing(published, tmp_path):
    report = published.report
    changes = current(report).changes
    path = tmp_path / "final.json"
    path.write_bytes(content_of(report.publications.get().files.get(format="json")))
    call_command("import_report", str(path), status="published")
    assert current(report).changes == changes
    assert report.publications.count() == 1


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("completion.9999999", "不在本年度的科目表中"),
        ("completion.201", "没有指标"),
        ("nothing", "没有指标"),
    ],
)
def test_a_reason_for_a_figure_that_there_is_not_is_refused_at_its_place(place, figure, words):
    document = sample(year=2024, kind="final")
    document["explanations"]["reasons"].append({"figure": figure, "text": "某事"})
    with pytest.raises(ImportRefused) as refused:
        adopt(document, Status.DRAFT)
    (problem,) = refused.value.problems
    assert words in problem.message
    assert problem.path.startswith("$.explanations.reasons[")


def test_a_budget_knows_no_completion():
    make_final_world()
    document = sample(year=2024)
    document["explanations"] = {"reasons": [{"figure": "completion.2010350", "text": "某事"}]}
    with pytest.raises(ImportRefused):
        adopt(document, Status.ARCHIVED)


def test_every_field_of_the_three_public_and_of_an_adjustment_is_stored_and_given_back(place):
    document = sample(year=2024, kind="final")
    known = part_fields(ThreePublicDetail)
    document["three_public"] = {
        name: "1.50" if isinstance(field, AmountField) else 2 if isinstance(field, CountField) else "公务"
        for name, field in known.items()
    }
    document["income"]["lines"].append(
        {"key": "extra", "flow": "allocation", "fund": "other", "function": "2010399", "amount": "1.00"}
    )
    report = adopt(document, Status.DRAFT)
    stored = dump_dossier(load_dossier(report))
    assert stored["three_public"] == document["three_public"]
    assert stored["income"] == dump_dossier(check_document(document))["income"]


def test_a_deadline_of_final_accounts_is_theirs(place):
    today = timezone.localdate()
    FiscalYear.objects.update(
        final_deadline=today + datetime.timedelta(days=5),
        budget_deadline=today - datetime.timedelta(days=300),
    )
    assert current(place.report).days_left == 5
    notifications.remind()
    titles = set(Notice.objects.values_list("title", flat=True))
    assert any("2024 年部门决算的报送截止还有 5 天" in title for title in titles)
    assert any("档案馆 2024 年部门决算还没有建立" in title for title in titles)
