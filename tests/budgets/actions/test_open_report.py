"""A new year starts from a copy of the last."""

import pytest

from budgets.actions.adopt import adopt
from budgets.actions.base import ActionRefused, Forbidden
from budgets.actions.open_report import open_report
from budgets.actions.projects import add
from budgets.actions.save_section import save_section
from budgets.domain.choices import ReportKind, Status
from budgets.domain.schema import Basics, Expenditure, Explanations, Income, Staffing, ThreePublicDetail
from budgets.models import ClassificationEdition, EconomicCode, FiscalYear, Report
from budgets.parts.income import income
from budgets.review.validation import judge
from budgets.storage.loading import load_dossier
from performance.domain.goals import Goals
from tests.factories import fill, make_report, make_world
from tests.sample_world import sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world(year=2023)


@pytest.fixture
def next_year(world):
    year = world.year
    return FiscalYear.objects.create(
        district=year.district,
        year=2024,
        edition=year.edition,
        budget_profile=year.budget_profile,
        budget_open=True,
    )


def start(world, year):
    return open_report(world.department, year, ReportKind.BUDGET, world.preparer)


def test_the_first_year_starts_blank(world):
    report = start(world, world.year)
    assert report.status == Status.DRAFT
    assert load_dossier(report).ledger.total() == 0
    assert report.transitions.get().verb == "open"


def test_what_continues_is_copied_and_what_does_not_is_not(world, next_year):
    last = make_report(world)
    fill(
        last,
        {
            "staffing": {"posts": [{"category": "institution", "authorised": 51, "filled": 40}]},
            "income": {
                "lines": [
                    {"key": "i", "amount": "100.00"},
                    {"key": "o", "flow": "opening", "amount": "5.00"},
                ]
            },
            "explanations": {"reasons": [{"figure": "total", "text": "项目减少"}]},
        },
    )
    kept = add(last.pk, world.preparer, {"name": "综合业务", "attribute": "new"})
    add(last.pk, world.preparer, {"name": "搬迁", "type": "one_off"})
    indicator = {"key": "n", "name": "次数", "value_before_last": "1", "value_last": "2", "value": "≥3"}
    content = {
        "identity": {"name": "综合业务", "attribute": "new", "start_year": 2023, "end_year": 2023},
        "application": {"change_reason": "新增", "total_budget": "9.00"},
        "activities": {
            "activities": [{"key": "a", "name": "法律援助", "lines": [{"key": "l", "amount": "9.00"}]}]
        },
        "goals": {"goals": [{"key": "g", "horizon": "annual", "indicators": [indicator]}]},
    }
    save_section(last.pk, world.preparer, f"project:{kept}", 0, content)
    Report.objects.filter(pk=last.pk).update(
        status=Status.SUBMITTED, submitted_by=world.submitter, submitted_at="2023-01-01T00:00Z"
    )

    dossier = load_dossier(start(world, next_year))
    assert dossier.part(Staffing).authorised == 51
    assert [line.key for line in dossier.part(Income).lines] == ["i"]
    assert dossier.part(Explanations).reasons == ()
    (project,) = dossier.projects
    assert (project.key, project.identity.name) == (kept, "综合业务")
    assert (project.identity.attribute, project.identity.end_year) == ("continuing", 2024)
    assert (project.application.change_reason, project.application.total_budget) == ("", None)
    assert project.amount == 9
    copied = project.part(Goals).goals[0].indicators[0]
    assert (copied.value_before_last, copied.value_last, copied.value) == ("2", "≥3", "≥3")
    assert dossier.previous.project(kept).amount == 9


def test_subjects_that_the_new_edition_lacks_are_left_out_and_said(world, next_year):
    edition = ClassificationEdition.objects.create(code="2027")
    EconomicCode.objects.create(edition=edition, code="30201", name="办公费")
    next_year.edition = edition
    next_year.save()
    line = {"use": "basic", "function": "2010399", "economic": "30201", "amount": "8.00"}
    last = make_report(world)
    fill(
        last,
        {
            "income": {"lines": [{"key": "i", "function": "2010399", "amount": "8.00"}]},
            "expenditure": {"lines": [{"key": "e", **line}]},
        },
    )
    Report.objects.filter(pk=last.pk).update(
        status=Status.SUBMITTED, submitted_by=world.submitter, submitted_at="2023-01-01T00:00Z"
    )
    report = start(world, next_year)
    dossier = load_dossier(report)
    (copied,) = dossier.part(Expenditure).lines
    assert (copied.function, copied.economic, copied.amount) == ("", "30201", 8)
    assert "没有 2010399，" in report.transitions.get().reason


def test_a_year_is_opened_once(world):
    start(world, world.year)
    with pytest.raises(ActionRefused, match="已经建立"):
        start(world, world.year)
    assert Report.objects.count() == 1


def test_only_the_department_opens_its_report(world):
    for user in (world.sister_preparer, world.reviewer, world.administrator):
        with pytest.raises(Forbidden):
            open_report(world.department, world.year, ReportKind.BUDGET, user)
    assert not Report.objects.exists()


