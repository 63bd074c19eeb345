"""Bringing reports in: what is made, what is replaced, what is refused, and that refusals leave nothing."""

import pytest

from budgets.actions.adopt import adopt
from budgets.actions.save_section import Conflict, current_number, save_section
from budgets.domain.choices import Role, Status
from budgets.domain.problems import ImportRefused
from budgets.domain.transitions import Verb
from budgets.models import (
    Department,
    District,
    FiscalYear,
    LineItem,
    Project,
    Publication,
    PublishedFile,
    Report,
    SectionVersion,
    Transition,
)
from budgets.storage.dossier_json import dump_dossier
from budgets.storage.loading import load_dossier
from budgets.storage.sections import find_section
from tests.factories import make_report, make_world, person
from tests.sample_world import sample

pytestmark = pytest.mark.django_db
COUNTED = (
    District,
    Department,
    FiscalYear,
    Report,
    Project,
    LineItem,
    Transition,
    Publication,
    PublishedFile,
)


def refused(document, status=Status.DRAFT) -> dict[str, str]:
    """Message by path; nothing may have been written."""
    before = [list(model.objects.order_by("pk").values()) for model in COUNTED]
    with pytest.raises(ImportRefused) as caught:
        adopt(document, status)
    assert [list(model.objects.order_by("pk").values()) for model in COUNTED] == before
    return {problem.path: problem.message for problem in caught.value.problems}


def named(name: str, year: int) -> dict:
    """A blank archived report of that year under that name."""
    document = {key: sample()[key] for key in ("format", "kind", "profile", "edition", "district")}
    department = {**sample()["department"], "name": name}
    return document | {"year": year, "department": department}


def test_district_department_and_year_are_made_from_the_document():
    report = adopt(sample(), Status.DRAFT)
    assert (report.status, report.revision, report.changes) == (Status.DRAFT, 1, 0)
    assert report.department.name == sample()["department"]["name"]
    assert report.department.district.code == "420112"
    assert report.fiscal_year.budget_profile == "dongxihu_2023"
    assert report.retirees == sample()["staffing"].get("retirees", 0)
    entry = report.transitions.get()
    assert (entry.verb, entry.source, entry.target, entry.user) == (Verb.ADOPT, "", Status.DRAFT, None)


def test_what_is_there_is_used():
    world = make_world(2023)
    report = adopt(sample(), Status.DRAFT)
    assert (report.department, report.fiscal_year) == (world.department, world.year)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.CORRECTING])
def test_other_states_cannot_be_brought_in(status):
    with pytest.raises(ValueError):
        adopt(sample(), status)


def test_the_edition_must_be_loaded():
    assert "load_classification" in refused(sample() | {"edition": "1999"})["$.edition"]


def test_a_year_with_another_edition_or_profile_is_refused():
    world = make_world(2023, profile="wuchang_2022")
    assert "表样" in refused(sample())["$.profile"]
    world.year.budget_profile = "dongxihu_2023"
    world.year.edition = type(world.year.edition).objects.create(code="2025")
    world.year.save()
    assert "2025 年版" in refused(sample())["$.edition"]


def test_a_department_of_another_district_is_refused():
    world = make_world(2023)
    Department.objects.filter(pk=world.department.pk).update(district=world.other_district)
    assert "武昌区" in refused(sample())["$.department.code"]


@pytest.mark.parametrize(
    ("path", "place", "value", "message"),
    [
        ("$.expenditure.lines[0].function", ("expenditure", "lines", 0, "function"), "9990000", "不在本年度"),
        ("$.expenditure.lines[0].use", ("expenditure", "lines", 0, "use"), "project", "须在项目中填写"),
        ("$.income.lines[0].flow", ("income", "lines", 0, "flow"), "allocation", "只有决算"),
        ("$.income.lines[0].flow", ("income", "lines", 0, "flow"), "expenditure", "只能是"),
        (
            "$.projects[1].activities.activities[0].lines[0].economic",
            ("projects", 1, "activities", "activities", 0, "lines", 0, "economic"),
            "39998",
            "不在本年度",
        ),
        ("$.projects[0].identity.end_year", ("projects", 0, "identity", "end_year"), 1999, "不能早于"),
        ("$.explanations.reasons[0].figure", ("explanations", "reasons", 0, "figure"), "magic", "没有指标"),
    ],
)
def test_what_a_part_cannot_store_is_named_by_its_path(path, place, value, message):
    document = sample()
    node = document
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = value
    if place[-1] == "end_year":
        node["start_year"] = 2023
    found = refused(document)
    assert list(found) == [path]
    assert message in found[path]


