"""CMP-1: a required section that holds nothing is an error, unless the department has declared that."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from budgets.checks.cmp_1 import RequiredSections
from budgets.domain.choices import Flow, PostCategory, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.profile import get_profile, profile_keys
from budgets.domain.schema import (
    Basics,
    Duty,
    Expenditure,
    ExpenditureLine,
    Income,
    IncomeLine,
    Post,
    Staffing,
    WorkItem,
)
from performance.domain.evaluation import Evaluation, IndicatorResult, Points, Weight
from performance.domain.goals import Goal, Goals, Horizon, Indicator
from tests.examples import dossier, header, project, wan
from tests.strategies import dossiers

BUDGET = ["basics", "staffing", "income", "expenditure", "goals", "projects"]
FINAL = ["basics", "staffing", "income", "expenditure", "evaluation", "projects"]
REQUIRED = {ReportKind.BUDGET: BUDGET, ReportKind.FINAL: FINAL}


def report(parts, *, profile="dongxihu_2023", projects=(), declared=(), **head):
    kind = get_profile(profile).kind
    return dossier(
        *projects,
        parts=parts,
        header=header(profile=profile, kind=kind, **head),
        declared_empty=frozenset(declared),
    )


def found(checked, severity=None):
    return list(RequiredSections().run(checked, CheckSettings(severity)))


def sections(checked):
    return [finding.section for finding in found(checked)]


def full(**changes):
    """A budget with something in every required section; ``changes`` by the key of the section."""
    parts = dict(dossier().parts)
    parts[Staffing] = Staffing(posts=(Post(category=PostCategory.INSTITUTION, authorised=5),))
    parts |= {type(part): part for part in changes.values()}
    return report(parts, projects=(project(),))


@pytest.mark.parametrize("profile", profile_keys())
def test_every_required_section_of_an_empty_report_is_an_error_of_its_own(profile):
    checked = report({}, profile=profile)
    assert sections(checked) == REQUIRED[checked.header.kind]
    for finding in found(checked):
        assert finding.severity == Severity.ERROR
        assert "请填写" in finding.message and "声明“本部分没有内容”" in finding.message
    titles = [use.title for use in get_profile(profile).sections if use.required]
    assert [finding.place for finding in found(checked)] == [*titles, "项目"]


def test_what_is_filled_in_is_silent():
    assert sections(full()) == []


@pytest.mark.parametrize(
    ("section", "part"),
    [
        ("basics", Basics(phone="83890000", address="吴中街 1 号", postcode="430040")),
        ("basics", Basics(preparer=" ", duties=(Duty(text=" "),), tasks=(WorkItem(),))),
        ("staffing", Staffing(posts=tuple(Post(category=category) for category in PostCategory))),
        ("income", Income(lines=(IncomeLine(function="2010350"), IncomeLine(flow=Flow.OPENING)))),
        ("expenditure", Expenditure(lines=(ExpenditureLine(function="2010350", economic="30101"),))),
        ("goals", Goals(goals=(Goal(horizon=Horizon.ANNUAL, until_year=2025),))),
        ("goals", Goals(goals=(Goal(indicators=(Indicator(level1="产出指标", level2="数量指标"),)),))),
    ],
)
def test_zeros_blanks_and_a_skeleton_are_nothing(section, part):
    assert sections(full(**{section: part})) == [section]


@pytest.mark.parametrize(
    ("section", "part"),
    [
        ("basics", Basics(duties=(Duty(text="宣传政策"),))),
        ("staffing", Staffing(posts=(Post(category=PostCategory.INSTITUTION, filled=1),))),
        ("staffing", Staffing(retirees=1)),
        ("income", Income(lines=(IncomeLine(amount=Decimal("0.01")),))),
        ("expenditure", Expenditure(lines=(ExpenditureLine(amount=wan("-1")),))),
        ("goals", Goals(goals=(Goal(text="做好本年"),))),
        ("goals", Goals(goals=(Goal(indicators=(Indicator(name="次数"),)),))),
    ],
)
def test_any_word_or_figure_is_something(section, part):
    assert sections(full(**{section: part})) == []


def test_final_accounts_begun_from_the_budget_hold_nothing():
    lines = (ExpenditureLine(function="2010350", economic="30101", adjusted=wan("40")),)
    parts = {
        Expenditure: Expenditure(lines=lines),
        Evaluation: Evaluation(
            filled_on=datetime.date(2025, 3, 1),
            weights=(Weight(key="g2", weight=Points("40")),),
            results=(IndicatorResult(key="i5", weight=Points("10")),),
        ),
    }
    begun = report(parts, profile="dongxihu_final_2024", projects=(project(),))
    assert sections(begun) == FINAL[:-1]
    done = replace(
        begun,
        parts={
            Expenditure: Expenditure(lines=(replace(lines[0], amount=wan("39")),)),
            Evaluation: Evaluation(results=(IndicatorResult(key="i5", actual="4次"),)),
        },
    )
    assert sections(done) == ["basics", "staffing", "income"]


def test_what_is_declared_is_silent():
    assert sections(report({}, declared=["staffing", "projects"])) == [
        "basics",
        "income",
        "expenditure",
        "goals",
    ]
    assert sections(report({}, declared=BUDGET)) == []


def test_only_what_can_be_declared_is():
    assert sections(report({}, declared=["matters", "nothing"])) == BUDGET


def test_archived_reports_are_not_asked():
    assert sections(report({}, status=Status.ARCHIVED)) == []


def test_a_year_may_set_it_milder():
    (first, *_) = found(report({}), Severity.WARNING)
    assert first.severity == Severity.WARNING


@given(dossiers())
def test_it_is_found_where_all_is_declared_in_no_report(checked):
    assert found(replace(checked, declared_empty=frozenset(BUDGET))) == []
    assert set(sections(checked)) <= set(BUDGET)
