"""What the catalogue holds impossible: each test tries to enter the published contradiction and fails.

BAL-2, PRJ-1, PRJ-3, VAR-3, TXT-3, EXE-1, and what XYR-1 and PRC-1 take from the model.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from budgets.domain.choices import FISCAL, ProjectCategory, ReportKind
from budgets.domain.dossier import Dossier
from budgets.domain.figures import compare_with_last_year
from budgets.domain.money import AmountError, Unit, growth, parse_amount
from budgets.domain.profile import build_project_form, build_table, build_tables, get_profile, profile_keys
from budgets.domain.schema import (
    Activities,
    Activity,
    Application,
    Expenditure,
    ExpenditureLine,
    History,
    HistoryEntry,
    Identity,
    Income,
    OperatingProcurement,
    ProjectProcurement,
    RestatedComparatives,
    Staffing,
)
from budgets.domain.sheets import Cell, Lines, Role, Sheet, positions
from performance.analysis.assessment import assessments
from performance.domain.evaluation import Evaluation
from performance.domain.goals import Goals
from tests.examples import archived, dossier, header, line, operating, project, wan
from tests.performance.evaluation_strategies import evaluated_reports
from tests.strategies import dossiers

BUDGETS = [key for key in profile_keys() if get_profile(key).kind == ReportKind.BUDGET]

PARTS = (
    Income,
    Expenditure,
    Staffing,
    OperatingProcurement,
    RestatedComparatives,
    Identity,
    Application,
    History,
    Activities,
    ProjectProcurement,
    Goals,
    Evaluation,
)


def cells(sheets: Iterator[Sheet] | list[Sheet]) -> Iterator[Cell]:
    return (placed.cell for sheet in sheets for placed in positions(sheet))


def texts(report: Dossier) -> list[str]:
    return [str(cell.value) for cell in cells(build_tables(report)) if isinstance(cell.value, str)]


def refuses(part: type, value: dict[str, Any]) -> bool:
    try:
        TypeAdapter(part).validate_json(json.dumps(value))
    except ValidationError:
        return True
    return False


# --- BAL-2: tables cannot disagree ------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", ["total", "合计", "sum", "subtotal", "share"])
def test_no_part_takes_a_total(part, name):
    assert refuses(part, {name: "140.93"})


@given(dossiers())
def test_every_amount_of_every_table_is_a_sum_of_lines_or_a_fact(report):
    """No printed amount has a second source that could differ: those that say of what they are, are it."""
    tables = [
        use
        for use in get_profile(report.header.profile).tables
        if use.build.__module__.startswith("budgets.")
    ]
    for use in tables:
        for cell in cells(build_table(report, use, Unit.YUAN)):
            if cell.role == Role.AMOUNT and isinstance(cell.source, Lines):
                then = report if not cell.source.year else report.year(cell.source.year)
                assert then is not None
                assert cell.value == then.ledger.total(cell.source.filter)


def test_one_functional_class_is_one_figure_in_every_table_that_prints_it():
    """Lines that 万元 would round apart: 140.925 is printed alike wherever it stands."""
    parts = {
        Expenditure: Expenditure(
            lines=tuple(
                ExpenditureLine(key=f"e{i}", function="2010350", economic="30101", amount=Decimal(amount))
                for i, amount in enumerate(["704625.00", "704625.00"])
            )
        )
    }
    report = dossier(parts=parts)
    printed = {
        use.key: {
            cell.value
            for cell in cells(build_table(report, use))
            if cell.role == Role.AMOUNT
            and isinstance(cell.source, Lines)
            and cell.source.filter.function == ("201",)
            and cell.value
        }
        for use in get_profile("dongxihu_2023").tables
        if use.build.__module__.startswith("budgets.")
    }
    assert {key for key, values in printed.items() if values} >= {"T01", "T03", "T04", "T05"}
    assert set().union(*printed.values()) == {Decimal("140.93")}


# --- PRJ-1: a project's budget is the sum of its lines, and a number ---------------------------------


@pytest.mark.parametrize("text", ["25万", "20 万元", "长期", "约25", ""])
def test_an_amount_is_never_text(text):
    with pytest.raises(AmountError):
        parse_amount(text, Unit.WAN)
    assert refuses(Activities, {"activities": [{"key": "a", "lines": [{"key": "l", "amount": text}]}]})
    assert refuses(Application, {"total_budget": text})


def test_long_term_is_a_box_to_tick_beside_the_number():
    assert project(application=Application(long_term=True, total_budget=wan("25"))).total_budget is None
    assert project(application=Application(total_budget=wan("25"))).total_budget == wan("25")


@pytest.mark.parametrize("part", [Identity, Application, Activities, History])
@pytest.mark.parametrize("name", ["current_budget", "amount", "budget", "funding", "sources"])
def test_nobody_types_the_current_budget_or_its_funding(part, name):
    assert refuses(part, {name: "750000.00"})


def test_an_activity_has_no_amount_beside_its_lines():
    assert refuses(Activities, {"activities": [{"key": "a", "name": "审计", "amount": "50000.00"}]})


@given(dossiers())
def test_current_budget_lines_and_funding_are_one_sum(report):
    for one in report.projects:
        lines = report.ledger.where(project=one.key)
        by_fund = lines.by(lambda line: line.fund)
        assert one.amount == lines.total() == sum(by_fund.values(), Decimal(0))
        assert one.amount == sum((activity.amount for activity in one.activities), Decimal(0))


# --- PRJ-3: one name, one category --------------------------------------------------------------------


@pytest.mark.parametrize("part", [Application, Activities, History, ProjectProcurement, Goals])
@pytest.mark.parametrize("name", ["name", "project_name", "category"])
def test_only_the_projects_identity_has_its_name_and_category(part, name):
    assert refuses(part, {name: "企业人才直通车活动"})


@pytest.mark.parametrize("profile", BUDGETS)
def test_a_project_goes_by_one_name_wherever_it_is_printed(profile):
    """Renamed once, the old name is gone from the form, from 项目支出表 and from the whole-department form."""
    named = project(identity=Identity(name="企业人才直通车"))
    report = dossier(named, header=header(profile=profile), parts={})
    before = texts(report).count("企业人才直通车")
    renamed = replace(named, parts={**named.parts, Identity: Identity(name="直通车活动")})
    after = texts(replace(report, projects=(renamed,)))
    assert before >= 3
    assert after.count("直通车活动") == before
    assert "企业人才直通车" not in after


def test_a_category_moves_a_projects_money_in_every_table_at_once():
    """000 has 运转类 in two forms and 特定目标类 in the table of sums, which is then 22.5 too high."""
    (table,) = build_table(dossier(project(), operating()), get_profile("dongxihu_2023").table("T14"))
    amounts = {cell.key: cell.value for cell in cells([table])}
    assert amounts["T14/expenditure.operating/current"] == Decimal("10.50")
    assert amounts["T14/expenditure.specific/current"] == Decimal("39.00")
    moved = operating()
    moved = replace(moved, parts={**moved.parts, Identity: Identity(category=ProjectCategory.SPECIFIC)})
    (table,) = build_table(dossier(project(), moved), get_profile("dongxihu_2023").table("T14"))
    amounts = {cell.key: cell.value for cell in cells([table])}
    assert amounts["T14/expenditure.operating/current"] == Decimal("8.00")
    assert amounts["T14/expenditure.specific/current"] == Decimal("41.50")


# --- VAR-3: no rate on a zero base, no direction without a change --------------------------------------


def test_a_zero_base_has_no_rate():
    assert growth(wan("3"), Decimal(0)) is None
    assert growth(Decimal(0), Decimal(0)) is None
    assert growth(wan("3"), wan("3")) == 0


@pytest.mark.parametrize("profile", BUDGETS)
def test_an_unchanged_project_neither_rises_nor_falls_by_nothing(profile):
    """000 prints “增加 0 万元，增长 0 %”."""
    same = project(
        history=History(entries=(HistoryEntry(year=2022, amount=wan("39")),)),
        application=Application(change_reason=""),
    )
    report = dossier(same, header=header(profile=profile))
    form = build_project_form(report, same)
    said = " ".join(str(cell.value) for cell in cells([form]) if isinstance(cell.value, str))
    assert not re.search(r"(增加|减少|调增|调减|增长|下降)\s*0(\.0+)?\s*(元|万元|%)", said)
    assert not re.search(r"调[增减]", said)


@pytest.mark.parametrize("name", ["direction", "rate", "change", "previous", "year"])
def test_nobody_types_a_direction_a_rate_or_last_years_figure(name):
    assert refuses(RestatedComparatives, {"figures": [{"figure": "total", name: "增加"}]})
    assert refuses(Application, {name: "增加"})


@given(dossiers())
def test_the_year_before_is_the_reports_own_less_one(report):
    for comparison in compare_with_last_year(report):
        assert report.previous or comparison.restated
        assert report.previous is None or report.previous.header.year == report.header.year - 1
        assert comparison.change == comparison.current - comparison.previous


# --- XYR-1: last year's figure is read ------------------------------------------------------------------


def test_last_years_figure_has_no_field_where_last_years_report_is_known():
    last = archived(2022, operating="119.45")
    typed = project(
        "p", history=History(entries=(HistoryEntry(year=2022, amount=wan("1")),)), activities=Activities()
    )
    then = project("p", activities=Activities(activities=(Activity(key="a", lines=(line("l", "128.3"),)),)))
    report = dossier(typed, earlier=(replace(last, projects=(then,)),))
    past = report.past(typed, 2022)
    assert past is not None
    assert past.amount == wan("128.3")


# --- TXT-3: counts and level words are computed ----------------------------------------------------------


@pytest.mark.parametrize("name", ["project_count", "goal_count", "level", "subjects", "glossary"])
def test_nobody_types_a_count_or_a_level_word(name):
    for part in (Application, Goals, Expenditure):
        assert refuses(part, {name: "12"})


@pytest.mark.parametrize("count", [1, 2, 12])
def test_as_many_projects_are_listed_as_there_are(count):
    report = dossier(*(project(f"p{number}") for number in range(count)))
    forms = build_table(report, get_profile("dongxihu_2023").table("T13"))
    (table,) = build_table(report, get_profile("dongxihu_2023").table("T10"))
    rows = {cell.key for cell in cells([table]) if re.fullmatch(r"T10/p\d+/total", cell.key)}
    assert len(forms) == len(rows) == count


# --- EXE-1: execution is the sum of the lines, on one base ------------------------------------------------


@pytest.mark.parametrize("part", [Evaluation, Activities, Application, Identity])
@pytest.mark.parametrize("name", ["executed", "budget", "rate", "share", "total", "执行数"])
def test_nobody_types_what_was_executed_or_its_share(part, name):
    assert refuses(part, {name: "198.85"})


@given(evaluated_reports())
def test_evaluated_money_is_what_was_spent_and_all_of_it(report):
    """004 prints 80.67 %, which is 198.85 of this year's accounts by 246.50 of the budget."""
    fiscal = report.ledger.expenditure.where(fund=FISCAL)
    whole, *others = assessments(report)
    assert whole.execution.executed == fiscal.total()
    for one, owner in zip(others, report.projects, strict=True):
        assert one.execution.executed == fiscal.total(project=(owner.key,))
    evaluated = sum((one.execution.executed for one in others), Decimal(0))
    in_projects = [line for line in fiscal if line.project]
    assert evaluated == sum((line.amount for line in in_projects), Decimal(0))