def test_a_draft_is_replaced_and_pages_that_are_open_notice():
    person("tianbao-test", Role.PREPARER, department=adopt(sample(), Status.DRAFT).department)
    report = Report.objects.get()
    user = report.department.memberships.get().user
    dossier = load_dossier(report)
    mine = find_section(dossier, "staffing").content(dossier)
    mine["staffing"]["retirees"] = 3
    document = sample()
    document["staffing"]["retirees"] = 4
    del document["projects"][0]
    again = adopt(document, Status.DRAFT)
    assert (again.pk, again.changes, again.retirees) == (report.pk, 1, 4)
    assert len(load_dossier(again).projects) == 11
    assert current_number(again, "staffing") == 1
    assert current_number(again, "basics") == 0
    with pytest.raises(Conflict):
        save_section(report.pk, user, "staffing", 0, mine)


def test_an_archived_report_can_be_replaced():
    adopt(sample(year=2022), Status.ARCHIVED)
    document = sample(year=2022)
    document["expenditure"]["lines"][0]["amount"] = "1.00"
    report = adopt(document, Status.ARCHIVED)
    assert report.status == Status.ARCHIVED
    assert load_dossier(report).ledger.expenditure.lines[0].amount == 1


@pytest.mark.parametrize("status", [Status.DRAFT, Status.ARCHIVED, Status.PUBLISHED])
def test_the_same_document_twice_changes_nothing(status):
    report = adopt(sample(), status)
    before = [list(model.objects.order_by("pk").values()) for model in COUNTED]
    assert adopt(sample(), status) == report
    assert [list(model.objects.order_by("pk").values()) for model in COUNTED] == before
    assert not SectionVersion.objects.exists()


@pytest.mark.parametrize(
    "status",
    [
        Status.SUBMITTED,
        Status.RETURNED,
        Status.REVIEWED,
        Status.APPROVED,
        Status.PUBLISHED,
        Status.CORRECTING,
    ],
)
def test_a_report_that_is_further_is_left_alone(status):
    make_report(make_world(2023), status)
    assert status.label in refused(sample())["$"]
    assert status.label in refused(sample(), Status.ARCHIVED)["$"]


def test_a_published_report_is_frozen():
    report = adopt(sample(), Status.PUBLISHED)
    assert (report.approval_number, report.approval_date) == ("", None)
    publication = report.publications.get()
    assert (publication.revision, publication.published_by) == (1, None)
    assert publication.files.filter(format="xlsx").count() == 1


def test_a_report_with_errors_is_not_published():
    document = sample()
    document["projects"][3]["activities"]["activities"][0]["lines"][0]["economic"] = "302"
    found = refused(document, Status.PUBLISHED)
    assert "$.projects[3]" in found
    assert "CLS-1" in found["$.projects[3]"]


@pytest.mark.parametrize("order", [(2021, 2022, 2023), (2023, 2021, 2022), (2022, 2023, 2021)])
def test_a_renamed_department_has_its_name_in_every_year(order):
    names = {2021: "企业服务中心", 2022: "企业服务中心", 2023: "企业和人才服务中心"}
    for year in order:
        adopt(named(names[year], year), Status.ARCHIVED)
    for report in Report.objects.all():
        assert dump_dossier(load_dossier(report))["department"]["name"] == names[report.year]
    assert Department.objects.get().name == names[2023]


def test_a_name_in_the_middle_keeps_the_ones_around_it():
    adopt(named("甲", 2020), Status.ARCHIVED)
    adopt(named("甲", 2023), Status.ARCHIVED)
    adopt(named("乙", 2022), Status.ARCHIVED)
    department = Department.objects.get()
    assert [department.name_in(year) for year in (2020, 2021, 2022, 2023)] == ["甲", "甲", "乙", "甲"]


def test_a_name_from_before_reports_is_an_earlier_one():
    world = make_world(2023)
    adopt(named("旧名", 2021), Status.ARCHIVED)
    world.department.refresh_from_db()
    assert world.department.name == "企业和人才服务中心"
    assert world.department.name_in(2021) == "旧名"
