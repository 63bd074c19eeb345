"""CLS-1: subjects go to the last level and exist; a line of no project is no project line."""

from dataclasses import replace

import pytest

from budgets.checks.cls_1 import Classified
from budgets.domain.address import Address
from budgets.domain.choices import ReportKind, Severity, Status, Use
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Activity, Expenditure, ExpenditureLine, Income, IncomeLine
from tests.examples import archived, dossier, line, project, wan


def found(report):
    return list(Classified().run(report, CheckSettings()))


def expenditure(**changes):
    good = {"key": "e", "function": "2010350", "economic": "30201", "amount": wan("1")}
    return dossier(parts={Expenditure: Expenditure(lines=(ExpenditureLine(**{**good, **changes}),))})


def test_lines_to_the_last_level_are_silent():
    assert found(dossier(project())) == []


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"function": ""}, "function", "没有填功能分类"),
        ({"function": "201"}, "function", "功能分类 201 一般公共服务支出没有细化到项"),
        ({"function": "2019999"}, "function", "功能分类 2019999 不在 2023 年版科目中"),
        ({"economic": ""}, "economic", "没有填经济分类"),
        ({"economic": "302"}, "economic", "经济分类 302 商品和服务支出没有细化到款"),
        ({"economic": "50201"}, "economic", "经济分类 50201 属于政府预算"),
    ],
)
def test_a_code_that_is_missing_coarse_or_unknown_is_an_error(changes, field, words):
    (finding,) = found(expenditure(**changes))
    assert finding.severity == Severity.ERROR
    assert finding.address == Address("expenditure", "e", field)
    assert words in finding.message
    assert finding.actual == (changes[field] or "未填")


def test_the_economic_class_that_the_forms_left_blank_is_found_in_its_project():
    lines = (line("l1", "25", economic=""), line("l2", "5"))
    tasks = Activities(activities=(Activity(key="a", name="法律援助", lines=lines),))
    (finding,) = found(dossier(project(activities=tasks)))
    assert finding.address.project == "zhyw"
    assert finding.place == "综合业务—法律援助"
    assert finding.anchor == "f-lines-l1-economic"


@pytest.mark.parametrize("use", [Use.PROJECT, Use.UNSPECIFIED])
def test_project_money_outside_any_project_is_an_error(use):
    (finding,) = found(expenditure(use=use))
    assert finding.address.on_page == Address("expenditure", "e", "use")
    assert "不属于任何项目" in finding.message


def test_archived_reports_may_be_coarse():
    assert found(archived(personnel="1", project="2", unspecified="3")) == []


def test_income_needs_a_subject_in_final_accounts_only():
    report = dossier(parts={Income: Income(lines=(IncomeLine(key="n", amount=wan("1")),))})
    assert found(report) == []
    final = replace(report, header=replace(report.header, kind=ReportKind.FINAL, status=Status.DRAFT))
    (finding,) = found(final)
    assert finding.anchor == "f-income-n-function"
