"""The bureau reads final accounts: beside last year's, beside the budget, on the board and in the roll-up."""

import pytest
from django.urls import reverse

from budgets.changes.wording import worded_changes
from budgets.domain.choices import Status
from budgets.domain.schema import Explanations
from budgets.models import Report
from tests.sample_world import make_final_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client):
    made = make_final_world(Status.PUBLISHED)
    client.force_login(made.reviewer)
    return made


@pytest.fixture
def opened(made, client):
    def get(name, *args, status=200, **query):
        response = client.get(reverse(f"admin:budgets_report_{name}", args=args), query)
        assert response.status_code == status
        return response

    return get


def test_changes_show_initial_and_adjusted_budget_beside_the_actual_and_why(made, opened):
    response = opened("change", made.report.pk, tab="changes")
    rows = {item.row.title: item for item in response.context["completion"]}
    medical = rows["2101101 行政单位医疗"]
    assert (medical.row.initial, medical.row.actual, str(medical.row.rate)) == (342700, 338400, "98.75")
    assert medical.reason
    assert "企业人才活动经费" in rows and "公务用车运行维护费" in rows
    assert "预算完成情况" in response.content.decode()


def test_what_last_years_totals_cannot_tell_is_unknown(made, opened):
    changes = {c.title: c for c in opened("change", made.report.pk, tab="changes").context["figures"]}
    assert changes["基本支出"].previous is None
    assert changes["收入支出总计"].reason == changes["本年支出合计"].reason != ""


def test_the_initial_budget_opens_the_budgets_rows(made, opened):
    query = {"flow": "expenditure", "fund": "general", "exact_function": "2101101"}
    rows = opened("lines", made.report.pk, **query, budget=1).context["rows"]
    assert (rows.label, rows.total, rows.has_adjusted) == ("2024 年部门预算", 342700, False)
    rows = opened("lines", made.report.pk, **query).context["rows"]
    assert (rows.label, rows.total, rows.has_adjusted) == ("2024 年部门决算", 338400, True)


def test_the_budgets_rows_of_a_budget_are_not_known(made, opened):
    budget = Report.objects.get(kind="budget")
    assert not opened("lines", budget.pk, flow="expenditure", budget=1).context["rows"].known


def test_the_reason_stands_beside_the_figure(made, opened):
    response = opened("figure", made.report.pk, cell="F05/2101101/total")
    assert response.context["reason"]


def test_board_and_roll_up_are_about_the_chosen_kind(made, opened):
    board = opened("board", year=2024, kind="final", district="420112")
    (row,) = [row for row in board.context["rows"] if row.report]
    assert (row.report.kind, row.total.current) == ("final", 11124200)
    assert row.code == "112001"
    whole = opened("rollup", year=2024, kind="final", district="420112").context["whole"]
    assert whole.dossier.header.kind == "final"
    assert whole.dossier.budget.ledger.expenditure.total() > 0


def test_points_of_final_accounts_are_their_own(made, opened):
    points = {row["point"].key for row in opened("change", made.report.pk, tab="checklist").context["points"]}
    assert {"carry_over", "completion", "results"} <= points


def test_a_changed_reason_is_called_by_its_subject():
    def said(text):
        return {"explanations": {"reasons": [{"figure": "completion.2101101", "text": text}]}}

    types = {"explanations": ("变动原因", Explanations)}
    (change,) = worded_changes(said("退休"), said("调出"), types, {})
    assert "科目 2101101 预算完成情况" in change.place