def test_a_kind_without_a_profile_cannot_be_opened(world):
    with pytest.raises(ActionRefused, match="表样"):
        open_report(world.department, world.year, ReportKind.FINAL, world.preparer)


# --- final accounts -------------------------------------------------------------------------------

BUDGET = {
    "basics": {"tasks": [{"key": "t", "title": "整理档案", "text": "10 万页"}]},
    "income": {
        "lines": [
            {"key": "i", "function": "2010350", "amount": "100.00"},
            {"key": "o", "flow": "opening", "function": "2010350", "amount": "5.00"},
        ]
    },
    "expenditure": {"lines": [{"key": "e", "function": "2010350", "economic": "30101", "amount": "90.00"}]},
    "three_public": {"vehicles_held": 2, "receptions": 7},
    "explanations": {"reasons": [{"figure": "total", "text": "项目减少"}]},
}


def settle(world, year=None):
    year = year or world.year
    FiscalYear.objects.filter(pk=year.pk).update(final_profile="dongxihu_final_2024", final_open=True)
    year.refresh_from_db()
    return open_report(world.department, year, ReportKind.FINAL, world.preparer)


@pytest.mark.parametrize(
    "status", [Status.APPROVED, Status.PUBLISHED, Status.CORRECTING, Status.ARCHIVED], ids=str
)
def test_final_accounts_start_from_a_budget_that_stands(world, status):
    budget = make_report(world, status=status)
    fill(budget, BUDGET)
    report = settle(world)
    dossier = load_dossier(report)
    (line,) = dossier.part(Expenditure).lines
    assert (line.key, line.adjusted, line.amount) == ("e", 90, 0)
    assert {(line.key, line.amount) for line in dossier.part(Income).lines} == {("i", 0), ("o", 0)}
    assert dossier.part(Basics).tasks[0].title == "整理档案"
    assert dossier.part(ThreePublicDetail) == ThreePublicDetail(vehicles_held=2)
    assert dossier.part(Explanations).reasons == ()
    assert dossier.budget.ledger.expenditure.total() == 90
    assert report.transitions.get().reason == "由 2023 年部门预算建立"


@pytest.mark.parametrize(
    "status", [Status.DRAFT, Status.SUBMITTED, Status.REVIEWED, Status.RETURNED], ids=str
)
def test_a_budget_that_is_still_being_made_starts_none(world, status):
    make_report(world, status=status)
    with pytest.raises(ActionRefused, match="尚未批复"):
        settle(world)
    assert not Report.objects.filter(kind=ReportKind.FINAL).exists()


def test_without_a_budget_there_are_no_final_accounts(world):
    with pytest.raises(ActionRefused, match="没有 2023 年部门预算"):
        settle(world)
    assert not Report.objects.filter(kind=ReportKind.FINAL).exists()


def test_what_last_years_final_accounts_left_is_carried_in(world, next_year):
    fill(make_report(world, status=Status.ARCHIVED, fiscal_year=next_year), BUDGET)
    FiscalYear.objects.filter(pk=world.year.pk).update(final_profile="dongxihu_final_2024", final_open=True)
    world.year.refresh_from_db()
    last = Report.objects.create(
        department=world.department, fiscal_year=world.year, kind=ReportKind.FINAL, status=Status.ARCHIVED
    )
    line = {"fund": "other", "function": "2010399", "amount": "50.00"}
    gone = {"fund": "general", "function": "2010350", "amount": "40.00"}
    fill(
        last,
        {
            "income": {"lines": [{"key": "a", **line}, {"key": "b", **gone}]},
            "expenditure": {
                "lines": [
                    {"key": "c", **line, "amount": "20.00", "economic": "30201"},
                    {"key": "d", **gone, "economic": "30101"},
                ]
            },
        },
    )
    lines = load_dossier(settle(world, next_year)).part(Income).lines
    assert [(li.flow, li.fund, li.function, li.amount) for li in lines] == [
        ("income", "general", "2010350", 0),
        ("opening", "other", "2010399", 30),
    ]
    assert income.missing(load_dossier(Report.objects.get(fiscal_year=next_year, kind=ReportKind.FINAL))) == [
        "决算数"
    ]


def test_final_accounts_just_opened_from_a_published_budget_ask_for_no_reasons():
    """Of 武昌 2022: nothing was spent because nothing was entered; what is said is that sections are to be filled in."""
    world = make_world(2022, "wuchang_2022")
    FiscalYear.objects.create(
        district=world.other_district,
        year=2021,
        edition=world.other_year.edition,
        budget_profile="wuchang_2022",
    )
    world.other_year.final_profile, world.other_year.final_open = "wuchang_final_2022", True
    world.other_year.save(update_fields=["final_profile", "final_open"])
    for year in (2021, 2022):
        adopt(sample("344001", year), Status.ARCHIVED)
    report = open_report(world.foreign, world.other_year, ReportKind.FINAL, None)
    dossier = load_dossier(report)
    assert dossier.budget is not None and dossier.budget.ledger.expenditure.total() > 0
    assert {finding.rule for finding in judge(report, dossier).findings} <= {"CLS-1", "CLS-2", "CMP-1"}
