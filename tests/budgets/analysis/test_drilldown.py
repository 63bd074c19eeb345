"""The rows behind a figure: what an address may ask for, and which report answers."""

import pytest

from budgets.analysis.drilldown import Asked, rows_behind
from budgets.domain.choices import Flow, Fund
from budgets.domain.ledger import Filter
from tests.examples import dossier, project

SPENT = Filter(flow=(Flow.EXPENDITURE,), fund=(Fund.GENERAL,))


def test_a_filter_a_year_and_the_budget_are_read_from_an_address():
    assert Asked.parse(SPENT.query()) == Asked(SPENT)
    assert Asked.parse(f"year=2022&{SPENT.query()}&budget=1") == Asked(SPENT, 2022, of_budget=True)


@pytest.mark.parametrize(
    "query",
    ["year=-1", "year=abc", "year=20222", "year=２０２２", "year=2021&year=2022", "colour=red", "fund=gold"],
)
def test_what_is_no_filter_or_no_year_is_refused(query):
    with pytest.raises(ValueError):
        Asked.parse(query)


def test_a_report_that_is_not_known_has_no_rows_and_is_said_to_be_unknown():
    report = dossier(project())
    rows = rows_behind(report, Asked(SPENT, 1999))
    assert (rows.known, rows.lines, rows.total) == (False, (), 0)
    assert rows.label == "1999 年部门预算"
    assert not rows_behind(report, Asked(SPENT, of_budget=True)).known


def test_a_line_is_named_by_its_codes_its_project_and_its_activity():
    report = dossier(project())
    [activity, *_] = report.projects[0].activities
    rows = rows_behind(report, Asked(Filter(activity=(activity.key,))))
    assert rows.total == activity.amount
    assert {(row.project, row.activity) for row in rows.lines} == {
        (report.projects[0].identity.name, activity.name)
    }
    assert {row.economic for row in rows.lines} == {
        report.codes.economic_name(line.economic) for line in activity.lines
    }
