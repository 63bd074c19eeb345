"""EXE-2: one amount is rounded in one way wherever a text says it."""

from dataclasses import replace

import pytest

from budgets.checks.exe_2 import PrintedOnce
from budgets.domain.address import Address
from budgets.domain.choices import Fund, ReportKind, Severity, Status
from budgets.domain.findings import CheckSettings
from budgets.domain.schema import Activities, Activity, Application, Basics, Expenditure, Identity, WorkItem
from performance.domain.evaluation import Evaluation, IndicatorResult
from tests.examples import dossier, header, line, project, wan


def report(text="", result="", task="", spent="62.745", status=Status.DRAFT, **changes):
    """A project that spent ``spent`` 万元 in one line; its text, a result, and a text of the department."""
    owner = project(
        "events",
        identity=Identity(name="企业人才活动经费"),
        application=Application(purpose=text),
        activities=Activities(activities=(Activity(key="a", lines=(line("l", spent, **changes),)),)),
        evaluation=Evaluation(results=(IndicatorResult(key="r", actual=result),)),
    )
    return dossier(
        owner,
        header=header(2024, "dongxihu_final_2024", kind=ReportKind.FINAL, status=status),
        parts={Basics: Basics(tasks=(WorkItem(key="t", result=task),)), Expenditure: Expenditure()},
    )


def found(dossier, severity=None):
    return list(PrintedOnce().run(dossier, CheckSettings(severity=severity)))


def test_an_amount_cut_off_in_one_text_and_rounded_in_another():
    """As 004 prints 62.745: 62.74 in one chapter, 62.75 in another."""
    (finding,) = found(report("主要用于活动，支出 62.74 万元。", "62.75 万元"))
    assert finding.severity == Severity.WARNING
    assert finding.address == Address("application", field="purpose", project="events")
    assert (finding.expected, finding.actual) == ("62.75 万元", "62.74 万元")
    assert "企业人才活动经费" in finding.message


@pytest.mark.parametrize(
    ("spent", "said"), [("26.325", "26.32"), ("9.155", "9.15"), ("1262.745", "1,262.74"), ("9.151", "9.16")]
)
def test_other_amounts_cut_off_or_rounded_up(spent, said):
    (finding,) = found(report(f"执行数为 {said} 万元", spent=spent))
    assert finding.actual == f"{said.replace(',', '')} 万元"


def test_a_result_and_a_text_of_the_department_are_read_too():
    assert [f.address.on_page for f in found(report(result="62.74万元"))] == [
        Address("results", "r", "actual")
    ]
    assert [f.address.object for f in found(report(task="活动支出62.74万"))] == ["tasks"]


@pytest.mark.parametrize(
    "text",
    [
        "支出 62.75 万元",
        "支出 62.745 万元",
        "支出约 62.7 万元",
        "支出 63 万元",
        "支出 627450 元",
        "支出 62.76 万元",
        "支出 162.74 万元",
        "完成 62.74%",
        "62.74 万人次",
    ],
)
def test_what_is_rounded_half_up_coarser_or_something_else_is_silent(text):
    assert found(report(text)) == []


@pytest.mark.parametrize("spent", ["62.74", "62.7449", "62.7351"])
def test_an_amount_that_rounds_to_what_is_said(spent):
    assert found(report("支出 62.74 万元", spent=spent)) == []


def test_an_amount_that_something_else_has_is_taken_for_that():
    assert found(report("全年预算 62.74 万元", adjusted=wan("62.74"))) == []


def test_money_of_one_fund_has_its_own_rounding():
    own = report("财政拨款 62.745 万元，合计 65.74 万元，其他资金 3.00 万元")
    (first,) = own.projects
    more = Activity(key="b", lines=(line("o", "3", fund=Fund.OTHER),))
    tasks = Activities(activities=(*first.activities, more))
    both = replace(own, projects=(replace(first, parts={**first.parts, Activities: tasks}),))
    (finding,) = found(both)
    assert finding.expected == "65.75 万元"


def test_archived_accounts_are_as_they_were_published():
    assert found(report("支出 62.74 万元", status=Status.ARCHIVED)) == []


def test_a_locality_may_set_the_severity():
    (finding,) = found(report("支出 62.74 万元"), Severity.INFO)
    assert finding.severity == Severity.INFO
