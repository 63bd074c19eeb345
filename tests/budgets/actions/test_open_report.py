"""A new year starts from a copy of the last."""

import pytest

from budgets.actions.base import ActionRefused, Forbidden
from budgets.actions.open_report import open_report
from budgets.actions.projects import add
from budgets.actions.save_section import save_section
from budgets.choices import ReportKind, Status
from budgets.facts import Explanations, Income, Staffing
from budgets.models import FiscalYear, Report
from budgets.sections import load_dossier
from performance.goals import Goals
from tests.factories import fill, make_report, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world(year=2023)


@pytest.fixture
def next_year(world):
    year = world.year
    return FiscalYear.objects.create(
        district=year.district, year=2024, edition=year.edition, budget_profile=year.budget_profile
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
